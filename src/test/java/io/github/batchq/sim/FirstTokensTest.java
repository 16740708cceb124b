package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a pass costs and whom it gives a token, by hand: a step takes 0.1 s, a prompt token 0.01 s
 * more.
 */
class FirstTokensTest {
  @TempDir Path folder;

  private RunResults run(String trace, String policy, String costs)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("trace.csv"), "t,prompt,out\n" + trace.replace(' ', '\n'));
    String text =
        """
        name: first-tokens
        scenario:
          arrivals: {process: trace, trace: {format: csv, file: trace.csv, arrivalTime: t, promptTokens: prompt, tokens: out}}
          service: {tokens: trace, model: {type: token-level, COSTS}}
          policy: {type: POLICY}
          servers: 1
        metrics: [ttft.mean, latency.mean]
        """;
    Experiment experiment =
        ExperimentFiles.read(folder, text.replace("POLICY", policy).replace("COSTS", costs));
    return Runner.run(experiment, 1, (runs, allRuns, requests) -> {});
  }

  private static double value(RunResults run, String metric) {
    return run.value(0, 0, Metric.named(metric));
  }

  /** The pass that ends the prompt gives the first token. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          continuous, batchSize: 8            | 0.5 | 0.8
          continuous, batchSize: 8, chunk: 64 | 0.5 | 0.8
          continuous, batchSize: 8, chunk: 16 | 0.7 | 1.0
          continuous, batchSize: 8, chunk: 40 | 0.5 | 0.8
          continuous, batchSize: 8, chunk: 39 | 0.6 | 0.9
          dynamic, batchSize: 2               | 0   | 0.8
          """)
  void oneRequestAlone(String policy, double ttft, double latency) throws Exception {
    RunResults run = run("0,40,4 500,40,4", policy, "step: 0.1, prefillPerToken: 0.01");
    // Of batches that are served whole no first tokens are measured.
    assertEquals(ttft == 0 ? Double.NaN : ttft, value(run, "ttft.mean"), 1e-9);
    assertEquals(latency, value(run, "latency.mean"), 1e-9);
  }

  /**
   * The second request (prompt 20, 2 tokens) comes while the first decodes its second token.
   *
   * <p>Without chunks its prompt has the pass from 0.6 to 0.9 s for itself; both decode to 1.0 s,
   * where it leaves, and the first has its fourth token at 1.1 s. With chunks of 64 the first gets
   * its third token in the pass from 0.6 to 0.9 s, and both leave at 1.0 s. With chunks of 16 the
   * first has its first token at 0.7 s and the second at 0.8 s; a pass of 15 prompt tokens gives it
   * the third at 1.05 s, one of the other 5 the fourth, and the second request its first, at 1.2 s;
   * that leaves at 1.3 s.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          continuous, batchSize: 8            | 0.55 | 0.5 | 0.35 | 1.1 | 0.45
          continuous, batchSize: 8, chunk: 64 | 0.55 | 0.5 | 0.35 | 1.0 | 0.45
          continuous, batchSize: 8, chunk: 16 | 0.75 | 0.7 | 0.45 | 1.2 | 0.55
          """)
  void theSecondArrivesWhileTheFirstDecodes(
      String policy, String second, double ttft1, double ttft2, double latency1, double latency2)
      throws Exception {
    RunResults run = run("0,40,4 " + second + ",20,2", policy, "step: 0.1, prefillPerToken: 0.01");
    assertEquals((ttft1 + ttft2) / 2, value(run, "ttft.mean"), 1e-9);
    assertEquals((latency1 + latency2) / 2, value(run, "latency.mean"), 1e-9);
  }

  /**
   * What a pass with prompts costs beyond a step, 0.05 s, is paid in each that holds some: once
   * without chunks, three times with chunks of 16. Two running requests cost 0.02 s each, tokens in
   * memory 0.001 s.
   *
   * <p>Alone without chunks: 0.1 + 0.05 + 0.4 + 0.02 + 0.04 = 0.61, then 0.1 + 0.02 + 0.041 and so
   * on to three steps of 0.161, 0.162, 0.163. With chunks of 16: 0.1 + 0.05 + 0.16 + 0.02 + 0.016,
   * the same with 0.032 and with 0.08 and 0.04.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          continuous, batchSize: 8            | 0.61  | 1.096
          continuous, batchSize: 8, chunk: 64 | 0.61  | 1.096
          continuous, batchSize: 8, chunk: 16 | 0.998 | 1.484
          dynamic, batchSize: 2               | 0     | 1.096
          """)
  void everyCostOfAPass(String policy, double ttft, double latency) throws Exception {
    RunResults run =
        run(
            "0,40,4 500,40,4",
            policy,
            "step: 0.1, prefill: 0.05, prefillPerToken: 0.01, perRequest: 0.02, perContextToken:"
                + " 0.001");
    // Of batches that are served whole no first tokens are measured.
    assertEquals(ttft == 0 ? Double.NaN : ttft, value(run, "ttft.mean"), 1e-9);
    assertEquals(latency, value(run, "latency.mean"), 1e-9);
  }

  /** A batch that is served whole takes as long as the same requests that join together. */
  @ParameterizedTest
  @CsvSource({"dynamic", "continuous"})
  void aWholeBatchIsOnePassWithPromptsAndSteps(String policy) throws Exception {
    RunResults run =
        run(
            "0,40,4 0,20,4 0,0,4 500,40,4 500,20,4 500,0,4",
            policy + ", batchSize: 6",
            "step: 0.1, prefill: 0.05, prefillPerToken: 0.01, perRequest: 0.02, perContextToken:"
                + " 0.001");
    double pass = 0.1 + 0.05 + 0.6 + 0.06 + 0.06;
    double steps = 3 * 0.16 + 0.063 + 0.066 + 0.069;
    assertEquals(pass + steps, value(run, "latency.mean"), 1e-9);
  }
}
