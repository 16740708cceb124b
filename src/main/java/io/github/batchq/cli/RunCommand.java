package io.github.batchq.cli;

import io.github.batchq.engine.RunEngine;
import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.experiment.Summary;
import io.github.batchq.report.TableFormat;
import io.github.batchq.results.Execution;
import io.github.batchq.results.ResultFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code batchq run}: simulates an experiment, writes its results and charts, prints theory beside
 * simulation.
 */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Simulate an experiment, write its results and charts, print theory beside simulation.",
    footerHeading = "%nExample:%n",
    footer = "  batchq run experiments/quickstart.yaml --set scenario.policy.batchSize=16")
final class RunCommand implements Callable<Integer> {
  @Mixin private ExperimentOptions options;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "results folder (default: results/<name>)")
  private @Nullable Path out;

  @Mixin private EngineOptions engines;

  @Mixin private ShardOptions shards;

  @Mixin private RequestsOptions requests;

  @Mixin private TableOptions table;

  @Mixin private ResultOptions shown;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    engines.check();
    shards.check();
    Experiment experiment = options.read();
    shown.check(experiment);
    requests.check(experiment, options.inputs(experiment), shards.isPart());
    if (shards.isPart()) {
      shown.refuseTheory(
          "belongs to the results, which batchq merge makes of all parts: give it there, and leave"
              + " it out beside --shard");
      new ShardRun(spec, shards, engines).make(experiment, null, options.inputs(experiment), out);
      return 0;
    }
    Path name = out == null ? Path.of("results", experiment.name()) : out;
    try (RunEngine engine = engines.open();
        ResultFolder folder = ResultFolder.open(name)) {
      folder.protect(options.inputs(experiment));
      folder.expect(RunOutput.names(experiment, shown));
      requests.keepOff(folder, RunOutput.names(experiment, shown));
      ShardRun.warnUnlessLocked(folder, spec);
      run(experiment, engine, folder);
      requests.write(
          experiment,
          table.format == TableFormat.TABLE
              ? spec.commandLine().getOut()
              : spec.commandLine().getErr());
    }
    return 0;
  }

  private void run(Experiment experiment, RunEngine engine, ResultFolder folder)
      throws InterruptedException {
    Instant start = Instant.now();
    KeptRuns kept = KeptRuns.open(experiment, folder, shards.resume, shards.restart);
    RunResults results;
    Summary summary;
    Duration duration;
    try (kept;
        ProgressLine progress = kept.progress()) {
      results = Runner.run(experiment, engine, progress, kept.journal());
      duration = Duration.between(start, Instant.now());
      summary = results.summary(shown.theory(experiment));
    }
    Execution execution = EngineOptions.execution(spec, engine, start, duration);
    new RunOutput(experiment, results, summary, shown, table, spec.commandLine().getOut())
        .write(
            execution, null, RunReport.effort(results.requests(), duration), folder, kept::write);
  }
}
