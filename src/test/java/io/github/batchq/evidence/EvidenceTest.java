package io.github.batchq.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.ResultTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A statement with its findings, and the page that shows them. */
class EvidenceTest {
  private static final Statement STATEMENT = new Statement("T0", "Two is two.", "here, p. 1");

  private record Digit(String quantity, Verdict verdict) implements Finding {
    @Override
    public List<String> cells() {
      return List.of(quantity, "2", verdict.toString());
    }
  }

  @Test
  void aStatementHoldsWhereNothingSpeaksAgainstIt() {
    Digit right = new Digit("one", Verdict.HOLDS);
    Digit corrected = new Digit("two", Verdict.CORRECTED);
    Digit wrong = new Digit("three", Verdict.FAILS);
    assertTrue(new Evidence<>(STATEMENT, List.of(right, corrected)).holds());
    Evidence<Digit> failing = new Evidence<>(STATEMENT, List.of(right, wrong, corrected));
    assertFalse(failing.holds());
    assertEquals(2, failing.holding());
    assertEquals(List.of("three"), failing.failing());
    assertFalse(new Evidence<>(STATEMENT, List.<Digit>of()).holds(), "nothing was looked at");
  }

  @Test
  void aPageOfEveryBlock() {
    List<String> columns = List.of("number", "value", "verdict");
    Evidence<Digit> evidence = new Evidence<>(STATEMENT, List.of(new Digit("one", Verdict.HOLDS)));
    assertEquals(
        """
        # Title

        A paragraph.

        - a
        - b

        ## T0

        Two is two. Source: here, p. 1.

        | number | value | verdict |
        | ------ | ----: | ------- |
        | one    |     2 | holds   |

        ## Pictures

        ![both](a.png)
        ![both](b.png)

        | number | value | verdict |
        |---|---:|---|
        | one | 2 | holds |
        """,
        new EvidencePage("Title")
            .paragraph("A paragraph.")
            .list(List.of("a", "b"))
            .evidence(evidence, columns)
            .section("Pictures")
            .pictures("both", List.of("a.png", "b.png"))
            .pictures("none", List.of())
            .words(evidence.table(columns), List.of("---", "---:", "---"))
            .markdown());
  }

  @Test
  void aStatementWithoutASource() {
    Evidence<Digit> evidence = new Evidence<>(new Statement("T1", "One is one.", ""), List.of());
    String page = new EvidencePage("Title").evidence(evidence, List.of("number")).markdown();
    assertEquals("# Title\n\n## T1\n\nOne is one.\n\n| number |\n| ------ |\n", page);
    assertEquals(new ResultTable(List.of("number"), List.of()), evidence.table(List.of("number")));
  }
}
