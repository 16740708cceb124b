package io.github.batchq.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.Metric;
import io.github.batchq.model.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table that a run prints. */
class PointTableTest {
  private static ResultTable summary(List<String> swept, List<List<String>> rows) {
    List<String> columns = new ArrayList<>(swept);
    columns.addAll(
        List.of(
            "throughput",
            "throughput.ci95",
            "throughput.theory",
            "throughput.theory.kind",
            "latency.mean",
            "latency.mean.ci95",
            "latency.mean.theory",
            "latency.mean.theory.kind",
            "padding",
            "padding.ci95",
            "replications",
            "stability"));
    return new ResultTable(columns, rows);
  }

  private static ResultTable bins() {
    return summary(
        List.of("policy.bins", "arrivals.rate"),
        List.of(
            row(
                "1,0.5,0.49825,0.00197,0.5,exact,32.84,1.02,21.69,lower-bound,0.4186,0.0014,10,stable"),
            row(
                "1,1.0,0.54427,0.00157,0.54464,exact,Infinity,,Infinity,exact,0.4186,0.0014,10,overloaded"),
            row("8,0.5,0.49775,0.00198,0.5,exact,70.48,0.25,,,0.0982,0.0006,10,stable")));
  }

  private static List<String> row(String cells) {
    return List.of(cells.split(",", -1));
  }

  private static PointTable table(ResultTable summary, String... metrics) {
    return new PointTable(summary, List.of(metrics), Metric::unitOf);
  }

  @Test
  void aPointIsARowWithTheoryAndItsKindBesideSimulation() {
    assertEquals(
        """
        policy.bins  arrivals.rate  throughput [req/s]  theory  latency.mean [s]   theory  stability
        -----------  -------------  ------------------  ------  ----------------  -------  ----------
                  1            0.5     0.4983 ± 0.0020  0.5000        32.8 ± 1.0  >= 21.7  stable
                  1              1     0.5443 ± 0.0016  0.5446               inf      inf  overloaded
                  8            0.5     0.4978 ± 0.0020  0.5000      70.48 ± 0.25           stable
        """,
        table(bins(), "throughput", "latency.mean").render(100));
  }

  @Test
  void aMetricOfWhichTheoryKnowsNothingHasNoColumnOfTheory() {
    assertEquals(
        """
        policy.bins  arrivals.rate            padding  stability
        -----------  -------------  -----------------  ----------
                  1            0.5    0.4186 ± 0.0014  stable
                  1              1    0.4186 ± 0.0014  overloaded
                  8            0.5  0.09820 ± 0.00060  stable
        """,
        table(bins(), "padding").render(100));
  }

  @Test
  void unitsTakeALineOfTheirOwnWhereTheTableIsTooWide() {
    assertEquals(
        """
                                         throughput          latency.mean
        policy.bins  arrivals.rate          [req/s]  theory           [s]   theory  stability
        -----------  -------------  ---------------  ------  ------------  -------  ----------
                  1            0.5  0.4983 ± 0.0020  0.5000    32.8 ± 1.0  >= 21.7  stable
                  1              1  0.5443 ± 0.0016  0.5446           inf      inf  overloaded
                  8            0.5  0.4978 ± 0.0020  0.5000  70.48 ± 0.25           stable
        """,
        table(bins(), "throughput", "latency.mean").render(90));
  }

  @Test
  void thenPathsDoToo() {
    assertEquals(
        """
        policy.  arrivals.       throughput          latency.mean
           bins       rate          [req/s]  theory           [s]   theory  stability
        -------  ---------  ---------------  ------  ------------  -------  ----------
              1        0.5  0.4983 ± 0.0020  0.5000    32.8 ± 1.0  >= 21.7  stable
              1          1  0.5443 ± 0.0016  0.5446           inf      inf  overloaded
              8        0.5  0.4978 ± 0.0020  0.5000  70.48 ± 0.25           stable
        """,
        table(bins(), "throughput", "latency.mean").render(80));
  }

  @Test
  void inTheEndMetricsAreInSeveralTables() {
    assertEquals(
        """
        policy.  arrivals.       throughput
           bins       rate          [req/s]  theory  stability
        -------  ---------  ---------------  ------  ----------
              1        0.5  0.4983 ± 0.0020  0.5000  stable
              1          1  0.5443 ± 0.0016  0.5446  overloaded
              8        0.5  0.4978 ± 0.0020  0.5000  stable

        policy.  arrivals.  latency.mean
           bins       rate           [s]   theory            padding
        -------  ---------  ------------  -------  -----------------
              1        0.5    32.8 ± 1.0  >= 21.7    0.4186 ± 0.0014
              1          1           inf      inf    0.4186 ± 0.0014
              8        0.5  70.48 ± 0.25           0.09820 ± 0.00060
        """,
        table(bins(), "throughput", "latency.mean", "padding").render(70));
  }

