package io.github.batchq.cli;

import io.github.batchq.expectation.FiniteRunTheory;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.experiment.TheoryExtent;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.ComparisonTable;
import io.github.batchq.report.FiniteRunNote;
import io.github.batchq.report.Paragraph;
import io.github.batchq.report.PointRanges;
import io.github.batchq.report.PointTable;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.TheoryResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What {@code batchq run} prints: what was measured at each point with theory beside it, what the
 * columns mean, and how many runs it took.
 *
 * @param summary the summary of the results
 * @param theory how much theory it has
 * @param shown names of the metrics that were asked for, or all; empty for those of the file
 */
record RunReport(
    Experiment experiment,
    RunResults results,
    ResultTable summary,
    TheoryExtent theory,
    List<String> shown) {
  private static final String ALL = "all";

  /** How many metrics of the file are shown; of more, only the first ones. */
  private static final int FEW = 5;

  private static final int FIRST = 3;

  /** A table is printed for at most this many points; for more, ranges. */
  private static final int MOST_POINTS = 200;

  /** The names of the metrics to show, whether they have a value or not. */
  private List<String> chosen() {
    List<String> named = experiment.metrics().stream().map(Metric::id).toList();
    if (!shown.isEmpty()) {
      return shown.contains(ALL) ? named : shown.stream().distinct().toList();
    }
    return named.size() <= FEW ? named : measured(named).stream().limit(FIRST).toList();
  }

  private List<String> measured(List<String> names) {
    return names.stream().filter(name -> PointTable.hasValue(summary, name)).toList();
  }

  /** Full precision for programs: a row for each point and metric, theory beside simulation. */
  ResultTable rows() {
    return ComparisonTable.of(summary, measured(chosen()));
  }

  /**
   * The report for a person, at most {@code width} characters wide unless names are longer.
   *
   * @param effort what the runs took, for the last line
   */
  String text(int width, Path folder, String effort) {
    List<String> chosen = chosen();
    List<String> measured = measured(chosen);
    StringBuilder text = new StringBuilder();
    if (measured.isEmpty()) {
      text.append(
          Paragraph.wrapped(
              "Nothing to show: no run has a value of " + String.join(", ", chosen) + ".", width));
    } else {
      PointTable table = new PointTable(summary, measured, Metric::unitOf);
      if (summary.rows().size() <= MOST_POINTS) {
        text.append(table.render(width)).append('\n').append(meaning(table, table.points(), width));
      } else {
        PointRanges ranges = new PointRanges(table);
        text.append(ranges.render(width))
            .append('\n')
            .append(meaning(table, ranges.points(), width))
            .append(
                Paragraph.wrapped(
                    "Every point is in " + folder.resolve("summary.csv") + ".", width));
      }
      text.append(others(chosen, measured, width));
    }
    if (!theory.sentence().isEmpty()) {
      text.append(Paragraph.wrapped(theory.sentence(), width));
    }
    WholeBatchNote.of(experiment, spokenOf(chosen))
        .ifPresent(note -> text.append(Paragraph.wrapped(note, width)));
    return text.append(Paragraph.wrapped(runs(effort), width)).toString();
  }

  /** What the columns mean, and why the values shown may fall short of theory's. */
  private String meaning(PointTable table, Set<Integer> points, int width) {
    return Paragraph.wrapped(table.meaning(), width)
        + FiniteRunNote.of(table, new ReportedRuns(), points)
            .map(note -> Paragraph.wrapped(note, width))
            .orElse("");
  }

  /** A sentence about the metrics that are not shown, and why. */
  private String others(List<String> chosen, List<String> measured, int width) {
    List<String> more =
        measured(experiment.metrics().stream().map(Metric::id).toList()).stream()
            .filter(name -> !measured.contains(name))
            .toList();
    List<String> without = chosen.stream().filter(name -> !measured.contains(name)).toList();
    return (more.isEmpty()
            ? ""
            : Paragraph.wrapped(
                "Also measured (--show METRIC,... or --show all): " + String.join(", ", more) + ".",
                width))
        + (without.isEmpty() || shown.contains(ALL)
            ? ""
            : Paragraph.wrapped(
                "Without a value here: " + String.join(", ", without) + ".", width));
  }

  /** The metrics that have values, and those that were asked for by name. */
  private List<String> spokenOf(List<String> chosen) {
    List<String> spoken =
        new ArrayList<>(measured(experiment.metrics().stream().map(Metric::id).toList()));
    if (!shown.contains(ALL)) {
      spoken.addAll(chosen);
    }
    return spoken;
  }

  /** How long so many requests took. */
  static String effort(long requests, Duration duration) {
    double seconds = Math.max(duration.toMillis(), 1) / 1e3;
    return String.format(
        Locale.ROOT,
        "%.1f million requests in %.1f s (%.1f million requests/s)",
        requests / 1e6,
        seconds,
        requests / seconds / 1e6);
  }

  private String runs(String effort) {
    int runs = 0;
    for (int p = 0; p < experiment.points().size(); p++) {
      runs += results.replications(p);
    }
    return String.format(
        Locale.ROOT,
        "%d %s, %d %s, %s; per run %s partial batches flushed, %s requests discarded.",
        experiment.points().size(),
        experiment.points().size() == 1 ? "point" : "points",
        runs,
        runs == 1 ? "run" : "runs",
        effort,
        range("batches.flushed"),
        range("requests.discarded"));
  }

  private String range(String id) {
    Metric metric = Metric.named(id);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < experiment.points().size(); p++) {
      for (int r = 0; r < results.replications(p); r++) {
        double value = results.value(p, r, metric);
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    return least == most
        ? String.format(Locale.ROOT, "%.0f", least)
        : String.format(Locale.ROOT, "%.0f to %.0f", least, most);
  }

  /** The runs of the points as theory sees them. */
  private final class ReportedRuns implements FiniteRunNote.Runs {
    private PreparedScenario scenario(int point) {
      return experiment.points().get(point).scenario();
    }

    @Override
    public long requests(int point) {
      return scenario(point).requests();
    }

    @Override
    public boolean startEmpty(int point) {
      return FiniteRunTheory.startsEmpty(scenario(point));
    }

    @Override
    public boolean flush(int point) {
      return FiniteRunTheory.flushes(scenario(point));
    }

    @Override
    public TheoryResult of(int point, String metric) {
      return FiniteRunTheory.of(scenario(point), Metric.named(metric));
    }
  }
}
