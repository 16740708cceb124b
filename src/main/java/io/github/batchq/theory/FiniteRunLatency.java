package io.github.batchq.theory;

import io.github.batchq.model.Require;

/**
 * Mean latency in a run of N requests of a {@link BatchSystem} that starts empty, is measured from
 * its first request on and flushes each bin's partial batch, as a smaller batch, at its last
 * arrival. Nobody waits for a server. Exact for gaps between arrivals that have mean 1 / rate and
 * are independent of the lengths. In seconds.
 *
 * <p>{@link Latency} is the limit of long runs; a mean over finite runs converges to the values
 * here, so that formation plus service of a run is a control variate with a known mean, whatever
 * the number of servers.
 */
public final class FiniteRunLatency {
  private static final String SOURCE = "T28, Lemma 5.1 in a run from empty to flush";

  private FiniteRunLatency() {}

  /**
   * Mean over a run's requests of the time until their batch is formed. After arrival n, bin j of
   * mass p_j holds n_j mod B forming requests, n_j binomial with n and p_j, for a gap of mean 1 /
   * rate, so
   *
   * <pre>
   * formation = (1 / (rate N)) sum over j of sum over n=1..N-1 of E[n_j mod B]
   *           = (1 / (rate N)) sum over j of ( N (B-1) / 2
   *               - (1 / (4 p_j)) sum over i=1..B-1 of (1 - Re z_i^N) / sin^2(pi i / B) ),
   * z_i = 1 - p_j + p_j exp(2 pi i sqrt(-1) / B).
   * </pre>
   *
   * The second line sums the B-point Fourier transform of the law of n_j mod B over n as geometric
   * series. It is k (B-1) / (2 rate) of {@link Latency#formation}, less about (B^2 - 1) / (12 rate
   * N p_j) for every one of several bins; a single bin has n_1 = n and no such term where B divides
   * N.
   *
   * @param rate arrival rate, requests per second, positive; infinite if all requests are there at
   *     time 0
   * @param requests number of requests N, at least 1
   * @throws IllegalArgumentException if a number is out of range
   */
  public static TheoryResult formation(BatchSystem system, double rate, long requests) {
    return TheoryResult.exact(formationSeconds(system, rate, requests), SOURCE);
  }

  /**
   * Mean over a run's requests of the service time of their batch. Bin j receives N_j requests,
   * binomial with N and p_j; with M_r(j) the mean seconds of a batch of r requests of that bin,
   *
   * <pre>service = (1 / N) sum over j of ( (N p_j - E[N_j mod B]) M_B(j)
   *               + sum over r=1..B-1 of P(N_j mod B = r) r M_r(j) ).</pre>
   *
   * Infinite where the law's mean is.
   *
   * @param requests number of requests N, at least 1
   * @throws IllegalArgumentException if there is no request
   */
  public static TheoryResult service(BatchSystem system, long requests) {
    return seconds(system, serviceSeconds(system, requests));
  }

  /**
   * {@link #formation} plus {@link #service}: the mean latency with infinitely many servers, and
   * with any number of servers the mean latency without the wait for one.
   *
   * @param rate arrival rate, requests per second, positive; infinite if all requests are there at
   *     time 0
   * @param requests number of requests N, at least 1
   * @throws IllegalArgumentException if a number is out of range
   */
  public static TheoryResult infiniteServers(BatchSystem system, double rate, long requests) {
    return seconds(
        system, formationSeconds(system, rate, requests) + serviceSeconds(system, requests));
  }

  private static TheoryResult seconds(BatchSystem system, double value) {
    return value == Double.POSITIVE_INFINITY && system.law().momentDiverges(1)
        ? TheoryResult.infinite(SOURCE)
        : TheoryResult.exact(value, SOURCE);
  }

  private static double formationSeconds(BatchSystem system, double rate, long requests) {
    requireRequests(requests);
    Require.ARGUMENT.positive("the arrival rate", rate);
    double sum = 0;
    for (double mass : system.binMasses()) {
      if (mass > 0) {
        sum += formingGaps(requests, mass, system.batchSize());
      }
    }
    return sum / (rate * requests);
  }

  /** The sum over n=1..N-1 of E[n_j mod B]. */
  private static double formingGaps(long requests, double mass, int batchSize) {
    double sum = 0;
    for (int i = 1; i < batchSize; i++) {
      double half = Math.sin(Math.PI * i / batchSize);
      double square = half * half;
      double logModulus = requests / 2.0 * Math.log1p(-4 * mass * (1 - mass) * square);
      double phase =
          requests
              * Math.atan2(mass * Math.sin(2 * Math.PI * i / batchSize), 1 - 2 * mass * square);
      double halfSine = Math.sin(phase / 2);
      double oneMinusReal = 2 * halfSine * halfSine - Math.expm1(logModulus) * Math.cos(phase);
      sum += oneMinusReal / square;
    }
    return requests * (batchSize - 1) / 2.0 - sum / (4 * mass);
  }

  private static double serviceSeconds(BatchSystem system, long requests) {
    requireRequests(requests);
    if (system.law().mean() == Double.POSITIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double[] masses = system.binMasses();
    double sum = 0;
    for (int bin = 0; bin < masses.length; bin++) {
      if (masses[bin] > 0) {
        sum += requestSeconds(system, requests, bin, masses[bin]);
      }
    }
    return sum / requests;
  }

  /** The seconds of a bin's batches, each as often as it has requests. */
  private static double requestSeconds(BatchSystem system, long requests, int bin, double mass) {
    int batchSize = system.batchSize();
    double[] remainder = FiniteRun.remainders(requests, mass, batchSize);
    double inFullBatches = requests * mass;
    double sum = 0;
    for (int r = 1; r < batchSize; r++) {
      if (remainder[r] > 0) {
        inFullBatches -= r * remainder[r];
        sum += r * remainder[r] * system.meanSeconds(bin, r);
      }
    }
    return sum + inFullBatches * system.meanSeconds(bin, batchSize);
  }

  private static void requireRequests(long requests) {
    if (requests < 1) {
      throw new IllegalArgumentException("there must be at least 1 request, found " + requests);
    }
  }
}
