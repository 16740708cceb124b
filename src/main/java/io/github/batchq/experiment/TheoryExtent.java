package io.github.batchq.experiment;

import io.github.batchq.expectation.TheoryEffort;
import io.github.batchq.metric.Metric;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How much theory stands beside the results of an experiment.
 *
 * @param effort the effort that was made
 * @param leftOut metrics of which theory may say more than that
 */
public record TheoryExtent(TheoryEffort effort, List<Metric> leftOut) {
  public TheoryExtent {
    leftOut = List.copyOf(leftOut);
  }

  /** Whether it is all that theory knows. */
  public boolean isAll() {
    return effort == TheoryEffort.ALL;
  }

  /** What the command line calls it. */
  public String name() {
    return effort.toString();
  }

  /** A sentence about what is left out, and how to have it; empty where nothing is. */
  public String sentence() {
    if (leftOut.isEmpty()) {
      return "";
    }
    return "Theory of "
        + leftOut.stream().map(Metric::id).collect(Collectors.joining(", "))
        + " is left out by --theory "
        + name()
        + (effort == TheoryEffort.CHEAP
            ? ", the default beyond " + TheoryEffort.MOST_POINTS + " points"
            : "")
        + "; --theory all has it.";
  }
}
