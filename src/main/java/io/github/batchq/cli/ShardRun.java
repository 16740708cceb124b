package io.github.batchq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.engine.RunEngine;
import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.model.BadInputException;
import io.github.batchq.results.Assignment;
import io.github.batchq.results.Execution;
import io.github.batchq.results.Part;
import io.github.batchq.results.ResultFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Makes one part of the runs of an experiment in a folder of its own. A finished part is never
 * overwritten by another one, and where it is asked for again with {@code --resume} nothing is
 * done, so a batch system may start the same command as often as it likes.
 *
 * @param spec the command
 * @param options which part
 * @param engines where the runs are made
 */
record ShardRun(CommandSpec spec, ShardOptions options, EngineOptions engines) {
  /**
   * Makes a part.
   *
   * @param question what is asked of the runs other than what run writes, or null
   * @param inputs files that are read, which are not written to
   * @param out its folder
   * @throws BadInputException if no folder is named, or it has another part
   */
  void make(
      Experiment experiment, @Nullable JsonNode question, List<Path> inputs, @Nullable Path out)
      throws InterruptedException {
    if (out == null) {
      throw new BadInputException("--shard needs --out DIR, a folder of its own for each part");
    }
    Assignment assignment = options.assignment(experiment, question);
    try (ResultFolder folder = ResultFolder.open(out)) {
      folder.protect(inputs);
      folder.expect(List.of(Part.RUNS, Part.FILE));
      warnUnlessLocked(folder, spec);
      if (!isFinished(experiment, assignment, out)) {
        run(experiment, assignment, folder);
      }
    }
  }

  /** On file systems without locks nothing keeps others out. */
  static void warnUnlessLocked(ResultFolder folder, CommandSpec spec) {
    if (!folder.isLocked()) {
      spec.commandLine()
          .getErr()
          .println("batchq: " + folder + " cannot be locked: let no other run write there");
    }
  }

  private boolean isFinished(Experiment experiment, Assignment assignment, Path out) {
    if (!Part.isIn(out) || options.restart) {
      return false;
    }
    Part there = Part.read(out);
    if (!there.isOf(experiment, assignment)) {
      throw new BadInputException(
          out
              + " has the part "
              + there.assignment().slice()
              + " of "
              + (there.isOf(experiment, there.assignment())
                  ? "this experiment"
                  : "another experiment, or of other data")
              + ": name another --out, or --restart begins anew");
    }
    boolean finished = options.resume && there.isWhole(experiment);
    if (finished) {
      say(out + ": part " + assignment.slice() + " is finished, nothing was left to do");
    }
    return finished;
  }

  private void run(Experiment experiment, Assignment assignment, ResultFolder folder)
      throws InterruptedException {
    Instant start = Instant.now();
    List<Pair> pairs = assignment.pairs(experiment);
    KeptRuns kept = KeptRuns.open(experiment, folder, options.resume, options.restart);
    try (RunEngine engine = engines.open();
        kept) {
      try (ProgressLine progress = kept.progress()) {
        Runner.run(experiment, pairs, engine, progress, kept.journal());
      }
      Execution execution =
          EngineOptions.execution(spec, engine, start, Duration.between(start, Instant.now()));
      kept.write(Part.files(folder.name(), experiment, assignment, execution));
    }
    say(
        folder
            + ": part "
            + assignment.slice()
            + " is finished, "
            + pairs.size()
            + (pairs.size() == 1 ? " run" : " runs"));
  }

  private void say(String line) {
    PrintWriter console = spec.commandLine().getOut();
    console.println(line);
    console.flush();
  }
}
