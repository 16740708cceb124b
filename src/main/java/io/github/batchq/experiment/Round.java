package io.github.batchq.experiment;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs that are wanted at once: those of the first round, which every experiment has, or what a
 * precision asks for after the runs before.
 *
 * @param wanted replications of some points, in the order of the sweep
 */
public record Round(List<Replications> wanted) {
  /**
   * Replications of a point.
   *
   * @param point index of the point in the sweep, at least 0
   * @param from the first one, at least 0
   * @param to the one after the last, above {@code from}
   */
  public record Replications(int point, int from, int to) {}

  public Round {
    wanted = List.copyOf(wanted);
  }

  /** The replications that every point has. */
  public static Round first(Experiment experiment) {
    List<Replications> wanted = new ArrayList<>();
    for (int p = 0; p < experiment.points().size(); p++) {
      wanted.add(new Replications(p, 0, experiment.firstReplications()));
    }
    return new Round(wanted);
  }

  /** The runs, by point, then replication. */
  public List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (Replications some : wanted) {
      for (int r = some.from(); r < some.to(); r++) {
        pairs.add(new Pair(some.point(), r));
      }
    }
    return pairs;
  }
}
