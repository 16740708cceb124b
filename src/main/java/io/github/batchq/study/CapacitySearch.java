package io.github.batchq.study;

import io.github.batchq.engine.RunEngine;
import io.github.batchq.engine.Step;
import io.github.batchq.expectation.Stability;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.metric.Direction;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.RunMeasurement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Searches the largest arrival rate of a scenario that keeps its queue stable, or keeps a time
 * within a limit, by bisection with tests: a rate counts as within or beyond only when a t-interval
 * over replications says so. Replications at a rate are doubled until one of the two can be said,
 * or there are as many as allowed; then the rate is left open and the search goes on to either side
 * of it. The level of every single test is the error allowed in all divided by the most tests that
 * there can be (Bonferroni), so the rate sought lies between the last rate within and the first one
 * beyond with at least the stated confidence, as far as means of replications are normal.
 *
 * <p>Stable means: the servers, while busy, complete more than what arrives, and requests do not
 * pile up beside them. Where busy servers do not show what they can carry, because batches grow
 * with the load or bins are bound to servers, it means that the backlog grows in the second half of
 * a run by less than {@value #GROWTH} of the width sought for each arrival. How much a rate beyond
 * the capacity makes it grow depends on the policy: where each server has bins of its own, only one
 * of them may be overloaded. So the rate that is reported as within is where the growth reaches 0
 * on the line, in 1 / rate, through the most that it may be at the rate within and the least that
 * it is a fifth beyond. Throughput under overload is never taken for a capacity: an order by length
 * lets long requests starve and carries more there. A time can be over its limit at low rates too,
 * where full batches form slowly; the largest rate within is sought from above.
 *
 * <p>A finite run keeps its limit or does not, whether its queue would be stable or not. Where
 * nothing in it is drawn, as in a replayed trace, one run at a rate says which.
 */
final class CapacitySearch {
  private static final int FIRST_REPLICATIONS = 8;

  /** Where a rate within the limit is sought, as shares of the capacity that a run shows. */
  private static final List<Double> SHARES =
      List.of(0.97, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05);

  /**
   * Where a rate beyond is sought. Busy servers show their capacity at once where batches are full,
   * and only near it where they grow with the load.
   */
  private static final List<Double> MULTIPLES = List.of(1.03, 1.2, 1.5, 2.0, 4.0, 8.0, 16.0, 64.0);

  private static final int MOST_HALVINGS = 20;

  /** Growth of the backlog that still counts as none, as a share of the width sought. */
  private static final double GROWTH = 0.2;

  /** Where it is seen how the backlog grows beyond the capacity, as a multiple of a rate within. */
  private static final double FURTHER = 1.2;

  private final Experiment experiment;
  private final int point;
  private final Goal goal;
  private final Step own;
  private final PreparedScenario scenario;
  private final RunEngine engine;
  private final LongConsumer progress;
  private final boolean finite;

  /** How many replications a rate gets at first; one where all would be the same. */
  private final int firstReplications;

  private final int mostReplications;
  private final double level;
  private long runs;

  /** The largest growth of the backlog that the tests leave possible at the largest rate within. */
  private double growthWithin;

  /**
   * What is sought.
   *
   * @param metric the time to keep within a limit; null for a stable queue
   * @param limit the limit, in seconds
   * @param relative width of the interval at which the search stops, as a share of the rate
   * @param confidence of the interval, in (0,1)
   * @param mostReplications most replications at a rate, at least 8
   */
  record Goal(
      @Nullable Metric metric,
      double limit,
      double relative,
      double confidence,
      int mostReplications) {}

  /**
   * What was found.
   *
   * @param within largest rate that is within; NaN if none was found
   * @param beyond smallest rate that is beyond; NaN if none was found
   * @param reason why the search stopped
   * @param runs number of runs
   */
  record Found(double within, double beyond, String reason, long runs) {}

  private enum Answer {
    WITHIN,
    BEYOND,
    OPEN
  }

  /**
   * @param point index of the point whose arrivals are made faster and slower
   * @param engine makes the runs
   * @param progress is told the number of runs so far
   */
  CapacitySearch(
      Experiment experiment, int point, Goal goal, RunEngine engine, LongConsumer progress) {
    this.experiment = experiment;
    this.point = point;
    this.goal = goal;
    // Batches under way at the end of a warm-up count, but not their time before it: capacity would
    // be too large by half a batch for each server, and it needs no warm-up.
    Metric metric = goal.metric();
    this.own =
        new Step(
            goal.mostReplications(),
            metric == null ? List.of() : List.of(metric),
            metric == null,
            null);
    this.scenario = own.of(experiment.points().get(point).scenario());
    this.engine = engine;
    this.progress = progress;
    this.finite = scenario.horizon() == Horizon.FINITE;
    this.firstReplications = scenario.isRandom() ? FIRST_REPLICATIONS : 1;
    this.mostReplications = scenario.isRandom() ? goal.mostReplications() : 1;
    double looks =
        1 + Math.ceil(Math.log((double) mostReplications / firstReplications) / Math.log(2));
    // Two intervals for each look at each rate.
    int rates = MULTIPLES.size() + SHARES.size() + MOST_HALVINGS;
    this.level = 1 - (1 - goal.confidence()) / (2 * looks * rates);
  }

  Found run() throws InterruptedException {
    double shown = capacityShown();
    double beyond = Double.NaN;
    double within = Double.NaN;
    for (double share : MULTIPLES) {
      Answer answer = test(share * shown);
      if (answer == Answer.BEYOND) {
        beyond = share * shown;
        break;
      }
      within = answer == Answer.WITHIN ? share * shown : within;
    }
    if (Double.isNaN(beyond)) {
      // Requests that come ever faster come all at once in the end, and a finite run may bear that.
      return new Found(finite ? within : Double.NaN, beyond, "no rate is surely beyond", runs);
    }
    for (double share : SHARES) {
      if (!Double.isNaN(within)) {
        break;
      }
      Answer answer = test(share * shown);
      if (answer == Answer.WITHIN) {
        within = share * shown;
        break;
      }
      beyond = answer == Answer.BEYOND ? share * shown : beyond;
    }
    if (Double.isNaN(within)) {
      return new Found(within, beyond, "no rate is surely within", runs);
    }
    return bisect(within, beyond);
  }

  private Found bisect(double from, double to) throws InterruptedException {
    double within = from;
    double beyond = to;
    double openLow = Double.NaN;
    double openHigh = Double.NaN;
    for (int i = 0; i < MOST_HALVINGS; i++) {
      if (beyond - within <= goal.relative() * within) {
        break;
      }
      if (Double.isNaN(openLow)) {
        double middle = (within + beyond) / 2;
        switch (test(middle)) {
          case WITHIN -> within = middle;
          case BEYOND -> beyond = middle;
          case OPEN -> {
            openLow = middle;
            openHigh = middle;
          }
        }
        continue;
      }
      // Tests may still decide between within and openLow, and between openHigh and beyond.
      double low = (within + openLow) / 2;
      double high = (openHigh + beyond) / 2;
      boolean lowIsWider = openLow - within >= beyond - openHigh;
      Answer answer = test(lowIsWider ? low : high);
      if (lowIsWider) {
        within = answer == Answer.WITHIN ? low : within;
        openLow = answer == Answer.WITHIN ? openLow : low;
      } else {
        beyond = answer == Answer.BEYOND ? high : beyond;
        openHigh = answer == Answer.BEYOND ? openHigh : high;
      }
      double stillToTell = (openLow - within) + (beyond - openHigh);
      if (stillToTell <= goal.relative() * within) {
        break;
      }
    }
    double carried = withoutGrowth(within);
    String recording = scenario.isRandom() ? "" : ", for this recording: see trace-bootstrap";
    return new Found(carried, beyond, reason(within, carried, beyond) + recording, runs);
  }

  private String reason(double within, double carried, double beyond) {
    double asked = goal.relative() * within;
    if (beyond - carried <= asked) {
      return "narrow enough";
    }
    return beyond - within <= asked
        ? "narrow enough but for growth that tests leave possible"
        : "replications used up: " + mostReplications + " at a rate do not tell more";
  }

  /** The rate at which the backlog does not grow any more, by what tests leave possible. */
  private double withoutGrowth(double within) throws InterruptedException {
    boolean byGrowth = goal.metric() == null && !scenario.showsCapacity();
    if (!byGrowth || growthWithin <= 0) {
      return within;
    }
    double further = FURTHER * within;
    Estimate growth =
        estimate(
            measure(own.atRate(further), 0, FIRST_REPLICATIONS), Metric.named("backlog.growth"));
    double least = growth.mean() - growth.halfWidth();
    if (least <= growthWithin) {
      return Double.NaN;
    }
    double share = growthWithin / (least - growthWithin);
    return 1 / (1 / within + share * (1 / within - 1 / further));
  }

  /** What the servers carry while busy, in runs at the scenario's own rate. */
  private double capacityShown() throws InterruptedException {
    double[] shown =
        measure(own, 0, Math.min(2, mostReplications)).stream()
            .mapToDouble(run -> run.mean(Metric.named("capacity.seen")))
            .toArray();
    double capacity = Estimate.of(shown).mean();
    // Requests that take no time show no capacity.
    return finite && Double.isNaN(capacity) ? scenario.arrivals().rate() : capacity;
  }

  private Answer test(double rate) throws InterruptedException {
    PreparedScenario faster = scenario.atRate(rate);
    List<RunMeasurement> measured = new ArrayList<>();
    int replications = firstReplications;
    while (true) {
      measured.addAll(measure(own.atRate(rate), measured.size(), replications));
      Answer answer = answer(faster, rate, measured);
      if (answer == Answer.WITHIN) {
        // The search goes to ever larger rates within.
        Estimate growth = estimate(measured, Metric.named("backlog.growth"));
        growthWithin = growth.mean() + growth.halfWidth();
      }
      if (answer != Answer.OPEN || replications >= mostReplications) {
        return answer;
      }
      replications = Math.min(2 * replications, mostReplications);
    }
  }

  private Answer answer(PreparedScenario faster, double rate, List<RunMeasurement> measured) {
    Metric metric = goal.metric();
    if (finite && metric != null) {
      return byLimit(estimate(measured, metric), metric);
    }
    Answer stable =
        scenario.showsCapacity()
            ? byCapacity(faster, rate, measured)
            : byGrowth(estimate(measured, Metric.named("backlog.growth")));
    return metric == null || stable == Answer.BEYOND
        ? stable
        : byLimit(estimate(measured, metric), metric);
  }

  private Answer byLimit(Estimate estimate, Metric metric) {
    boolean least = metric.direction() == Direction.HIGHER_IS_BETTER;
    double excess = least ? goal.limit() - estimate.mean() : estimate.mean() - goal.limit();
    if (excess > estimate.halfWidth()) {
      return Answer.BEYOND;
    }
    return excess < -estimate.halfWidth() ? Answer.WITHIN : Answer.OPEN;
  }

  private Answer byGrowth(Estimate growth) {
    double most = GROWTH * goal.relative();
    if (growth.mean() - growth.halfWidth() > most) {
      return Answer.BEYOND;
    }
    return growth.mean() + growth.halfWidth() < most ? Answer.WITHIN : Answer.OPEN;
  }

  private Answer byCapacity(PreparedScenario faster, double rate, List<RunMeasurement> measured) {
    Estimate capacity = estimate(measured, Metric.named("capacity.seen"));
    Estimate backlog = estimate(measured, Metric.named("backlog"));
    double spread =
        faster.spread(
            estimate(measured, Metric.named("batch.size.mean")).mean(),
            estimate(measured, Metric.named("batch.time.variation")).mean());
    double mostBacklog = faster.mostForming() + Stability.CHANCE * spread * faster.requests();
    if (capacity.mean() + capacity.halfWidth() < rate
        || backlog.mean() - backlog.halfWidth() > mostBacklog) {
      return Answer.BEYOND;
    }
    boolean stable =
        capacity.mean() - capacity.halfWidth() > rate
            && backlog.mean() + backlog.halfWidth() < mostBacklog;
    return stable ? Answer.WITHIN : Answer.OPEN;
  }

  private Estimate estimate(List<RunMeasurement> measured, Metric metric) {
    double[] values = measured.stream().mapToDouble(run -> run.mean(metric)).toArray();
    // Where nothing is random one run tells all.
    return scenario.isRandom()
        ? Estimate.of(values, level)
        : new Estimate(values[0], 0, Integer.MAX_VALUE);
  }

  private List<RunMeasurement> measure(Step step, int from, int to) throws InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    for (int r = from; r < to; r++) {
      pairs.add(new Pair(point, r));
    }
    List<RunMeasurement> measured =
        engine.begin(experiment, step).make(pairs, (pair, measurement) -> {});
    runs += pairs.size();
    progress.accept(runs);
    return measured;
  }
}
