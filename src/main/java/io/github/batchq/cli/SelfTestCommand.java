package io.github.batchq.cli;

import io.github.batchq.evidence.Evidence;
import io.github.batchq.evidence.figures.Figure;
import io.github.batchq.evidence.figures.FigureFinding;
import io.github.batchq.evidence.figures.Figures;
import io.github.batchq.evidence.simulator.CoverageStudy;
import io.github.batchq.evidence.simulator.CoverageStudy.CoverageFinding;
import io.github.batchq.evidence.simulator.ExactQueues;
import io.github.batchq.evidence.simulator.KernelAgreement;
import io.github.batchq.evidence.simulator.PlanStudy;
import io.github.batchq.evidence.simulator.SelfTestReport;
import io.github.batchq.evidence.statements.CheckRunner;
import io.github.batchq.evidence.statements.Checks;
import io.github.batchq.evidence.statements.NumberFinding;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.model.Require;
import io.github.batchq.report.ChartStyle;
import io.github.batchq.results.Manifest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code batchq self-test}: everything that says whether batchq is right, on one page. */
@Command(
    name = "self-test",
    mixinStandardHelpOptions = true,
    description =
        "Put batchq itself to the test and write the findings to one page: coverage of its "
            + "intervals, queues with exact formulas, a second implementation, every statement of "
            + "theory, the paper's figures. Exit status 1 if one fails.",
    footerHeading = "%nExample:%n",
    footer = "  batchq self-test --out validation.md")
final class SelfTestCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final long REQUESTS = 300_000;
  private static final int SCENARIOS = 100;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the page (default: results/validation.md)")
  private @Nullable Path out;

  @Option(
      names = "--macro-replications",
      paramLabel = "N",
      description =
          "repetitions of each experiment of the coverage study (default: ${DEFAULT-VALUE})")
  private int macroReplications = CoverageStudy.MACRO_REPLICATIONS;

  @Option(
      names = "--experiments",
      paramLabel = "DIR",
      description =
          "folder of the paper's experiment files (default: experiments/paper, where batchq came"
              + " from)")
  private @Nullable Path experiments;

  @Option(
      names = "--plans",
      paramLabel = "N",
      description =
          "make only the study of N random plans of batchq plan beside brute force, and write it to"
              + " results/plan-study.md unless --out names another page")
  private @Nullable Integer plans;

  @Option(names = "--threads", paramLabel = "T", description = "threads (default: all processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Require.INPUT.atLeast("--threads", threads, 1);
    Require.INPUT.atLeast("--macro-replications", macroReplications, 100);
    if (plans != null) {
      return study(plans);
    }
    Path page = out == null ? Path.of("results", "validation.md") : out;
    PageFile file = PageFile.of(page);
    Map<Figure, Map<String, Experiment>> figures = new LinkedHashMap<>();
    Path inputFolder =
        experiments == null
            ? Home.shipped("--experiments", Path.of("experiments", "paper"))
            : experiments;
    for (Figure figure : Figures.all()) {
      figures.put(figure, Figures.experiments(figure, inputFolder, true));
    }
    SelfTestReport report =
        new SelfTestReport(
            coverage(),
            ExactQueues.run(threads, REQUESTS),
            KernelAgreement.run(SCENARIOS),
            statements(),
            numbers(figures));
    file.write(report.markdown(Manifest.version()));
    PrintWriter console = spec.commandLine().getOut();
    report.summary().forEach(line -> console.print(line + "\n"));
    console.println(page);
    console.flush();
    return report.holds() ? 0 : FAILED;
  }

  /** Random plans beside brute force. */
  private int study(int number) throws InterruptedException {
    Require.INPUT.atLeast("--plans", number, 1);
    Path page = out == null ? Path.of("results", "plan-study.md") : out;
    PageFile file = PageFile.of(page);
    PlanStudy.Findings found;
    try (ProgressLine progress = ProgressLine.onStandardError()) {
      found = PlanStudy.run(number, threads, progress::planned);
    }
    file.write(found.markdown(Manifest.version()));
    PrintWriter console = spec.commandLine().getOut();
    found.summary().forEach(line -> console.print(line + "\n"));
    console.println(page);
    console.flush();
    return found.holds() ? 0 : FAILED;
  }

  private Evidence<CoverageFinding> coverage() throws InterruptedException {
    try (ProgressLine progress = ProgressLine.onStandardError()) {
      return CoverageStudy.run(macroReplications, threads, progress::studied);
    }
  }

  private List<Evidence<NumberFinding>> statements() throws InterruptedException {
    try (ProgressLine progress = ProgressLine.onStandardError()) {
      return CheckRunner.run(Checks.all(), threads, progress);
    }
  }

  private List<Evidence<FigureFinding>> numbers(Map<Figure, Map<String, Experiment>> figures)
      throws InterruptedException {
    List<Evidence<FigureFinding>> done = new ArrayList<>();
    for (Map.Entry<Figure, Map<String, Experiment>> figure : figures.entrySet()) {
      try (ProgressLine progress = ProgressLine.onStandardError()) {
        done.add(
            Figures.reproduce(
                    figure.getKey(), figure.getValue(), threads, ChartStyle.PAPER, progress)
                .evidence());
      }
    }
    return done;
  }
}
