package io.github.batchq.evidence.figures;

import io.github.batchq.report.ChartStyle;
import java.util.List;
import java.util.Map;

/**
 * A figure or table of the paper.
 *
 * @param id its number in the paper, such as {@code 3} or {@code 9a}
 * @param caption what it shows, for the page of all figures
 * @param experiments names of the experiment files that it takes, without extension
 * @param judge draws what is not in those files, and pronounces the verdicts
 */
public record Figure(String id, String caption, List<String> experiments, Judge judge) {
  /** Draws and judges. */
  @FunctionalInterface
  interface Judge {
    /**
     * Draws a figure and pronounces its verdicts.
     *
     * @param simulated the experiments, run, by name
     * @param style what charts are drawn for
     * @param into receives charts and verdicts
     */
    void judge(Map<String, Simulated> simulated, ChartStyle style, Reproduction into);
  }
}
