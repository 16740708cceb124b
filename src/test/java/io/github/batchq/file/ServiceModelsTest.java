package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BatchShape;
import io.github.batchq.model.ResultTable;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.service.AffineBatch;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.service.TokenLevel;
import io.github.batchq.theory.BatchTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The key {@code service}: models, packs and prompts. */
class ServiceModelsTest {
  private static final String LENGTHS = "{law: uniform, min: 34, max: 500}";

  @TempDir private Path folder;

  private Experiment experiment(String service, String more) {
    return ExperimentFiles.read(folder, ExperimentFiles.withService(service, more));
  }

  private PreparedScenario scenario(String model) {
    return experiment("{tokens: %s, model: %s}".formatted(LENGTHS, model), "")
        .points()
        .get(0)
        .scenario();
  }

  @Test
  void everyKindIsRead() {
    assertEquals(
        new LongestRequest(1, 0.5),
        scenario("{type: longest, secondsPerToken: 0.5, offset: 1}").service());
    assertEquals(
        new LongestRequest(0, 0.5), scenario("{type: longest, secondsPerToken: 0.5}").service());
    assertEquals(
        new AffineBatch(1, 2, 3, 0),
        scenario("{type: affine, alpha: 1, beta: 2, gamma: 3}").service());
    assertEquals(
        new AffineBatch(0, 0, 0.03, 0.001),
        scenario("{type: step-time, tau0: 0.03, tau1: 0.001}").service());
    assertEquals(
        new TokenLevel(0, 0.001, 0.02, 0, 4, 0),
        scenario("{type: token-level, step: 0.02, prefillPerToken: 0.001, freeRequests: 4}")
            .service());
  }

  @Test
  void theorySpeaksOfAffineModelsOnly() {
    assertEquals(
        new BatchTime(1, 2, 3, 4),
        scenario("{type: affine, alpha: 1, beta: 2, gamma: 3, delta: 4}").batchTime());
    assertEquals(
        new BatchTime(0, 0, 0.03243, 0.000641),
        scenario("{type: pack, name: phi35-a100-hf}").batchTime());
    PreparedScenario steps = scenario("{type: token-level, step: 0.02}");
    assertNull(steps.batchTime());
    TheoryOverlay overlay = TheoryOverlay.of(steps);
    for (String metric : new String[] {"throughput", "latency.mean", "service.mean", "padding"}) {
      assertFalse(overlay.has(Metric.named(metric)), metric);
    }
  }

  /** A table of an affine model's times, and a token-level one, give the same run as the model. */
  @Test
  void modelsOfTheSameTimesGiveTheSameRun() throws IOException, InterruptedException {
    StringBuilder table = new StringBuilder("batchSize,length,seconds\n");
    for (int size : new int[] {1, 8}) {
      for (int length : new int[] {34, 100, 500}) {
        double seconds = 2 + (0.03 + 0.001 * size) * length;
        table.append(size).append(',').append(length).append(',').append(seconds).append('\n');
      }
    }
    Files.writeString(folder.resolve("times.csv"), table);
    String whole = "{law: deterministic, value: 77}";
    double[] affine = run(LENGTHS, "{type: affine, alpha: 2, beta: 0, gamma: 0.03, delta: 0.001}");
    assertArrayEquals(affine, run(LENGTHS, "{type: table, file: times.csv}"), 1e-9);
    assertArrayEquals(
        run(whole, "{type: affine, alpha: 2, beta: 0, gamma: 0.03, delta: 0.001}"),
        run(whole, "{type: token-level, prefill: 2, step: 0.03, perRequest: 0.001}"),
        1e-9);
  }

  private double[] run(String lengths, String model) throws InterruptedException {
    String service = "{tokens: %s, model: %s}".formatted(lengths, model);
    return means(experiment(service, ""));
  }

  private static double[] means(Experiment experiment) throws InterruptedException {
    ResultTable summary = Runner.run(experiment, 2, (runs, allRuns, requests) -> {}).summary();
    return new double[] {
      summary.number(0, "throughput"),
      summary.number(0, "latency.mean"),
      summary.number(0, "service.mean"),
      summary.number(0, "padding")
    };
  }

  /** Prompts have a stream of their own: a model that does not read them gives the same run. */
  @Test
  void promptsLeaveAllElseAsItWas() throws InterruptedException {
    String service = "{tokens: %s, secondsPerToken: 0.03%s}";
    double[] without = means(experiment(service.formatted(LENGTHS, ""), ""));
    double[] with =
        means(
            experiment(
                service.formatted(LENGTHS, ", prompts: {law: exponential, rate: 0.01}"), ""));
    assertArrayEquals(without, with);
  }

  /** 100 prompt tokens for each of 8 requests take 0.8 s of every full batch. */
  @Test
  void promptsTakeTime() throws InterruptedException {
    String service =
        "{tokens: %s, model: {type: token-level, step: 0.03, prefillPerToken: 0.001}%s}";
    double[] without = means(experiment(service.formatted(LENGTHS, ""), ""));
    double[] with = means(experiment(service.formatted(LENGTHS, ", prompts: 100"), ""));
    // At most 14 of 4000 requests are flushed in partial batches.
    assertEquals(without[2] + 0.8 * (1 - 7.0 / 4000), with[2], 0.8 * 7.1 / 4000);
    double[] rounded =
        means(
            experiment(
                service.formatted(LENGTHS, ", prompts: {law: uniform, min: 99.6, max: 100.4}"),
                ""));
    assertArrayEquals(with, rounded);
  }

