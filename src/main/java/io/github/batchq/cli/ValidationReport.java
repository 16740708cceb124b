package io.github.batchq.cli;

import io.github.batchq.evidence.figures.FigureVerdict;
import io.github.batchq.evidence.figures.Reproduction;
import io.github.batchq.evidence.simulator.CoverageStudy.Coverage;
import io.github.batchq.evidence.simulator.KernelComparisons.KernelComparison;
import io.github.batchq.evidence.simulator.QueueComparisons.QueueComparison;
import io.github.batchq.evidence.statements.Check.CheckResult;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.TableFormat;
import io.github.batchq.results.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The page that says whether batchq is right.
 *
 * @param macroReplications repetitions of each experiment of the coverage study
 */
record ValidationReport(
    int macroReplications,
    List<Coverage> coverage,
    List<QueueComparison> queues,
    KernelComparison kernels,
    List<CheckResult> checks,
    List<Reproduction> figures) {
  /** Whether everything holds that must. */
  boolean holds() {
    return coverage.stream().allMatch(Coverage::holds)
        && queues.stream().allMatch(QueueComparison::holds)
        && kernels.different() == 0
        && checks.stream().allMatch(CheckResult::holds);
  }

  /** One line for each part. */
  String summary() {
    StringBuilder text = new StringBuilder();
    text.append(coverageLine()).append('\n');
    text.append(queuesLine()).append('\n');
    text.append(kernelsLine()).append('\n');
    text.append(checksLine()).append('\n');
    text.append(figuresLine()).append('\n');
    return text.toString();
  }

  private String coverageLine() {
    double least = coverage.stream().mapToDouble(Coverage::covered).min().orElse(Double.NaN);
    double most = coverage.stream().mapToDouble(Coverage::covered).max().orElse(Double.NaN);
    return String.format(
        Locale.ROOT,
        "Coverage of 95 %% intervals: %.1f to %.1f %% (%d of %d within 2 points)",
        100 * least,
        100 * most,
        coverage.stream().filter(Coverage::holds).count(),
        coverage.size());
  }

  private String queuesLine() {
    return "Queues with exact formulas: "
        + queues.stream().filter(QueueComparison::holds).count()
        + " of "
        + queues.size()
        + " within their 99.9 % intervals";
  }

  private String kernelsLine() {
    return "Second implementation: "
        + kernels.different()
        + " of "
        + kernels.requests()
        + " requests differ";
  }

  private String checksLine() {
    return "Statements of theory: "
        + checks.stream().filter(CheckResult::holds).count()
        + " of "
        + checks.size()
        + " hold";
  }

  private String figuresLine() {
    long verdicts = figures.stream().mapToLong(figure -> figure.verdicts().size()).sum();
    return "Numbers of the paper: " + agreeing() + " of " + verdicts + " met";
  }

  private long agreeing() {
    return figures.stream()
        .flatMap(figure -> figure.verdicts().stream())
        .filter(FigureVerdict::agrees)
        .count();
  }

  String markdown() {
    StringBuilder page = new StringBuilder("# Is batchq right?\n\n");
    page.append("Made by `batchq self-test` with batchq ")
        .append(Manifest.version())
        .append("; do not edit. The same numbers on any number of threads.\n\n");
    for (String line : summary().lines().toList()) {
      page.append("- ").append(line).append('\n');
    }
    page.append("\n## Coverage\n\n")
        .append("Each experiment is made ")
        .append(macroReplications)
        .append(
            " times with other seeds, and the share of its 95 % intervals that hold the truth is"
                + " counted: 10 replications whose warm-up is left out, with a t-interval of 9"
                + " degrees of freedom; and one long run by batch means, with a tested batch size"
                + " (quantiles: batch means of the share below). The standard error of a coverage is"
                + " 0.5 points. Truth is exact for M/M/1; for two bins it is the mean of two runs of"
                + " 80 million requests of the second implementation, with another generator."
                + " \"Without\" is the share of long runs that batchq says are too short for an"
                + " interval.\n\n")
        .append(TableFormat.MARKDOWN.render(coverageTable()))
        .append("\n## Queues with exact formulas\n\n")
        .append(
            "Mean time in system, 20 replications of 300,000 requests, the first tenth left out;"
                + " intervals of 99.9 %.\n\n")
        .append(TableFormat.MARKDOWN.render(queueTable()))
        .append("\n## A second implementation\n\n")
        .append(
            "The event kernel, the kernel of full batches and a recursion over arrays get the same"
                + " random numbers. In ")
        .append(kernels.scenarios())
        .append(
            " random scenarios (1 to 8 bins, batches of 1 to 64, 1 to 20 servers, loads 0.2 to 1.5, every other one in groups)"
                + " the time in system of ")
        .append(kernels.requests())
        .append(" requests is compared, digit by digit: ")
        .append(kernels.different())
        .append(" differ.\n\n## Statements of theory\n\n")
        .append(checksLine())
        .append(", in ")
        .append(checks.stream().mapToLong(check -> check.comparisons().size()).sum())
        .append(" comparisons: [all of them](theory-check.md).\n\n## The paper's figures\n\n")
        .append(
            "Three replications instead of the ten of [the full reproduction](paper/README.md),"
                + " which says of each number that is not met why.\n\n")
        .append(TableFormat.MARKDOWN.render(figureTable()));
    return page.toString();
  }

  private ResultTable coverageTable() {
    List<List<String>> rows = new ArrayList<>();
    for (Coverage one : coverage) {
      rows.add(
          List.of(
              one.queue(),
              one.method(),
              one.metric(),
              ResultTable.cell(one.truth()),
              percent(one.covered()),
              percent(one.halfWidth()),
              percent(one.without()),
              one.holds() ? "yes" : "no"));
    }
    return new ResultTable(
        List.of(
            "queue",
            "method",
            "metric",
            "truth [s]",
            "coverage [%]",
            "half-width [% of truth]",
            "without [%]",
            "within 2 points"),
        rows);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  private ResultTable queueTable() {
    return new ResultTable(
        List.of("queue", "formula", "exact [s]", "simulated [s]", "half-width", "holds"),
        queues.stream()
            .map(
                one ->
                    List.of(
                        one.queue(),
                        one.source(),
                        ResultTable.cell(one.exact()),
                        ResultTable.cell(one.simulated()),
                        ResultTable.cell(one.halfWidth()),
                        one.holds() ? "yes" : "no"))
            .toList());
  }

  private ResultTable figureTable() {
    return new ResultTable(
        List.of("figure", "numbers", "met"),
        figures.stream()
            .map(
                one ->
                    List.of(
                        one.figure().id(),
                        Integer.toString(one.verdicts().size()),
                        Long.toString(
                            one.verdicts().stream().filter(FigureVerdict::agrees).count())))
            .toList());
  }
}
