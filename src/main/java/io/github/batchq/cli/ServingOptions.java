package io.github.batchq.cli;

import io.github.batchq.model.Require;
import picocli.CommandLine.Option;

/**
 * The options that say how the requests of a trace are served in an experiment that is made of it.
 */
final class ServingOptions {
  private static final int MOST_BATCH = 10_000;

  @Option(
      names = "--seconds-per-token",
      paramLabel = "S",
      description = "seconds of a token step in the experiment (default: ${DEFAULT-VALUE})")
  double secondsPerToken = 0.02;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      description = "requests of a batch in the experiment (default: ${DEFAULT-VALUE})")
  int batchSize = 8;

  /** Refuses numbers that no server can have. */
  void check() {
    Require.INPUT.positiveFinite("--seconds-per-token", secondsPerToken);
    Require.INPUT.between("--batch-size", batchSize, 1, MOST_BATCH);
  }
}
