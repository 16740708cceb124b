package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.expectation.TheoryEffort;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.experiment.TheoryExtent;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.results.Execution;
import io.github.batchq.results.Manifest;
import io.github.batchq.scenario.PreparedScenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of a trace, replayed or drawn, from the file to the results. */
class TraceRequestsTest {
  private static final String EXPERIMENT =
      """
      name: rows
      scenario:
        arrivals: %s
        service: {tokens: %s, model: {type: token-level, step: 1, prefillPerToken: 0.01}}
        policy: {type: standard, batchSize: 1}
        servers: infinite
        requests: 900
      replications: 3
      metrics: [throughput, latency.mean, latency.p50, latency.p99, length.mean]
      """;

  @TempDir Path folder;

  /** Whoever has n tokens has a prompt of 10,000 - 100 n: alone, all take 100 s. */
  @BeforeEach
  void writeTrace() throws IOException {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder("gap,n,p\n");
    for (int i = 0; i < 1000; i++) {
      int tokens = 1 + random.nextInt(90);
      text.append("%s,%d,%d\n".formatted(random.nextDouble(), tokens, 10_000 - 100 * tokens));
    }
    Files.writeString(folder.resolve("rows.csv"), text);
  }

  private static final String TRACE =
      "{format: csv, file: rows.csv, gap: gap, tokens: n, promptTokens: p}";

  private static RunResults run(Experiment experiment) throws InterruptedException {
    return Runner.run(experiment, 2, (runs, all, requests) -> {});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      value = {
        "{process: trace, trace: T} & trace",
        "{process: trace-bootstrap, trace: T} & trace",
        "{process: trace-bootstrap, trace: T, block: 50, from: 100, to: 300, rateScale: 2} & trace",
        "{process: poisson, rate: 3} & {sample: T}",
      })
  void aRequestKeepsItsPromptAndItsLength(String arrivals, String tokens)
      throws InterruptedException {
    RunResults results =
        run(
            ExperimentFiles.read(
                folder,
                EXPERIMENT.formatted(arrivals.replace("T", TRACE), tokens.replace("T", TRACE))));
    for (String metric : List.of("latency.mean", "latency.p50", "latency.p99")) {
      assertEquals(100, results.estimate(0, Metric.named(metric)).mean(), 100 * 0.0005, metric);
    }
  }

  /** Drawn prompts without their lengths would make the times differ. */
  @Test
  void aLawOfPromptsTakesThePlaceOfTheDrawnOnes() throws InterruptedException {
    String drawn =
        EXPERIMENT
            .formatted("{process: poisson, rate: 3}", "{sample: " + TRACE + "}")
            .replace("model:", "prompts: 0, model:");
    RunResults results = run(ExperimentFiles.read(folder, drawn));
    assertTrue(results.estimate(0, Metric.named("latency.p99")).mean() < 91);
  }

  /**
   * Replications of a replayed trace are one; of a resampled one they differ, and any length goes.
   */
  @Test
  void aResampledTraceHasHonestReplications() throws InterruptedException {
    String arrivals = "{process: trace-bootstrap, trace: " + TRACE + "}";
    String text =
        EXPERIMENT.formatted(arrivals, "trace").replace("requests: 900", "requests: 5000");
    RunResults results = run(ExperimentFiles.read(folder, text));
    assertEquals(2, results.estimate(0, Metric.named("throughput")).mean(), 0.2);
    assertTrue(results.estimate(0, Metric.named("throughput")).halfWidth() > 0);
    assertTrue(results.estimate(0, Metric.named("length.mean")).halfWidth() > 0);
    BadInputException refused =
        assertThrows(
            BadInputException.class,
            () -> ExperimentFiles.read(folder, text.replace("trace-bootstrap", "trace")));
    assertTrue(refused.getMessage().contains("requests is 5000, but the trace rows.csv has 1000"));
  }

