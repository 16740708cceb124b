package io.github.batchq.metric;

import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How those times of measured requests are spread that somebody asks for. */
final class TimeSpreads {
  private final RequestTime[] times;
  private final TimeSpread[] spreads;
  private final @Nullable ServiceTimeModel alone;

  private TimeSpreads(Set<RequestTime> times, @Nullable ServiceTimeModel alone) {
    this.times = times.toArray(RequestTime[]::new);
    this.spreads = new TimeSpread[times.size()];
    Arrays.setAll(spreads, i -> new TimeSpread());
    this.alone = alone;
  }

  /** Those that metrics need; null where they need none. */
  static @Nullable TimeSpreads of(List<Metric> metrics, @Nullable ServiceTimeModel alone) {
    Set<RequestTime> times = EnumSet.noneOf(RequestTime.class);
    for (Metric metric : metrics) {
      TimeStatistic statistic = metric.timeStatistic();
      if (statistic != null && statistic.isCountedApart()) {
        times.add(statistic.time());
      }
    }
    return times.isEmpty() ? null : new TimeSpreads(times, alone);
  }

  /** A batch has ended, whose members from the given one on are measured. */
  void completed(ServedBatch batch, int first) {
    for (int i = first; i < batch.size(); i++) {
      departed(batch, i);
    }
  }

  /** A measured member of a batch has left. */
  void departed(ServedBatch batch, int member) {
    for (int i = 0; i < times.length; i++) {
      spreads[i].record(times[i].of(batch, member, alone));
    }
  }

  /** A measured request has left a running batch. */
  void left(ServedRequest request, double now) {
    for (int i = 0; i < times.length; i++) {
      spreads[i].record(times[i].of(request, now));
    }
  }

  /**
   * A statistic of a time.
   *
   * @throws IllegalStateException if nobody asked for it
   */
  double of(TimeStatistic statistic) {
    return spread(statistic.time()).of(statistic);
  }

  /**
   * The mean of a time.
   *
   * @throws IllegalStateException if nobody asked for it
   */
  double mean(RequestTime time) {
    return spread(time).mean();
  }

  private TimeSpread spread(RequestTime time) {
    for (int i = 0; i < times.length; i++) {
      if (times[i] == time) {
        return spreads[i];
      }
    }
    throw new IllegalStateException("this run was not asked for " + time.id());
  }
}
