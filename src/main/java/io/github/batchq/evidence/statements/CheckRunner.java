package io.github.batchq.evidence.statements;

import io.github.batchq.engine.Parallel;
import io.github.batchq.engine.TaskProgress;
import io.github.batchq.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs checks on several threads. What a check finds does not depend on their number. */
public final class CheckRunner {
  private CheckRunner() {}

  /**
   * Runs the checks.
   *
   * @param threads number of threads, at least 1
   * @return what was found, in the order of the checks
   * @throws IllegalStateException if a check breaks; the message says which one
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static List<Evidence<NumberFinding>> run(
      List<Check> checks, int threads, TaskProgress progress) throws InterruptedException {
    AtomicInteger finished = new AtomicInteger();
    List<Callable<Evidence<NumberFinding>>> tasks = new ArrayList<>();
    for (Check check : checks) {
      tasks.add(
          () -> {
            Evidence<NumberFinding> evidence = run(check);
            progress.finished(finished.incrementAndGet(), checks.size());
            return evidence;
          });
    }
    try (Parallel parallel = new Parallel(threads)) {
      return parallel.all(tasks);
    }
  }

  private static Evidence<NumberFinding> run(Check check) {
    try {
      return check.run();
    } catch (RuntimeException e) {
      throw new IllegalStateException("the check " + check.id() + " broke: " + e, e);
    }
  }
}