  /** Theory takes drawn lengths for what they are: independent, of the trace's empirical law. */
  @Test
  void aLoadCanBeGivenWithDrawnLengths() {
    String text =
        """
        name: drawn
        scenario:
          arrivals: {process: poisson-at-load, load: 0.5}
          service: {tokens: {sample: %s}, secondsPerToken: 0.1}
          policy: {type: standard, batchSize: 1}
          requests: 900
        """
            .formatted(TRACE);
    PreparedScenario scenario = ExperimentFiles.read(folder, text).points().get(0).scenario();
    double mean = scenario.lengthLaw().mean();
    assertEquals(0.5 / (0.1 * mean), scenario.arrivals().rate(), 1e-12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      value = {
        "{sample: {format: csv, file: rows.csv, gap: gap, serviceTime: n}} & has service times",
        "{sample: T, law: uniform} & unknown key 'law'; allowed: sample, from, to",
        "{sample: {format: csv, file: none.csv, gap: gap, tokens: n}} & none.csv does not exist",
        "{sample: {format: csv, file: rows.csv, gap: gap, tokens: n, prompt: p}} & unknown key",
      })
  void refusesWhatCannotBeDrawn(String tokens, String sentence) {
    String text =
        EXPERIMENT.formatted(
            "{process: poisson, rate: 3}", tokens.replace(" T,", " " + TRACE + ","));
    String message =
        assertThrows(BadInputException.class, () -> ExperimentFiles.read(folder, text))
            .getMessage();
    assertTrue(message.contains(sentence), message);
    assertTrue(message.contains("experiment.yaml, line "), message);
  }

  @Test
  void skippedLinesAreInTheManifest() throws IOException {
    Path rows = folder.resolve("rows.csv");
    Files.writeString(rows, Files.readString(rows) + "0.5,x,1\n0.5,1,1\n");
    Path file =
        ExperimentFiles.write(
            folder, EXPERIMENT.formatted("{process: trace, trace: " + TRACE + "}", "trace"));
    assertThrows(BadInputException.class, () -> ExperimentFile.read(file, Map.of()));
    Experiment experiment = ExperimentFile.read(file, Map.of(), new BadRows(1));
    String reason = "rows.csv, line 1002: n is 'x', a number was expected";
    assertEquals(List.of(reason), experiment.skippedRows());
    String manifest =
        new String(
            Manifest.of(
                experiment,
                new Execution(List.of("run"), "threads", 1, Instant.EPOCH, Duration.ZERO),
                List.of(),
                null,
                new TheoryExtent(TheoryEffort.ALL, List.of())),
            StandardCharsets.UTF_8);
    assertTrue(manifest.contains("\"skippedLines\" : [ \"" + reason + "\" ]"), manifest);
    assertEquals(List.of(reason), experiment.withSeed(2).skippedRows());
  }

  /** What was recorded is told of each request, however it comes: true lengths are an oracle. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      value = {
        "{process: trace, trace: T} & trace",
        "{process: trace-bootstrap, trace: T, block: 50, from: 100, to: 300} & trace",
        "{process: poisson, rate: 3} & {sample: T}",
        "{process: poisson, rate: 3} & {sample: T, from: 50, to: 400}",
      })
  void recordedPredictionsAreThoseOfTheRequests(String arrivals, String tokens)
      throws InterruptedException {
    String trace = TRACE.replace("tokens: n,", "tokens: n, predicted: n,");
    String text =
        EXPERIMENT
            .formatted(arrivals.replace("T", trace), tokens.replace("T", trace))
            .replace("{type: standard, batchSize: 1}", "{type: shortest-first, batchSize: 4}")
            .replace("servers: infinite", "servers: 40\n  predictor: {type: oracle}");
    String recorded = text.replace("type: oracle", "type: recorded");
    assertTrue(ExperimentFiles.read(folder, recorded).points().size() == 1);
    assertEquals(
        run(ExperimentFiles.read(folder, text)).summary().toCsv(),
        run(ExperimentFiles.read(folder, recorded)).summary().toCsv());
  }

  /** Three requests at once, of 1, 2 and 4 s, served in the order 4, 2, 1 as was predicted. */
  @Test
  void wrongPredictionsAreFollowed() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("wrong.csv"), "t,s,guess\n0,1,4\n0,2,2\n0,4,1\n");
    String text =
        """
        name: wrong
        scenario:
          arrivals:
            process: trace
            trace: {format: csv, file: wrong.csv, arrivalTime: t, serviceTime: s, predicted: guess}
          service: trace
          policy: {type: shortest-first, batchSize: 1}
          predictor: {type: recorded}
        metrics: [latency.mean]
        """;
    RunResults results = run(ExperimentFiles.read(folder, text));
    assertEquals(17 / 3.0, results.estimate(0, Metric.named("latency.mean")).mean(), 1e-12);
    String none = text.replace(", predicted: guess", "");
    assertTrue(
        assertThrows(BadInputException.class, () -> ExperimentFiles.read(folder, none))
            .getMessage()
            .contains("the trace wrong.csv tells no predictions: name their column, as predicted"));
    String law = text.replace("service: trace", "service: {law: uniform, min: 1, max: 2}");
    assertTrue(
        assertThrows(BadInputException.class, () -> ExperimentFiles.read(folder, law))
            .getMessage()
            .contains("their lengths come from no trace"));
  }
}
