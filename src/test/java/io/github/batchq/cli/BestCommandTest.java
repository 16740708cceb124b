package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What competes where nobody says so, and what is said when nobody does. */
class BestCommandTest {
  @TempDir Path folder;

  private Shell best(String swept, String... arguments) {
    String values = swept.replaceAll("[^,]+", "1");
    Shell.write(
        folder.resolve("summary.csv"),
        swept + ",latency.mean,ttft.mean,throughput\n" + values + ",Infinity,,1\n");
    Shell.write(
        folder.resolve("replications.csv"),
        (swept + ",replication,latency.mean,ttft.mean,throughput\n")
            + (values + ",0,9,,1\n")
            + (values + ",1,9,,1\n"));
    Object[] words = new Object[arguments.length + 2];
    words[0] = "best";
    words[1] = folder;
    System.arraycopy(arguments, 0, words, 2, arguments.length);
    return Shell.run(words);
  }

  private static void assertSaid(String sentence, Shell found) {
    assertEquals(new Shell(0, sentence + "\n", ""), found);
  }

  private void assertRefused(String sentence, Shell found) {
    assertEquals(new Shell(2, "", "batchq: " + sentence + "\n"), found);
  }

  @Test
  void theOnlySweptPathCompetes() {
    Shell found = best("policy.bins", "--metric", "throughput", "--format", "csv");
    assertEquals("", found.err());
    assertTrue(found.out().startsWith("best,throughput,"), found.out());
    assertTrue(found.out().lines().skip(1).toList().get(0).startsWith("1,1.0,"), found.out());
    Shell usual = best("policy,servers", "--metric", "throughput", "--format", "csv");
    assertTrue(usual.out().startsWith("servers,best,"), usual.out());
  }

  @Test
  void ofSeveralPathsOneIsNamed() {
    assertRefused(
        folder + ": say with --over which of the swept paths competes: servers, arrivals.rate",
        best("servers,arrivals.rate"));
    assertRefused(
        "'policy' is no swept path of " + folder + "; allowed: servers, arrivals.rate",
        best("servers,arrivals.rate", "--over", "policy"));
  }

  @Test
  void whereNothingIsSweptNothingCompetes() {
    best("servers");
    Shell.write(folder.resolve("replications.csv"), "replication,latency.mean\n0,9\n1,9\n");
    Shell.write(folder.resolve("summary.csv"), "latency.mean\n9\n");
    assertRefused(
        folder + ": nothing is swept there, so nothing competes", Shell.run("best", folder));
  }

  @Test
  void anEmptyResultIsASentenceWithItsReason() {
    String nobody = "Nothing competes in " + folder + ": ";
    assertSaid(
        nobody + "every point is overloaded, so its latency.mean grows without bound.",
        best("servers"));
    assertSaid(
        nobody + "no point has a value of ttft.mean.", best("servers", "--metric", "ttft.mean"));
    assertSaid(nobody + "no points are left.", best("servers", "--without", "1"));
    // Programs get the rows: how many are overloaded is data.
    assertTrue(best("servers", "--format", "csv").out().endsWith(",,,,,,,1\n"));
  }
}
