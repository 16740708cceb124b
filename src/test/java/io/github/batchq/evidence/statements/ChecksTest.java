package io.github.batchq.evidence.statements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.TaskProgress;
import io.github.batchq.evidence.Evidence;
import io.github.batchq.evidence.Statement;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Empirical;
import io.github.batchq.theory.BatchMaximum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class ChecksTest {
  /** Checks whose simulations take more than a second; the committed results have them. */
  private static final Set<String> SLOW =
      Set.of(
          "Prop4.1", "eq2", "Lemma5.1", "T35.2", "T35.3", "T29", "T11", "T33", "T37", "T23", "T24");

  private static final TaskProgress QUIET = (checks, allChecks) -> {};

  private static List<Check> fast() {
    return Checks.all().stream().filter(check -> !SLOW.contains(check.id())).toList();
  }

  @Test
  void everyFastCheckHolds() throws InterruptedException {
    assertEquals(Checks.all().size() - SLOW.size(), fast().size());
    for (Evidence<NumberFinding> evidence : CheckRunner.run(fast(), 2, QUIET)) {
      assertEquals(List.of(), evidence.failing(), evidence.statement().id());
      assertTrue(evidence.holds(), evidence.statement().id());
    }
  }

  @Test
  void everyCheckHasANameAndASentence() {
    Set<String> ids = new HashSet<>();
    for (Check check : Checks.all()) {
      Statement statement = check.statement();
      assertTrue(ids.add(statement.id()), "twice: " + statement.id());
      assertTrue(statement.id().matches("[A-Za-z0-9.-]+"), statement.id());
      assertTrue(statement.claim().endsWith("."), statement.claim());
      assertFalse(statement.source().isEmpty(), statement.id());
    }
  }

  @Test
  void everyStatementOfTheoryIsThere() {
    List<String> ids = Checks.all().stream().map(Check::id).toList();
    for (int t = 1; t <= 14; t++) {
      String statement = "T" + t;
      assertTrue(ids.stream().anyMatch(id -> id.matches(statement + "[a-z]*")), statement);
    }
    for (int erratum = 1; erratum <= 9; erratum++) {
      assertTrue(ids.contains("T35." + erratum), "T35." + erratum);
    }
  }

  @Test
  void resultsDoNotDependOnThreads() throws InterruptedException {
    List<Check> some = Checks.named(Checks.all(), List.of("T2", "Fig3", "Thm4.2", "T25", "T8c"));
    assertEquals(CheckRunner.run(some, 1, QUIET), CheckRunner.run(some, 4, QUIET));
  }

  @Test
  void progressCountsEveryCheck() throws InterruptedException {
    List<Check> some = Checks.named(Checks.all(), List.of("Thm4.2", "eq8"));
    List<Integer> counts = new ArrayList<>();
    CheckRunner.run(
        some,
        1,
        (checks, allChecks) -> {
          assertEquals(2, allChecks);
          counts.add(checks);
        });
    assertEquals(List.of(1, 2), counts);
  }

  @Test
  void namesChooseChecksInTheirOrder() {
    List<Check> chosen = Checks.named(Checks.all(), List.of("T2", "Thm4.2"));
    assertEquals(List.of("Thm4.2", "T2"), chosen.stream().map(Check::id).toList());
    assertEquals(Checks.all(), Checks.named(Checks.all(), List.of()));
    String message =
        assertThrows(BadInputException.class, () -> Checks.named(Checks.all(), List.of("Thm42")))
            .getMessage();
    assertTrue(message.contains("'Thm42'"), message);
    assertTrue(message.contains("did you mean 'Thm4.2'?"), message);
  }

  @Test
  void aBrokenCheckSaysWhichOneItIs() {
    Check broken =
        new Check(
            "T99",
            "A statement.",
            "here",
            comparisons -> {
              throw new IllegalArgumentException("no such law");
            });
    Throwable defect =
        assertThrows(IllegalStateException.class, () -> CheckRunner.run(List.of(broken), 1, QUIET));
    String message = defect.toString();
    assertTrue(message.contains("T99") && message.contains("no such law"), message);
  }

  /** Two programs for the same sums, and two for the same optimum. */
  @Test
  void atomBinsAgreeWithTheory() {
    Empirical law = Empirical.of(new double[] {1, 2, 4, 7, 11}, new long[] {3, 1, 4, 1, 5});
    AtomBins bins = AtomBins.of(law, 8);
    double best = Double.POSITIVE_INFINITY;
    for (int end = 1; end < 5; end++) {
      double split = BatchMaximum.expectedBatchLength(law, BinBoundaries.of(law.atom(end)), 8);
      assertEquals(split, bins.cost(0, end) + bins.cost(end, 5), 1e-12);
      best = Math.min(best, split);
    }
    assertEquals(best, bins.optimum(2), 1e-12);
    assertEquals(best, SampleLaws.meanBatchLength(law, "optimal", 2, 8), 1e-12);
    assertEquals(law.mean(), bins.optimum(5), 1e-12);
  }

  /** The committed page is that of the present catalogue, and nothing on it fails. */
  @Test
  void theCommittedResultsAreComplete() throws IOException {
    String page = Files.readString(Path.of("results/theory-check.md"));
    for (Check check : Checks.all()) {
      assertTrue(
          page.contains("\n## " + check.id() + "\n\n" + check.statement().claim()),
          "results/theory-check.md has no " + check.id() + "; make it again");
    }
    assertFalse(page.contains("fail"), "results/theory-check.md has a check that fails");
    assertTrue(page.contains("seed " + Checks.SEED), "another seed");
  }
}
