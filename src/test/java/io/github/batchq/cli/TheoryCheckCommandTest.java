package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchq.evidence.statements.Check;
import io.github.batchq.evidence.statements.Checks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code theory check} as a user runs it. */
class TheoryCheckCommandTest {
  @TempDir Path folder;

  @Test
  void statementsWithTheirComparisons() {
    Shell shell = Shell.run("theory", "check", "--only", "eq8", "--only", "T13b");
    assertEquals(0, shell.status(), shell.err());
    assertEquals("", shell.err());
    assertTrue(shell.out().startsWith("eq8: The mean maximum of B uniform lengths"), shell.out());
    assertTrue(shell.out().contains("\nT13b: At p_e = theta / B"), shell.out());
    assertTrue(
        shell.out().contains("2 statements, 10 comparisons: all hold, 3 of them against"),
        shell.out());
  }

  @Test
  void everyFormat() throws IOException {
    Shell csv = Shell.run("theory", "check", "--only", "eq8", "--format", "csv");
    assertEquals(4, csv.out().lines().count());
    assertTrue(
        csv.out()
            .startsWith(
                "id,quantity,kind,expected,found,difference,tolerance,printed,verdict,statement,source\n"),
        csv.out());
    Shell json = Shell.run("theory", "check", "--only", "eq8", "--format", "json");
    JsonNode row = new ObjectMapper().readTree(json.out()).get(1);
    assertEquals(10.5 * 8 / 9 + 5.75 / 9, row.get("found").asDouble(), 1e-12);
    assertEquals(5.75 * 8 / 9 + 10.5 / 9, row.get("printed").asDouble(), 1e-12);
    assertEquals("printed form wrong, corrected form holds", row.get("verdict").asText());
    Shell markdown = Shell.run("theory", "check", "--only", "eq8", "--format", "markdown");
    assertTrue(
        markdown.out().startsWith("# Theory, checked\n\nMade by `batchq theory check --only eq8"),
        markdown.out());
  }

  @Test
  void aPageThatThreadsDoNotChange() throws IOException {
    Path file = folder.resolve("results").resolve("page.md");
    String first = null;
    for (int threads : new int[] {1, 3}) {
      Shell shell =
          Shell.run(
              "theory",
              "check",
              "--only",
              "eq8",
              "--only",
              "T2",
              "--only",
              "Fig3",
              "--threads",
              threads,
              "--out",
              file);
      assertEquals(0, shell.status(), shell.err());
      String page = Files.readString(file);
      assertTrue(page.contains("\n## T2\n"), page);
      assertTrue(first == null || first.equals(page), "another page on " + threads + " threads");
      first = page;
    }
    assertEquals(List.of("page.md"), Shell.names(folder.resolve("results")));
  }

  @Test
  void theListChecksNothing() {
    Shell shell = Shell.run("theory", "check", "--list", "--format", "csv");
    assertEquals(0, shell.status(), shell.err());
    assertEquals(Checks.all().size() + 1, shell.out().lines().count());
    assertTrue(shell.out().startsWith("id,statement,source\nIntro,"), shell.out());
  }

  @Test
  void badInput() {
    Shell unknown = Shell.run("theory", "check", "--only", "Lemma51");
    assertEquals(2, unknown.status());
    assertEquals(1, unknown.err().lines().count());
    assertTrue(
        unknown
            .err()
            .startsWith(
                "batchq: there is no check 'Lemma51'; did you mean 'Lemma5.1'? (allowed: Intro,"),
        unknown.err());
    Shell threads = Shell.run("theory", "check", "--threads", 0);
    assertEquals(2, threads.status());
    assertTrue(threads.err().contains("--threads"), threads.err());
    Shell directory = Shell.run("theory", "check", "--only", "eq8", "--out", folder);
    assertEquals(2, directory.status());
    assertTrue(directory.err().contains("--out must name a file"), directory.err());
  }

  @Test
  void aWrongStatementFails() throws IOException {
    Check right = Checks.named(Checks.all(), List.of("eq8")).get(0);
    Check wrong =
        new Check(
            "Wrong", "One is two.", "here", comparisons -> comparisons.quadrature("one", 2, 1));
    Path file = folder.resolve("page.md");
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(TheoryCheckCommand.over(List.of(right, wrong)));
    line.setOut(new PrintWriter(out));
    assertEquals(1, line.execute("--out", file.toString()));
    assertTrue(
        out.toString().contains("2 statements, 4 comparisons: these fail: Wrong"), out.toString());
    assertTrue(Files.readString(file).contains("these fail: Wrong"));
    assertEquals(0, line.execute("--only", "eq8"));
  }
}
