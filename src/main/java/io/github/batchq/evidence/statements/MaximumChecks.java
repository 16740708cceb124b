package io.github.batchq.evidence.statements;

import static io.github.batchq.evidence.statements.SampleLaws.EXPONENTIAL;
import static io.github.batchq.evidence.statements.SampleLaws.UNIFORM;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Erlang;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Truncated;
import io.github.batchq.random.Weibull;
import io.github.batchq.theory.BatchMaximum;
import io.github.batchq.theory.LossBounds;
import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * Checks of statements about the mean maximum of a batch, for all laws, and how fast bins lower it.
 */
final class MaximumChecks {
  private MaximumChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "T9values",
            "Reference values of exponential lengths: closed forms by series, quadrature, and the"
                + " optimum of any boundaries.",
            "T9, T30",
            MaximumChecks::exponentialTable),
        new Check(
            "T30",
            "The mean maximum is a + integral of 1 - F^B, which is also the integral of Q(v) B"
                + " v^(B-1).",
            "T30",
            MaximumChecks::meanMaximum),
        new Check(
            "T30atoms",
            "Of n observations v_(1) <= ... <= v_(n) the mean maximum of B is the sum of v_(i)"
                + " [(i/n)^B - ((i-1)/n)^B] with replacement and of v_(i) C(i-1,B-1) / C(n,B) without.",
            "T30",
            MaximumChecks::empiricalMaximum),
        new Check(
            "T31",
            "c_max / c_1 grows like H_B for the exponential and like B^(1/a) Gamma(1-1/a) for the"
                + " Pareto law.",
            "T31",
            MaximumChecks::growth),
        new Check(
            "T34",
            "Equal masses lose c_B R / k of the uniform law, but of order log k / k of the exponential"
                + " and k^(-(1-1/a)) of the Pareto law.",
            "T34, T6",
            MaximumChecks::ratesOfEqualMass));
  }

  private static void exponentialTable(Findings findings) {
    for (int k : new int[] {1, 2, 3, 4, 5, 6, 7, 8}) {
      String where = ", mu=0.1, B=200, k=" + k;
      double[] lemma = ExponentialLaw.lemmaBoundaries(k, 200);
      findings.quadrature(
          "E_k at the boundaries of Lemma A.1" + where,
          ExponentialLaw.meanBatchLength(lemma, 200),
          SampleLaws.meanBatchLength(EXPONENTIAL, "exponential", k, 200));
      findings.quadrature(
          "E_k of equal masses" + where,
          ExponentialLaw.meanBatchLength(ExponentialLaw.equalMass(k), 200),
          SampleLaws.meanBatchLength(EXPONENTIAL, "equal-mass", k, 200));
      findings.atMost(
          "optimal E_k under E_k of Lemma A.1" + where,
          ExponentialLaw.meanBatchLength(lemma, 200),
          ExponentialLaw.optimum(k, 200));
    }
  }

  private static void meanMaximum(Findings findings) {
    double log10 = Math.log(10);
    List<Law> laws =
        List.of(
            UNIFORM,
            EXPONENTIAL,
            new Erlang(4, 0.4),
            new Lognormal(log10 - 0.125, 0.5),
            new Lognormal(log10 - 0.5, 1),
            new Weibull(0.7, 10 / Gamma.gamma(1 + 1 / 0.7)),
            new Truncated(new Pareto(1.5, 1), 1, 1000));
    for (Law law : laws) {
      for (int batchSize : new int[] {8, 128}) {
        findings.equal(
            FindingKind.ALGORITHM,
            "E[max], " + law + ", B=" + batchSize,
            quantileForm(law, batchSize),
            BatchMaximum.expectedMaximum(law, batchSize, 0, Double.POSITIVE_INFINITY),
            1e-9);
      }
    }
    for (Law law : laws) {
      double median = law.quantile(0.5);
      for (Truncated half :
          List.of(
              new Truncated(law, 0, median),
              new Truncated(law, median, Double.POSITIVE_INFINITY))) {
        findings.equal(
            FindingKind.ALGORITHM,
            "E[max], " + half + ", B=8",
            quantileForm(half, 8),
            BatchMaximum.expectedMaximum(law, 8, half.lower(), half.upper()),
            1e-9);
      }
    }
    findings.quadrature(
        "E[max], U(1,20), B=128",
        1 + 19 * 128 / 129.0,
        BatchMaximum.expectedMaximum(UNIFORM, 128, 0, Double.POSITIVE_INFINITY));
    findings.quadrature(
        "E[max], mu=0.1, B=128",
        10 * SampleLaws.harmonic(128),
        BatchMaximum.expectedMaximum(EXPONENTIAL, 128, 0, Double.POSITIVE_INFINITY));
    findings.quadrature(
        "E[max], mu=0.1, [5,20), B=128",
        5 + ExponentialLaw.meanMaximum(128, 15),
        BatchMaximum.expectedMaximum(EXPONENTIAL, 128, 5, 20));
  }

  /**
   * The mean maximum as an integral over the probability w of a larger one, in panels that halve
   * towards 0 and 1.
   */
  private static double quantileForm(Law law, int batchSize) {
    double sum = 0;
    for (int half = 1; half <= 100; half++) {
      double outer = Math.scalb(1.0, -half);
      sum +=
          SampleLaws.integral(
              w -> law.upperQuantile(-Math.expm1(Math.log1p(-w) / batchSize)), outer / 2, outer, 1);
      sum +=
          SampleLaws.integral(
              v -> law.upperQuantile(-Math.expm1(Math.log(v) / batchSize)), outer / 2, outer, 1);
    }
    return sum;
  }

  private static void empiricalMaximum(Findings findings) {
    Empirical lengths = SampleLaws.gsm8k();
    double n = lengths.total();
    for (int batchSize : new int[] {8, 128}) {
      double sum = 0;
      double before = 0;
      for (int i = 0; i < lengths.atoms(); i++) {
        double share = Math.pow(lengths.cumulativeCount(i) / n, batchSize);
        sum += lengths.atom(i) * (share - before);
        before = share;
      }
      findings.equal(
          FindingKind.ALGORITHM,
          "with replacement, Figure 5's lengths, B=" + batchSize,
          sum,
          BatchMaximum.expectedMaximum(lengths, batchSize, 0, Double.POSITIVE_INFINITY),
          1e-11);
    }
    double[] values = new RandomCases().increasing(10, 1, 20);
    findings.equal(
        FindingKind.ALGORITHM,
        "without replacement, 10 random values, B=3, v all 120 subsets",
        withoutReplacement(values),
        meanOverSubsets(values),
        1e-12);
  }

  /** The mean maximum of three values drawn without replacement. */
  private static double withoutReplacement(double[] values) {
    double n = values.length;
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * (i * (i - 1) / 2.0) / (n * (n - 1) * (n - 2) / 6);
    }
    return sum;
  }

  private static double meanOverSubsets(double[] values) {
    double sum = 0;
    int subsets = 0;
    for (int a = 0; a < values.length; a++) {
      for (int b = 0; b < a; b++) {
        for (int c = 0; c < b; c++) {
          sum += Math.max(values[a], Math.max(values[b], values[c]));
          subsets++;
        }
      }
    }
    return sum / subsets;
  }

  private static void growth(Findings findings) {
    for (int batchSize : new int[] {2, 32, 4096}) {
      findings.quadrature(
          "c_max / c_1, exponential, B=" + batchSize,
          SampleLaws.harmonic(batchSize),
          gain(EXPONENTIAL, batchSize));
    }
    double a = 1.5;
    for (int batchSize : new int[] {128, 4096}) {
      findings.equal(
          FindingKind.LIMIT,
          "E[max] / B^(1/a), pareto(1.5,1), B=" + batchSize,
          Gamma.gamma(1 - 1 / a),
          BatchMaximum.expectedMaximum(new Pareto(a, 1), batchSize, 0, Double.POSITIVE_INFINITY)
              / Math.pow(batchSize, 1 / a),
          0.2 / batchSize);
    }
    double[] printed = {1.52, 3.08, 5.49, 8.95, 13.73, 24.11};
    int[] sizes = {2, 8, 32, 128, 512, 4096};
    for (int i = 0; i < sizes.length; i++) {
      findings.equal(
          FindingKind.PRINTED,
          "c_max / c_1, lognormal with sigma=1, T31, B=" + sizes[i],
          printed[i],
          gain(new Lognormal(0, 1), sizes[i]),
          0.0051 / printed[i]);
    }
  }

  private static double gain(Law law, int batchSize) {
    return BatchMaximum.expectedBatchLength(law, BinBoundaries.none(), batchSize) / law.mean();
  }

  private static void ratesOfEqualMass(Findings findings) {
    int k = 512;
    findings.quadrature(
        "loss_k, U(1,20), B=8, k=" + k,
        LossBounds.uniformLoss(8) * SampleLaws.RANGE / k,
        SampleLaws.loss(UNIFORM, "equal-mass", k, 8));
    findings.equal(
        FindingKind.LIMIT,
        "2k loss_2k - k loss_k, mu=0.1, B=8, k=" + k,
        LossBounds.uniformLoss(8) * Math.log(2) / EXPONENTIAL.rate(),
        2 * k * SampleLaws.loss(EXPONENTIAL, "equal-mass", 2 * k, 8)
            - k * SampleLaws.loss(EXPONENTIAL, "equal-mass", k, 8),
        1e-2);
    Pareto pareto = new Pareto(1.5, 1);
    findings.equal(
        FindingKind.LIMIT,
        "log2 (loss_k / loss_2k), pareto(1.5,1), B=8, k=" + k,
        1 - 1 / 1.5,
        Math.log(
                SampleLaws.loss(pareto, "equal-mass", k, 8)
                    / SampleLaws.loss(pareto, "equal-mass", 2 * k, 8))
            / Math.log(2),
        1e-2);
  }
}
