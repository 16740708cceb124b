package io.github.batchq.study.plan;

import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.file.PlanQuestion;
import io.github.batchq.metric.Direction;
import io.github.batchq.metric.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The candidates of which no other is better in both of two metrics, by their means. */
final class Frontier {
  private final PlanQuestion question;

  Frontier(PlanQuestion question) {
    this.question = question;
  }

  /** The frontier of those that have run and have a steady state, the best in the first first. */
  List<Trial> of(List<Trial> trials) {
    List<Trial> run =
        trials.stream()
            .filter(Frontier::isSteady)
            .filter(trial -> !Double.isNaN(y(trial)) && !Double.isNaN(x(trial)))
            .sorted(
                Comparator.comparingDouble(this::x)
                    .thenComparingDouble(this::y)
                    .thenComparingInt(Trial::number))
            .toList();
    List<Trial> frontier = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    for (Trial trial : run) {
      if (y(trial) < least) {
        frontier.add(trial);
        least = y(trial);
      }
    }
    return frontier;
  }

  private static boolean isSteady(Trial trial) {
    Sample sample = trial.best();
    if (sample == null) {
      return false;
    }
    Regime regime = sample.stability().regime();
    return regime != Regime.OVERLOADED && regime != Regime.CRITICAL;
  }

  private double x(Trial trial) {
    Metric metric = question.frontier().x();
    return metric == null ? trial.servers() : signed(trial, metric);
  }

  private double y(Trial trial) {
    return signed(trial, question.frontier().y());
  }

  /** The value, so that less is better. */
  private static double signed(Trial trial, Metric metric) {
    Sample sample = trial.best();
    double value = sample == null ? Double.NaN : sample.mean(metric);
    return metric.direction() == Direction.LOWER_IS_BETTER ? value : -value;
  }

  /** The better in a metric first. */
  static Comparator<Trial> by(Metric metric) {
    return Comparator.comparingDouble((Trial trial) -> signed(trial, metric))
        .thenComparingInt(Trial::number);
  }
}
