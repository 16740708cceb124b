package io.github.batchq.report;

import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import io.github.batchq.theory.TheoryResult;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes one sentence where the runs of a table fall short of the steady state for a known reason.
 */
public final class FiniteRunNote {
  /**
   * The metric that comes out too low because servers have nothing to do before the first batch and
   * after the last.
   */
  private static final String THROUGHPUT = "throughput";

  /** A difference of more half-widths of a 95 % interval than this is not taken for chance. */
  private static final double BEYOND_CHANCE = 2;

  private FiniteRunNote() {}

  /** What is known of the runs of the points of a table. */
  public interface Runs {
    /** Requests of a run. */
    long requests(int point);

    /** Whether they are measured from their first request on, when the system is empty. */
    boolean startEmpty(int point);

    /** Whether they end with partial batches that are flushed. */
    boolean flush(int point);

    /** What theory says of a metric in such a run; undefined where it says nothing. */
    TheoryResult of(int point, String metric);
  }

  /** The place where a finite run differs most from the steady state. */
  private record Gap(int point, String metric, double relative) {}

  /**
   * The sentence; empty where no exact value of theory that the table shows is another in a finite
   * run. Where theory knows the finite run's value and it differs in the digits shown, the sentence
   * has it, for the point and metric where it differs most; else it needs a throughput that falls
   * short by more than chance.
   *
   * @param points the points whose values are shown
   */
  public static Optional<String> of(PointTable table, Runs runs, Set<Integer> points) {
    @Nullable Gap known = null;
    @Nullable Gap seen = null;
    for (int point : points) {
      for (String metric : table.metrics()) {
        double steady = exact(table.summary(), point, metric);
        if (!runs.startEmpty(point) || !Double.isFinite(steady) || steady == 0) {
          continue;
        }
        double halfWidth = table.halfWidth(point, metric);
        double finite = runs.of(point, metric).value();
        boolean visible =
            Double.isFinite(finite)
                && !Numerals.beside(finite, halfWidth).equals(Numerals.beside(steady, halfWidth));
        if (visible) {
          known = larger(known, new Gap(point, metric, Math.abs(finite / steady - 1)));
        }
        double missing = steady - table.summary().number(point, metric);
        if (metric.equals(THROUGHPUT) && missing > BEYOND_CHANCE * halfWidth) {
          seen = larger(seen, new Gap(point, metric, missing / steady));
        }
      }
    }
    return known != null
        ? Optional.of(withValue(table, runs, known))
        : Optional.ofNullable(seen).map(gap -> withoutValue(table, runs, gap));
  }

  private static Gap larger(@Nullable Gap gap, Gap other) {
    return gap == null || other.relative() >= gap.relative() ? other : gap;
  }

  /** Theory's value of the steady state if it is exact; else NaN. */
  private static double exact(ResultTable summary, int point, String metric) {
    return summary.has(SummaryColumns.kind(metric))
            && summary.text(point, SummaryColumns.kind(metric)).equals("exact")
        ? summary.number(point, SummaryColumns.theory(metric))
        : Double.NaN;
  }

  private static String withValue(PointTable table, Runs runs, Gap gap) {
    double halfWidth = table.halfWidth(gap.point(), gap.metric());
    TheoryResult finite = runs.of(gap.point(), gap.metric());
    return why(runs, gap)
        + ": theory's "
        + table.withUnit(gap.metric())
        + " is then "
        + PointTable.signed(finite.kind(), Numerals.beside(finite.value(), halfWidth))
        + " in place of "
        + Numerals.beside(exact(table.summary(), gap.point(), gap.metric()), halfWidth)
        + where(table, gap)
        + ".";
  }

  private static String withoutValue(PointTable table, Runs runs, Gap gap) {
    return why(runs, gap)
        + String.format(
            Locale.ROOT,
            ", so its throughput falls %.2g %% short of the steady state",
            100 * gap.relative())
        + where(table, gap)
        + ".";
  }

  private static String why(Runs runs, Gap gap) {
    return "A run of "
        + runs.requests(gap.point())
        + " requests starts empty"
        + (runs.flush(gap.point()) ? " and flushes partial batches at its end" : "");
  }

  private static String where(PointTable table, Gap gap) {
    return table.varyingPaths().stream()
        .map(path -> path + " = " + table.summary().text(gap.point(), path))
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(", "), place -> place.isEmpty() ? "" : " (" + place + ")"));
  }
}
