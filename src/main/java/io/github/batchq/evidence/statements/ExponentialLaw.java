package io.github.batchq.evidence.statements;

import io.github.batchq.theory.ExponentialBins;
import java.util.Arrays;

/** Closed forms for exponential lengths of rate mu = 0.1, {@link SampleLaws#EXPONENTIAL}. */
final class ExponentialLaw {
  private static final double MU = SampleLaws.EXPONENTIAL.rate();

  private ExponentialLaw() {}

  /** The boundaries of Lemma A.1. */
  static double[] lemmaBoundaries(int bins, int batchSize) {
    return new ExponentialBins().boundaries(SampleLaws.EXPONENTIAL, bins, batchSize).inner();
  }

  /**
   * The bound (27) on E_k, which takes every batch to last to the end of its bin, but those of the
   * last bin.
   */
  static double bound(double[] inner, int batchSize) {
    double sum = 0;
    double before = 1;
    for (double end : inner) {
      double after = Math.exp(-MU * end);
      sum += (before - after) * end;
      before = after;
    }
    double last = inner.length == 0 ? 0 : inner[inner.length - 1];
    return sum + before * (last + SampleLaws.harmonic(batchSize) / MU);
  }

  /**
   * The least pivot of the tridiagonal Hessian of the bound, relative to the diagonal. It is
   * positive where the Hessian is positive definite.
   */
  static double leastPivot(double[] inner, int batchSize) {
    double least = Double.POSITIVE_INFINITY;
    double pivot = 0;
    for (int i = 0; i < inner.length; i++) {
      double density = MU * Math.exp(-MU * inner[i]);
      double gap =
          i + 1 < inner.length ? inner[i + 1] - inner[i] : SampleLaws.harmonic(batchSize) / MU;
      // The last boundary l enters as e^(-mu l) H_B / mu and linearly.
      double diagonal = i + 1 < inner.length ? density * (2 + MU * gap) : density * MU * gap;
      double beside = i == 0 ? 0 : MU * Math.exp(-MU * inner[i - 1]);
      pivot = diagonal - (i == 0 ? 0 : beside * beside / pivot);
      least = Math.min(least, pivot / diagonal);
    }
    return least;
  }

  /**
   * The mean of the longest of n lengths in a bin from 0 to {@code width}: width - (1/mu) sum over
   * m of p^m / (n+m), with p = 1 - e^(-mu width).
   */
  static double meanMaximum(int n, double width) {
    if (width == Double.POSITIVE_INFINITY) {
      return SampleLaws.harmonic(n) / MU;
    }
    double p = -Math.expm1(-MU * width);
    double power = 1;
    double sum = 0;
    for (int m = 1; power > 1e-17 * (1 - p); m++) {
      power *= p;
      sum += power / (n + m);
    }
    return width - sum / MU;
  }

  /** E_k by these closed forms. */
  static double meanBatchLength(double[] inner, int batchSize) {
    double sum = 0;
    for (int i = 0; i <= inner.length; i++) {
      double lower = i == 0 ? 0 : inner[i - 1];
      double upper = i == inner.length ? Double.POSITIVE_INFINITY : inner[i];
      double mass = Math.exp(-MU * lower) - Math.exp(-MU * upper);
      sum += mass * (lower + meanMaximum(batchSize, upper - lower));
    }
    return sum;
  }

  /** Boundaries of equal mass. */
  static double[] equalMass(int bins) {
    double[] inner = new double[bins - 1];
    Arrays.setAll(inner, i -> -Math.log1p(-(i + 1.0) / bins) / MU);
    return inner;
  }

  /**
   * The least E_k of all boundaries by dynamic programming: V_k = min over l of (1 - e^(-mu l))
   * M_B(0,l) + e^(-mu l) (l + V_{k-1}): what lies above a boundary is again exponential.
   */
  static double optimum(int bins, int batchSize) {
    double value = SampleLaws.harmonic(batchSize) / MU;
    for (int k = 2; k <= bins; k++) {
      double rest = value;
      value =
          SampleLaws.minimum(
              l ->
                  -Math.expm1(-MU * l) * meanMaximum(batchSize, l) + Math.exp(-MU * l) * (l + rest),
              1e-3,
              60);
    }
    return value;
  }
}
