package io.github.batchq.evidence.statements;

import io.github.batchq.evidence.statements.Check.CheckResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs checks on several threads. What a check finds does not depend on the threads. */
public final class CheckRunner {
  /** Is told how far the checks have come; called from several threads. */
  public interface Progress {
    /** So many of all checks are done. */
    void finished(int checks, int allChecks);
  }

  private CheckRunner() {}

  /**
   * Runs the checks.
   *
   * @param threads number of threads, at least 1
   * @return the results in the order of the checks
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static List<CheckResult> run(List<Check> checks, int threads, Progress progress)
      throws InterruptedException {
    AtomicInteger finished = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<CheckResult>> tasks = new ArrayList<>();
      for (Check check : checks) {
        tasks.add(
            pool.submit(
                () -> {
                  CheckResult result = check.run();
                  progress.finished(finished.incrementAndGet(), checks.size());
                  return result;
                }));
      }
      List<CheckResult> results = new ArrayList<>();
      for (int i = 0; i < tasks.size(); i++) {
        results.add(result(checks.get(i), tasks.get(i)));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static CheckResult result(Check check, Future<CheckResult> task)
      throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the check " + check.id() + " broke: " + e.getCause(), e.getCause());
    }
  }
}
