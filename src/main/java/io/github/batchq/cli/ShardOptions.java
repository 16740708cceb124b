package io.github.batchq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Slice;
import io.github.batchq.model.BadInputException;
import io.github.batchq.results.Assignment;
import io.github.batchq.results.WantedRuns;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which part of its runs a command makes, and whether it takes over those that are there. */
@Command
final class ShardOptions {
  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description =
          "make slice I of N of the runs alone, as a part in --out; batchq merge makes the results"
              + " of all N")
  private @Nullable String shard;

  @Option(
      names = "--wanted",
      paramLabel = "FILE",
      description =
          "with --shard: the runs that a precision asks for after those that are made, from the"
              + " wanted.json of batchq merge")
  private @Nullable Path wanted;

  @Option(
      names = "--resume",
      description = "take over the finished runs of an interrupted sweep of the same experiment")
  boolean resume;

  @Option(names = "--restart", description = "begin anew and forget those runs")
  boolean restart;

  /** Whether a part is asked for, and not all runs. */
  boolean isPart() {
    return shard != null;
  }

  /**
   * Refuses options that do not belong together.
   *
   * @throws BadInputException if they do not
   */
  void check() {
    if (resume && restart) {
      throw new BadInputException("--resume and --restart exclude each other");
    }
    if (shard == null && wanted != null) {
      throw new BadInputException(
          "--wanted needs --shard I/N: 1/1 makes all the runs of the file on one machine");
    }
    if (shard != null) {
      Slice.parse(shard);
    }
  }

  /**
   * The part that is asked for.
   *
   * @param question what is asked of the runs other than what run writes, or null
   * @throws BadInputException if it is no part of the experiment
   */
  Assignment assignment(Experiment experiment, @Nullable JsonNode question) {
    return new Assignment(
        Slice.parse(Objects.requireNonNull(shard)),
        wanted == null ? null : WantedRuns.read(wanted, experiment),
        question);
  }
}
