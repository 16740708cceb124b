package io.github.batchq.cli;

import io.github.batchq.engine.ThreadEngine;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.FinishedRuns;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.experiment.Summary;
import io.github.batchq.results.Execution;
import io.github.batchq.results.Parts;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.results.WantedRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code batchq merge}: the results of an experiment whose runs were made in parts. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description =
        "Make the results of an experiment, or of compare, whose runs were made in parts by"
            + " --shard: the same bytes as those of one command. Exit status 3, with the file"
            + " wanted.json, if a precision asks for more runs.",
    footerHeading = "%nExample:%n",
    footer = "  batchq merge parts/1 parts/2 parts/3 --out results/quickstart")
final class MergeCommand implements Callable<Integer> {
  /** Exit status where a precision asks for more runs. */
  private static final int MORE_WANTED = 3;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "folders of all parts")
  private List<Path> folders = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder of the results")
  private Path out;

  @Mixin private ResultOptions options;

  @Mixin private TableOptions table;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Instant start = Instant.now();
    Parts parts = Parts.of(folders);
    Experiment experiment = parts.experiment();
    CompareQuestion question = CompareQuestion.of(parts.question());
    if (question == null) {
      options.check(experiment);
    } else {
      options.refuseTheory("is for the results of run: compare writes no theory");
    }
    try (ResultFolder folder = ResultFolder.open(out)) {
      folder.protect(parts.files());
      folder.expect(
          question == null
              ? RunOutput.names(experiment, options)
              : List.of(CompareOutput.COMPARISON_FILE));
      folder.expect(List.of(WantedRuns.FILE));
      ShardRun.warnUnlessLocked(folder, spec);
      FinishedRuns finished = FinishedRuns.of(experiment, parts);
      if (!finished.complete()) {
        return more(parts, finished, folder);
      }
      if (question == null) {
        write(parts, finished.results(), folder, start);
      } else {
        new CompareOutput(table, spec.commandLine().getOut())
            .write(question, finished.results(), null, folder);
      }
      folder.remove(WantedRuns.FILE);
    }
    return 0;
  }

  private void write(Parts parts, RunResults results, ResultFolder folder, Instant start) {
    Summary summary = results.summary(options.theory(parts.experiment()));
    Execution execution =
        new Execution(
            spec.root().commandLine().getParseResult().originalArgs(),
            ThreadEngine.NAME,
            1,
            start,
            Duration.between(start, Instant.now()));
    new RunOutput(parts.experiment(), results, summary, options, table, spec.commandLine().getOut())
        .write(
            execution,
            parts,
            "from " + parts.size() + (parts.size() == 1 ? " part" : " parts"),
            folder,
            folder::writeAll);
  }

  private int more(Parts parts, FinishedRuns finished, ResultFolder folder) {
    folder.write(Map.of(WantedRuns.FILE, WantedRuns.of(parts.experiment(), finished.wanted())));
    int points = finished.wanted().wanted().size();
    table.say(
        finished.wanted().pairs().size()
            + " more runs at "
            + points
            + (points == 1 ? " point" : " points")
            + " are wanted for the precision: make them by '"
            + parts.command()
            + "' with --wanted "
            + out.resolve(WantedRuns.FILE)
            + " and folders of their own, then merge all parts together.");
    return MORE_WANTED;
  }
}
