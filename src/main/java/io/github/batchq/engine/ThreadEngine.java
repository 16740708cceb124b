package io.github.batchq.engine;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.scenario.RunMeasurement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
    return (pairs, listener) -> {
      List<Callable<RunMeasurement>> tasks = new ArrayList<>();
      pairs.forEach(pair -> tasks.add(() -> make(function, pair, listener)));
      return parallel.all(tasks);
    };
  }

  private static RunMeasurement make(RunFunction function, Pair pair, Listener listener) {
    RunMeasurement measurement = function.measure(pair);
    listener.finished(pair, measurement);
    return measurement;
  }

  @Override
  public void close() {
    parallel.close();
  }
}
