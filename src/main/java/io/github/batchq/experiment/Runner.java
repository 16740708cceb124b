package io.github.batchq.experiment;

import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.model.BadInputException;
import io.github.batchq.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs all replications of all points of an experiment on several threads. A run depends on its
 * point, the seed and its replication number alone, so results do not depend on the threads.
 */
public final class Runner {
  /** Is told how far a run has come; called from several threads. */
  public interface Progress {
    /**
     * A run is done.
     *
     * @param runs finished runs
     * @param allRuns all runs
     * @param requests requests simulated so far
     */
    void finished(long runs, long allRuns, long requests);
  }

  private Runner() {}

  /**
   * Runs an experiment.
   *
   * @param threads number of threads, at least 1
   * @param progress is told of every finished run
   * @return the value of every metric in {@link Metric#ALL}, by point, replication and metric
   * @throws BadInputException if times leave the range of numbers
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static RunResults run(Experiment experiment, int threads, Progress progress)
      throws InterruptedException {
    RandomStreams streams =
        new RandomStreams(experiment.generator(), experiment.seed(), experiment.replications());
    int replications = experiment.replications();
    List<Experiment.Point> points = experiment.points();
    double[][][] values = new double[points.size()][replications][];
    long allRuns = (long) points.size() * replications;
    AtomicLong runs = new AtomicLong();
    AtomicLong requests = new AtomicLong();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> tasks = new ArrayList<>();
      for (int p = 0; p < points.size(); p++) {
        PreparedScenario scenario = points.get(p).scenario();
        for (int r = 0; r < replications; r++) {
          int point = p;
          int replication = r;
          tasks.add(
              pool.submit(
                  () -> {
                    values[point][replication] = measure(scenario.run(streams, replication));
                    long done = requests.addAndGet(scenario.requests());
                    progress.finished(runs.incrementAndGet(), allRuns, done);
                  }));
        }
      }
      for (Future<?> task : tasks) {
        task.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BadInputException bad) {
        throw bad;
      }
      throw new IllegalStateException("a run failed: " + e.getCause(), e.getCause());
    } finally {
      pool.shutdownNow();
    }
    return new RunResults(values, requests.get());
  }

  private static double[] measure(RunStatistics statistics) {
    return Metric.ALL.stream()
        .mapToDouble(metric -> metric.value().applyAsDouble(statistics))
        .toArray();
  }
}
