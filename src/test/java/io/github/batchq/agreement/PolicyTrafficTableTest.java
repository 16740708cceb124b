package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.Catalogue;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.model.BadInputException;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.RequestRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of policies and kinds of traffic in docs/how-to/arrivals.md: what it allows runs to the
 * end, and what it refuses is refused in the words of its note.
 */
class PolicyTrafficTableTest {
  private static final Path PAGE = Path.of("docs", "how-to", "arrivals.md");
  private static final String HEADING = "## What goes with what";
  private static final int REQUESTS = 240;

  /** The policies by the words of the table, as files have them. */
  private static final Map<String, String> POLICIES = policies();

  /** The kinds of traffic by the words of the table: arrivals, service, and more keys. */
  private static final Map<String, List<String>> TRAFFIC = traffic();

  @TempDir Path folder;

  private static Map<String, String> policies() {
    String bins = "bins: 2, boundaries: [10], batchSize: 4";
    Map<String, String> policies = new LinkedHashMap<>();
    policies.put("standard", "standard, batchSize: 4");
    policies.put("multi-bin", "multi-bin, " + bins);
    policies.put("multi-bin, partial", "multi-bin, partial: true, " + bins);
    policies.put("bound-bins", "bound-bins, " + bins);
    policies.put("adaptive-bins", "adaptive-bins, bins: 2, batchSize: 4, window: 40, every: 20");
    policies.put("max-wait", "max-wait, maxWait: 3, " + bins);
    policies.put("dynamic", "dynamic, batchSize: 4");
    policies.put("dynamic, delay", "dynamic, batchSize: 4, delay: 2");
    policies.put("elastic", "elastic, batchSize: 4");
    policies.put("sorted-window", "sorted-window, batchSize: 4, window: 2");
    policies.put("shortest-first", "shortest-first, batchSize: 4");
    policies.put("continuous", "continuous, batchSize: 4");
    policies.put("wait-threshold", "wait-threshold, batchSize: 4, threshold: 4");
    policies.put("standard, drain: discard", "standard, batchSize: 4, drain: discard");
    policies.put("dynamic, drain: discard", "dynamic, batchSize: 4, least: 4, drain: discard");
    return policies;
  }

  private static Map<String, List<String>> traffic() {
    String open = "{process: poisson, rate: 0.3}";
    String groups = "{process: groups, starts: {process: poisson, rate: 0.08}, size: 4";
    String tokens = "{law: uniform, min: 1, max: 20}";
    String phases =
        "{phases: [{law: " + tokens + ", requests: 90}, {law: {law: uniform, min: 5, max: 40}}]}";
    Map<String, List<String>> traffic = new LinkedHashMap<>();
    traffic.put("open", List.of(open, tokens, ""));
    traffic.put("closed", List.of("{process: closed, clients: 3, think: 4}", tokens, ""));
    traffic.put("concurrency", List.of(open, tokens, "concurrency: 3"));
    traffic.put("rounds", List.of("{process: rounds, size: 6}", tokens, ""));
    traffic.put("groups", List.of(groups + ", within: 0.5, sharedPrompt: true}", tokens, ""));
    traffic.put("groups, join", List.of(groups + ", join: {first: 2}}", tokens, ""));
    traffic.put("groups, verify", List.of(groups + ", verify: {servers: same}}", tokens, ""));
    traffic.put(
        "conversations",
        List.of(
            "{process: conversations, starts: {process: poisson, rate: 0.08}, turns: 4, think: 5,"
                + " newPrompt: 9, prefixHit: 0.5}",
            tokens,
            ""));
    traffic.put("patience, queue", List.of(open, tokens, "patience: {law: 20, in: queue}"));
    traffic.put("patience, all", List.of(open, tokens, "patience: {law: 30, in: all}"));
    traffic.put(
        "retry", List.of(open, tokens, "patience: {law: 20}\n  retry: {after: 10, most: 2}"));
    traffic.put("phases", List.of(open, phases, ""));
    return traffic;
  }

  private static List<String> cells(String row) {
    String[] cells = row.strip().split("\\|");
    return Arrays.stream(cells).skip(1).map(cell -> cell.strip().replace("`", "")).toList();
  }

  /** The lines of the section. */
  private static List<String> section() {
    try {
      List<String> lines = Files.readAllLines(PAGE);
      int start = lines.indexOf(HEADING);
      int end = start + 1;
      while (end < lines.size() && !lines.get(end).startsWith("#")) {
        end++;
      }
      return lines.subList(start, end);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<List<String>> table() {
    return section().stream()
        .filter(line -> line.startsWith("|") && !line.startsWith("|--"))
        .map(PolicyTrafficTableTest::cells)
        .toList();
  }

  static Stream<Arguments> combinations() {
    List<Arguments> combinations = new ArrayList<>();
    List<String> kinds = table().get(0);
    for (List<String> row : table().subList(1, table().size())) {
      for (int i = 1; i < row.size(); i++) {
        combinations.add(Arguments.of(row.get(0), kinds.get(i), row.get(i)));
      }
    }
    return combinations.stream();
  }

  @Test
  void everyPolicyAndEveryKindOfTrafficIsInTheTable() {
    List<String> kinds = table().get(0);
    assertEquals(List.copyOf(TRAFFIC.keySet()), kinds.subList(1, kinds.size()));
    List<String> rows = table().stream().skip(1).map(row -> row.get(0)).toList();
    assertEquals(List.copyOf(POLICIES.keySet()), rows);
    Set<String> named = new TreeSet<>();
    rows.forEach(row -> named.add(row.replaceFirst(",.*", "")));
    assertEquals(new TreeSet<>(Catalogue.POLICIES.names()), named);
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void theTableIsRight(String policy, String kind, String cell) {
    List<String> traffic = TRAFFIC.get(kind);
    String text =
        """
        name: table
        scenario:
          arrivals: %s
          service: {tokens: %s, secondsPerToken: 0.5%s}
          policy: {type: %s}
          servers: 2
          requests: %d
          %s
        """
            .formatted(
                traffic.get(0),
                traffic.get(1),
                kind.equals("conversations") ? "" : ", prompts: 3",
                POLICIES.get(policy),
                REQUESTS,
                traffic.get(2));
    if (cell.equals("yes")) {
      Replication replication =
          new Replication(
              ExperimentFiles.read(folder, text).points().get(0).scenario(),
              new RandomStreams(1, 1),
              0);
      List<RequestRow> rows = new ArrayList<>();
      replication.record(rows::add);
      assertEquals(REQUESTS, rows.size());
      assertTrue(rows.stream().filter(row -> row.end() > row.arrival()).count() > REQUESTS / 4);
      return;
    }
    String refusal;
    try {
      ExperimentFiles.read(folder, text).points().get(0).scenario();
      refusal = "nothing was refused";
    } catch (BadInputException e) {
      refusal = String.valueOf(e.getMessage());
    }
    String note = cell.replace("no ", "");
    String reason =
        section().stream()
            .filter(line -> line.startsWith("- " + note + ": "))
            .map(line -> line.replaceFirst(".*?\"(.*)\".*", "$1"))
            .findFirst()
            .orElseThrow();
    assertTrue(refusal.contains(reason), refusal + " is not because of " + reason);
  }
}
