package io.github.batchq.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
  private static final List<String> COLUMNS =
      List.of(
          "policy.bins",
          "arrivals.rate",
          "throughput",
          "throughput.ci95",
          "throughput.theory",
          "throughput.theory.kind",
          "padding",
          "padding.ci95",
          "latency.mean",
          "latency.mean.ci95",
          "latency.mean.theory",
          "latency.mean.theory.kind");

  private static ResultTable row(
      String throughput, String ci, String theory, String kind, String latencyTheory) {
    return new ResultTable(
        COLUMNS,
        List.of(
            List.of(
                "2",
                "8",
                throughput,
                ci,
                theory,
                kind,
                "0.25",
                "",
                "30.5",
                "0.5",
                latencyTheory,
                latencyTheory.isEmpty() ? "" : "approximation")));
  }

  private static String holds(String simulated, String ci, String theory, String kind) {
    return ComparisonTable.of(row(simulated, ci, theory, kind, "")).text(0, "holds");
  }

  @Test
  void aPointHasOneRowForEachMetricWithTheory() {
    ResultTable comparison = ComparisonTable.of(row("8.5", "0.25", "8", "exact", "31.0"));
    assertEquals(
        List.of(
            "policy.bins",
            "arrivals.rate",
            "metric",
            "simulated",
            "ci95",
            "theory",
            "kind",
            "difference",
            "relative",
            "in half-widths",
            "holds"),
        comparison.columns());
    assertEquals(
        List.of(
            List.of(
                "2", "8", "throughput", "8.5", "0.25", "8", "exact", "0.5", "0.0625", "2.0", ""),
            List.of(
                "2",
                "8",
                "latency.mean",
                "30.5",
                "0.5",
                "31.0",
                "approximation",
                "-0.5",
                ResultTable.cell(-0.5 / 31),
                "-1.0",
                "")),
        comparison.rows());
  }

  @Test
  void metricsAreThoseAskedForWithTheoryOrWithout() {
    ResultTable comparison =
        ComparisonTable.of(row("8.5", "0.25", "8", "exact", "31.0"), List.of("padding"));
    assertEquals(
        List.of(List.of("2", "8", "padding", "0.25", "", "", "", "", "", "", "")),
        comparison.rows());
  }

  @Test
  void aPointWithoutTheoryHasEmptyColumns() {
    ResultTable comparison = ComparisonTable.of(row("8.5", "0.25", "", "", "31.0"));
    for (String column :
        List.of("kind", "theory", "difference", "relative", "in half-widths", "holds")) {
      assertEquals("", comparison.text(0, column), column);
    }
  }

  @Test
  void nothingIsAShareOfZero() {
    ResultTable comparison = ComparisonTable.of(row("8.5", "0.25", "0.0", "approximation", "31"));
    assertEquals("8.5", comparison.text(0, "difference"));
    assertEquals("", comparison.text(0, "relative"));
  }

  @Test
  void aBoundFailsOnlyWhenViolatedByMoreThanTheHalfWidth() {
    assertEquals("yes", holds("7", "0.25", "8", "upper-bound"));
    assertEquals("yes", holds("8.25", "0.25", "8", "upper-bound"));
    assertEquals("no", holds("8.5", "0.25", "8", "upper-bound"));
    assertEquals("yes", holds("9", "0.25", "8", "lower-bound"));
    assertEquals("yes", holds("7.75", "0.25", "8", "lower-bound"));
    assertEquals("no", holds("7.5", "0.25", "8", "lower-bound"));
    assertEquals("no", holds("7.5", "", "8", "lower-bound"));
    assertEquals("yes", holds("8.000000000000002", "0.0", "8", "upper-bound"));
    assertEquals("", holds("", "", "8", "lower-bound"));
    assertEquals("", holds("8.5", "0.25", "8", "approximation"));
  }

  @Test
  void withoutAnIntervalThereAreNoHalfWidths() {
    for (String ci : List.of("", "0.0")) {
      ResultTable comparison = ComparisonTable.of(row("8.5", ci, "8", "exact", ""));
      assertEquals("0.5", comparison.text(0, "difference"));
      assertEquals("", comparison.text(0, "in half-widths"));
    }
  }

  @Test
  void aSimulatedValueThatIsNotDefinedLeavesTheComparisonEmpty() {
    ResultTable comparison = ComparisonTable.of(row("", "", "8", "exact", ""));
    assertEquals("", comparison.text(0, "difference"));
    assertEquals("8", comparison.text(0, "theory"));
  }

  @Test
  void theFirstRowsStandForALongSweep() {
    ResultTable table =
        new ResultTable(List.of("a"), List.of(List.of("1"), List.of("2"), List.of("3")));
    assertEquals(List.of(List.of("1"), List.of("2")), ComparisonTable.firstRows(table, 2).rows());
    assertEquals(table, ComparisonTable.firstRows(table, 20));
  }

  @Test
  void aTableWithoutIntervalsIsNotASummary() {
    ResultTable table = new ResultTable(List.of("replication", "throughput"), List.of());
    String message =
        assertThrows(BadInputException.class, () -> ComparisonTable.of(table)).getMessage();
    assertTrue(message.contains("not a summary"), message);
    assertTrue(message.endsWith("has replication, throughput"), message);
  }
}
