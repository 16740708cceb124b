package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.scenario.Replication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The blocks of prompts that a Mooncake trace tells, replayed and counted directly. */
class MooncakePrefixesTest {
  private static final Path TRACE =
      Path.of("..", "shared", "data", "mooncake-conversation-head.jsonl");
  private static final int BLOCK = 512;

  @TempDir Path folder;

  /** A request of the trace. */
  private record Line(int prompt, List<Integer> blocks) {}

  private static List<Line> lines(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<Line> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode node = mapper.readTree(line);
      List<Integer> blocks = new ArrayList<>();
      node.get("hash_ids").forEach(id -> blocks.add(id.asInt()));
      lines.add(new Line(node.get("input_length").asInt(), blocks));
    }
    return lines;
  }

  private Replication replay(Path file, String cache) {
    String text =
        """
        name: mooncake
        scenario:
          arrivals: {process: trace, trace: {format: mooncake, file: "%s"}, rateScale: .inf}
          service: {tokens: trace, model: {type: token-level, prefillPerToken: 0.0001, step: 0.02, perRequest: 0}}
          policy: {type: continuous, batchSize: 1, prefixCache: %s}
        """
            .formatted(file.toAbsolutePath(), cache);
    return new Replication(
        ExperimentFiles.read(folder, text).points().get(0).scenario(), new RandomStreams(1, 1), 0);
  }

  private static double share(Replication replication) {
    return Metric.named("prefix.hit.share").of(replication.run());
  }

  /** One request after the other: what is left of the cache when it comes, it finds. */
  private static double direct(List<Line> lines, long tokens) {
    LinkedHashSet<Integer> kept = new LinkedHashSet<>();
    long asked = 0;
    long found = 0;
    for (Line line : lines) {
      int known = 0;
      while (known < line.blocks().size() && kept.contains(line.blocks().get(known))) {
        known++;
      }
      asked += line.prompt();
      found += Math.max(0, Math.min(known * BLOCK, line.prompt() - 1));
      for (int i = line.blocks().size() - 1; i >= 0; i--) {
        kept.remove(line.blocks().get(i));
        kept.add(line.blocks().get(i));
      }
      while (kept.size() > tokens / BLOCK) {
        kept.remove(kept.iterator().next());
      }
    }
    return (double) found / asked;
  }

  @ParameterizedTest
  @CsvSource({"1000000000", "2000000", "500000", "0"})
  void theHitsAreThoseOfADirectCount(long tokens) throws IOException {
    assumeTrue(Files.exists(TRACE), "the Mooncake trace in ../shared/data is not there");
    List<Line> lines = lines(TRACE);
    assertEquals(1500, lines.size());
    double expected = direct(lines, tokens);
    assertEquals(expected, share(replay(TRACE, "{tokens: " + tokens + "}")), 1e-12);
    assertEquals(tokens > 0, expected > 0.04, "found " + expected);
  }

  private Path file(String blocks) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      lines.append(
          "{\"timestamp\": %d, \"input_length\": 1100, \"output_length\": 3, \"hash_ids\": %s}\n"
              .formatted(i, i == 2 ? blocks : "[7, 8, " + i + "]"));
    }
    return Files.writeString(folder.resolve("mooncake.jsonl"), lines);
  }

  @Test
  void aSmallTraceByHand() throws IOException {
    // Of four times 1100 tokens the second and the fourth find two blocks, the third only one.
    assertEquals(
        (1024 + 512 + 1024) / 4400.0, share(replay(file("[7, 9, 2]"), "{tokens: 100000}")), 1e-12);
    // All blocks again: all but the last token.
    assertEquals(
        (1024 + 1099 + 1024) / 4400.0, share(replay(file("[7, 8, 0]"), "{tokens: 100000}")), 1e-12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[7, 8.5] | hash_ids:all must have whole numbers from 0 to 2147483647, found 8.5",
        "[7, -1] | hash_ids:all must have whole numbers from 0 to 2147483647, found -1",
        "[7, 3000000000] | hash_ids:all must have whole numbers from 0 to 2147483647",
        "[7, [8]] | hash_ids:all is '?', a number was expected",
      })
  void blocksThatAreNone(String blocks, String sentence) throws IOException {
    Path file = file(blocks);
    String message =
        String.valueOf(
            assertThrows(BadInputException.class, () -> replay(file, "{tokens: 1}")).getMessage());
    assertTrue(message.contains("line 3") && message.contains(sentence), message);
  }

  @Test
  void theBlocksHaveTheSizeThatTheTraceTells() throws IOException {
    Path file = file("[7]");
    String message =
        String.valueOf(
            assertThrows(
                    BadInputException.class,
                    () -> replay(file, "{tokens: 100000, block: 16}").run())
                .getMessage());
    assertTrue(message.contains("block of prefixCache must be 512"), message);
  }
}
