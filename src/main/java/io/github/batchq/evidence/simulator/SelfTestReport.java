package io.github.batchq.evidence.simulator;

import io.github.batchq.evidence.Evidence;
import io.github.batchq.evidence.EvidencePage;
import io.github.batchq.evidence.simulator.CoverageStudy.CoverageFinding;
import io.github.batchq.evidence.simulator.ExactQueues.QueueFinding;
import io.github.batchq.evidence.simulator.KernelAgreement.KernelFinding;
import io.github.batchq.model.ResultTable;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * Everything that says whether batchq is right.
 *
 * @param coverage how often its intervals cover the truth
 * @param queues its simulated queues beside exact formulas
 * @param kernels its kernels beside a second implementation
 * @param statements what was found of each statement of theory
 * @param figures what was found of each figure of the paper
 */
public record SelfTestReport(
    Evidence<CoverageFinding> coverage,
    Evidence<QueueFinding> queues,
    Evidence<KernelFinding> kernels,
    List<? extends Evidence<?>> statements,
    List<? extends Evidence<?>> figures) {
  public SelfTestReport {
    statements = List.copyOf(statements);
    figures = List.copyOf(figures);
  }

  /** Whether everything holds that must; a figure of the paper may be wrong. */
  public boolean holds() {
    return coverage.holds()
        && queues.holds()
        && kernels.holds()
        && statements.stream().allMatch(Evidence::holds);
  }

  /** One line for each part. */
  public List<String> summary() {
    return List.of(coverageLine(), queuesLine(), kernelsLine(), statementsLine(), figuresLine());
  }

  private String coverageLine() {
    DoubleSummaryStatistics covered =
        coverage.findings().stream().mapToDouble(CoverageFinding::covered).summaryStatistics();
    return String.format(
            Locale.ROOT,
            "Coverage of 95 %% intervals: %.1f to %.1f %% (%d of %d within 2 points)",
            100 * covered.getMin(),
            100 * covered.getMax(),
            coverage.holding(),
            coverage.findings().size())
        + except(coverage.failing());
  }

  private String queuesLine() {
    return "Queues with exact formulas: "
        + queues.holding()
        + " of "
        + queues.findings().size()
        + " within their 99.9 % intervals"
        + except(queues.failing());
  }

  private String kernelsLine() {
    KernelFinding found = kernels.findings().get(0);
    return "Second implementation: "
        + found.different()
        + " of "
        + found.requests()
        + " requests differ";
  }

  private String statementsLine() {
    return "Statements of theory: "
        + statements.stream().filter(Evidence::holds).count()
        + " of "
        + statements.size()
        + " hold"
        + except(
            statements.stream()
                .filter(evidence -> !evidence.holds())
                .map(evidence -> evidence.statement().id())
                .toList());
  }

  private static String except(List<String> failing) {
    return failing.isEmpty() ? "" : "; not " + String.join("; ", failing);
  }

  private String figuresLine() {
    return "Numbers of the paper: "
        + figures.stream().mapToLong(Evidence::holding).sum()
        + " of "
        + numbers(figures)
        + " met";
  }

  private static long numbers(List<? extends Evidence<?>> several) {
    return several.stream().mapToLong(evidence -> evidence.findings().size()).sum();
  }

  /**
   * The page in Markdown.
   *
   * @param version the version of batchq
   */
  public String markdown(String version) {
    return new EvidencePage("Is batchq right?")
        .paragraph(
            "Made by `batchq self-test` with batchq "
                + version
                + "; do not edit. The same numbers on any number of threads.")
        .list(summary())
        .evidence(coverage, CoverageFinding.COLUMNS)
        .evidence(queues, QueueFinding.COLUMNS)
        .section(kernels.statement().id())
        .paragraph(
            kernels.statement().claim()
                + String.format(
                    " In %s random scenarios (1 to 8 bins, batches of 1 to 64, 1 to 20 servers, loads"
                        + " 0.2 to 1.5, every other one in groups) the time in system of %s requests"
                        + " is compared, digit by digit: %s differ.",
                    kernels.findings().get(0).cells().toArray()))
        .section("Statements of theory")
        .paragraph(
            statementsLine()
                + ", in "
                + numbers(statements)
                + " comparisons: [all of them](theory-check.md).")
        .section("The paper's figures")
        .paragraph(
            "Three replications instead of the ten of [the full reproduction](paper/README.md),"
                + " which says of each number that is not met why.")
        .numbers(figureTable())
        .markdown();
  }

  private ResultTable figureTable() {
    return new ResultTable(
        List.of("figure", "numbers", "met"),
        figures.stream()
            .map(
                figure ->
                    List.of(
                        figure.statement().id(),
                        Integer.toString(figure.findings().size()),
                        Long.toString(figure.holding())))
            .toList());
  }
}
