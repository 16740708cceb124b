package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.PolicySetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of one moment are seen together by every policy and in every kernel. */
class SameMomentTest {
  @TempDir Path folder;

  private double value(String text, String metric) throws InterruptedException {
    Experiment experiment = ExperimentFiles.read(folder, text);
    RunResults results = Runner.run(experiment, 1, (runs, allRuns, requests) -> {});
    return results.value(0, 0, Metric.named(metric));
  }

  /** Lengths 8, 1, 2, 4 at one moment, each group 100 s after the one before. */
  private void writeGroups() throws IOException {
    StringBuilder rows = new StringBuilder("t,tokens\n");
    for (int group = 0; group < 25; group++) {
      for (int length : new int[] {8, 1, 2, 4}) {
        rows.append(100 * group).append(',').append(length).append('\n');
      }
    }
    Files.writeString(folder.resolve("groups.csv"), rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dynamic, batchSize: 4                                                              | 8
          shortest-first, batchSize: 4                                                       | 8
          multi-bin, bins: 1, boundaries: [], batchSize: 4, partial: true                    | 8
          multi-bin, bins: 1, boundaries: [], batchSize: 8, partial: true                    | 8
          max-wait, bins: 1, batchSize: 8, maxWait: 0                                        | 8
          max-wait, bins: 1, batchSize: 4, maxWait: 9                                        | 8
          sorted-window, batchSize: 4, window: 1                                             | 8
          elastic, batchSize: 4                                                              | 3.75
          continuous, batchSize: 4                                                           | 3.75
          wait-threshold, batchSize: 4, bins: 1, threshold: 4                                | 3.75
          shortest-first, batchSize: 1                                                       | 6.5
          sorted-window, batchSize: 1, window: 4                                             | 6.5
          dynamic, batchSize: 1                                                              | 10.75
          """)
  void groupsOfATraceAreServedTogether(String policy, double mean) throws Exception {
    writeGroups();
    String text =
        """
        name: groups
        scenario:
          arrivals: {process: trace, trace: {format: csv, file: groups.csv, arrivalTime: t, tokens: tokens}}
          service: {tokens: trace, secondsPerToken: 1}
          policy: {type: POLICY}
          servers: 1
        metrics: [latency.mean]
        """;
    assertEquals(mean, value(text.replace("POLICY", policy), "latency.mean"), 1e-9);
  }

  /** Groups of four by a Poisson process, far apart: but for a few that overlap each is a batch. */
  @Test
  void aGroupIsABatch() throws Exception {
    String text =
        """
        name: group-of-four
        scenario:
          arrivals: {process: bulk, rate: 0.004, size: {law: deterministic, value: 4}}
          service: {law: deterministic, value: 1}
          policy: {type: dynamic, batchSize: 4}
          requests: 4000
        metrics: [latency.mean, batch.size.mean]
        """;
    assertEquals(1, value(text, "latency.mean"), 0.002);
    assertEquals(4, value(text, "batch.size.mean"), 0);
  }

  @ParameterizedTest
  @CsvSource({"dynamic,10", "continuous,10"})
  void allAtZeroFillsEveryBatch(String policy, double throughput) throws Exception {
    String text =
        """
        name: all-at-zero
        scenario:
          arrivals: {process: all-at-zero}
          service: {law: deterministic, value: 1}
          policy: {type: POLICY, batchSize: 10}
          requests: 200
        metrics: [throughput, batch.size.mean]
        """;
    text = text.replace("POLICY", policy);
    assertEquals(throughput, value(text, "throughput"), 1e-12);
    assertEquals(10, value(text, "batch.size.mean"), 1e-12);
  }

  /** A server that is free and one whose batch ends at the moment of an arrival are both free. */
  @Test
  void arrivalsAndCompletionsOfOneMomentAreSeenTogether() throws Exception {
    Files.writeString(folder.resolve("t.csv"), "t,tokens\n0,5\n5,3\n5,3\n5,3\n");
    String text =
        """
        name: ends
        scenario:
          arrivals: {process: trace, trace: {format: csv, file: t.csv, arrivalTime: t, tokens: tokens}}
          service: {tokens: trace, secondsPerToken: 1}
          policy: {type: dynamic, batchSize: 3}
          servers: 1
        metrics: [latency.mean, batch.size.mean]
        """;
    assertEquals((5 + 3 * 3) / 4.0, value(text, "latency.mean"), 1e-12);
    assertEquals(2, value(text, "batch.size.mean"), 1e-12);
  }

  /** A batch that takes no time ends at its moment, and the policy is asked again. */
  @Test
  void batchesOfNoTimeEndAtOnce() {
    double[] latencies =
        Run.kernelLatencies(
            new double[] {0, 0, 0, 1, 1},
            new double[] {0, 0, 0, 0, 2},
            new DynamicBatching(1, null, null).create(PolicySetting.of(BinBoundaries.none())),
            1,
            1);
    assertArrayEquals(new double[] {0, 0, 0, 0, 2}, latencies);
  }
}
