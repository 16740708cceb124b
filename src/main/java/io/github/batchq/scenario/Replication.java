package io.github.batchq.scenario;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Histograms;
import io.github.batchq.metric.MeasuredPeriod;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.QuantileIntervals;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadInputException;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.StreamSource;
import io.github.batchq.sim.SimulationListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import umontreal.ssj.rng.RandomStream;

/**
 * One replication of a scenario: a pure function of the scenario, the streams of random numbers and
 * its number.
 *
 * @param scenario what is simulated
 * @param streams the random numbers
 * @param number which replication, from 0
 */
public record Replication(PreparedScenario scenario, StreamSource streams, int number) {
  /** Runs it. */
  public RunStatistics run() {
    Histograms histograms = new Histograms();
    return run(warmUp(histograms), histograms, true, List.of());
  }

  private RunStatistics run(
      WarmUp found, Histograms histograms, boolean inSections, List<Metric> metrics) {
    RunStatistics statistics =
        new RunStatistics(
            scenario.servers(),
            found,
            scenario.requests(),
            scenario.policy().batchSize(),
            scenario.measurementTerms(),
            histograms,
            inSections,
            metrics);
    simulate(statistics);
    if (statistics.measuresNothing()) {
      throw new BadInputException(
          "the warm-up takes "
              + found.time()
              + " s, and the last of "
              + scenario.requests()
              + " requests arrives at "
              + statistics.lastArrival()
              + " s in replication "
              + number
              + ", nothing is left to measure");
    }
    return statistics;
  }

  /** The warm-up, found in a run of its own where a rule has to find it. */
  private WarmUp warmUp(Histograms histograms) {
    if (scenario.warmUp().detect() == null) {
      return scenario.warmUp();
    }
    double found = run(WarmUp.NONE, histograms, true, List.of()).mser5();
    return new WarmUp(Double.isNaN(found) ? scenario.requests() / 2 : (long) found, null);
  }

  /**
   * Runs it as one among several.
   *
   * @param metrics what is measured
   * @param histograms those of an earlier run
   */
  public RunMeasurement measure(List<Metric> metrics, Histograms histograms) {
    WarmUp found = warmUp(histograms);
    RunStatistics statistics =
        run(found, histograms, metrics.stream().anyMatch(Metric::isOfSections), metrics);
    double[] means = new double[metrics.size()];
    for (int m = 0; m < means.length; m++) {
      means[m] = value(metrics.get(m), statistics, found);
    }
    return new RunMeasurement(metrics, means);
  }

  /**
   * Runs it as the only, long one, with intervals by batch means. Where quantiles or standard
   * deviations are measured, it is run a second time for theirs.
   *
   * @param metrics what is measured
   */
  public RunMeasurement measureAlone(List<Metric> metrics) {
    Histograms histograms = new Histograms();
    WarmUp found = warmUp(histograms);
    RunStatistics statistics = run(found, histograms, true, metrics);
    QuantileIntervals intervals =
        new QuantileIntervals(
            statistics,
            scenario.policy().batchSize(),
            scenario.measurementTerms().alone(),
            metrics);
    if (!intervals.isEmpty()) {
      simulate(intervals);
    }
    List<Estimate> estimates = new ArrayList<>();
    for (Metric metric : metrics) {
      Estimate estimate =
          intervals.has(metric)
              ? intervals.estimate(metric, Estimate.CONFIDENCE)
              : metric.batchMeans(statistics, Estimate.CONFIDENCE);
      estimates.add(
          new Estimate(
              value(metric, statistics, found), estimate.halfWidth(), estimate.degreesOfFreedom()));
    }
    return RunMeasurement.alone(metrics, estimates);
  }

  private double value(Metric metric, RunStatistics statistics, WarmUp found) {
    Long left = found.requests();
    if (scenario.warmUp().detect() != null && left != null && metric.id().equals("warmup.mser5")) {
      // What the rule left out of this run, not what it would leave out of the rest.
      return left;
    }
    double value = metric.of(statistics);
    // A finite run of no length, or without a token, has no rate and no price.
    return scenario.horizon() == Horizon.FINITE && Double.isInfinite(value) ? Double.NaN : value;
  }

  /**
   * Runs it and tells of every request, in the order of arrival, as soon as it and all before it
   * have left. What happens is what {@link #measure} measures.
   */
  public void record(Consumer<RequestRow> rows) {
    MeasuredPeriod period =
        new MeasuredPeriod(
            warmUp(new Histograms()), scenario.measurementTerms().fromFirstArrival());
    simulate(new RequestLog(this, period, rows));
  }

  /** The random numbers of one of its parts. */
  RandomStream stream(StreamName name) {
    return streams.stream(number, name);
  }

  /** Runs it and tells a listener what happens. */
  public void simulate(SimulationListener listener) {
    new KernelChoice(this).run(listener);
  }
}
