package io.github.batchq.cli;

import io.github.batchq.engine.RunEngine;
import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunJournal;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.study.Indifference;
import io.github.batchq.study.PolicyComparison;
import io.github.batchq.study.PolicySelection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code batchq compare}: policies beside a baseline under common random numbers, and the selection
 * of the best.
 */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description =
        "Compare the points of an experiment with a baseline: paired differences and ratios "
            + "under common random numbers, with intervals and verdicts; and select the best with a "
            + "guaranteed probability.",
    footerHeading = "%nExample:%n",
    footer = "  batchq compare experiments/compare-policies.yaml --baseline policy=standard")
final class CompareCommand implements Callable<Integer> {
  private static final int MOST_REPLICATIONS = 1000;

  @Mixin private ExperimentOptions options;

  @Option(
      names = "--baseline",
      required = true,
      paramLabel = "PATH=VALUE",
      description =
          "swept value that the others are compared with, such as policy=standard; may be repeated,"
              + " and both sides may be shortened")
  private List<String> baseline = List.of();

  @Option(
      names = "--metric",
      split = ",",
      paramLabel = "METRIC",
      description = "metrics to compare (default: those of the file)")
  private List<String> metrics = List.of();

  @Option(
      names = "--confidence",
      paramLabel = "P",
      description =
          "of the verdicts of one group about one metric together, and of a selection (default:"
              + " ${DEFAULT-VALUE})")
  private double confidence = 0.95;

  @Option(
      names = "--select",
      paramLabel = "METRIC",
      description =
          "select the best of each group by this metric with procedure KN of Kim and Nelson (2001);"
              + " csv, json and markdown then show the selection in place of the comparison")
  private @Nullable String selected;

  @Option(
      names = "--indifference",
      paramLabel = "X",
      description =
          "the smallest difference that --select must see, in the metric's unit, or a share of the"
              + " baseline's mean such as 1%%")
  private @Nullable String indifference;

  @Option(
      names = "--max-replications",
      paramLabel = "N",
      description =
          "of a point, after which --select gives up (default: " + MOST_REPLICATIONS + ")")
  private @Nullable Integer mostReplications;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for compare.csv, and select.csv of a selection (default: none)")
  private @Nullable Path out;

  @Mixin private EngineOptions engines;

  @Mixin private ShardOptions shards;

  @Mixin private TableOptions table;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    engines.check();
    if (!(confidence > 0.5 && confidence < 1)) {
      throw new BadInputException("--confidence must be between 0.5 and 1, found " + confidence);
    }
    shards.check();
    if (!shards.isPart() && (shards.resume || shards.restart)) {
      throw new BadInputException("--resume and --restart belong to --shard");
    }
    Experiment experiment = options.read();
    PolicyComparison comparison = PolicyComparison.of(experiment, baseline);
    List<Metric> compared =
        metrics.isEmpty()
            ? experiment.metrics()
            : metrics.stream().distinct().map(name -> metric("--metric", name)).toList();
    PolicySelection selection = selection();
    if (selection != null) {
      selection.check(experiment);
    }
    CompareQuestion question = new CompareQuestion(baseline, compared, confidence);
    if (shards.isPart()) {
      makePart(experiment.measuring(compared), question);
      return 0;
    }
    List<Metric> measured = new ArrayList<>(compared);
    if (selection != null) {
      measured.add(selection.metric());
    }
    try (RunEngine engine = engines.open();
        ResultFolder folder = ResultFolder.openIfNamed(out)) {
      if (folder != null) {
        folder.protect(options.inputs(experiment));
      }
      compare(experiment.measuring(measured), engine, comparison, question, selection, folder);
    }
    return 0;
  }

  private void makePart(Experiment experiment, CompareQuestion question)
      throws InterruptedException {
    if (selected != null) {
      throw new BadInputException(
          "--select adds runs by what those before have shown, so they cannot be cut into shards"
              + " beforehand: leave out --shard or --select");
    }
    new ShardRun(spec, shards, engines)
        .make(experiment, question.tree(), options.inputs(experiment), out);
  }

  private void compare(
      Experiment experiment,
      RunEngine engine,
      PolicyComparison comparison,
      CompareQuestion question,
      @Nullable PolicySelection selection,
      @Nullable ResultFolder folder)
      throws InterruptedException {
    RunResults results;
    try (ProgressLine progress = ProgressLine.onStandardError()) {
      results = Runner.run(experiment, engine, progress, RunJournal.NONE);
    }
    ResultTable best = null;
    if (selection != null) {
      try (ProgressLine progress = ProgressLine.onStandardError()) {
        best = selection.select(experiment, comparison, results, engine, progress::selecting);
      }
    }
    new CompareOutput(table, spec.commandLine().getOut()).write(question, results, best, folder);
  }

  private @Nullable PolicySelection selection() {
    if (selected == null) {
      if (indifference != null || mostReplications != null) {
        throw new BadInputException("--indifference and --max-replications belong to --select");
      }
      return null;
    }
    if (indifference == null) {
      throw new BadInputException(
          "--select needs --indifference, the smallest difference that matters: a number in the"
              + " metric's unit, or a share of the baseline's mean such as 1%");
    }
    return new PolicySelection(
        metric("--select", selected),
        Indifference.parse(indifference),
        confidence,
        mostReplications == null ? MOST_REPLICATIONS : mostReplications);
  }

  private static Metric metric(String option, String name) {
    return BadInputException.naming(option, () -> Metric.named(name));
  }
}
