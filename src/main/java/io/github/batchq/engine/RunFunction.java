package io.github.batchq.engine;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.experiment.VarianceReduction;
import io.github.batchq.metric.Histograms;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.random.AntitheticStreams;
import io.github.batchq.random.QuasiRandomStreams;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamSource;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.RequestRow;
import io.github.batchq.scenario.RunMeasurement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes the runs of an experiment: a pure function of their {@link Pair}, which several threads may
 * call. What an engine has to carry to another machine is the experiment and the step alone.
 */
public final class RunFunction {
  private final Experiment experiment;
  private final @Nullable Step step;
  private final IntFunction<StreamSource> streams;
  private final boolean alone;
  private final List<Metric> metrics;

  private RunFunction(
      Experiment experiment, @Nullable Step step, IntFunction<StreamSource> streams) {
    this.experiment = experiment;
    this.step = step;
    this.streams = streams;
    this.alone = experiment.mostReplications() == 1;
    this.metrics = measured(experiment, step);
  }

  /**
   * Lays out the random streams of an experiment.
   *
   * @param step what a search asks for; null for the runs of the file
   */
  public static RunFunction of(Experiment experiment, @Nullable Step step) {
    if (step == null) {
      return new RunFunction(experiment, null, streams(experiment));
    }
    StreamSource common =
        new RandomStreams(experiment.generator(), experiment.seed(), step.replications());
    return new RunFunction(experiment, step, point -> common);
  }

  /** What these runs measure. */
  public static List<Metric> measured(Experiment experiment, @Nullable Step step) {
    return step == null ? experiment.measured() : experiment.measuredWith(step.metrics());
  }

  /** The streams of each point: the same for all, unless the experiment wants them independent. */
  private static IntFunction<StreamSource> streams(Experiment experiment) {
    VarianceReduction reduction = experiment.varianceReduction();
    int points = experiment.points().size();
    int replications = experiment.mostReplications();
    if (reduction.runs() > 1) {
      List<StreamSource> sources = new ArrayList<>();
      for (int p = 0; p < points; p++) {
        sources.add(
            new QuasiRandomStreams(
                experiment.seed() + (reduction.isCommon() ? 0 : p),
                replications,
                Integer.numberOfTrailingZeros(reduction.runs()),
                (int) experiment.points().get(p).scenario().requests()));
      }
      return sources::get;
    }
    RandomStreams streams =
        new RandomStreams(
            experiment.generator(),
            experiment.seed(),
            reduction.isCommon() ? replications : points * replications);
    return point -> {
      int first = reduction.isCommon() ? 0 : point * replications;
      StreamSource own = (replication, name) -> streams.stream(first + replication, name);
      return reduction.groupSize() > 1 ? new AntitheticStreams(own) : own;
    };
  }

  /**
   * Makes a run.
   *
   * @param histograms those of an earlier run of this thread
   * @return what was {@link #measured}
   * @throws BadInputException if times leave the range of numbers
   */
  public RunMeasurement measure(Pair pair, Histograms histograms) {
    PreparedScenario scenario = experiment.points().get(pair.point()).scenario();
    StreamSource source = streams.apply(pair.point());
    if (step != null) {
      return new Replication(step.of(scenario), source, pair.replication())
          .measure(metrics, histograms);
    }
    return alone && scenario.horizon() == Horizon.STEADY && !scenario.isReplay()
        ? new Replication(scenario, source, 0).measureAlone(metrics)
        : measure(scenario, source, pair.replication(), histograms);
  }

  /**
   * Makes a run of the file once more, and tells of its requests.
   *
   * @param pair which one; its number of runs must be one
   * @param rows hears of every request, in the order of arrival
   * @throws BadInputException if times leave the range of numbers
   */
  public void record(Pair pair, Consumer<RequestRow> rows) {
    PreparedScenario scenario = experiment.points().get(pair.point()).scenario();
    new Replication(scenario, streams.apply(pair.point()), pair.replication()).record(rows);
  }

  /** Measures a replication, which may be the mean of several short runs. */
  private RunMeasurement measure(
      PreparedScenario scenario, StreamSource source, int replication, Histograms histograms) {
    int size = experiment.varianceReduction().runs();
    if (size == 1) {
      return new Replication(scenario, source, replication).measure(metrics, histograms);
    }
    List<RunMeasurement> group = new ArrayList<>();
    for (int run = replication * size; run < (replication + 1) * size; run++) {
      group.add(new Replication(scenario, source, run).measure(metrics, histograms));
    }
    return RunMeasurement.mean(group);
  }
}
