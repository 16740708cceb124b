package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake in a file becomes one sentence: where, what was found, what is allowed. */
class ExperimentErrorsTest {
  @TempDir Path folder;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("seed: 1", "sed: 1", "line 13, key 'sed': unknown key; did you mean 'seed'?"),
        Arguments.of(
            "bins: 2, b",
            "bin: 2, b",
            "line 6, key 'scenario.policy.bin': unknown key; did you mean 'bins'?"),
        Arguments.of(
            "{from: 0.4, to: 0.6, step: 0.1}",
            "[fast]",
            "line 11, key 'scenario.arrivals.rate': expected a number, found 'fast'"),
        Arguments.of(
            "requests: 2000",
            "requests: 2.5",
            "line 8, key 'scenario.requests': expected a whole number, found 2.5"),
        Arguments.of("requests: 2000", "requests: '2000'", "expected a whole number, found '2000'"),
        Arguments.of(
            "replications: 3",
            "replications: 0",
            "line 12: replications must be at least 1, found 0"),
        Arguments.of("replications: 3", "replications: [3]", "expected a whole number"),
        Arguments.of(
            "{from: 0.4",
            "{from: -0.4",
            "rate must be positive, or inf for all requests at time 0, found -0.4"),
        Arguments.of(
            "[1, 2, 4]",
            "[0]",
            "line 6, key 'scenario.policy': bins must be at least 1, found 0 (with scenario.policy.bins = 0)"),
        Arguments.of(
            "equal-mass",
            "equal-mas",
            "unknown boundaries 'equal-mas'; did you mean 'equal-mass'?"),
        Arguments.of(
            "[1, 2, 4]", "[3]\n  policy.boundaries: [[5, 4]]", "increasing, found 4.0 after 5.0"),
        Arguments.of(
            "batchSize: 8",
            "batchSize: 2001",
            "batchSize 2001 is larger than the number of requests, 2000"),
        Arguments.of("min: 1, max: 20", "min: 20, max: 1", "max must be"),
        Arguments.of(
            "min: 1, max: 20",
            "min: 1",
            "line 4, key 'scenario.service': the key 'max' is missing"),
        Arguments.of(
            "law: uniform", "law: unifrom", "unknown law 'unifrom'; did you mean 'uniform'?"),
        Arguments.of("process: poisson", "process: possion", "did you mean 'poisson'?"),
        Arguments.of(
            "policy.bins: [1, 2, 4]",
            "policy.bins: [1, 2, 4]\n  policy: [{type: standard, batchSize: 8}]",
            "line 9: the sweep has both policy.bins and policy, of which the second would overwrite"),
        Arguments.of(
            "policy.bins: [1, 2, 4]",
            "policy: [{type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8}]\n"
                + "  policy.bins: [1, 2, 4]",
            "the sweep has both policy and policy.bins, of which the second would overwrite"),
        Arguments.of(
            "policy.bins: [1, 2, 4]",
            "policy.bins: [1, 2, 4]\n  zip: [{policy.bins: [1, 2], servers: [1, 2]}]",
            "the sweep has both policy.bins and policy.bins"),
        Arguments.of("[1, 2, 4]", "[1, 2, 1.0]", "policy.bins has the value 1.0 twice"),
        Arguments.of("name: small", "name: " + "x".repeat(300), "at most 200 letters"),
        Arguments.of("file: throughput", "file: best-latency.mean", "best-latency.mean"),
        Arguments.of("servers: 1", "servers: {speeds: []}", "one for each server, found none"),
        Arguments.of("type: oracle", "type: delphi", "unknown predictor 'delphi'"),
        Arguments.of(
            "type: oracle",
            "type: symmetric-error, errorRate: 0.6",
            "errorRate must be in [0, 0.5] where a bin has two neighbours (4 bins), found 0.6 (with"),
        Arguments.of(
            "type: oracle",
            "type: symmetric-error, errorRate: -1",
            "line 5, key 'scenario.predictor': errorRate must be in [0, 1], found -1.0"),
        Arguments.of(
            "type: oracle",
            "type: symmetric-error, errorate: 0.1",
            "line 5, key 'scenario.predictor': the key 'errorRate' is missing"),
        Arguments.of(
            "type: oracle",
            "type: lognormal-noise, sigma: -1",
            "sigma must be finite and at least 0, found -1.0"),
        Arguments.of(
            "type: oracle",
            "type: confusion, matrix: [[1, 2], [3, 4]]",
            "the confusion matrix has 2 rows and columns, but there is 1 bin (with"),
        Arguments.of(
            "type: oracle",
            "type: confusion, matrix: [[1, 2]]",
            "line 5, key 'scenario.predictor.matrix': a confusion matrix has as many columns as rows"),
        Arguments.of(
            "type: oracle",
            "type: confusion, matrix: [[1, x], [3, 4]]",
            "entries of a confusion matrix must be numbers, found"),
        Arguments.of(
            "type: oracle",
            "type: confusion, matrix: [1, 2]",
            "a row of a confusion matrix must be a list of numbers, found 1"),
        Arguments.of(
            "type: oracle",
            "type: confusion, matrix: 3",
            "expected a file name or a list of rows such as [[9, 1], [2, 8]], found 3"),
        Arguments.of(
            "type: oracle",
            "type: confusion, matrix: [[1, 2], [0, 0]]",
            "row 2 of the confusion matrix is all zeros"),
        Arguments.of(
            "type: oracle", "type: confusion, matrix: none.csv", "none.csv does not exist"),
        Arguments.of(
            "servers: 1",
            "servers: many",
            "line 7, key 'scenario.servers': expected a whole number of servers, 'infinite', or a map"),
        Arguments.of(
            "servers: 1", "servers: 0", "servers must be from 1 to 1000000 or 'infinite', found 0"),
        Arguments.of(
            "servers: 1",
            "servers: {speeds: [1, ~]}",
            "line 7, key 'scenario.servers.speeds[1]': a list has no empty values"),
        Arguments.of(
            "series: policy.bins}",
            "series: policy.bins, yMin: 9, yMax: 3}",
            "line 16, key 'charts[0]': yMin must be below yMax, found 9.0 and 3.0"),
        Arguments.of(
            "series: policy.bins}",
            "series: policy.bins, xMax: .inf}",
            "line 16, key 'charts[0]': xMax must be finite, found Infinity"),
        Arguments.of(
            "series: policy.bins}",
            "series: policy.bins, thresholds: [{x: .inf}]}",
            "line 16, key 'charts[0].thresholds[0]': x must be finite, found Infinity"),
        Arguments.of(
            "throughput, latency.mean",
            "throughput, latency.men",
            "unknown metric 'latency.men'; did you mean 'latency.mean'?"),
        Arguments.of(
            "throughput, latency.mean",
            "throughput, throughput",
            "metric 'throughput' is listed twice"),
        Arguments.of(
            "x: arrivals.rate",
            "x: arrival.rate",
            "'arrival.rate' is no swept path; did you mean 'arrivals.rate'?"),
        Arguments.of("y: throughput", "y: padding", "'padding' is no metric of this experiment"),
        Arguments.of(
            "series: policy.bins", "serie: policy.bins", "unknown key; did you mean 'series'?"),
        Arguments.of(
            "policy.bins: [1, 2, 4]",
            "policy.bin: [1, 2, 4]",
            "line 10, key 'scenario.policy.bin': unknown key"),
        Arguments.of(
            "policy.bins: [1, 2, 4]",
            "polcy.bins: [1, 2, 4]",
            "there is no key 'polcy'; did you mean 'policy'?"),
        Arguments.of(
            "policy.bins: [1, 2, 4]", "policy.bins: 3", "the values of policy.bins are a list or"),
        Arguments.of("policy.bins: [1, 2, 4]", "policy.bins: []", "policy.bins has no values"),
        Arguments.of("step: 0.1", "step: 0", "needs step > 0"),
        Arguments.of("step: 0.1", "stp: 0.1", "unknown key 'stp'"),
        Arguments.of("seed: 1", "seed: 1\nseed: 2", "key 'seed' stands on line 13 already"),
        Arguments.of("name: small", "name: a/b", "name becomes a folder"),
        Arguments.of(
            "servers: 1", "servers: 1\n  warmUp: {requests: 2000}", "nothing is left to measure"),
        Arguments.of(
            "servers: 1", "servers: 1\n  warmUp: {time: -1}", "time must be finite and at least 0"),
        Arguments.of(
            "servers: 1",
            "servers: 1\n  limits: {tfft: 1, latency: 9}",
            "line 8, key 'scenario.limits.tfft': unknown key; did you mean 'ttft'?"),
        Arguments.of(
            "servers: 1",
            "servers: 1\n  limits: {}",
            "needs at least one of ttft, tpot and latency, found none of them"),
        Arguments.of(
            "servers: 1",
            "servers: 1\n  limits: {tpot: -0.1}",
            "tpot must be a positive number of seconds, found -0.1"),
        Arguments.of(
            "servers: 1", "servers: 1\n  price: -2", "per hour, must be finite and at least 0"),
        Arguments.of(
            "metrics: [throughput",
            "metrics: [goodput",
            "metric 'goodput' needs the scenario's key"),
        Arguments.of(
            "metrics: [throughput",
            "metrics: [cost.per.million.tokens",
            "line 14: metric 'cost.per.million.tokens' needs the scenario's key 'price'"),
        Arguments.of("servers: 1", "servers: [1", "not YAML"),
        Arguments.of("  requests: 2000\n", "", "the key 'requests' is missing"),
        Arguments.of(
            "service: {law: uniform, min: 1, max: 20}",
            "service: {tokens: trace, secondsPerToken: 1}",
            "arrivals do not replay one"),
        Arguments.of(
            "service: {law: uniform, min: 1, max: 20}",
            "service: {tokens: {law: exponential, rate: 1}}",
            "the key 'secondsPerToken' is missing"),
        Arguments.of(
            "service: {law: uniform, min: 1, max: 20}",
            "service: {law: empirical, file: none.csv, column: x}",
            "none.csv does not exist"),
        Arguments.of(
            "process: poisson, rate: 0.5",
            "process: trace, trace: {format: azure, file: none.csv}",
            "rate"),
        Arguments.of(
            "multi-bin, bins: 2, boundaries: equal-mass",
            "multi-bin, bins: 2, boundaries: exponential",
            "exponential"),
        Arguments.of(
            "multi-bin, bins: 2, boundaries: equal-mass",
            "multi-bin, bins: 2, boundaries: {a: 1}",
            "expected the name of a rule or a list of numbers"),
        Arguments.of(
            "batchSize: 8}",
            "batchSize: 8, order: longest}",
            "line 6, key 'scenario.policy.order': expected one of formed, shortest, longest-queue, oldest, round-robin, found 'longest'"),
        Arguments.of(
            "batchSize: 8}", "batchSize: 8, partial: 1}", "expected true or false, found 1"),
        Arguments.of(
            "batchSize: 8}", "batchSize: 8, drain: drop}", "one of flush, discard, found 'drop'"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("mistakes")
  void refusesInOneSentence(String right, String wrong, String sentence) {
    assertTrue(ExperimentFiles.SMALL.contains(right), right);
    Path file = ExperimentFiles.write(folder, ExperimentFiles.SMALL.replace(right, wrong));
    String message =
        String.valueOf(
            assertThrows(BadInputException.class, () -> ExperimentFile.read(file, Map.of()))
                .getMessage());
    assertTrue(message.contains(sentence), message);
    assertTrue(message.startsWith(file.toString()), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void refusesAMissingFile() {
    assertTrue(
        String.valueOf(
                assertThrows(
                        BadInputException.class,
                        () -> ExperimentFile.read(folder.resolve("none.yaml"), Map.of()))
                    .getMessage())
            .endsWith("none.yaml does not exist"));
  }

  @Test
  void aMissingTraceNamesThePublicSource() {
    String text =
        ExperimentFiles.SMALL
            .replace(
                "process: poisson, rate: 0.5",
                "process: trace, trace: {format: azure, file: none.csv}")
            .replace("  arrivals.rate: {from: 0.4, to: 0.6, step: 0.1}\n", "")
            .replace("x: arrivals.rate", "x: policy.bins")
            .replace(", series: policy.bins", "");
    String message =
        String.valueOf(
            assertThrows(BadInputException.class, () -> ExperimentFiles.read(folder, text))
                .getMessage());
    assertTrue(message.contains(folder.resolve("none.csv") + " does not exist"), message);
    assertTrue(message.contains("Azure/AzurePublicDataset"), message);
    assertTrue(message.contains("--set scenario.arrivals.trace.file="), message);
  }

  @Test
  void aBadTraceLineNamesFileAndLine() throws IOException {
    Files.writeString(
        folder.resolve("trace.csv"),
        "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.68,374,44\n2023-11-16 18:15:47.68,374,4x4\n");
    String text =
        ExperimentFiles.SMALL
            .replace(
                "process: poisson, rate: 0.5",
                "process: trace, trace: {format: azure, file: trace.csv}")
            .replace(
                "service: {law: uniform, min: 1, max: 20}",
                "service: {tokens: trace, secondsPerToken: 0.1}")
            .replace("  arrivals.rate: {from: 0.4, to: 0.6, step: 0.1}\n", "")
            .replace("x: arrivals.rate", "x: policy.bins")
            .replace(", series: policy.bins", "");
    String message =
        String.valueOf(
            assertThrows(BadInputException.class, () -> ExperimentFiles.read(folder, text))
                .getMessage());
    assertTrue(message.contains("trace.csv, line 3: GeneratedTokens is '4x4'"), message);
  }
}
