package io.github.batchq.theory;

/**
 * The N*D/D/1 queue: one server, N sources that each send one job of the same service time in every
 * period T, at phases that are independent and uniform. Full bins are such sources when batches are
 * large: their fills are nearly regular.
 */
final class PeriodicSources {
  private static final int NODES = 24;

  private static final org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator RULE =
      new org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory()
          .legendre(NODES, 0, 1);

  private PeriodicSources() {}

  /**
   * Mean wait in service times. With T = N / load,
   *
   * <pre>
   * P(wait &gt; x) = sum over n from [x]+1 to N-1 of C(N-1,n) ((n-x)/T)^n (1 - (n-x)/T)^{N-1-n}
   *               (T-N+1+x) / (T-n+x)
   * </pre>
   *
   * <p>(Eckberg 1979; Roberts and Virtamo 1991), integrated over x from 0 to N-1. For two sources
   * it is load / 4.
   *
   * @param sources number of sources N, at least 1
   * @param load share of time in which the server is busy, at least 0 and below 1
   */
  static double meanWait(int sources, double load) {
    if (load == 0) {
      return 0;
    }
    double period = sources / load;
    double[] logBinomials = logBinomials(sources - 1);
    double sum = 0;
    for (int start = 0; start < sources - 1; start++) {
      for (int i = 0; i < NODES; i++) {
        sum +=
            RULE.getWeight(i)
                * waitsLonger(sources, period, start, start + RULE.getPoint(i), logBinomials);
      }
    }
    return sum;
  }

  private static double waitsLonger(
      int sources, double period, int whole, double x, double[] logBinomials) {
    int others = sources - 1;
    double sum = 0;
    for (int n = whole + 1; n <= others; n++) {
      double share = (n - x) / period;
      double power = logBinomials[n] + n * Math.log(share) + (others - n) * Math.log1p(-share);
      sum += Math.exp(power) * (period - others + x) / (period - n + x);
    }
    return sum;
  }

  private static double[] logBinomials(int n) {
    double[] logarithms = new double[n + 1];
    for (int i = 1; i <= n; i++) {
      logarithms[i] = logarithms[i - 1] + Math.log((double) (n - i + 1) / i);
    }
    return logarithms;
  }
}
