package io.github.batchq.results;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How runs were made, for those who ask later.
 *
 * @param command arguments of the command line
 * @param engine what the engine is called that made the runs, such as {@code threads}
 * @param threads how many runs it makes at the same time, at least 1
 * @param start when the command began
 * @param duration how long it took
 */
public record Execution(
    List<String> command, String engine, int threads, Instant start, Duration duration) {
  public Execution {
    command = List.copyOf(command);
  }
}
