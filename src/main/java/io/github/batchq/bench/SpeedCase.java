package io.github.batchq.bench;

import com.sun.management.ThreadMXBean;
import io.github.batchq.random.Generator;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One way of simulating the scenario of {@link SpeedScenario}, of which {@code batchq bench}
 * measures the speed.
 *
 * @param engine what computes
 * @param generator what makes the random numbers
 * @param servers number of servers
 * @param threads number of threads, each with requests of its own
 */
public record SpeedCase(Engine engine, Generator generator, int servers, int threads) {
  /** What computes. */
  public enum Engine {
    /** The recursion that knows this one scenario, on one server. */
    RECURSION("plain recursion"),
    /** {@link io.github.batchq.sim.FullBatchKernel}. */
    FULL_BATCHES("full batches, all metrics"),
    /** {@link io.github.batchq.sim.Kernel}. */
    EVENTS("events, all metrics");

    private final String label;

    Engine(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    private double meanLatency(SpeedScenario scenario, long requests) {
      return switch (this) {
        case RECURSION -> scenario.recursion(requests);
        case FULL_BATCHES -> scenario.fullBatchKernel(requests);
        case EVENTS -> scenario.kernel(requests);
      };
    }
  }

  /**
   * What one round cost.
   *
   * @param nanoseconds time for each request
   * @param bytes allocated for each request
   * @param meanLatency what was computed, in seconds; of the first thread
   */
  public record Cost(double nanoseconds, double bytes, double meanLatency) {}

  /**
   * Simulates and measures.
   *
   * @param requests number of requests of each thread
   */
  public Cost measure(long requests) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Cost>> runs = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < threads; i++) {
        SpeedScenario scenario = new SpeedScenario(generator, i + 1, servers);
        runs.add(pool.submit(() -> measure(scenario, requests)));
      }
      double bytes = 0;
      for (Future<Cost> run : runs) {
        bytes += run.get().bytes();
      }
      double nanoseconds = (double) (System.nanoTime() - start) / (requests * threads);
      return new Cost(nanoseconds, bytes / threads, runs.get(0).get().meanLatency());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run failed: " + e.getCause(), e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private Cost measure(SpeedScenario scenario, long requests) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = thread.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    double meanLatency = engine.meanLatency(scenario, requests);
    double nanoseconds = (double) (System.nanoTime() - start) / requests;
    double allocated = (double) (thread.getCurrentThreadAllocatedBytes() - bytes) / requests;
    return new Cost(nanoseconds, allocated, meanLatency);
  }
}
