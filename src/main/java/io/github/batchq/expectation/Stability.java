package io.github.batchq.expectation;

import java.util.Locale;

/**
 * Whether a point of a sweep has a steady state, and whether its runs are long enough to see it.
 *
 * <p>With load rho, the work that n batches bring differs from its mean by about sigma sqrt(n)
 * batch times, sigma^2 = (scv of gaps) / B + (scv of batch times), and the servers' spare time is
 * (1 - rho) n. A point is {@code critical} if the second is less than three times the first: chance
 * and load cannot be told apart in a run, or, what is the same, the run is shorter than nine
 * relaxation times sigma^2 / (1 - rho)^2 of heavy traffic. Otherwise it is {@code stable} for rho
 * &lt; 1 and {@code overloaded} for rho &gt; 1.
 *
 * @param regime stable, critical or overloaded; finite where it is not asked, and closed where
 *     requests wait for answers
 * @param load arrival rate over capacity; 0 for infinitely many servers, NaN where it is not known,
 *     and of requests that all come at once or wait for answers, which have no rate
 * @param source what it is judged by: {@code theory}, or where theory has no capacity {@code run},
 *     the capacity that busy servers showed, or {@code growth}, that of the backlog; of a finite
 *     run where its load comes from, and {@code horizon} where it has none; {@code arrivals} where
 *     these are closed, {@code patience} where clients give up
 */
public record Stability(Regime regime, double load, String source) {
  /** Chance does not explain this many standard deviations. */
  public static final double CHANCE = 3;

  /** What becomes of the queue at a point. */
  public enum Regime {
    /** The queue has a steady state, and the runs are long enough for it. */
    STABLE,
    /** The runs are too short to tell, and their times are those of finite runs. */
    CRITICAL,
    /** Queues grow without bound. */
    OVERLOADED,
    /** The question is a run of this length, and not whether there is a steady state. */
    FINITE,
    /** Requests wait for answers, so no queue grows beyond those who are there. */
    CLOSED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Infinitely many servers, which nothing overloads. */
  public static final Stability INFINITE_SERVERS = new Stability(Regime.STABLE, 0, "theory");

  /**
   * Clients who give up: whatever the rate, those who wait for longer than others would are gone,
   * so every queue has a steady state.
   */
  public static final Stability IMPATIENT = new Stability(Regime.STABLE, Double.NaN, "patience");

  /** Requests that wait for answers, whose rate the system sets. */
  public static final Stability CLOSED = new Stability(Regime.CLOSED, Double.NaN, "arrivals");

  /**
   * The regime by a capacity that theory knows.
   *
   * @param load arrival rate over capacity, at least 0; infinite where all requests come at once
   * @param spread sigma / sqrt(n), the relative deviation by chance of the work of a run
   */
  public static Stability ofTheory(double load, double spread) {
    return new Stability(regime(load, spread), load, "theory");
  }

  /**
   * The regime by what a run saw: by the capacity that its busy servers showed, and by its backlog
   * at the last arrival, since a policy may let requests pile up beside idle servers. A backlog
   * that chance explains three times over is overload; half of it is critical.
   *
   * @param load arrival rate over the capacity seen
   * @param spread as in {@link #ofTheory}
   * @param backlog mean share of a run's requests that were in the system at the last arrival,
   *     beyond those that full batches leave in their bins
   */
  public static Stability ofRun(double load, double spread, double backlog) {
    Regime byLoad = regime(load, spread);
    Regime byBacklog =
        backlog > CHANCE * spread
            ? Regime.OVERLOADED
            : backlog > spread / 2 ? Regime.CRITICAL : Regime.STABLE;
    return new Stability(byLoad.compareTo(byBacklog) > 0 ? byLoad : byBacklog, load, "run");
  }

  /**
   * The regime for a policy whose busy servers do not show what they can carry, because its batches
   * grow with the load, or some servers are idle beside a queue: by the growth of the backlog in
   * the second half of the runs. It is overload where chance does not explain it, and critical from
   * half of a deviation on.
   *
   * @param growth mean growth of the backlog for each request that arrives
   * @param spread as in {@link #ofTheory}, for half a run
   */
  public static Stability ofGrowth(double growth, double spread) {
    Regime regime =
        growth > CHANCE * spread
            ? Regime.OVERLOADED
            : growth > spread / 2 ? Regime.CRITICAL : Regime.STABLE;
    return new Stability(regime, Double.NaN, "growth");
  }

  /**
   * A finite run, which is what it is at any load.
   *
   * @param load arrival rate over the capacity; infinite where all requests come at once, NaN where
   *     it is not known
   * @param source where the load comes from
   */
  public static Stability ofFinite(double load, String source) {
    return Double.isFinite(load)
        ? new Stability(Regime.FINITE, load, source)
        : new Stability(Regime.FINITE, Double.NaN, "horizon");
  }

  private static Regime regime(double load, double spread) {
    if (Math.abs(1 - load) < CHANCE * spread) {
      return Regime.CRITICAL;
    }
    return load < 1 ? Regime.STABLE : Regime.OVERLOADED;
  }
}
