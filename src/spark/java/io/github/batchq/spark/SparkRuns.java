package io.github.batchq.spark;

import io.github.batchq.engine.RunEngine;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.RunMeasurement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Makes the runs of one experiment. They are dealt to slices like cards, as runs that take long
 * stand side by side in a sweep; a task is one slice, and what it sends back is told at once.
 *
 * @param context where Spark begins
 * @param log where Spark logs
 * @param experiment the experiment
 * @param metrics what its runs measure
 * @param task makes a slice of its runs
 * @param runsInTask how many runs are in a slice, at least 1; null for a good number
 */
record SparkRuns(
    JavaSparkContext context,
    SparkLog log,
    Experiment experiment,
    List<Metric> metrics,
    SliceTask task,
    @Nullable Integer runsInTask)
    implements RunEngine.Runs {
  @Override
  public List<RunMeasurement> make(List<Pair> pairs, RunEngine.Listener listener)
      throws InterruptedException {
    if (pairs.isEmpty()) {
      return List.of();
    }
    int size = runsInTask == null ? size(pairs) : runsInTask;
    int count = (pairs.size() + size - 1) / size;
    List<int[]> slices = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      slices.add(slice(pairs, s, count));
    }
    Gathered gathered = new Gathered(pairs, metrics, count, listener);
    JavaRDD<int[]> all = context.parallelize(slices, count);
    try {
      context.sc().runJob(all.rdd(), task, gathered, ClassTag.apply(SliceResult.class));
    } catch (Exception e) {
      throw failure(e);
    }
    return gathered.runs();
  }

  private int size(List<Pair> pairs) {
    double requests = 0;
    for (Pair pair : pairs) {
      requests += experiment.points().get(pair.point()).scenario().requests();
    }
    return SliceSize.of(
        pairs.size(),
        requests * experiment.varianceReduction().runs(),
        context.defaultParallelism());
  }

  /** Every so-manieth run, from one on: point and replication of each. */
  private static int[] slice(List<Pair> pairs, int first, int step) {
    int[] slice = new int[2 * ((pairs.size() - first + step - 1) / step)];
    for (int i = 0; i < slice.length; i += 2) {
      Pair pair = pairs.get(first + i / 2 * step);
      slice[i] = pair.point();
      slice[i + 1] = pair.replication();
    }
    return slice;
  }

  /** What is told of a job that failed: what gathering threw, or that Spark has given up. */
  private RuntimeException failure(Exception e) throws InterruptedException {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      if (cause instanceof BadInputException || cause instanceof RunFailure) {
        return (RuntimeException) cause;
      }
    }
    if (e instanceof SparkException || e instanceof IllegalStateException) {
      return new BadInputException(
          "Spark has given up: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + log.where(),
          e);
    }
    return new IllegalStateException("Spark failed: " + e, e);
  }

  /** A run that failed by a defect, as it fails on threads. */
  private static final class RunFailure extends IllegalStateException {
    private static final long serialVersionUID = 1;

    RunFailure(String reason) {
      super("a run failed: " + reason);
    }
  }

  /** Puts the runs of finished tasks in their places. Spark calls it for one task at a time. */
  private static final class Gathered extends AbstractFunction2<Object, SliceResult, BoxedUnit> {
    private final List<Pair> pairs;
    private final List<Metric> metrics;
    private final int count;
    private final RunEngine.Listener listener;
    private final @Nullable RunMeasurement[] runs;

    /** The first run that was refused, and why; the sentence is empty while there is none. */
    private int firstRefused = Integer.MAX_VALUE;

    private String refusal = "";

    Gathered(List<Pair> pairs, List<Metric> metrics, int count, RunEngine.Listener listener) {
      this.pairs = pairs;
      this.metrics = metrics;
      this.count = count;
      this.listener = listener;
      this.runs = new @Nullable RunMeasurement[pairs.size()];
    }

    @Override
    public BoxedUnit apply(Object slice, SliceResult result) {
      int at = (Integer) slice;
      for (RunMeasurement run : result.runs(metrics)) {
        runs[at] = run;
        listener.finished(pairs.get(at), run);
        at += count;
      }
      if (result.failed() != null) {
        throw new RunFailure(result.failed());
      }
      if (result.refused() != null && at < firstRefused) {
        firstRefused = at;
        refusal = result.refused();
      }
      if (firstRefused < runs.length && allBefore(firstRefused)) {
        throw new BadInputException(refusal);
      }
      return BoxedUnit.UNIT;
    }

    /** Whether no run before one can be refused any more, so that its sentence is the first. */
    private boolean allBefore(int end) {
      for (int i = 0; i < end; i++) {
        if (runs[i] == null) {
          return false;
        }
      }
      return true;
    }

    List<RunMeasurement> runs() {
      return Arrays.stream(runs).map(Objects::requireNonNull).toList();
    }
  }
}
