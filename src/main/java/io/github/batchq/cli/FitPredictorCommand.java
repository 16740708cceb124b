package io.github.batchq.cli;

import io.github.batchq.file.TraceChoice;
import io.github.batchq.file.trace.LearntPredictor;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.HeatMapChart;
import io.github.batchq.report.TableFormat;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.study.PredictorFit;
import io.github.batchq.study.PredictorFit.Learnt;
import io.github.batchq.workload.Trace;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code batchq fit predictor}: lengths learnt from prompts. */
@Command(
    name = "predictor",
    mixinStandardHelpOptions = true,
    description =
        "Learn from the first requests of a trace how lengths go with prompts, judge it by "
            + "the others, and tell what it is worth: what busy servers complete with bins of "
            + "predicted lengths, beside bins of true lengths and no bins.",
    footerHeading = "%nExample:%n",
    footer = "  batchq fit predictor resource:sample-azure.csv --requests 4 --bins 2")
final class FitPredictorCommand implements Callable<Integer> {
  /** How many requests a run has that tells what a predictor is worth. */
  private static final long REQUESTS = 100_000;

  private static final int MOST_BINS = 64;

  @Mixin private TraceOptions options;

  @Option(
      names = "--train",
      paramLabel = "SHARE",
      description = "share of the requests to learn from (default: ${DEFAULT-VALUE})")
  private double share = 0.5;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description =
          "requests with fewer of which a range of prompts is not divided any more by the tree, and"
              + " neighbours (default: ${DEFAULT-VALUE})")
  private int requests = LearntPredictor.REQUESTS;

  @Option(
      names = "--bins",
      paramLabel = "K",
      description = "bins of equal mass (default: ${DEFAULT-VALUE})")
  private int bins = 4;

  @Mixin private ServingOptions serving;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "seed of the simulated runs (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "folder for experiment.yaml, worth.csv, and the confusion matrices as tables and charts"
              + " (default: none)")
  private @Nullable Path out;

  @Mixin private TableOptions table;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    check();
    if (options.from != null || options.to != null) {
      throw new BadInputException("--from and --to are not for 'fit predictor': use --train");
    }
    try (ResultFolder folder = ResultFolder.openIfNamed(out)) {
      if (folder != null) {
        folder.protect(List.of(options.path()));
      }
      fit(folder);
    }
    return 0;
  }

  private void fit(@Nullable ResultFolder folder) {
    TraceChoice choice = options.choice();
    Trace trace = options.read(choice);
    PredictorFit fit = new PredictorFit(trace, share, requests, bins);
    options.announce(choice);
    ResultTable worth =
        fit.worth(serving.batchSize, serving.secondsPerToken, REQUESTS, requests, seed);
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (folder != null) {
      String experiment =
          fit.experiment(
              choice, folder.name(), serving.batchSize, serving.secondsPerToken, requests);
      files.put("experiment.yaml", bytes(experiment));
      files.put("worth.csv", bytes(worth.toCsv()));
      for (Learnt learnt : fit.learnt()) {
        String name = "confusion-" + learnt.id();
        files.put(name + ".csv", bytes(confusion(learnt).toCsv()));
        files.putAll(new HeatMapChart(learnt.counts(), learnt.id()).files(name));
      }
      folder.write(files);
    }
    if (table.format != TableFormat.TABLE) {
      table.print(worth);
      return;
    }
    print(fit, trace, worth);
    if (folder != null) {
      PrintWriter console = spec.commandLine().getOut();
      console.println();
      console.println(folder + ": " + String.join(", ", files.keySet()));
      console.flush();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void check() {
    Require.INPUT.share("--train", share);
    Require.INPUT.atLeast("--requests", requests, 1);
    Require.INPUT.between("--bins", bins, 2, MOST_BINS);
    serving.check();
  }

  private void print(PredictorFit fit, Trace trace, ResultTable worth) {
    PrintWriter console = spec.commandLine().getOut();
    console.println(
        trace.name()
            + ": learnt from the first "
            + fit.requestsToLearnFrom()
            + " requests, judged by the other "
            + fit.requestsToJudgeBy());
    console.println(
        "bins of equal mass of the first, with boundaries "
            + fit.boundaries()
            + "; mean error without prompts "
            + String.format(Locale.ROOT, "%.4g", fit.errorWithoutPrompts())
            + " tokens");
    console.println();
    table.print(
        new ResultTable(
            List.of("method", "right bin", "or next to it", "rank correlation", "mean error"),
            fit.learnt().stream()
                .map(
                    learnt ->
                        List.of(
                            learnt.id(),
                            ResultTable.cell(learnt.rightShare()),
                            ResultTable.cell(learnt.nearShare()),
                            ResultTable.cell(learnt.rankCorrelation()),
                            ResultTable.cell(learnt.meanError())))
                .toList()));
    for (Learnt learnt : fit.learnt()) {
      console.println();
      console.println(learnt.id() + ", true bins in rows, predicted ones in columns:");
      table.print(confusion(learnt));
    }
    console.println();
    console.println(
        "requests per second of a busy server, batches of "
            + serving.batchSize
            + ", "
            + serving.secondsPerToken
            + " s per token:");
    table.print(worth);
  }

  private static ResultTable confusion(Learnt learnt) {
    int size = learnt.counts().size();
    return new ResultTable(
        IntStream.rangeClosed(1, size).mapToObj(Integer::toString).toList(),
        learnt.counts().stream().map(row -> row.stream().map(ResultTable::cell).toList()).toList());
  }
}
