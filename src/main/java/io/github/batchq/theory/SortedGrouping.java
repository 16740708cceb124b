package io.github.batchq.theory;

import io.github.batchq.model.Require;
import io.github.batchq.random.Law;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Beta;

/**
 * Sorted grouping: nB requests are collected, sorted by length and cut into n batches of B. The
 * longest request of batch j is the order statistic X_(jB:nB), whose survival function is
 *
 * <pre>P(X_(jB:nB) &gt; x) = P(fewer than jB of nB lengths are &le; x),</pre>
 *
 * a regularized beta function of the survival function of one length. T14 of docs/theory.md.
 *
 * @param law law of the lengths, with a finite mean
 * @param batchSize requests in a batch B, at least 1
 * @param batches batches of a window n, at least 1
 */
public record SortedGrouping(Law law, int batchSize, int batches) {
  private static final double[] QUANTILES = {1e-9, 1e-3, 0.05, 0.5, 0.95, 0.999, 1 - 1e-9};

  public SortedGrouping {
    Require.ARGUMENT.atLeast("batchSize", batchSize, 1);
    if (batches < 1) {
      throw new IllegalArgumentException("a window needs at least 1 batch, found " + batches);
    }
    if (law.mean() == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(Moments.noMean(law, ""));
    }
  }

  /** Mean of the longest length in a batch, over the batches of a window, in the law's unit. */
  public double meanLongest() {
    AtomicLaw discrete = AtomicLaw.of(law);
    return discrete == null ? integral() : sum(discrete.values());
  }

  /**
   * What windows lose: mean of the longest length in a batch minus mean length. For lengths that
   * are uniform on an interval of length R it is (B-1) R / (2 (nB + 1)).
   */
  public double loss() {
    return meanLongest() - law.mean();
  }

  private double sum(double[] values) {
    double sum = values[0];
    for (int i = 0; i + 1 < values.length; i++) {
      sum += (values[i + 1] - values[i]) * meanSurvival(values[i]);
    }
    return sum;
  }

  private double integral() {
    double lower = law.lower();
    boolean unbounded = law.upper() == Double.POSITIVE_INFINITY;
    double[] inner =
        DoubleStream.concat(
                DoubleStream.concat(
                    Arrays.stream(QUANTILES).map(law::quantile),
                    IntStream.range(1, Math.min(batches, 64))
                        .mapToDouble(j -> law.quantile(j / (double) Math.min(batches, 64)))),
                Arrays.stream(law.breakpoints()))
            .filter(x -> x > lower && x < law.upper())
            .sorted()
            .distinct()
            .toArray();
    double last = unbounded ? Math.max(law.mean(), inner[inner.length - 1]) : law.upper();
    double[] edges =
        DoubleStream.concat(DoubleStream.of(lower, last), Arrays.stream(inner))
            .sorted()
            .distinct()
            .toArray();
    Quadrature quadrature = new Quadrature(this::meanSurvival, 1e-14 * batchSize * batches);
    double sum = lower + quadrature.over(edges, lower);
    return unbounded ? sum + quadrature.toInfinity(last, sum) : sum;
  }

  /** P(the longest of a batch exceeds x), averaged over the batches of a window. */
  private double meanSurvival(double x) {
    double longer = law.survival(x);
    double sum = 0;
    for (int j = 1; j <= batches; j++) {
      double rank = (double) j * batchSize;
      sum += Beta.regularizedBeta(longer, (double) batches * batchSize - rank + 1, rank);
    }
    return sum / batches;
  }
}
