package io.github.batchq.cli;

import io.github.batchq.evidence.figures.Figure;
import io.github.batchq.evidence.figures.Figures;
import io.github.batchq.evidence.figures.PaperReport;
import io.github.batchq.evidence.figures.Reproduction;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.ChartStyle;
import io.github.batchq.results.ResultFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code batchq reproduce}: the figures and tables of the base paper. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    description =
        "Reproduce the figures and tables of arXiv:2412.04504: run their experiments, draw "
            + "them beside the points that the paper plots, and say of each number whether it is "
            + "met. Without a number all figures, and a page of them, README.md. With --beyond a "
            + "figure whose data are missing is left out, and said so.",
    footerHeading = "%nExample:%n",
    footer = "  batchq reproduce 3 --quick --out results/paper-quick")
final class ReproduceCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "numbers of figures, such as 3 or 9a (default: all)")
  private List<String> ids = List.of();

  @Option(
      names = "--quick",
      description = "three replications instead of ten: wider intervals, a third of the time")
  private boolean quick;

  @Option(
      names = "--beyond",
      description =
          "what goes beyond the paper instead, such as optimal boundaries on real lengths")
  private boolean beyond;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where the figures go (default: results/paper, or results/beyond)")
  private @Nullable Path out;

  @Option(
      names = "--experiments",
      paramLabel = "DIR",
      description =
          "folder of the experiment files (default: experiments/paper, or experiments/beyond, where batchq came from)")
  private @Nullable Path experiments;

  @Option(names = "--threads", paramLabel = "T", description = "threads (default: all processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      description =
          "what charts are drawn for: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private ChartStyle style = ChartStyle.PAPER;

  @Mixin private TableOptions table;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Require.INPUT.atLeast("--threads", threads, 1);
    List<Figure> figures = Figures.named(beyond ? Figures.beyond() : Figures.all(), ids);
    String group = beyond ? "beyond" : "paper";
    Path inputFolder =
        experiments == null
            ? Home.shipped("--experiments", Path.of("experiments", group))
            : experiments;
    try (ResultFolder folder = ResultFolder.open(out == null ? Path.of("results", group) : out)) {
      reproduce(figures, inputFolder, folder);
    }
    return 0;
  }

  private void reproduce(List<Figure> figures, Path inputFolder, ResultFolder folder)
      throws InterruptedException {
    Map<Figure, Map<String, Experiment>> inputs = new LinkedHashMap<>();
    boolean complete = ids.isEmpty();
    for (Figure figure : figures) {
      try {
        inputs.put(figure, Figures.experiments(figure, inputFolder, quick));
      } catch (BadInputException e) {
        if (!beyond || !ids.isEmpty()) {
          throw e;
        }
        // Traces that are not part of the repository may be missing.
        complete = false;
        spec.commandLine()
            .getErr()
            .println("batchq: " + figure.id() + " is left out: " + e.getMessage());
      }
    }
    List<Reproduction> done = new ArrayList<>();
    for (Map.Entry<Figure, Map<String, Experiment>> input : inputs.entrySet()) {
      Reproduction one;
      try (ProgressLine progress =
          ProgressLine.onStandardError(() -> "figures that were finished are in " + folder)) {
        one = Figures.reproduce(input.getKey(), input.getValue(), threads, style, progress);
      }
      // What is finished is written at once, whatever becomes of the figures that follow.
      if (!one.files().isEmpty()) {
        folder.write(one.files());
      }
      done.add(one);
    }
    PaperReport report = new PaperReport(done);
    ResultTable verdicts = report.flat();
    if (complete) {
      String page = beyond ? report.beyond() : report.paper();
      folder.write(
          Map.of(
              "README.md",
              page.getBytes(StandardCharsets.UTF_8),
              "verdicts.csv",
              verdicts.toCsv().getBytes(StandardCharsets.UTF_8)));
    }
    table.print(
        verdicts,
        done.isEmpty()
            ? "No figure was made: the data of all of them are missing."
            : "There is no number to judge in what was drawn: see " + folder + ".");
  }
}
