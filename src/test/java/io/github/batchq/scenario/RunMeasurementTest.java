package io.github.batchq.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunMeasurementTest {
  private static final List<Metric> METRICS = List.of(Metric.THROUGHPUT, Metric.LATENCY_MEAN);

  @Test
  void oneRunHasMeansAlone() {
    RunMeasurement run = new RunMeasurement(METRICS, new double[] {2, 30});
    assertEquals(30, run.mean(Metric.LATENCY_MEAN));
    assertEquals(new Estimate(2, Double.NaN, 0), run.of(Metric.THROUGHPUT));
    assertEquals(Double.NaN, run.variance(Metric.THROUGHPUT));
  }

  @Test
  void aRunThatStandsAloneHasIntervals() {
    List<Estimate> estimates = List.of(new Estimate(2, 0.5, 9), new Estimate(30, Double.NaN, 0));
    RunMeasurement run = RunMeasurement.alone(METRICS, estimates);
    assertEquals(estimates, METRICS.stream().map(run::of).toList());
    assertEquals(run, new RunMeasurement(METRICS, run.numbers()));
    assertNotEquals(run, new RunMeasurement(METRICS, new double[] {2, 30}));
  }

  /** Of 1, 2 and 6 the mean is 3, and the mean of the squares of 2, 1 and 3 is 14/3. */
  @Test
  void theMeanOfRunsHasTheirVariance() {
    RunMeasurement mean =
        RunMeasurement.mean(
            List.of(
                new RunMeasurement(METRICS, new double[] {1, 10}),
                new RunMeasurement(METRICS, new double[] {2, 10}),
                new RunMeasurement(METRICS, new double[] {6, 10})));
    assertEquals(new Estimate(3, Double.NaN, 0), mean.of(Metric.THROUGHPUT));
    assertEquals(14.0 / 3, mean.variance(Metric.THROUGHPUT));
    assertEquals(0, mean.variance(Metric.LATENCY_MEAN));
  }

  @Test
  void whatWasNotAskedForIsADefectAndNoNumber() {
    RunMeasurement run = new RunMeasurement(METRICS, new double[] {2, 30});
    assertEquals(
        "the runs were not asked for the metric padding",
        assertThrows(IllegalArgumentException.class, () -> run.mean(Metric.PADDING)).getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new RunMeasurement(METRICS, new double[] {2}));
  }
}
