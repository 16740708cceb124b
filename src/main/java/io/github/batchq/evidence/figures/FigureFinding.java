package io.github.batchq.evidence.figures;

import io.github.batchq.evidence.Finding;
import io.github.batchq.evidence.Verdict;
import java.util.List;

/**
 * What became of a number of the paper, or of one that is expected beyond it.
 *
 * @param quantity what the number is, in words
 * @param expected the paper's value, as text
 * @param found our value, with its interval where it is simulated, as text
 * @param verdict whether the two agree
 * @param why by which measure they agree, or why they do not
 */
public record FigureFinding(
    String quantity, String expected, String found, Verdict verdict, String why)
    implements Finding {
  @Override
  public List<String> cells() {
    return List.of(quantity, expected, found, holds() ? "yes" : "**no**", why);
  }
}
