package io.github.batchq.spark;

import io.github.batchq.engine.RunFunction;
import io.github.batchq.engine.Step;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.metric.Metric;
import io.github.batchq.results.ExperimentText;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkFiles;
import org.jspecify.annotations.Nullable;

/**
 * An experiment on its way to the executors. Spark gives each of them one, which all its tasks
 * share, so each prepares the experiment and lays out its random streams once.
 */
final class CarriedExperiment implements Serializable {
  private static final long serialVersionUID = 1;

  private final String text;
  private transient @Nullable Experiment experiment;

  /** For each step that was asked for, and for none, what makes its runs. */
  private transient @Nullable Map<@Nullable CarriedStep, RunFunction> functions;

  CarriedExperiment(String text) {
    this.text = text;
  }

  /** The function that makes its runs; the data files came with the job. */
  synchronized RunFunction function(@Nullable CarriedStep step) {
    if (experiment == null || functions == null) {
      experiment = ExperimentText.read(text, Path.of(SparkFiles.getRootDirectory()));
      functions = new HashMap<>();
    }
    RunFunction function = functions.get(step);
    if (function == null) {
      function = RunFunction.of(experiment, step == null ? null : step.step());
      functions.put(step, function);
    }
    return function;
  }

  /** A step on its way to the executors. */
  record CarriedStep(
      int replications, List<String> metrics, boolean fromStart, @Nullable Double rate)
      implements Serializable {
    private static final long serialVersionUID = 1;

    static CarriedStep of(Step step) {
      return new CarriedStep(
          step.replications(),
          step.metrics().stream().map(Metric::id).toList(),
          step.fromStart(),
          step.rate());
    }

    Step step() {
      return new Step(replications, metrics.stream().map(Metric::named).toList(), fromStart, rate);
    }
  }
}
