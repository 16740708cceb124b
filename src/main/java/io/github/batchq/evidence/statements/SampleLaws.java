package io.github.batchq.evidence.statements;

import io.github.batchq.file.LawCall;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Truncated;
import io.github.batchq.random.Uniform;
import io.github.batchq.random.Weibull;
import io.github.batchq.theory.BatchMaximum;
import io.github.batchq.theory.BoundaryRules;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** The laws on which checks evaluate statements, and functions that many checks need. */
public final class SampleLaws {
  /** The lengths of the paper's Figures 3, 4 and 8. */
  static final Uniform UNIFORM = new Uniform(1, 20);

  /** The width R of the support of {@link #UNIFORM}. */
  static final double RANGE = 19;

  /** The lengths of the paper's Figure 9. */
  static final Exponential EXPONENTIAL = new Exponential(0.1);

  private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(20);

  private SampleLaws() {}

  /** Laws on a bounded support with a density that is not constant. */
  static List<Law> bounded() {
    return List.of(
        new Truncated(EXPONENTIAL, 0, 40),
        new Truncated(new Lognormal(2, 0.8), 1, 60),
        new Truncated(new Weibull(0.7, 8), 1, 50),
        new Truncated(new Pareto(1.5, 1), 1, 10));
  }

  /** The generated tokens of Phi-3.5-mini on GSM8K, Figure 5 of the paper. */
  static Empirical gsm8k() {
    return (Empirical)
        LawCall.law("empirical(resource:phi35-gsm8k-lengths.csv,tokens,count)", Path.of(""));
  }

  /** The name of a law in a finding. */
  static String name(Law law) {
    return law.observations() != null ? "Figure 5's lengths" : law.toString();
  }

  /** The harmonic number H_B = 1 + 1/2 + ... + 1/B. */
  static double harmonic(int batchSize) {
    double sum = 0;
    for (int j = batchSize; j >= 1; j--) {
      sum += 1.0 / j;
    }
    return sum;
  }

  /** The loss E_k - E[X] with the bins of a named rule. */
  static double loss(Law law, String rule, int bins, int batchSize) {
    return meanBatchLength(law, rule, bins, batchSize) - law.mean();
  }

  /** The mean batch length E_k with the bins of a named rule, by quadrature. */
  public static double meanBatchLength(Law law, String rule, int bins, int batchSize) {
    return BatchMaximum.expectedBatchLength(
        law, BoundaryRules.named(rule).boundaries(law, bins, batchSize), batchSize);
  }

  /** An integral by Gauss-Legendre quadrature over panels of equal width. */
  static double integral(DoubleUnaryOperator integrand, double from, double to, int panels) {
    double half = (to - from) / (2 * panels);
    double sum = 0;
    for (int panel = 0; panel < panels; panel++) {
      double middle = from + (2 * panel + 1) * half;
      for (int i = 0; i < RULE.getNumberOfPoints(); i++) {
        sum += RULE.getWeight(i) * integrand.applyAsDouble(middle + half * RULE.getPoint(i));
      }
    }
    return half * sum;
  }

  /** The least value of a function with one minimum in an interval, by golden-section search. */
  static double minimum(DoubleUnaryOperator function, double from, double to) {
    double ratio = (Math.sqrt(5) - 1) / 2;
    double low = from;
    double high = to;
    for (int i = 0; i < 100; i++) {
      double left = high - ratio * (high - low);
      double right = low + ratio * (high - low);
      if (function.applyAsDouble(left) <= function.applyAsDouble(right)) {
        high = right;
      } else {
        low = left;
      }
    }
    return function.applyAsDouble((low + high) / 2);
  }
}
