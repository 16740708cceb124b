package io.github.batchq.engine;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.metric.Histograms;
import io.github.batchq.scenario.RunMeasurement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes runs on several threads of this machine. */
public final class ThreadEngine implements RunEngine {
  /** What it is called. */
  public static final String NAME = "threads";

  private final int threads;
  private final Parallel parallel;

  /**
   * @param threads their number, at least 1
   */
  public ThreadEngine(int threads) {
    this.threads = threads;
    this.parallel = new Parallel(threads);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public Runs begin(Experiment experiment, @Nullable Step step) {
    RunFunction function = RunFunction.of(experiment, step);
    return (pairs, listener) -> parallel.all(pairs.size(), () -> worker(function, pairs, listener));
  }

  private static Parallel.Worker<RunMeasurement> worker(
      RunFunction function, List<Pair> pairs, Listener listener) {
    Histograms histograms = new Histograms();
    return i -> {
      RunMeasurement measurement = function.measure(pairs.get(i), histograms);
      listener.finished(pairs.get(i), measurement);
      return measurement;
    };
  }

  @Override
  public void close() {
    parallel.close();
  }
}
