package io.github.batchq.engine;

import io.github.batchq.model.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on several threads. Results are in the order of the tasks, so they do not depend on
 * the number of threads. Closing it interrupts the tasks that are left.
 */
public final class Parallel implements AutoCloseable {
  private final int threads;
  private final ExecutorService pool;

  /**
   * @param threads their number, at least 1
   */
  public Parallel(int threads) {
    this.threads = threads;
    this.pool = Executors.newFixedThreadPool(threads);
  }

  /** What one thread works with: it does one task after the other. */
  @FunctionalInterface
  interface Worker<T> {
    /** Does the task of a number. */
    T run(int task) throws Exception;
  }

  /**
   * Runs tasks and waits for all of them.
   *
   * @return their results, in their order
   * @throws BadInputException if a task finds a mistake of the user: of several the one that comes
   *     first
   * @throws IllegalStateException if a task fails in any other way
   * @throws OutOfMemoryError if a task has used up the memory
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public <T> List<T> all(List<? extends Callable<T>> tasks) throws InterruptedException {
    return all(tasks.size(), () -> task -> tasks.get(task).call());
  }

  /**
   * Runs tasks that are told apart by their numbers from 0 on, which is all that is kept of them.
   *
   * @param workers gives each thread its own
   * @throws BadInputException as {@link #all(List)} does, and what else it throws
   */
  <T> List<T> all(int tasks, Supplier<Worker<T>> workers) throws InterruptedException {
    Work<T> work = new Work<>(tasks);
    List<Future<?>> busy = new ArrayList<>();
    for (int thread = 0; thread < Math.min(threads, tasks); thread++) {
      busy.add(pool.submit(() -> work.go(workers.get())));
    }
    try {
      for (Future<?> thread : busy) {
        thread.get();
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
    return work.results();
  }

  /** Tasks that threads take one after the other, so that of a failed one all before are taken. */
  private static final class Work<T> {
    private final T[] results;
    private final AtomicInteger next = new AtomicInteger();
    private int end;
    private @Nullable Throwable failure;

    @SuppressWarnings("unchecked")
    Work(int tasks) {
      results = (T[]) new Object[tasks];
      end = tasks;
    }

    void go(Worker<T> worker) {
      for (int task = next.getAndIncrement(); task < end(); task = next.getAndIncrement()) {
        if (Thread.currentThread().isInterrupted()) {
          failed(
              task, new InterruptedException("a run was not made: its threads were told to end"));
          return;
        }
        try {
          results[task] = worker.run(task);
        } catch (Throwable e) {
          failed(task, e);
        }
      }
    }

    private synchronized int end() {
      return end;
    }

    /** Of several that fail the first one counts, and none after it is begun. */
    private synchronized void failed(int task, Throwable e) {
      if (task < end) {
        end = task;
        failure = e;
      }
    }

    synchronized List<T> results() {
      if (failure != null) {
        throw failure(failure);
      }
      return Arrays.asList(results);
    }
  }

  /**
   * The exception to throw for a task that failed: the user's mistake as it is, anything else as a
   * defect.
   */
  private static RuntimeException failure(@Nullable Throwable cause) {
    if (cause instanceof OutOfMemoryError error) {
      throw error;
    }
    return cause instanceof BadInputException bad
        ? bad
        : new IllegalStateException("a run failed: " + cause, cause);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
