package io.github.batchq.engine;

import io.github.batchq.model.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs tasks on several threads. Results are in the order of the tasks, so they do not depend on
 * the number of threads. Closing it interrupts the tasks that are left.
 */
public final class Parallel implements AutoCloseable {
  private final ExecutorService pool;

  /**
   * @param threads their number, at least 1
   */
  public Parallel(int threads) {
    this.pool = Executors.newFixedThreadPool(threads);
  }

  /**
   * Runs tasks and waits for all of them.
   *
   * @return their results, in their order
   * @throws BadInputException if a task finds a mistake of the user
   * @throws IllegalStateException if a task fails in any other way
   * @throws OutOfMemoryError if a task has used up the memory
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public <T> List<T> all(List<? extends Callable<T>> tasks) throws InterruptedException {
    List<Future<T>> futures = new ArrayList<>();
    tasks.forEach(task -> futures.add(pool.submit(task)));
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> future : futures) {
        results.add(future.get());
      }
    } catch (ExecutionException e) {
      throw failure(e);
    }
    return results;
  }

  /**
   * The exception to throw for a task that failed: the user's mistake as it is, anything else as a
   * defect.
   */
  private static RuntimeException failure(ExecutionException e) {
    if (e.getCause() instanceof OutOfMemoryError error) {
      throw error;
    }
    return e.getCause() instanceof BadInputException bad
        ? bad
        : new IllegalStateException("a run failed: " + e.getCause(), e.getCause());
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
