package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class PlanCommandTest {
  private static final String PLAN =
      """
      name: small
      traffic:
        arrivals: {process: poisson, rate: 1}
        service: {law: uniform, min: 1, max: 20}
      require: {latency.mean: 30}
      search: {policies: [dynamic, continuous], batchSize: [4, 8], servers: {from: 1, to: 4}}
      """;

  @TempDir Path folder;

  private Path plan() {
    return Shell.write(folder.resolve("plan.yaml"), PLAN);
  }

  @Test
  void aPlanIsAnsweredWrittenAndMadeAPage() {
    Path out = folder.resolve("out");
    Shell shell = Shell.run("plan", plan(), "--out", out);
    assertEquals(0, shell.status(), shell.err());
    assertTrue(shell.out().startsWith("Take continuous(batchSize="), shell.out());
    for (String name :
        new String[] {
          "answer.md",
          "candidates.csv",
          "finalists.csv",
          "families.csv",
          "frontier.csv",
          "sensitivity.csv",
          "best.yaml",
          "manifest.json"
        }) {
      assertTrue(Files.exists(out.resolve(name)), name);
    }
    assertFalse(Files.exists(out.resolve(".unfinished-runs")));
    Shell page = Shell.run("report", out);
    assertEquals(0, page.status(), page.err());
    String html = Shell.read(out.resolve("report.html"));
    assertTrue(html.contains("Take continuous(batchSize="));
    Shell valid = Shell.run("validate", out.resolve("best.yaml"));
    assertEquals(0, valid.status(), valid.err());
  }

  @Test
  void whereNothingKeepsTheRequirementsTheStatusIsOne() {
    Path out = folder.resolve("out");
    Shell kept = Shell.run("plan", plan(), "--out", out);
    assertEquals(0, kept.status(), kept.err());
    Shell shell = Shell.run("plan", plan(), "--set", "require={latency.mean: 5}", "--out", out);
    assertEquals(1, shell.status(), shell.err());
    assertTrue(shell.out().startsWith("Nothing that was tried keeps latency.mean <= 5 s"));
    assertTrue(Files.exists(out.resolve("answer.md")));
    assertFalse(Files.exists(out.resolve("best.yaml")), "that of the plan before");
  }

  @Test
  void whatIsWrongEndsInASentence() {
    Path out = folder.resolve("out");
    Shell rate = Shell.run("plan", plan(), "--set", "carry={rate: 500}", "--out", out);
    assertEquals(2, rate.status());
    assertTrue(
        rate.err().contains("no number of servers in search.servers carries 500 req/s"),
        rate.err());
    assertFalse(Files.exists(out));
    Shell both = Shell.run("plan", plan(), "--resume", "--restart", "--out", out);
    assertEquals(2, both.status());
    assertTrue(both.err().contains("--resume and --restart exclude each other"), both.err());
    Shell none = Shell.run("plan", folder.resolve("none.yaml"), "--out", out);
    assertEquals(2, none.status());
  }
}
