package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --requests-out}, {@code distribution} and {@code timeline} as users call them. */
class RequestsCommandsTest {
  private static final String EXPERIMENT =
      """
      name: requests
      scenario:
        arrivals: {process: poisson, rate: 0.6}
        service: {tokens: {law: uniform, min: 1, max: 9}, secondsPerToken: 0.5}
        policy: {type: multi-bin, bins: 1, boundaries: equal-mass, batchSize: 4}
        servers: 2
        requests: 400
      sweep:
        policy.bins: [1, 2, 4]
      replications: 3
      metrics: [latency.p90, latency.max]
      """;

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void write() {
    file = Shell.write(folder.resolve("requests.yaml"), EXPERIMENT);
  }

  private Shell run(Object... more) {
    Object[] arguments = new Object[4 + more.length];
    arguments[0] = "run";
    arguments[1] = file;
    arguments[2] = "--out";
    arguments[3] = folder.resolve("out");
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Shell.run(arguments);
  }

  @Test
  void rowsAreEqualOnOneAndFourThreads() throws IOException {
    Path one = folder.resolve("one.csv");
    Path four = folder.resolve("four.csv");
    assertEquals(0, run("--threads", 1, "--requests-out", one).status());
    Shell found = run("--threads", 4, "--requests-out", four);
    assertEquals(0, found.status(), found.err());
    assertTrue(found.out().contains(four + ": 1200 requests"), found.out());
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(four));
    List<String> lines = Files.readAllLines(one);
    assertEquals(1201, lines.size());
    assertTrue(lines.get(401).startsWith("2,0,0,"), lines.get(401));
  }

  @Test
  void runsAreChosen() throws IOException {
    Path chosen = folder.resolve("new folder").resolve("chosen.csv");
    Shell found =
        run("--requests-out", chosen, "--requests-of", "3,1", "--requests-replications", "2");
    assertEquals(0, found.status(), found.err());
    List<String> lines = Files.readAllLines(chosen);
    assertEquals(801, lines.size());
    assertTrue(lines.get(1).startsWith("4,2,0,"), lines.get(1));
    assertTrue(lines.get(401).startsWith("1,2,0,"), lines.get(401));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --requests-of 1                                       | need --requests-out FILE
          --requests-out F --requests-of 4                      | different points from 1 to 3, found '4'
          --requests-out F --requests-of 1,1                    | different points from 1 to 3, found '1,1'
          --requests-out F --requests-replications 3            | replications from 0 to 2, found '3'
          --requests-out F --shard 1/2                          | does not go with --shard
          --requests-out F --set scenario.requests=2000000      | would write 6000000 rows
          --requests-out out/summary.csv                        | is a file of the results
          --requests-out requests.yaml                          | would be overwritten: name another --requests-out
          """)
  void whatCannotBeWrittenIsRefused(String options, String words) {
    Object[] more =
        List.of(options.split(" ", -1)).stream()
            .map(word -> word.matches("F|out/.*|requests.yaml") ? folder.resolve(word) : word)
            .toArray();
    Shell found = run(more);
    assertEquals(2, found.status());
    assertTrue(found.err().contains(words), found.err());
    assertFalse(Files.exists(folder.resolve("F")));
  }

  /** An experiment and the table of its requests have the same distributions. */
  @Test
  void distributionsOfRunsAndOfTablesAgree() throws IOException {
    Path table = folder.resolve("requests.csv.gz");
    assertEquals(
        0,
        run("--requests-out", table, "--requests-of", "1,3", "--requests-replications", "0,1,2")
            .status());
    Path runs = folder.resolve("of runs");
    Path rows = folder.resolve("of rows");
    Shell found = Shell.run("distribution", file, "--point", "1,3", "--out", runs);
    assertEquals(0, found.status(), found.err());
    found = Shell.run("distribution", table, "--out", rows);
    assertEquals(0, found.status(), found.err());
    for (String chart : List.of("cdf", "ccdf", "histogram", "by-length")) {
      String name = "latency-" + chart + ".csv";
      assertEquals(Files.readString(runs.resolve(name)), Files.readString(rows.resolve(name)));
      assertTrue(Files.size(runs.resolve("latency-" + chart + ".png")) > 1000);
    }
    assertTrue(Files.readString(runs.resolve("latency-cdf.csv")).contains("bins=4"));
  }

  @Test
  void aTimelineIsDrawnOfOnePoint() {
    Path out = folder.resolve("timeline");
    Shell found = Shell.run("timeline", file, "--point", "2", "--seconds", "60", "--out", out);
    assertEquals(0, found.status(), found.err());
    assertTrue(Files.exists(out.resolve("timeline.pdf")));
    assertEquals(2, Shell.run("timeline", file, "--seconds", "60", "--out", out).status());
    found = Shell.run("timeline", file, "--point", "1", "--seconds", "0.001", "--out", out);
    assertTrue(found.err().contains("no request is served in the first 0.001 s"), found.err());
  }

  @Test
  void quantilesAreFoundByCapacityAndBest() {
    assertEquals(0, run().status());
    Shell best =
        Shell.run("best", folder.resolve("out"), "--metric", "latency.p90", "--format", "csv");
    assertEquals(0, best.status(), best.err());
    Shell capacity =
        Shell.run(
            "capacity", file, "--limit", "latency.p90=30", "--relative", "0.3", "--threads", 2);
    assertEquals(0, capacity.status(), capacity.err());
    Shell unknown = Shell.run("capacity", file, "--limit", "latncy.p90=30");
    assertTrue(unknown.err().contains("did you mean 'latency.p90'?"), unknown.err());
  }
}
