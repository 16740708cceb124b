package io.github.batchq.evidence.figures;

import io.github.batchq.evidence.Statement;
import io.github.batchq.report.ChartStyle;
import java.util.List;
import java.util.Map;

/**
 * A figure or table of the paper.
 *
 * @param statement its number in the paper, such as {@code 3} or {@code 9a}, and what it shows
 * @param experiments names of the experiment files that it takes, without extension
 * @param judge draws what is not in those files, and pronounces the verdicts
 */
public record Figure(Statement statement, List<String> experiments, Judge judge) {
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

  /**
   * A figure.
   *
   * @param id its number in the paper
   * @param caption what it shows
   */
  Figure(String id, String caption, List<String> experiments, Judge judge) {
    this(new Statement(id, caption, ""), experiments, judge);
  }

  /** Its number in the paper. */
  public String id() {
    return statement.id();
  }
}
