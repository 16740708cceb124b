package io.github.batchq.theory;

import io.github.batchq.model.Require;
import io.github.batchq.theory.TheoryResult.Undefined;

/**
 * How long a round of n requests lasts that come together and are served in full batches, the last
 * ones in smaller ones. On one server in bins it is the run of T27 whose requests are all there at
 * time 0, in whatever order its batches are served; sorted by length and cut into batches it is one
 * window of T14, which no other division undercuts. With c servers that are never idle while a
 * batch waits, W seconds of work and M seconds of the longest batch it is at least W / c and at
 * most W / c + (1 - 1/c) M (Graham 1969). T45 of docs/theory.md.
 *
 * @param system bins, batches and servers
 * @param size requests of a round n, at least 1
 */
public record RoundTime(BatchSystem system, long size) {
  private static final String IN_BINS = "T45, a round as a run that is all there at 0";

  public RoundTime {
    Require.ARGUMENT.atLeast("size", size, 1);
  }

  /** Mean seconds of a round in bins: exact on one server, else the least that they can be. */
  public TheoryResult inBins() {
    TheoryResult work = FiniteRun.makespan(onOneServer(), size);
    if (work instanceof Undefined || Double.isInfinite(work.value())) {
      return work;
    }
    return system.servers() == 1
        ? TheoryResult.exact(work.value(), IN_BINS)
        : TheoryResult.lowerBound(
            Math.max(work.value() / system.servers(), leastSeconds()),
            IN_BINS + ", spread evenly over the servers");
  }

  /** No round is over before its longest request is. */
  private double leastSeconds() {
    return system.service().dependsOnLength() && size <= Integer.MAX_VALUE
        ? system
            .service()
            .seconds(
                1,
                BatchMaximum.expectedMaximum(system.law(), (int) size, 0, Double.POSITIVE_INFINITY))
        : system.service().seconds(1, 0);
  }

  /**
   * Mean seconds of a round whose requests are sorted by their lengths: exact on one server, else
   * the least that they can be. Undefined where batches of B do not divide the round.
   */
  public TheoryResult sorted() {
    int batchSize = system.batchSize();
    String source = "T45, a sorted round, as one window of T14";
    if (size % batchSize != 0 || size / batchSize > Integer.MAX_VALUE) {
      return new Undefined("the round is no whole number of batches", source);
    }
    if (system.law().mean() == Double.POSITIVE_INFINITY) {
      return new Undefined(Moments.noMean(system.law(), ""), source);
    }
    int batches = (int) (size / batchSize);
    double longest = new SortedGrouping(system.law(), batchSize, batches).meanLongest();
    double work = batches * system.service().seconds(batchSize, longest);
    return system.servers() == 1
        ? TheoryResult.exact(work, source)
        : TheoryResult.lowerBound(
            Math.max(work / system.servers(), leastSeconds()),
            source + ", spread evenly over the servers");
  }

  private BatchSystem onOneServer() {
    return new BatchSystem(
        system.law(),
        system.boundaries(),
        system.batchSize(),
        system.service(),
        1,
        system.confusion());
  }
}
