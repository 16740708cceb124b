package io.github.batchq.study;

import io.github.batchq.engine.Parallel;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.scenario.PreparedScenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The figures of simulated runs of the same traffic: each has as many requests as the measured one,
 * drawn as blocks of consecutive requests with their gaps, and the same of them count, by their
 * places in the order of arrival.
 *
 * @param figures for each run the values of {@link TwinMetric#ALL}
 */
record ResampledRuns(List<double[]> figures) {
  private static final double CONFIDENCE = 95;

  /** The ends of an interval. */
  record Interval(double low, double high) {
    boolean holds(double value) {
      return low <= value && value <= high;
    }
  }

  /**
   * Makes them.
   *
   * @param scenario of the resampled requests
   * @param counted which requests count
   * @param number how many runs
   * @param seed of what is drawn
   */
  static ResampledRuns of(
      PreparedScenario scenario, int[] counted, int number, long seed, Parallel threads)
      throws InterruptedException {
    RandomStreams streams = new RandomStreams(seed, Math.max(1, number));
    List<Callable<double[]>> runs = new ArrayList<>();
    for (int r = 0; r < number; r++) {
      int replication = r;
      runs.add(() -> TwinMetric.values(Replay.of(scenario, streams, replication), counted));
    }
    return new ResampledRuns(threads.all(runs));
  }

  /** Where 95 % of the runs have a figure; without ends where there are no runs. */
  Interval interval(int metric) {
    return interval(figures.stream().mapToDouble(values -> values[metric]).toArray());
  }

  /** Where 95 % of the runs have the difference of a figure to that of other runs, one by one. */
  Interval difference(ResampledRuns from, int metric) {
    double[] differences = new double[figures.size()];
    Arrays.setAll(differences, r -> figures.get(r)[metric] - from.figures.get(r)[metric]);
    return interval(differences);
  }

  private static Interval interval(double[] values) {
    double tail = (100 - CONFIDENCE) / 2;
    boolean known = values.length > 1 && !Double.isNaN(StatUtils.sum(values));
    return known
        ? new Interval(TwinMetric.quantile(values, tail), TwinMetric.quantile(values, 100 - tail))
        : new Interval(Double.NaN, Double.NaN);
  }
}