  @Test
  void everyPackIsComplete() {
    for (CoefficientPack pack : CoefficientPack.all()) {
      assertTrue(CoefficientPack.NAMES.contains(pack.name()));
      assertTrue(pack.reference().length() > 20 && pack.fit().length() > 20, pack.name());
      ServiceTimeModel service = pack.service();
      double length = pack.lengths() == null ? 100 : pack.lengths().get(0);
      double[] lengths = {length};
      assertTrue(service.seconds(new BatchShape(1, length, length, 0)) > 0);
      assertTrue(service.ownSeconds(new BatchShape(1, length, length, 0), lengths) > 0);
      assertNotNull(service.tokenCosts());
      int tooMany = pack.batchSizes().get(1) + 1;
      String message =
          assertThrows(
                  BadInputException.class,
                  () -> service.seconds(new BatchShape(tooMany, length, length, 0)))
              .getMessage();
      assertTrue(message.contains("outside the coefficient pack " + pack.name()), message);
    }
  }

  /** Tokens per second in batches of 1 and 511 of figure 1(a): 21.6 is read below the line. */
  @Test
  void figure1aAtItsLargeEnd() {
    ServiceTimeModel service = CoefficientPack.named("phi35-a100-hf").service();
    // The tokens per second that the pack says of its fit, beside 21.6 and 1,456 in the figure.
    assertEquals(30.2, 1 / service.seconds(new BatchShape(1, 1, 1, 0)), 0.05);
    assertEquals(1420, 511 / service.seconds(new BatchShape(511, 1, 511, 0)), 0.5);
    assertEquals(
        0.036699 * 100 + 0.01345,
        CoefficientPack.named("phi35-gsm8k-longest")
            .service()
            .seconds(new BatchShape(8, 100, 100, 0)),
        1e-12);
  }

  /** As defaults.yaml of inference-sim has them, in microseconds. */
  @ParameterizedTest
  @CsvFileSource(resources = "/io/github/batchq/file/inference-sim.csv", delimiter = '|')
  void packsOfInferenceSim(String name, double step, double prompt, double decode) {
    TokenCosts costs = Objects.requireNonNull(CoefficientPack.named(name).service().tokenCosts());
    assertEquals((step + 32 * decode) * 1e-6, costs.stepSeconds(32, 1000), 1e-9);
    // A pass with prompts costs the step once, as theirs does.
    assertEquals(500 * prompt * 1e-6, costs.joinSeconds(5, 500), 5e-9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{law: uniform, min: 1, max: 2, model: {type: longest, secondsPerToken: 1}} | the key 'model' needs lengths that are tokens",
        "{law: uniform, min: 1, max: 2, prompts: 3} | the key 'prompts' needs lengths that are tokens",
        "{tokens: {law: uniform, min: 1, max: 2}, secondsPerToken: 1, model: {type: longest, secondsPerToken: 1}} | the keys 'model' and 'secondsPerToken' exclude each other",
        "{tokens: {law: uniform, min: 1, max: 2}, modell: 1} | unknown key 'modell'; did you mean 'model'?",
        "{tokens: {law: uniform, min: 1, max: 2}, model: {type: tabel}} | key 'scenario.service.model': unknown service model 'tabel'; did you mean 'table'?",
        "{tokens: {law: uniform, min: 1, max: 2}, model: {type: step-time, tau0: 1}} | key 'scenario.service.model': the key 'tau1' is missing",
        "{tokens: {law: uniform, min: 1, max: 2}, model: {type: step-time, tau0: 1, tau1: x}} | key 'scenario.service.model.tau1': expected a number, found 'x'",
        "{tokens: {law: uniform, min: 1, max: 2}, model: {type: step-time, tau0: 1, tau1: -1}} | tau1 must be finite and at least 0, found -1.0",
        "{tokens: {law: uniform, min: 1, max: 2}, model: {type: pack, name: phi}} | unknown coefficient pack 'phi'",
        "{tokens: {law: uniform, min: 1, max: 2}, model: {type: pack, name: phi35-gsm8k-longest}} | a length of 1.0 is outside the coefficient pack phi35-gsm8k-longest, which has lengths 34.0 to 579.0",
        "{tokens: {law: exponential, rate: 0.1}, model: {type: pack, name: llama31-8b-h100-vllm}} | a length of 0.0 is outside the coefficient pack",
        "{tokens: {law: uniform, min: 1, max: 2}, model: {type: table, file: none.csv}} | none.csv does not exist",
        "{tokens: {law: uniform, min: 1, max: 2}, secondsPerToken: 1, prompts: -1} | prompts must be a whole number from 0 to 2147483647 or a law, found -1",
        "{tokens: {law: uniform, min: 1, max: 2}, secondsPerToken: 1, prompts: 2147483648} | prompts must be a whole number from 0 to 2147483647 or a law, found 2147483648",
        "{tokens: {law: uniform, min: 1, max: 2}, secondsPerToken: 1, prompts: trace} | service takes its prompts from a trace, but arrivals do not replay one that has them",
        "{tokens: {law: uniform, min: 1, max: 2}, secondsPerToken: 1, prompts: {law: unifrom}} | key 'scenario.service.prompts': unknown law 'unifrom'",
      })
  void refusesInOneSentence(String service, String sentence) {
    String message =
        assertThrows(BadInputException.class, () -> experiment(service, "")).getMessage();
    assertTrue(message.contains(sentence), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void aBatchLargerThanThePackIsRefusedBeforeARun() {
    String message =
        assertThrows(
                BadInputException.class,
                () ->
                    ExperimentFiles.read(
                        folder,
                        ExperimentFiles.SMALL
                            .replace("batchSize: 8", "batchSize: 512")
                            .replace(
                                "{law: uniform, min: 1, max: 20}",
                                "{tokens: {law: uniform, min: 1, max: 20}, model: {type: pack, name: phi35-a100-hf}}")))
            .getMessage();
    assertTrue(message.contains("a batch of 512 is outside"), message);
  }
}
