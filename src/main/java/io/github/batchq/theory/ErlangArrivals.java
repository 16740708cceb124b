package io.github.batchq.theory;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.special.Gamma;

/**
 * Mean wait in a queue with one server whose customers come at every B-th point of a Poisson
 * process, E_B/G/1, for gamma-distributed service: Spitzer's identity,
 *
 * <pre>E[W] = sum over n &ge; 1 of (1/n) E[(S_1 + ... + S_n - A_n)^+],</pre>
 *
 * A_n being the time of nB arrivals. With s the sum of the services, which is gamma-distributed
 * too,
 *
 * <pre>E[(s - A_n)^+] = E[s P(nB, rate s) - (nB / rate) P(nB + 1, rate s)],</pre>
 *
 * P being the regularised incomplete gamma function.
 */
final class ErlangArrivals {
  private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(24);

  /**
   * So many terms are summed, the others by the Euler-Maclaurin formula over panels [n, 2n], until
   * one adds less than this share.
   */
  private static final int SUMMED = 64;

  private static final double NEGLIGIBLE = 1e-10;

  /**
   * From so many summands on, counted as the more variable of services and gaps counts, the sum is
   * replaced by its Edgeworth expansion: incomplete gamma functions of large arguments lose digits.
   */
  private static final double MANY = 5000;

  /** Standard deviations of the service sum between which panels are integrated over. */
  private static final double[] PANELS = {-10, -3, 0, 3, 8, 16, 40};

  /** Standard deviations of the time of the arrivals, as far as it matters. */
  private static final double REACH = 8;

  /** Below this squared coefficient of variation the service time is constant. */
  private static final double CONSTANT = 1e-14;

  private final int batchSize;
  private final double rate;
  private final double mean;
  private final double variance;

  private ErlangArrivals(int batchSize, double rate, double mean, double variance) {
    this.batchSize = batchSize;
    this.rate = rate;
    this.mean = mean;
    this.variance = variance;
  }

  /**
   * Mean wait in seconds, to a relative 1e-6.
   *
   * @param batchSize points of the Poisson process for each customer
   * @param rate rate of the Poisson process; rate * mean must be less than the batch size
   * @param mean mean service time
   * @param variance its variance
   */
  static double meanWait(int batchSize, double rate, double mean, double variance) {
    ErlangArrivals queue = new ErlangArrivals(batchSize, rate, mean, variance);
    double sum = 0;
    for (int n = 1; n <= SUMMED; n++) {
      sum += queue.term(n);
    }
    double from = SUMMED + 0.5;
    sum += (queue.term(from + 0.5) - queue.term(from - 0.5)) / 24;
    double panel = Double.POSITIVE_INFINITY;
    for (double n = from; panel > NEGLIGIBLE * sum; n *= 2) {
      panel = queue.panel(n);
      sum += panel;
    }
    return sum;
  }

  /** Integral of the terms from n to 2n. */
  private double panel(double n) {
    double sum = 0;
    for (int i = 0; i < RULE.getNumberOfPoints(); i++) {
      sum += RULE.getWeight(i) * term(n + n / 2 * (1 + RULE.getPoint(i)));
    }
    return n / 2 * sum;
  }

  /** The n-th term; n need not be whole. */
  private double term(double n) {
    double center = n * mean;
    double squaredVariation = variance / (mean * mean);
    if (n * Math.min(batchSize, 1 / squaredVariation) >= MANY) {
      return expansion(n) / n;
    }
    if (variance <= CONSTANT * mean * mean) {
      return excess(n, center) / n;
    }
    double deviation = Math.sqrt(n * variance);
    double shape = center * center / (n * variance);
    double scale = variance / mean;
    double balance = n * batchSize / rate;
    double width = REACH / 2 * Math.sqrt(n * batchSize) / rate;
    double low = Math.max(0, center + PANELS[0] * deviation);
    double high = center + PANELS[PANELS.length - 1] * deviation;
    double[] points = new double[PANELS.length + 3];
    for (int i = 0; i < PANELS.length; i++) {
      points[i] = center + PANELS[i] * deviation;
    }
    points[PANELS.length] = balance - width;
    points[PANELS.length + 1] = balance;
    points[PANELS.length + 2] = balance + width;
    double[] edges = LongestLength.between(points, low, high);
    double sum = 0;
    double total = 0;
    for (int panel = 1; panel < edges.length; panel++) {
      double half = (edges[panel] - edges[panel - 1]) / 2;
      for (int i = 0; i < RULE.getNumberOfPoints(); i++) {
        double s = edges[panel - 1] + half * (1 + RULE.getPoint(i));
        double x = s / scale;
        double weight =
            half * RULE.getWeight(i) * Math.exp((shape - 1) * Math.log(x / shape) - (x - shape));
        total += weight;
        sum += weight * excess(n, s);
      }
    }
    return sum / total / n;
  }

  /**
   * E[D^+] for a sum D of n independent differences of a service and a gap, with four cumulants.
   */
  private double expansion(double n) {
    double gap = batchSize / rate;
    double deviation = Math.sqrt(n * (variance + gap / rate));
    double third = n * (2 * variance * variance / mean - 2 * gap / (rate * rate));
    double fourth =
        n * (6 * variance * variance * variance / (mean * mean) + 6 * gap / (rate * rate * rate));
    double z = n * (gap - mean) / deviation;
    double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    double above = 0.5 * Erf.erfc(z / Math.sqrt(2));
    double skewness = third / Math.pow(deviation, 3);
    double kurtosis = fourth / Math.pow(deviation, 4);
    double hermite4 = z * z * z * z - 6 * z * z + 3;
    double correction =
        skewness / 6 * z + kurtosis / 24 * (z * z - 1) + skewness * skewness / 72 * hermite4;
    return Math.max(0, deviation * (density * (1 + correction) - z * above));
  }

  /** E[(s - A_n)^+] for a given s. */
  private double excess(double n, double s) {
    double points = n * batchSize;
    double balance = points / rate;
    double a = rate * s;
    double deviation = Math.sqrt(points) + REACH;
    if (a < points - REACH * deviation) {
      return 0;
    }
    if (a > points + REACH * deviation) {
      return s - balance;
    }
    return Math.max(
        0,
        s * Gamma.regularizedGammaP(points, a) - balance * Gamma.regularizedGammaP(points + 1, a));
  }
}
