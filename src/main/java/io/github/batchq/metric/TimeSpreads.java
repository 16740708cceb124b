package io.github.batchq.metric;

import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How those times of measured requests are spread that somebody asks for. */
final class TimeSpreads {
  private final Map<RequestTime, TimeSpread> spreads = new EnumMap<>(RequestTime.class);
  private final @Nullable ServiceTimeModel alone;

  private TimeSpreads(@Nullable ServiceTimeModel alone) {
    this.alone = alone;
  }

  /** Those that metrics need; null where they need none. */
  static @Nullable TimeSpreads of(List<Metric> metrics, @Nullable ServiceTimeModel alone) {
    TimeSpreads times = new TimeSpreads(alone);
    for (Metric metric : metrics) {
      TimeStatistic statistic = metric.timeStatistic();
      if (statistic != null && statistic.isCountedApart()) {
        times.spreads.computeIfAbsent(statistic.time(), time -> new TimeSpread());
      }
    }
    return times.spreads.isEmpty() ? null : times;
  }

  /** A batch has ended, whose members from the given one on are measured. */
  void completed(ServedBatch batch, int first) {
    for (int i = first; i < batch.size(); i++) {
      departed(batch, i);
    }
  }

  /** A measured member of a batch has left. */
  void departed(ServedBatch batch, int member) {
    spreads.forEach((time, spread) -> spread.record(time.of(batch, member, alone)));
  }

  /** A measured request has left a running batch. */
  void left(ServedRequest request, double now) {
    spreads.forEach((time, spread) -> spread.record(time.of(request, now)));
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
    TimeSpread spread = spreads.get(time);
    if (spread == null) {
      throw new IllegalStateException("this run was not asked for " + time.id());
    }
    return spread;
  }
}
