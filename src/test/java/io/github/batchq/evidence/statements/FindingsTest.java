package io.github.batchq.evidence.statements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.evidence.Verdict;
import io.github.batchq.metric.Estimate;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A wrong statement fails, whatever its kind. */
class FindingsTest {
  private static NumberFinding only(Consumer<Findings> test) {
    List<NumberFinding> rows = new Check("X", "A statement.", "here", test).run().findings();
    assertEquals(1, rows.size());
    return rows.get(0);
  }

  private static Verdict verdict(Consumer<Findings> test) {
    return only(test).verdict();
  }

  @Test
  void numbersThatDiffer() {
    assertEquals(Verdict.HOLDS, verdict(c -> c.equal(FindingKind.LIMIT, "x", 2, 2.01, 0.01)));
    assertEquals(Verdict.FAILS, verdict(c -> c.equal(FindingKind.LIMIT, "x", 2, 2.03, 0.01)));
    assertEquals(Verdict.FAILS, verdict(c -> c.equal(FindingKind.LIMIT, "x", 2, 1.97, 0.01)));
    assertEquals(Verdict.FAILS, verdict(c -> c.equal(FindingKind.LIMIT, "x", 2, Double.NaN, 0.01)));
    assertEquals(Verdict.HOLDS, verdict(c -> c.quadrature("x", 1, 1 + 1e-10)));
    assertEquals(Verdict.FAILS, verdict(c -> c.quadrature("x", 1, 1 + 1e-8)));
    NumberFinding zero = only(c -> c.equal(FindingKind.ALGORITHM, "x", 0, 1e-3, 1e-2));
    assertEquals(Verdict.HOLDS, zero.verdict());
    assertEquals(1e-2, zero.tolerance());
    assertEquals(1e-3, zero.difference());
  }

  @Test
  void boundsThatAreExceeded() {
    assertEquals(Verdict.HOLDS, verdict(c -> c.atMost("x", 1, 0.3)));
    assertEquals(Verdict.HOLDS, verdict(c -> c.atMost("x", 1, 1 + 1e-12)));
    assertEquals(Verdict.FAILS, verdict(c -> c.atMost("x", 1, 1.0001)));
    assertEquals(Verdict.FAILS, verdict(c -> c.atMost("x", 0, 1e-9)));
    assertEquals(Verdict.FAILS, verdict(c -> c.atMost("x", 1, Double.NaN)));
  }

  @Test
  void simulationsThatMissOrProveNothing() {
    Estimate narrow = new Estimate(10, 0.05, 9);
    assertEquals(Verdict.HOLDS, verdict(c -> c.simulation("x", 10.04, narrow)));
    assertEquals(Verdict.FAILS, verdict(c -> c.simulation("x", 10.06, narrow)));
    Estimate wide = new Estimate(10, 0.2, 9);
    assertEquals(Verdict.FAILS, verdict(c -> c.simulation("x", 10, wide)));
    assertEquals(Verdict.HOLDS, verdict(c -> c.reproduction("x", 10.27, wide)));
    assertEquals(Verdict.FAILS, verdict(c -> c.reproduction("x", 10.29, wide)));
    assertEquals(Verdict.FAILS, verdict(c -> c.reproduction("x", 10, new Estimate(10, 0.22, 9))));
    assertEquals(Verdict.CORRECTED, verdict(c -> c.simulationAgainstPrint("x", 10.04, narrow, 11)));
    assertEquals(Verdict.FAILS, verdict(c -> c.simulationAgainstPrint("x", 10.04, narrow, 10.01)));
  }

  @Test
  void errataThatAreNone() {
    assertEquals(Verdict.CORRECTED, verdict(c -> c.erratum("x", 2, 2, 3, 1e-9)));
    assertEquals(Verdict.FAILS, verdict(c -> c.erratum("x", 2, 2, 2, 1e-9)));
    assertEquals(Verdict.FAILS, verdict(c -> c.erratum("x", 2, 2.1, 3, 1e-9)));
  }

  @Test
  void searchesThatFindSomething() {
    assertEquals(Verdict.HOLDS, verdict(c -> c.search("x", 0)));
    assertEquals(Verdict.FAILS, verdict(c -> c.search("x", 1)));
  }

  @Test
  void aCheckThatComparesNothingDoesNotHold() {
    assertFalse(new Check("X", "A statement.", "here", c -> {}).run().holds());
    assertTrue(new Check("X", "A statement.", "here", c -> c.search("x", 0)).run().holds());
    assertFalse(
        new Check(
                "X",
                "A statement.",
                "here",
                c -> {
                  c.search("x", 0);
                  c.search("x", 1);
                })
            .run()
            .holds());
  }
}
