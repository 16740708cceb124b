package io.github.batchq.theory;

import io.github.batchq.model.Require;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Mean wait of a full batch for a free server, in seconds, batches being served in the order in
 * which they became full: what {@link Latency#infiniteServers} leaves out. T26 of docs/theory.md.
 *
 * <p>Bin i of mass p_i sends a batch whenever B of its Poisson arrivals have come: at rate l_i =
 * rate p_i / B, with Erlang gaps. The queue is fed by k such streams, whose batches last S_i. No
 * closed form is known for k &gt; 1 or c &gt; 1; {@link #mean} says for each value what it is.
 */
public final class BatchWait {
  private static final String TWO_SCALE = "T26, two-scale formula";
  private static final String MANY = "T17, many servers";

  /** Masses of near-equal bins differ by less from 1/k, as a share of it. */
  private static final double NEAR_EQUAL = 0.05;

  /** The range of the two-scale formula. */
  private static final double LEAST_VARIABLE = 0.3;

  private static final int LEAST_BATCH = 8;
  private static final int MOST_BINS = 32;
  private static final double HIGH_LOAD = 0.95;

  /** The range in which the wait with several servers is below 1 % of the mean service time. */
  private static final int MANY_SERVERS = 8;

  private static final double MODERATE_LOAD = 0.8;

  /** What rounding may add to a load. */
  private static final double ROUNDING = 1e-9;

  private static final double SMALL_LIMIT = 0.03;

  private static final String UNEQUAL_MASSES =
      "no formula is good for bins whose masses differ from 1/k by more than "
          + Math.round(100 * NEAR_EQUAL)
          + " %";

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
    LongestLength[] bins = system.longestLengths();
    BatchTime service = system.service();
    double perUnit = service.secondsPerUnit(system.batchSize());
    this.shares = of(bins, LongestLength::binMass);
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
    Require.ARGUMENT.positiveFinite("the arrival rate", rate);
    return new BatchWait(system, rate);
  }

  private String trouble() {
    if (mixed(means) == Double.POSITIVE_INFINITY) {
      return Moments.noMean(system.law(), ", so a batch never ends on average");
    }
    if (!(load < 1)) {
      return "unstable: the load is " + load + ", it must be below 1";
    }
    return mixed(variances) == Double.POSITIVE_INFINITY
        ? Moments.noVariance(
            system.law(),
            system.servers() == 1
                ? ", so the mean wait is infinite"
                : ", for which no formula is good")
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
   *   <li>one bin, one server: exact, the wait of full batches ({@link BulkQueue} with a = B)
   *       without the forming of a batch, to an absolute 1e-9 or so;
   *   <li>several bins, one server: {@link #twoScale}, an approximation, in its range;
   *   <li>at least 8 servers, at most half as many bins, masses within 5 % of 1/k, load at most
   *       0.8, {@link #highLoad} at most 3 % of the mean service time: 0, an approximation, the
   *       wait being below 1 % of the mean service time (our T17, measured);
   *   <li>all else is undefined, and so is what has no steady state: simulate it.
   * </ul>
   */
  public TheoryResult mean() {
    if (!reason.isEmpty()) {
      return undefined(reason, "T26");
    }
    int bins = shares.length;
    if (system.servers() == 1) {
      // With batches of one request all bins together are a single Poisson stream.
      return bins == 1 || system.batchSize() == 1 ? oneStream() : twoScale();
    }
    String outside = outsideOfManyServers();
    return outside.isEmpty()
        ? TheoryResult.approximation(
            0, "a wait below 1 % of the mean service time (measured: at most 0.6 %)", MANY)
        : undefined(outside, MANY);
  }

  /** Why the wait may exceed 1 % of the mean service time; empty where it does not. */
  private String outsideOfManyServers() {
    double limit = highLoad().value() / mixed(means);
    if (system.servers() < MANY_SERVERS) {
      return "no formula is good for 2 to " + (MANY_SERVERS - 1) + " servers";
    }
    if (2 * shares.length > system.servers()) {
      return "measured for at most half as many bins as servers, here " + shares.length;
    }
    if (load > MODERATE_LOAD + ROUNDING) {
      return "measured for loads of at most " + MODERATE_LOAD + ", here " + load;
    }
    if (limit > SMALL_LIMIT) {
      return "the high-load limit of the wait is above "
          + Math.round(100 * SMALL_LIMIT)
          + " % of the mean service time: "
          + Math.round(1000 * limit) / 10.0
          + " %";
    }
    return haveNearEqualMasses() ? "" : UNEQUAL_MASSES;
  }

  /**
   * Mean latency: {@link Latency#infiniteServers} and {@link #mean}, of the kind of the latter.
   * Where that is undefined, the former alone is a lower bound; undefined without a steady state.
   */
  public TheoryResult latency() {
    return latency(mean());
  }

  /**
   * Mean latency with {@link #mean} or, where that is undefined, with an estimate of the wait that
   * no table covers: the two-scale formula beyond its range for one server, {@link #highLoad} for
   * several. Good enough to rank systems near their capacity, where both come near the truth.
   */
  public TheoryResult estimatedLatency() {
    TheoryResult wait = mean();
    if (reason.isEmpty() && wait instanceof TheoryResult.Undefined) {
      wait =
          system.servers() == 1
              ? twoScale("one server, outside of the measured range of the formula")
              : highLoad();
    }
    return latency(wait);
  }

  private TheoryResult latency(TheoryResult wait) {
    if (!reason.isEmpty()) {
      return wait;
    }
    TheoryResult without = Latency.mean(system, rate);
    return wait instanceof TheoryResult.Undefined undefined
        ? TheoryResult.lowerBound(
            without.value(), without.source() + " (" + undefined.reason() + ")")
        : wait.with(without.value() + wait.value(), "Lemma 5.1, T11, with " + wait.source());
  }

  private TheoryResult oneStream() {
    if (system.batchSize() > BulkQueue.LARGEST_BATCH) {
      return undefined(
          "the chain is solved for batches of at most " + BulkQueue.LARGEST_BATCH + " requests",
          "E_B/G/1");
    }
    TheoryResult wait =
        BulkQueue.of(system.law(), system.service(), system.batchSize(), system.batchSize(), rate)
            .meanWait();
    return wait.with(
        Math.max(0, wait.value() - (system.batchSize() - 1) / (2 * rate)),
        "E_B/G/1: " + wait.source());
  }

  /**
   * The two-scale formula for one server,
   *
   * <pre>(E[S^2] / E[S]) w_k(load) + E[W of E_B/G/1 with variance mean Var S_i + Var M_i / B],
   * </pre>
   *
   * w_k being the wait of the N*D/D/1 queue: within the time in which every bin fills once, batches
   * of several bins meet as those of {@linkplain PeriodicSources periodic sources}; over longer
   * times the load of a bin varies like a single stream.
   *
   * <p>Measured for batches of 8 and more, at most 32 bins whose masses are within 5 % of 1/k,
   * squared coefficients of variation of the batch time of at most 0.3 and loads of at most 0.95,
   * its error is between -7 and +22 % of the wait: at most +22 % for batches from 8, +16 % from 16,
   * +13 % from 32 (table in docs/theory.md). Undefined outside of that and for several servers: for
   * batches of 2 it errs by up to +50 %, for an exponential law by up to +50, for a lognormal one
   * by up to +65 %.
   */
  public TheoryResult twoScale() {
    if (!reason.isEmpty()) {
      return undefined(reason, TWO_SCALE);
    }
    String outside = outsideOfTwoScale();
    if (!outside.isEmpty()) {
      return undefined(outside, TWO_SCALE);
    }
    return twoScale("near-equal bins, one server (measured: -7 to +" + errorAbove() + " %)");
  }

  private TheoryResult twoScale(String regime) {
    double mean = mixed(means);
    double square = mean * mean + between() + mixed(variances);
    double meeting = square / mean * PeriodicSources.meanWait(shares.length, load);
    double variance = mixed(variances) + between() / system.batchSize();
    TheoryResult drifting =
        ErlangArrivals.meanWait(
            system.batchSize(), rate, mean, variance, ServiceTransform.gamma(mean, variance));
    return drifting instanceof TheoryResult.Undefined undefined
        ? undefined(undefined.reason(), TWO_SCALE)
        : TheoryResult.approximation(meeting + drifting.value(), regime, TWO_SCALE);
  }

  /** How much the two-scale formula may be too high for this batch size, in percent. */
  private int errorAbove() {
    return system.batchSize() < 16 ? 22 : system.batchSize() < 32 ? 16 : 13;
  }

  /** Why the two-scale formula is not measured to be good here; empty where it is. */
  private String outsideOfTwoScale() {
    double mean = mixed(means);
    double variation = (mixed(variances) + between()) / (mean * mean);
    if (system.servers() > 1) {
      return "the formula is for one server";
    }
    if (system.batchSize() < LEAST_BATCH) {
      return "no formula is good for several bins with batches of less than " + LEAST_BATCH;
    }
    if (shares.length > MOST_BINS) {
      return "measured for at most " + MOST_BINS + " bins, here " + shares.length;
    }
    if (load > HIGH_LOAD + ROUNDING) {
      return "measured for loads of at most " + HIGH_LOAD + ", here " + load;
    }
    if (!haveNearEqualMasses()) {
      return UNEQUAL_MASSES;
    }
    return variation > LEAST_VARIABLE
        ? "no formula is good for batch times with a squared coefficient of variation above "
            + LEAST_VARIABLE
            + ", here "
            + variation
        : "";
  }

  /**
   * The limit for loads near 0, to first order in the rate: sum over i of p_i times the sum over j
   * other than i of l_j E[S_j^2] / 2 for one server, since a bin's own last batch is long gone when
   * its next one is full; 0 for several servers.
   */
  public TheoryResult lowLoad() {
    String source = "T26, low-load limit";
    if (!reason.isEmpty()) {
      return undefined(reason, source);
    }
    double sum = 0;
    for (int j = 0; j < shares.length; j++) {
      double met = system.batchSize() == 1 ? 1 : 1 - shares[j];
      sum += met * streamRate(j) * (means[j] * means[j] + variances[j]) / 2;
    }
    return TheoryResult.approximation(
        system.servers() == 1 ? sum : 0, "load near 0, first order in the rate", source);
  }

  /**
   * The limit for loads near 1, V / (2 c^2 (1 - load)) with V = sum of l_i (Var S_i + M_i^2 / B):
   * the variance between bins counts for 1/B only, for bins send their batches nearly regularly.
   */
  public TheoryResult highLoad() {
    String source = "T26, high-load limit V / (2 c^2 (1 - load))";
    if (!reason.isEmpty()) {
      return undefined(reason, source);
    }
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += streamRate(i) * (variances[i] + means[i] * means[i] / system.batchSize());
    }
    double servers = system.servers();
    return TheoryResult.approximation(
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

  private boolean haveNearEqualMasses() {
    double equal = 1.0 / shares.length;
    return Arrays.stream(shares).allMatch(share -> Math.abs(share - equal) <= NEAR_EQUAL * equal);
  }

  private static TheoryResult undefined(String reason, String source) {
    return new TheoryResult.Undefined(reason, source);
  }
}
