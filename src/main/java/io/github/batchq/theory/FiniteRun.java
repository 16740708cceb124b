package io.github.batchq.theory;

/**
 * The run of a {@link BatchSystem} with one server when all N requests are present at time 0 and
 * every bin's last, partial batch is served as a smaller batch. With n_i requests in bin i,
 * binomial with N and p_i, and S_r the mean service seconds of a batch of r requests of that bin,
 *
 * <pre>E[T] = sum over i of E[floor(n_i / B)] S_B + sum over r=1..B-1 of P(n_i mod B = r) S_r.
 * </pre>
 *
 * The law of n_i mod B is exact: the B-point discrete Fourier transform of (1 - p_i + p_i z)^N. It
 * is uniform but for an error of order exp(-2 pi^2 N p_i (1 - p_i) / B^2), which gives the closed
 * form of T27 in docs/theory.md. With one bin n_1 = N is not random.
 */
public final class FiniteRun {
  /** A Fourier term below this is lost in the rounding of the others. */
  private static final double NEGLIGIBLE = 1e-18;

  private FiniteRun() {}

  /**
   * E[T]: mean time in seconds at which the last of the N requests completes; infinite where the
   * law's mean is, undefined for several servers.
   *
   * @param requests number of requests N, at least 1
   * @throws IllegalArgumentException if there is no request
   */
  public static TheoryResult makespan(BatchSystem system, long requests) {
    if (requests < 1) {
      throw new IllegalArgumentException("there must be at least 1 request, found " + requests);
    }
    String source = "T27, finite run, all requests present at time 0";
    if (system.servers() > 1) {
      return new TheoryResult.Undefined(
          "the last completion of several servers depends on how batches spread over them", source);
    }
    if (system.law().mean() == Double.POSITIVE_INFINITY) {
      return system.law().momentDiverges(1)
          ? TheoryResult.infinite(source)
          : TheoryResult.exact(Double.NaN, source);
    }
    double[] masses = system.binMasses();
    double sum = 0;
    for (int bin = 0; bin < masses.length; bin++) {
      if (masses[bin] > 0) {
        sum += binSeconds(system, requests, bin, masses[bin]);
      }
    }
    return TheoryResult.exact(sum, source);
  }

  /**
   * N / E[T], requests per second: a lower bound of the mean throughput E[N / T] by Jensen's
   * inequality; undefined for several servers.
   *
   * @param requests number of requests N, at least 1
   * @throws IllegalArgumentException if there is no request
   */
  public static TheoryResult throughput(BatchSystem system, long requests) {
    TheoryResult makespan = makespan(system, requests);
    if (makespan instanceof TheoryResult.Undefined) {
      return makespan;
    }
    return TheoryResult.lowerBound(
        requests / makespan.value(), "N / E[T], Jensen; " + makespan.source());
  }

  private static double binSeconds(BatchSystem system, long requests, int bin, double mass) {
    int batchSize = system.batchSize();
    double[] remainder = remainders(requests, mass, batchSize);
    double meanRemainder = 0;
    double sum = 0;
    for (int r = 1; r < batchSize; r++) {
      if (remainder[r] > 0) {
        meanRemainder += r * remainder[r];
        sum += remainder[r] * system.meanSeconds(bin, r);
      }
    }
    double fullBatches = (requests * mass - meanRemainder) / batchSize;
    return sum + fullBatches * system.meanSeconds(bin, batchSize);
  }

  /** P(n mod B = r) for r = 0..B-1 and n binomial with the given number and mass. */
  static double[] remainders(long requests, double mass, int batchSize) {
    double[] law = new double[batchSize];
    if (mass >= 1) {
      law[(int) (requests % batchSize)] = 1;
      return law;
    }
    for (int j = 0; j < batchSize; j++) {
      double angle = 2 * Math.PI * j / batchSize;
      double half = Math.sin(angle / 2);
      double modulus = Math.exp(requests / 2.0 * Math.log1p(-4 * mass * (1 - mass) * half * half));
      if (modulus > NEGLIGIBLE) {
        double phase = requests * Math.atan2(mass * Math.sin(angle), 1 - 2 * mass * half * half);
        for (int r = 0; r < batchSize; r++) {
          law[r] += modulus * Math.cos(phase - angle * r) / batchSize;
        }
      }
    }
    return law;
  }
}
