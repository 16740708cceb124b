package io.github.batchq.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.batchq.metric.Metric;
import io.github.batchq.model.ResultTable;
import io.github.batchq.theory.TheoryResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a run says why it falls short of the steady state. */
class FiniteRunNoteTest {
  private static final TheoryResult NOTHING = new TheoryResult.Undefined("unknown", "none");

  /**
   * Runs of 20000 requests.
   *
   * @param startEmpty whether there is no warm-up
   * @param finite theory of their throughput
   */
  private record Known(boolean startEmpty, TheoryResult finite) implements FiniteRunNote.Runs {
    @Override
    public long requests(int point) {
      return 20_000;
    }

    @Override
    public boolean startEmpty(int point) {
      return startEmpty;
    }

    @Override
    public boolean flush(int point) {
      return true;
    }

    @Override
    public TheoryResult of(int point, String metric) {
      return point == 1 ? finite : NOTHING;
    }
  }

  private static Optional<String> note(String simulated, String kind, Known runs) {
    ResultTable summary =
        new ResultTable(
            List.of(
                "policy.bins",
                "throughput",
                "throughput.ci95",
                "throughput.theory",
                "throughput.theory.kind",
                "replications",
                "stability"),
            List.of(
                List.of("1", "0.5443", "0.0016", "0.5446", kind, "10", "overloaded"),
                List.of("8", simulated, "0.0019", "0.84422", kind, "10", "overloaded")));
    return FiniteRunNote.of(
        new PointTable(summary, List.of("throughput"), Metric::unitOf), runs, Set.of(0, 1));
  }

  private static Known known(double value) {
    return new Known(true, new TheoryResult.Approximation(value, "busy", "A.6"));
  }

  @Test
  void theoryOfTheFiniteRunIsSaidWhereItDiffersInTheDigitsShown() {
    assertEquals(
        Optional.of(
            "A run of 20000 requests starts empty and flushes partial batches at its end: theory's"
                + " throughput [req/s] is then ~ 0.8431 in place of 0.8442 (policy.bins = 8)."),
        note("0.8419", "exact", known(0.84311)));
    assertEquals(Optional.empty(), note("0.8419", "exact", known(0.84418)));
  }

  @Test
  void withoutSuchATheoryAThroughputMustFallShortByMoreThanChance() {
    Known unknown = new Known(true, NOTHING);
    assertEquals(
        Optional.of(
            "A run of 20000 requests starts empty and flushes partial batches at its end, so its"
                + " throughput falls 0.50 % short of the steady state (policy.bins = 8)."),
        note("0.84", "exact", unknown));
    assertEquals(Optional.empty(), note("0.8419", "exact", unknown));
    assertEquals(Optional.empty(), note("0.85", "exact", unknown));
  }

  @Test
  void boundsAndRunsWithAWarmUpFallShortOfNothing() {
    assertEquals(Optional.empty(), note("0.84", "upper-bound", known(0.84311)));
    assertEquals(
        Optional.empty(),
        note("0.84", "exact", new Known(false, new TheoryResult.Exact(0.84311, "A.6"))));
  }
}
