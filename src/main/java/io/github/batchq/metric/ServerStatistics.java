package io.github.batchq.metric;

import io.github.batchq.sim.ServedSteps;
import io.github.batchq.sim.ServerPool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the servers did after the warm-up, and what that cost. Times are seconds. */
final class ServerStatistics {
  private static final double SECONDS_PER_HOUR = 3600;

  /** Requests that were served, measured or not. */
  private static final int COMPLETED = 0;

  /** When a request was served last, in the warm-up too. */
  private static final int LAST_COMPLETION = 1;

  /** Server time that was busy; NaN where servers are infinitely many. */
  private static final int BUSY = 2;

  /** The same, weighted by the speeds of the servers: the work that they could do in it. */
  private static final int WORK = 3;

  /** The part of that work which was not done, since slots were free. */
  private static final int FREE_SLOT_WORK = 4;

  private final RunningSums sums = new RunningSums(5);

  /** Work for requests that had all left, since the last completion. */
  private final List<Work> forNobody = new ArrayList<>();

  private final ServerPool pool;
  private final MeasuredPeriod period;
  private final double totalSpeed;
  private final double price;
  private int down;
  private double downSeconds;
  private double lastChange;

  /**
   * @param pool the servers
   * @param period what is measured
   * @param pricePerHour price of an hour of a server, or null
   */
  ServerStatistics(ServerPool pool, MeasuredPeriod period, @Nullable Double pricePerHour) {
    this.pool = pool;
    this.period = period;
    this.totalSpeed = pool.totalSpeed();
    this.price = pricePerHour == null || pool.infinite() ? Double.NaN : pricePerHour * pool.count();
    if (pool.infinite()) {
      sums.set(BUSY, Double.NaN);
      sums.set(WORK, Double.NaN);
    }
  }

  /** Requests were served, in the warm-up or after it. */
  void completedAt(double now) {
    sums.set(LAST_COMPLETION, now);
    if (!forNobody.isEmpty()) {
      forNobody.forEach(work -> worked(work.from(), work.end(), work.speed()));
      forNobody.clear();
    }
  }

  /**
   * A server has worked for requests that have all left by now. It counts as far as requests are
   * served after it began: what comes after the last completion is no part of the run.
   */
  void workedForNobody(double from, double now, double speed) {
    forNobody.add(new Work(from, now, speed));
  }

  /** Work from a time to another on a server of some speed. */
  private record Work(double from, double end, double speed) {
    double seconds(double start, double last) {
      return Math.max(0, Math.min(end, last) - Math.max(from, start));
    }
  }

  /** Requests were served after the warm-up. */
  void completed(int requests) {
    sums.add(COMPLETED, requests);
  }

  /** A request had left after the warm-up before its server failed. */
  void departedAt(double time) {
    sums.add(COMPLETED, 1);
    sums.set(LAST_COMPLETION, Math.max(sums.now(LAST_COMPLETION), time));
  }

  /** A server has worked from some time on, which may lie in the warm-up, until now. */
  void worked(double from, double now, double speed) {
    busy(now - Math.max(from, period.start()), speed);
  }

  private void busy(double seconds, double speed) {
    sums.add(BUSY, seconds);
    sums.add(WORK, seconds * speed);
  }

  /**
   * A server has taken token steps.
   *
   * @param seconds for how long after the warm-up
   * @param slots number of its slots
   */
  void stepped(ServedSteps steps, double seconds, int slots) {
    busy(seconds, steps.speed());
    sums.add(FREE_SLOT_WORK, seconds * steps.speed() * (slots - steps.running()) / slots);
  }

  void failed(double now) {
    passDownTime(now);
    down++;
  }

  void repaired(double now) {
    passDownTime(now);
    down--;
  }

  private void passDownTime(double now) {
    downSeconds += down * Math.max(0, now - Math.max(lastChange, period.start()));
    lastChange = now;
  }

  RunningSums sums() {
    return sums;
  }

  /** How long a part of the run is: the time between its last completion and that before it. */
  double time(RunPart part) {
    return time(sums.after(part, LAST_COMPLETION)) - time(sums.before(part, LAST_COMPLETION));
  }

  private double time(double lastCompletion) {
    return Math.max(0, lastCompletion - period.start());
  }

  /** The time of a part of the run, of all servers together. */
  double serverTime(RunPart part) {
    return pool.count() * time(part);
  }

  /**
   * Requests completed after the warm-up over the time from its end to the last completion, in
   * requests per second; as arXiv:2412.04504 measures it where there is no warm-up.
   */
  double throughput(RunPart part) {
    return sums.in(part, COMPLETED) / time(part);
  }

  /** Busy share of the servers' time; NaN where servers are infinitely many. */
  double utilization(RunPart part) {
    double busy = sums.after(part, BUSY) / pool.count() - sums.before(part, BUSY) / pool.count();
    double last = sums.after(part, LAST_COMPLETION);
    for (Work work : part.equals(RunPart.WHOLE) ? forNobody : List.<Work>of()) {
      busy += work.seconds(period.start(), last) / pool.count();
    }
    return busy / time(part);
  }

  /**
   * What the servers carry while all of them, and all their slots, are busy; requests per second.
   */
  double capacity(RunPart part) {
    double busy =
        busyPool(sums.after(part, WORK), sums.after(part, FREE_SLOT_WORK))
            - busyPool(sums.before(part, WORK), sums.before(part, FREE_SLOT_WORK));
    return sums.in(part, COMPLETED) / busy;
  }

  /** How long all servers together would take for what was done in the slots that were taken. */
  private double busyPool(double work, double freeSlotWork) {
    return (work - freeSlotWork) / totalSpeed;
  }

  /** Price of the servers; NaN without one, or where they are infinitely many. */
  double rent(RunPart part) {
    return rent(sums.after(part, LAST_COMPLETION)) - rent(sums.before(part, LAST_COMPLETION));
  }

  private double rent(double lastCompletion) {
    return price * time(lastCompletion) / SECONDS_PER_HOUR;
  }

  /**
   * Share of the servers' time after the warm-up that they were not down for repair, up to the last
   * completion, failure or repair.
   */
  double availability() {
    double end = Math.max(sums.now(LAST_COMPLETION), lastChange);
    double downTime = downSeconds + down * (end - Math.max(lastChange, period.start()));
    return pool.infinite() ? 1 : 1 - downTime / (pool.count() * (end - period.start()));
  }
}
