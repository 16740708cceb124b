package io.github.batchq.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.RunFunction;
import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.ResultTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of requests against what the same runs measured, which another kernel may have made. */
class RequestsFileTest {
  @TempDir Path folder;

  private Experiment experiment(String policy, String servers) throws IOException {
    return ExperimentFiles.read(
        folder,
        """
        name: rows
        scenario:
          arrivals: {process: poisson, rate: 1.2}
          service: {tokens: {law: exponential, rate: 0.16666666666666666}, model: {type: token-level, step: 0.2, perRequest: 0.01}}
          predictor: {type: lognormal-noise, sigma: 0.4}
          policy: {POLICY}
          servers: SERVERS
          requests: 2000
          warmUp: {requests: 200}
        metrics: [latency.mean, latency.max, latency.std, formation.mean, queueing.mean, service.mean, ttft.mean, lost.share]
        replications: 2
        """
            .replace("POLICY", policy)
            .replace("SERVERS", servers));
  }

  private static byte[] written(Experiment experiment, boolean compressed, Pair... pairs)
      throws IOException {
    RunFunction function = RunFunction.of(experiment, null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new RequestsFile(experiment, List.of(pairs), function::record, compressed).writeTo(out);
    return out.toByteArray();
  }

  private static ResultTable table(byte[] bytes) {
    return StoredTable.parse(Path.of("requests.csv"), bytes);
  }

  private static double mean(ResultTable rows, String to, String from) {
    return rows(rows)
        .mapToDouble(row -> rows.number(row, to) - rows.number(row, from))
        .average()
        .orElseThrow();
  }

  /** The rows that count. */
  private static Stream<Integer> rows(ResultTable rows) {
    return IntStream.range(0, rows.rows().size())
        .boxed()
        .filter(row -> rows.text(row, "measured").equals("1"))
        .filter(row -> !rows.text(row, "end_s").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: multi-bin, batchSize: 4, bins: 2, boundaries: equal-mass | 2",
        "type: standard, batchSize: 4 | 1",
        "type: elastic, batchSize: 4 | 2",
        "type: continuous, batchSize: 4 | 2",
        "type: dynamic, batchSize: 4 | {count: 2, speeds: [1, 2]}",
        "type: continuous, batchSize: 4 | {count: 2, failures: {up: {law: exponential, rate: 0.02}, down: {law: exponential, rate: 0.2}, batch: lose}}",
        "type: dynamic, batchSize: 4 | {count: 2, failures: {up: {law: exponential, rate: 0.02}, down: {law: exponential, rate: 0.2}, batch: retry}}",
      })
  void rowsAreTheRunThatIsMeasured(String system) throws Exception {
    String[] parts = system.split(" \\| ", -1);
    Experiment experiment = experiment(parts[0], parts[1]);
    RunResults results = Runner.run(experiment, 2, (runs, all, requests) -> {});
    ResultTable rows = table(written(experiment, false, new Pair(0, 1)));
    assertEquals(2000, rows.rows().size());
    assertNear(results, "latency.mean", mean(rows, "end_s", "arrival_s"));
    assertNear(results, "queueing.mean", mean(rows, "start_s", "formed_s"), system);
    assertNear(results, "service.mean", mean(rows, "end_s", "start_s"));
    if (system.contains("continuous")) {
      assertNear(results, "ttft.mean", mean(rows, "first_token_s", "arrival_s"));
    } else {
      assertNear(results, "formation.mean", mean(rows, "formed_s", "arrival_s"));
      batchesHoldTheirServers(rows);
    }
    long counted = rows.rows().stream().filter(row -> row.get(row.size() - 1).equals("1")).count();
    assertEquals(1800, counted);
    assertNear(results, "lost.share", 1 - rows(rows).count() / (double) counted);
    for (int row = 0; row < 2000; row++) {
      assertEquals(row, rows.number(row, "id"));
      assertEquals("1", rows.text(row, "replication"));
    }
  }

  /** One after the other on each server, and all members of a batch are alike. */
  private static void batchesHoldTheirServers(ResultTable rows) {
    Map<String, String> batches = new HashMap<>();
    for (int row = 0; row < rows.rows().size(); row++) {
      String start = rows.text(row, "server") + " from " + rows.text(row, "start_s");
      assertEquals(start, batches.computeIfAbsent(rows.text(row, "batch"), batch -> start));
    }
    assertEquals(batches.size(), batches.values().stream().distinct().count());
    assertTrue(batches.size() >= 500);
  }

  private static void assertNear(RunResults results, String metric, double value, String system) {
    // Where requests join running batches, formation is 0 and the wait is queueing.
    if (!system.contains("continuous")) {
      assertNear(results, metric, value);
    }
  }

  private static void assertNear(RunResults results, String metric, double value) {
    double measured = results.value(0, 1, Metric.named(metric));
    assertEquals(measured, value, 1e-9 * Math.max(1, measured), metric);
  }

  @Test
  void compressedRowsAreTheSame() throws IOException {
    Experiment experiment = experiment("type: continuous, batchSize: 4", "1");
    byte[] plain = written(experiment, false, new Pair(0, 0), new Pair(0, 1));
    byte[] zipped = written(experiment, true, new Pair(0, 0), new Pair(0, 1));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      assertArrayEquals(plain, in.readAllBytes());
    }
    String text = new String(plain, StandardCharsets.UTF_8);
    assertTrue(
        text.startsWith(
            "replication,id,arrival_s,bin,batch,server,formed_s,start_s,first_token_s,end_s,"
                + "prompt_tokens,output_tokens,predicted,measured\n0,0,"),
        text.substring(0, 200));
  }
}
