package io.github.batchq.theory;

import io.github.batchq.model.Require;
import io.github.batchq.random.Law;
import io.github.batchq.theory.TheoryResult.Undefined;

/**
 * How long a round of n requests lasts that come together and are served in batches of up to B. On
 * one server in bins it is the run of T27 whose requests are all there at time 0, in whatever order
 * its batches are served; sorted by length and cut into batches it is one window of T14. Whatever
 * the division, the j-th longest of the longest lengths of its batches is at least the (n - (j - 1)
 * B)-th shortest of all, which bounds the work. With c servers that are never idle while a batch
 * waits, W seconds of work and M seconds of the longest batch a round takes at least W / c and at
 * most W / c + (1 - 1/c) M (Graham 1969). T45 of docs/theory.md.
 *
 * @param system bins, batches and servers
 * @param size requests of a round n, at least 1
 */
public record RoundTime(BatchSystem system, long size) {
  /** So many order statistics are integrated. */
  private static final int MOST_BATCHES = 1000;

  private static final String SORTED = "T45, a sorted round";

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

  /**
   * Mean seconds in bins that are not exceeded on servers that are never idle while a batch waits.
   */
  public TheoryResult mostInBins() {
    TheoryResult work = FiniteRun.makespan(onOneServer(), size);
    if (work instanceof Undefined || Double.isInfinite(work.value()) || size > Integer.MAX_VALUE) {
      return work;
    }
    int full = (int) Math.min(size, system.batchSize());
    double longest = system.service().seconds(full, longestOfAll());
    return TheoryResult.upperBound(
        work.value() / system.servers() + (1 - 1.0 / system.servers()) * longest,
        "T45, list scheduling");
  }

  /** No round is over before its longest request is. */
  private double leastSeconds() {
    return size <= Integer.MAX_VALUE
        ? system.service().seconds(1, longestOfAll())
        : system.service().seconds(1, 0);
  }

  private double longestOfAll() {
    return system.service().dependsOnLength()
        ? BatchMaximum.expectedMaximum(system.law(), (int) size, 0, Double.POSITIVE_INFINITY)
        : 0;
  }

  /**
   * Mean seconds of a round that is sorted by length and cut into batches of B from the shortest
   * on: exact on one server, else the least that they can be.
   */
  public TheoryResult sorted() {
    long batches = (size + system.batchSize() - 1) / system.batchSize();
    if (batches > MOST_BATCHES) {
      return new Undefined("more than " + MOST_BATCHES + " batches", SORTED);
    }
    if (system.law().mean() == Double.POSITIVE_INFINITY) {
      return new Undefined(Moments.noMean(system.law(), ""), SORTED);
    }
    double work = size % system.batchSize() == 0 ? oneWindow((int) batches) : inTurn();
    return system.servers() == 1
        ? TheoryResult.exact(work, SORTED)
        : TheoryResult.lowerBound(
            Math.max(work / system.servers(), leastSeconds()),
            SORTED + ", spread evenly over the servers");
  }

  private double oneWindow(int batches) {
    double longest = new SortedGrouping(system.law(), system.batchSize(), batches).meanLongest();
    return batches * system.service().seconds(system.batchSize(), longest);
  }

  private double inTurn() {
    double work = 0;
    for (int from = 0; from < size; from += system.batchSize()) {
      int to = (int) Math.min(size, (long) from + system.batchSize());
      work += system.service().seconds(to - from, orderStatistic(to));
    }
    return work;
  }

  private double orderStatistic(int place) {
    return new Siblings(system.law(), (int) size, 0).mean(place).value();
  }

  /** Mean seconds below which no division into batches of up to B comes on these servers. */
  public TheoryResult leastOfAll() {
    String source = "T45, every division into batches";
    if (system.law().mean() == Double.POSITIVE_INFINITY) {
      return new Undefined(Moments.noMean(system.law(), ""), source);
    }
    BatchTime service = system.service();
    double mean = system.law().mean();
    long batches = (size + system.batchSize() - 1) / system.batchSize();
    double longest = size * mean / system.batchSize();
    if (batches <= MOST_BATCHES && service.gamma() > 0) {
      longest = 0;
      for (int place = (int) size; place > 0; place -= system.batchSize()) {
        longest += orderStatistic(place);
      }
    }
    double work =
        batches * service.alpha()
            + size * (service.beta() + service.delta() * mean)
            + service.gamma() * longest;
    return TheoryResult.lowerBound(Math.max(work / system.servers(), leastSeconds()), source);
  }

  /**
   * Mean seconds below which no round comes whose requests join and leave batches between steps: no
   * step gives its tokens for less than the cheapest, and the longest request needs its steps.
   *
   * @param law law of the lengths in tokens
   * @param steps what steps cost
   * @param slots most requests that run on a server, at least 1
   * @param servers at least 1
   */
  public static TheoryResult inSteps(Law law, int size, StepTime steps, int slots, int servers) {
    String source = "T45, steps";
    if (law.mean() == Double.POSITIVE_INFINITY) {
      return new Undefined(Moments.noMean(law, ""), source);
    }
    double cheapest = Double.POSITIVE_INFINITY;
    for (int running = 1; running <= Math.min(slots, size); running++) {
      cheapest = Math.min(cheapest, steps.seconds(running) / running);
    }
    double longest = BatchMaximum.expectedMaximum(law, size, 0, Double.POSITIVE_INFINITY);
    return TheoryResult.lowerBound(
        Math.max(size * law.mean() * cheapest / servers, longest * steps.seconds(1)), source);
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
