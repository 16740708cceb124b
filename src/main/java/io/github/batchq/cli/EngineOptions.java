package io.github.batchq.cli;

import io.github.batchq.engine.EngineProvider;
import io.github.batchq.engine.RunEngine;
import io.github.batchq.engine.ThreadEngine;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NearestName;
import io.github.batchq.model.Require;
import io.github.batchq.results.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where runs are made: on threads of this machine, or on a cluster. */
@Command
final class EngineOptions {
  private static final String SPARK = "spark";

  @Option(names = "--threads", paramLabel = "T", description = "threads (default: all processors)")
  private @Nullable Integer threads;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "where runs are made: threads of this machine, or spark, the executors of a cluster"
              + " (default: ${DEFAULT-VALUE})")
  private String engine = ThreadEngine.NAME;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "with --engine spark: its cluster, such as spark://host:7077, or local[2] for two threads"
              + " of this machine (default: what spark-submit says)")
  private @Nullable String master;

  @Option(
      names = "--slice",
      paramLabel = "N",
      description =
          "with --engine spark: runs in a task (default: as many as take about a second, of"
              + " which each executor gets several)")
  private @Nullable Integer slice;

  /**
   * Refuses options that do not belong together, and an engine that is not there.
   *
   * @throws BadInputException if there are such
   */
  void check() {
    if (threads != null) {
      Require.INPUT.atLeast("--threads", threads, 1);
    }
    if (slice != null) {
      Require.INPUT.atLeast("--slice", slice, 1);
    }
    if (isThreads()) {
      if (master != null || slice != null) {
        throw new BadInputException("--master and --slice belong to --engine spark");
      }
      return;
    }
    if (threads != null) {
      throw new BadInputException(
          "--threads belongs to --engine threads: the threads of Spark follow from its cluster, or"
              + " from --master local[T]");
    }
    provider();
  }

  private boolean isThreads() {
    return engine.equals(ThreadEngine.NAME);
  }

  private EngineProvider provider() {
    return EngineProvider.of(engine)
        .orElseThrow(
            () ->
                new BadInputException(
                    engine.equals(SPARK)
                        ? "--engine spark needs the jar with Spark's engine: build it by 'mvn -Pspark"
                            + " -DskipTests package' and run './batchq', or"
                            + " 'java -jar target/batchq-spark.jar'"
                        : "unknown engine '"
                            + engine
                            + "'; "
                            + NearestName.hint(engine, List.of(ThreadEngine.NAME, SPARK))));
  }

  /**
   * Opens the engine.
   *
   * @throws BadInputException if its cluster is not there
   */
  RunEngine open() {
    return isThreads()
        ? new ThreadEngine(threads == null ? Runtime.getRuntime().availableProcessors() : threads)
        : provider().open(master, slice);
  }

  /** How runs were made, for the manifest beside them. */
  static Execution execution(CommandSpec spec, RunEngine engine, Instant start, Duration duration) {
    return new Execution(
        spec.root().commandLine().getParseResult().originalArgs(),
        engine.name(),
        engine.threads(),
        start,
        duration);
  }
}