  @Test
  void whatIsTheSameEverywhereIsSaidOnceAndLongValuesAreShortened() {
    ResultTable summary =
        summary(
            List.of("servers", "policy"),
            List.of(
                policy("standard(batchSize=8)"),
                policy("multi-bin(bins=2, boundaries=equal-mass, batchSize=8)"),
                policy("multi-bin(bins=4, boundaries=equal-mass, batchSize=8)")));
    assertEquals(
        """
        all points: servers = 2, stability = stable

                                    throughput
        policy                         [req/s]  theory
        ---------------------  ---------------  ------
        standard(...)          0.4983 ± 0.0020  0.5000
        multi-bin(bins=2,...)  0.4983 ± 0.0020  0.5000
        multi-bin(bins=4,...)  0.4983 ± 0.0020  0.5000
        """,
        table(summary, "throughput").render(70));
  }

  private static List<String> policy(String text) {
    List<String> cells = new ArrayList<>(List.of("2", text));
    cells.addAll(row("0.49825,0.00197,0.5,exact,32.84,1.02,,,0.4186,0.0014,10,stable"));
    return cells;
  }

  @Test
  void theMetricsOfASinglePointAreRowsWhereItsRowIsTooWide() {
    PointTable point =
        table(
            summary(
                List.of("servers"),
                List.of(
                    row(
                        "2,0.49825,,0.5,exact,32.84,1.02,33,approximation,0.4186,0.0014,1,critical"))),
            "throughput",
            "latency.mean",
            "padding");
    assertEquals(
        """
        one point: servers = 2, stability = critical

        throughput [req/s]  theory  latency.mean [s]  theory          padding
        ------------------  ------  ----------------  ------  ---------------
                   0.49825     0.5        32.8 ± 1.0  ~ 33.0  0.4186 ± 0.0014
        """,
        point.render(100));
    assertEquals(
        """
        one point: servers = 2, stability = critical

        metric                    simulated  theory
        ------------------  ---------------  ------
        throughput [req/s]          0.49825     0.5
        latency.mean [s]         32.8 ± 1.0  ~ 33.0
        padding             0.4186 ± 0.0014
        """,
        point.render(60));
  }

  @Test
  void theMeaningSpeaksOfWhatIsThere() {
    assertEquals(
        "Mean of 10 runs ± half-width of its 95 % interval; theory: exact, >= lower-bound, empty"
            + " where it is silent; inf: grows without bound.",
        table(bins(), "throughput", "latency.mean").meaning());
    assertEquals(
        "Mean of 10 runs ± half-width of its 95 % interval; theory: exact.",
        table(bins(), "throughput").meaning());
    assertEquals(
        "Mean of 10 runs ± half-width of its 95 % interval; theory is silent.",
        table(bins(), "padding").meaning());
    ResultTable unequal =
        summary(
            List.of("servers"),
            List.of(
                row("1,0.49825,,0.5,exact,32.84,1.02,33,approximation,0.4186,0.0014,4,critical"),
                row("2,0.49825,,0.5,exact,32.84,1.02,33,upper-bound,0.4186,0.0014,64,critical")));
    assertEquals(
        "Mean of 4 to 64 runs ± half-width of its 95 % interval; theory: ~ approximation, <="
            + " upper-bound.",
        table(unequal, "latency.mean").meaning());
    ResultTable alone =
        summary(
            List.of(),
            List.of(row("0.49825,,0.5,exact,32.84,1.02,33,approximation,0.4186,0.0014,1,stable")));
    assertEquals(
        "Value of one run, which gives no interval; theory: exact.",
        table(alone, "throughput").meaning());
    assertEquals(
        "Value of one run ± half-width of its 95 % interval by batch means, where it has one;"
            + " theory: ~ approximation.",
        table(alone, "latency.mean").meaning());
  }

  @Test
  void manyPointsAreTheirRanges() {
    assertEquals(
        """
        3 points: 2 stable, 1 overloaded.

        metric                           simulated   theory  policy.bins  arrivals.rate
        ------------------  -----  ---------------  -------  -----------  -------------
        throughput [req/s]  least  0.4978 ± 0.0020   0.5000            8            0.5
                            most   0.5443 ± 0.0016   0.5446            1              1
        latency.mean [s]    least       32.8 ± 1.0  >= 21.7            1            0.5
                            most      70.48 ± 0.25                     8            0.5
        """,
        new PointRanges(table(bins(), "throughput", "latency.mean")).render(100));
    assertEquals(
        Set.of(0, 1, 2), new PointRanges(table(bins(), "throughput", "latency.mean")).points());
    assertEquals(Set.of(1, 2), new PointRanges(table(bins(), "throughput")).points());
  }

  @Test
  void aMetricHasAValueWhereSomePointHas() {
    assertTrue(PointTable.hasValue(bins(), "latency.mean"));
    assertTrue(PointTable.hasValue(bins(), "latency.mean.theory"));
    ResultTable without =
        summary(List.of(), List.of(row(",,0.5,exact,32.84,1.02,,,0.4186,0.0014,1,stable")));
    assertFalse(PointTable.hasValue(without, "throughput"));
    assertFalse(PointTable.hasValue(without, "latency.mean.theory"));
  }

  @Test
  void paragraphsAreBrokenAtBlanks() {
    assertEquals("a bc\n  def\n  g\n", Paragraph.wrapped("a bc def g", 5));
    assertEquals("unbreakable\n  x\n", Paragraph.wrapped("unbreakable x", 5));
    assertEquals("short\n", Paragraph.wrapped("short", 5));
  }
}
