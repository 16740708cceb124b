package io.github.batchq.evidence.figures;

/**
 * What became of a number of the paper.
 *
 * @param statement what the number is
 * @param paper the paper's value, as text
 * @param ours ours, with its interval where it is simulated, as text
 * @param agrees whether the two agree
 * @param why by which measure they agree, or why they do not
 */
public record FigureVerdict(
    String statement, String paper, String ours, boolean agrees, String why) {}
