package io.github.batchq.theory;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Mean wait of a full batch for a free server, in seconds, batches being served in the order in
 * which they became full: what {@link Latency#infiniteServers} leaves out. Section B.4 of our
 * notes.
 *
 * <p>Bin i of mass p_i sends a batch whenever B of its Poisson arrivals have come: at rate l_i =
 * rate p_i / B, with Erlang gaps. The queue is fed by k such streams, whose batches last S_i. No
 * closed form is known for k &gt; 1 or c &gt; 1; {@link #mean} says for each value what it is.
 */
public final class BatchWait {
  private static final String TWO_SCALE = "B.4, two-scale formula";

  /** Masses of near-equal bins differ by less from 1/k, as a share of it. */
  private static final double NEAR_EQUAL = 0.05;

  /** Largest squared coefficient of variation of the batch time for near-equal bins. */
  private static final double LEAST_VARIABLE = 0.3;

  /** The largest batch for which the embedded chain is solved. */
  private static final int LARGEST_CHAIN = 2048;

  /** Where the wait with several servers is below 1 % of the mean service time. */
  private static final int MANY_SERVERS = 8;

  private static final int FEW_BINS = 4;
  private static final double MODERATE_LOAD = 0.8;

  private final BatchSystem system;
  private final double rate;
  private final double load;
  private final double[] shares;
  private final double[] means;
  private final double[] variances;
  private final String reason;

  private BatchWait(BatchSystem system, double rate) {
    this.system = system;
    this.rate = rate;
    LongestLength[] bins = LongestLength.of(system);
    BatchTime service = system.service();
    double perUnit = service.secondsPerUnit(system.batchSize());
    this.shares = of(bins, LongestLength::share);
    this.means = of(bins, bin -> service.seconds(system.batchSize(), bin.mean()));
    this.variances = of(bins, bin -> perUnit == 0 ? 0 : perUnit * perUnit * bin.variance());
    this.load = rate * mixed(means) / (system.batchSize() * (double) system.servers());
    this.reason = trouble();
  }

  private static double[] of(LongestLength[] bins, ToDoubleFunction<LongestLength> value) {
    return Arrays.stream(bins).mapToDouble(value).toArray();
  }

  /**
   * The waits of a system with Poisson arrivals.
   *
   * @param rate arrival rate over all bins, requests per second, positive and finite
   * @throws IllegalArgumentException if the rate is out of its range
   */
  public static BatchWait of(BatchSystem system, double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          "the arrival rate must be positive and finite, found " + rate);
    }
    return new BatchWait(system, rate);
  }

  private String trouble() {
    if (mixed(means) == Double.POSITIVE_INFINITY) {
      return system.law() + " has an infinite mean, so a batch never ends on average";
    }
    if (!(load < 1)) {
      return "unstable: the load is " + load + ", it must be below 1";
    }
    return mixed(variances) == Double.POSITIVE_INFINITY
        ? system.law() + " has an infinite variance, so the mean wait is infinite"
        : "";
  }

  /** Busy share of server time, rate E[S] / (B c); at least 1 where the servers cannot keep up. */
  public double load() {
    return load;
  }

  /**
   * The mean wait, by the best formula there is:
   *
   * <ul>
   *   <li>one bin, one server: exact, from the embedded chain of full batches ({@link BulkQueue}
   *       with a = B) without the forming of a batch, to an absolute 1e-9 or so;
   *   <li>near-equal bins, one server: {@link #twoScale}, an approximation. Bins are near-equal if
   *       their masses are within 5 % of 1/k and the squared coefficient of variation of the batch
   *       time is at most 0.3;
   *   <li>near-equal bins, at most 4 of them, at least 8 servers, load at most 0.8: 0, an
   *       approximation, the wait being below 1 % of the mean service time;
   *   <li>all else is undefined, and so is what has no steady state: simulate it.
   * </ul>
   */
  public TheoryResult mean() {
    if (!reason.isEmpty()) {
      return undefined(reason, "B.4");
    }
    int bins = shares.length;
    if (system.servers() == 1) {
      // With batches of one request all bins together are a single Poisson stream.
      return bins == 1 || system.batchSize() == 1 ? oneStream() : twoScale();
    }
    if (!areNearEqual()) {
      return undefined(unequal(), "B.4");
    }
    return system.servers() >= MANY_SERVERS && bins <= FEW_BINS && load <= MODERATE_LOAD
        ? new TheoryResult.Approximation(
            0,
            "a wait below 1 % of the mean service time: at least "
                + MANY_SERVERS
                + " servers, at most "
                + FEW_BINS
                + " near-equal bins, load at most "
                + MODERATE_LOAD,
            "B.4, many servers")
        : undefined("no formula is good for several servers at this load", "B.4");
  }

  /**
   * Mean latency: {@link Latency#infiniteServers} and {@link #mean}, of the kind of the latter.
   * Where that is undefined, the former alone is a lower bound; undefined without a steady state.
   */
  public TheoryResult latency() {
    TheoryResult wait = mean();
    if (!reason.isEmpty()) {
      return wait;
    }
    TheoryResult without = Latency.mean(system, rate);
    double sum = without.value() + wait.value();
    String source = "Lemma 5.1, T11, with " + wait.source();
    if (wait instanceof TheoryResult.Exact) {
      return new TheoryResult.Exact(sum, source);
    }
    if (wait instanceof TheoryResult.Approximation approximation) {
      return new TheoryResult.Approximation(sum, approximation.regime(), source);
    }
    return wait instanceof TheoryResult.Undefined undefined
        ? new TheoryResult.LowerBound(
            without.value(), without.source() + " (" + undefined.reason() + ")")
        : without;
  }

  private TheoryResult oneStream() {
    String source = "E_B/G/1, embedded chain of M/G_b^(B,B)/1 (B.5)";
    if (system.batchSize() > LARGEST_CHAIN) {
      return undefined(
          "the chain is solved for batches of at most " + LARGEST_CHAIN + " requests", source);
    }
    BulkQueue queue =
        BulkQueue.of(system.law(), system.service(), system.batchSize(), system.batchSize(), rate);
    TheoryResult wait = queue.meanWait();
    return wait instanceof TheoryResult.Exact exact
        ? new TheoryResult.Exact(
            Math.max(0, exact.value() - (system.batchSize() - 1) / (2 * rate)), source)
        : wait;
  }

  /**
   * The two-scale formula for one server,
   *
   * <pre>(E[S^2] / E[S]) w_k(load) + E[W of E_B/G/1 with variance mean Var S_i + Var M_i / B],
   * </pre>
   *
   * w_k being the wait of the N*D/D/1 queue: within the time in which every bin fills once, batches
   * of several bins meet as those of {@linkplain PeriodicSources periodic sources}; over longer
   * times the load of a bin varies like a single stream. For U(1,20) and 2 to 16 bins it is within
   * -4 and +9 % of simulation for batches of 128, -1 and +11 % for 32 and +1 and +21 % for 8; for
   * equal masses of an exponential or lognormal law up to 65 % too high, for very unequal masses 2
   * to 45 % too low. Undefined for more than one server, for unequal bins and without a steady
   * state.
   */
  public TheoryResult twoScale() {
    if (!reason.isEmpty()) {
      return undefined(reason, TWO_SCALE);
    }
    if (system.servers() > 1) {
      return undefined("the formula is for one server", TWO_SCALE);
    }
    if (!areNearEqual()) {
      return undefined(unequal(), TWO_SCALE);
    }
    double mean = mixed(means);
    double square = mean * mean + between() + mixed(variances);
    double meeting = square / mean * PeriodicSources.meanWait(shares.length, load);
    double drifting =
        ErlangArrivals.meanWait(
            system.batchSize(), rate, mean, mixed(variances) + between() / system.batchSize());
    return new TheoryResult.Approximation(
        meeting + drifting,
        "near-equal bins, one server (measured: -4 to +11 % for B = 32 and more, up to +21 % for B = 8)",
        TWO_SCALE);
  }

  /**
   * The limit for loads near 0, to first order in the rate: sum over i of p_i times the sum over j
   * other than i of l_j E[S_j^2] / 2 for one server, since a bin's own last batch is long gone when
   * its next one is full; 0 for several servers.
   */
  public TheoryResult lowLoad() {
    String source = "B.4, low-load limit";
    if (!reason.isEmpty()) {
      return undefined(reason, source);
    }
    double sum = 0;
    for (int j = 0; j < shares.length; j++) {
      double met = system.batchSize() == 1 ? 1 : 1 - shares[j];
      sum += met * streamRate(j) * (means[j] * means[j] + variances[j]) / 2;
    }
    return new TheoryResult.Approximation(
        system.servers() == 1 ? sum : 0, "load near 0, first order in the rate", source);
  }

  /**
   * The limit for loads near 1, V / (2 c^2 (1 - load)) with V = sum of l_i (Var S_i + M_i^2 / B):
   * the variance between bins counts for 1/B only, for bins send their batches nearly regularly.
   */
  public TheoryResult highLoad() {
    String source = "B.4, high-load limit V / (2 c^2 (1 - load))";
    if (!reason.isEmpty()) {
      return undefined(reason, source);
    }
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += streamRate(i) * (variances[i] + means[i] * means[i] / system.batchSize());
    }
    double servers = system.servers();
    return new TheoryResult.Approximation(
        sum / (2 * servers * servers * (1 - load)), "load near 1", source);
  }

  private double streamRate(int bin) {
    return rate * shares[bin] / system.batchSize();
  }

  /** Variance of the mean service time over batches. */
  private double between() {
    double mean = mixed(means);
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += shares[i] * (means[i] - mean) * (means[i] - mean);
    }
    return sum;
  }

  private double mixed(double[] values) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += shares[i] * values[i];
    }
    return sum;
  }

  private boolean areNearEqual() {
    double equal = 1.0 / shares.length;
    double mean = mixed(means);
    return Arrays.stream(shares).allMatch(share -> Math.abs(share - equal) <= NEAR_EQUAL * equal)
        && mixed(variances) + between() <= LEAST_VARIABLE * mean * mean;
  }

  private static String unequal() {
    return "no formula is good for bins whose masses differ from 1/k by more than "
        + Math.round(100 * NEAR_EQUAL)
        + " %, or batch times with a squared coefficient of variation above "
        + LEAST_VARIABLE;
  }

  private static TheoryResult undefined(String reason, String source) {
    return new TheoryResult.Undefined(reason, source);
  }
}
