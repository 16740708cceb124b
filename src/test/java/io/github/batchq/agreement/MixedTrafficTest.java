package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.RequestRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sources that answer in front of servers that fail, with little memory, a limit of what is in
 * flight and clients who give up: every request is told of once, and nothing is out of its range.
 */
class MixedTrafficTest {
  private static final int RUNS = 60;
  private static final int REQUESTS = 300;
  private static final long MEMORY = 260;

  @TempDir Path folder;

  private static String one(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String text(Random random) {
    String starts =
        one(
            random,
            "{process: poisson, rate: 0.1}",
            "{process: poisson, rate: 0.5}",
            "{process: closed, clients: 3, think: 2}");
    String groups =
        "{process: groups, starts: "
            + starts
            + ", size: "
            + one(random, "3", "{law: uniform, min: 1, max: 6}")
            + one(random, "", ", within: 0.7")
            + one(random, "", ", sharedPrompt: true")
            + one(random, "", ", join: {first: 2}", ", join: {first: 3, rest: run}")
            + one(random, "", ", verify: {servers: same}")
            + "}";
    String conversations =
        "{process: conversations, starts: {process: poisson, rate: 0.1}, turns: 3, think: 5,"
            + " newPrompt: 9"
            + one(random, "", ", prefixHit: 0.5")
            + "}";
    boolean talks = random.nextInt(4) == 0;
    boolean steps = random.nextInt(3) > 0;
    String policy =
        steps
            ? "{type: continuous, batchSize: 5, memory: "
                + MEMORY
                + one(random, "", ", chunk: 24")
                + one(random, "", ", prefixCache: {tokens: 200, block: 4}")
                + "}"
            : one(
                random,
                "{type: dynamic, batchSize: 4}",
                "{type: multi-bin, bins: 2, boundaries: [10], batchSize: 3}",
                "{type: sorted-window, batchSize: 3, window: 2}");
    return """
    name: mixed
    scenario:
      arrivals: %s
      service: {tokens: {law: uniform, min: 1, max: 20}%s, model: {type: token-level, prefillPerToken: %s, step: 0.5, perRequest: 0.01}}
      policy: %s
      servers: {count: 2%s}
      requests: %d
    %s%s
    """
        .formatted(
            talks ? conversations : groups,
            talks ? "" : ", prompts: 11",
            one(random, "0", "0.02"),
            policy,
            one(
                random,
                "",
                ", failures: {up: {law: exponential, rate: 0.05}, down: 3, batch: retry}",
                ", failures: {up: {law: exponential, rate: 0.05}, down: 3, batch: lose}"),
            REQUESTS,
            one(random, "", "  concurrency: 4\n"),
            one(
                random,
                "",
                "  patience: {law: {law: exponential, rate: 0.02}, in: all}\n",
                "  patience: {law: 40}\n"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyRequestIsToldOfOnceAndSharesAreShares(long seed) {
    Random random = new Random(seed);
    RandomStreams streams = new RandomStreams(seed, RUNS);
    for (int run = 0; run < RUNS; run++) {
      String text = text(random);
      Replication replication =
          new Replication(
              ExperimentFiles.read(folder, text).points().get(0).scenario(), streams, run);
      List<RequestRow> rows = new ArrayList<>();
      replication.record(rows::add);
      assertEquals(REQUESTS, rows.size(), text);
      assertEquals(REQUESTS, rows.stream().map(RequestRow::id).distinct().count(), text);
      RunStatistics statistics = replication.run();
      for (String share :
          List.of("utilization", "prefix.hit.share", "cancelled.share", "groups.failed")) {
        if (share.equals("prefix.hit.share") || text.contains("groups") || share.startsWith("u")) {
          double value = Metric.named(share).of(statistics);
          assertTrue(
              Double.isNaN(value) || (value >= 0 && value <= 1 + 1e-12),
              share + " is " + value + " in\n" + text);
        }
      }
      double peak = Metric.named("memory.peak").of(statistics);
      assertTrue(Double.isNaN(peak) || peak <= MEMORY, peak + " tokens in\n" + text);
    }
  }
}
