package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code significance}: two sides of measured files and of results folders. */
class SignificanceCommandTest {
  @TempDir Path folder;

  /** Requests of one server, one after the other, as a benchmark would write them. */
  private Path run(String name, double rate, long seed, int requests) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text =
        new StringBuilder("arrival_s,prompt_tokens,output_tokens,first_token_s,last_token_s\n");
    double now = 0;
    double free = 0;
    for (int i = 0; i < requests; i++) {
      now -= Math.log(1 - random.nextDouble()) / rate;
      double seconds = -Math.log(1 - random.nextDouble());
      double start = Math.max(now, free);
      free = start + seconds;
      text.append(
          String.format(Locale.ROOT, "%.6f,10,20,%.6f,%.6f%n", now, start + 0.1 * seconds, free));
    }
    return Shell.write(folder.resolve(name), text.toString());
  }

  private Path a;
  private Path b;

  @BeforeEach
  void files() {
    a = run("a.csv", 0.3, 1, 1000);
    b = run("b.csv", 0.6, 2, 1000);
  }

  private static String refused(Object... arguments) {
    Shell shell = Shell.run(arguments);
    assertEquals(2, shell.status(), shell.out());
    return shell.err();
  }

  private static List<String> rows(Object... arguments) {
    Shell shell = Shell.run(arguments);
    assertEquals(0, shell.status(), shell.err());
    return shell.out().lines().toList();
  }

  @Test
  void oneRunOnEachSideIsComparedByItsRequests() {
    List<String> rows =
        rows("significance", a, "--", b, "--metric", "latency.mean,latency.p99", "--format", "csv");
    assertEquals(
        "metric,A,B,difference,low,high,ratio,ratio.low,ratio.high,df,over,verdict,more,why",
        rows.get(0));
    assertTrue(rows.get(1).startsWith("latency.mean,") && rows.get(1).contains(",requests,worse,"));
    assertTrue(rows.get(2).contains("one run needs 30000 requests for it"), rows.get(2));
    assertEquals(
        rows,
        rows(
            "significance",
            a,
            "--against",
            b,
            "--metric",
            "latency.mean,latency.p99",
            "--format",
            "csv"));
    assertEquals(
        rows,
        rows(
            "significance", "--metric", "latency.mean,latency.p99", "--format", "csv", a, "--", b));
  }

  @Test
  void severalRunsAreObservations() {
    Path again = run("a2.csv", 0.3, 3, 1000);
    Path other = run("b2.csv", 0.6, 4, 1000);
    String table = String.join("\n", rows("significance", a, again, "--", b, other));
    for (String metric : List.of("ttft.p99", "tpot.mean", "latency.p90", "throughput")) {
      assertTrue(table.contains(metric), table);
    }
    assertTrue(table.contains("runs: each is one observation (Welch)"), table);
    assertTrue(
        rows("significance", a, again, "--", b, "--format", "csv", "--metric", "latency.mean")
            .get(1)
            .contains("\"runs of A, requests of B\""));
    assertTrue(
        rows(
                "significance",
                a,
                again,
                "--",
                b,
                other,
                "--paired",
                "--format",
                "csv",
                "--metric",
                "latency.p50")
            .get(1)
            .contains(",1.0,pairs of runs,"));
  }

  @Test
  void resultsFoldersAreComparedPointByPoint() {
    Path file = Shell.write(folder.resolve("small.yaml"), Shell.SMALL);
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    assertEquals(0, Shell.run("run", file, "--out", one).status());
    assertEquals(0, Shell.run("run", file, "--seed", "2", "--out", two).status());
    List<String> rows = rows("significance", one, "--", two, "--format", "csv");
    assertTrue(rows.get(0).startsWith("policy.bins,arrivals.rate,metric,A,B,"), rows.get(0));
    assertEquals(1 + 4 * 2, rows.size());
    assertTrue(rows.get(1).contains(",runs,"), rows.get(1));
    // The same runs on both sides differ by nothing.
    assertTrue(
        rows("significance", one, "--", one, "--format", "csv", "--metric", "throughput")
            .get(1)
            .contains(",cannot tell,"));
    assertTrue(refused("significance", one, one, "--", two).contains("twice on one side"));
    assertTrue(refused("significance", one, "--", a).contains("A sweeps policy.bins"));
    assertTrue(refused("significance", one, "--", two, "--warm-up", 5).contains("--warm-up"));
  }

  @Test
  void whatCannotBeComparedIsToldInASentence() {
    assertTrue(refused("significance", a).contains("found none on side B"));
    assertTrue(refused("significance", "--", b).contains("found none on side A"));
    assertTrue(refused("significance", a, "--", b, "--", a).contains("found several"));
    assertTrue(refused("significance", a, "--", b, "--metrc", "x").contains("'--metric'"));
    assertTrue(refused("significance", a, a, "--", b).contains("twice on one side"));
    assertTrue(refused("significance", a, "--", b, "--paired").contains("found 1 and 1"));
    assertTrue(refused("significance", a, "--", b, "--warm-up", "999").contains("--warm-up"));
    assertTrue(refused("significance", a, "--", b, "--confidence", "1").contains("--confidence"));
    String unknown = refused("significance", a, "--", b, "--metric", "latency.mode");
    assertTrue(unknown.contains("neither side tells 'latency.mode'"), unknown);
    assertTrue(
        refused("significance", "resource:sample-azure.csv", "--", b)
            .contains("cannot be compared: it tells neither when its requests ended"));
    Path seconds = Shell.write(folder.resolve("seconds.csv"), "t\n1\n2\n3\n");
    String different =
        refused("significance", seconds, "--", seconds, "--column", "serviceTime=none");
    assertTrue(different.contains("none"), different);
  }

  @Test
  void tooFewRequestsAreNoVerdict() {
    Path few = run("few.csv", 0.3, 5, 60);
    List<String> rows =
        rows("significance", few, "--", b, "--metric", "latency.mean", "--format", "csv");
    assertTrue(rows.get(1).contains(",cannot tell,,\"one run needs 300 requests"), rows.get(1));
  }
}
