package io.github.batchq.results;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How runs were made, for those who ask later.
 *
 * @param command arguments of the command line
 * @param threads number of threads, at least 1
 * @param start when the command began
 * @param duration how long it took
 */
public record Execution(List<String> command, int threads, Instant start, Duration duration) {
  /** Copies the list. */
  public Execution {
    command = List.copyOf(command);
  }
}
