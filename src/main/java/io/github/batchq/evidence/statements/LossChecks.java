package io.github.batchq.evidence.statements;

import static io.github.batchq.evidence.statements.SampleLaws.EXPONENTIAL;
import static io.github.batchq.evidence.statements.SampleLaws.UNIFORM;

import io.github.batchq.evidence.statements.RandomCases.StepDensity;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Pareto;
import io.github.batchq.theory.BatchMaximum;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.DensityConstant;
import io.github.batchq.theory.EnoughBins;
import io.github.batchq.theory.ExponentialBins;
import io.github.batchq.theory.LossBounds;
import io.github.batchq.theory.PredictionErrors;
import io.github.batchq.theory.TheoryResult;
import java.util.Arrays;
import java.util.List;

/**
 * Checks of statements about the loss E_k - E[X] of bins: its identity, its bounds and its limits
 * for many bins.
 */
final class LossChecks {
  private LossChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "T1",
            "With equal masses loss_k = (1/k) integral of psi({k u}) dQ(u), psi(v) = v - v^B.",
            "T1",
            LossChecks::lossIdentity),
        new Check(
            "T2",
            "On an interval of length R the loss of bins of masses p_i and widths w_i is at most"
                + " alpha_B sum of p_i w_i, so k equal widths or equal masses lose at most alpha_B R"
                + " / k; alpha_B is attained for every k.",
            "T2, distribution-free Thm 4.2 and 4.3",
            LossChecks::distributionFree),
        new Check(
            "T3",
            "Where f_min <= f <= f_max, no k bins lose less than c_B / (k f_max), and equal masses"
                + " lose no more than c_B / (k f_min).",
            "T3",
            LossChecks::twoSided),
        new Check(
            "T4",
            "For the uniform law no assignment to k classes, random or not, beats k equal intervals.",
            "T4, stronger than Lemma 4.1",
            LossChecks::uniformLaw),
        new Check(
            "T5",
            "k loss_k goes to c_B R for bins of equal mass and of equal width, whatever the density.",
            "T5",
            LossChecks::equalMassLimit),
        new Check(
            "T6",
            "Boundaries at equal increments of the integral of sqrt(f) have k loss_k going to c_B S, S"
                + " = (integral of sqrt(f))^2, which is at most R.",
            "T6",
            LossChecks::squareRootLimit),
        new Check(
            "T9",
            "For the exponential law the optimum obeys V_k = min of (1 - e^(-mu l)) M_B(0,l) + e^(-mu"
                + " l) (l + V_{k-1}), and L_k - 1 <= 1 / (1/(H_B-1) + 3 (k-1)/(5+H_B)).",
            "T9",
            LossChecks::exponentialLaw),
        new Check(
            "T10",
            "On [l, r l] no bins gain more than max over q of (1+(r-1)(1-q^B)) / (1+(r-1)(1-q)), which"
                + " two atoms attain with two bins.",
            "T10",
            LossChecks::gainCeiling));
  }

  private static void lossIdentity(Findings findings) {
    for (Law law : SampleLaws.bounded()) {
      for (int k : new int[] {1, 4}) {
        int batchSize = 8;
        double[] inner = BoundaryRules.named("equal-mass").boundaries(law, k, batchSize).inner();
        double sum = 0;
        for (int i = 0; i < k; i++) {
          int bin = i;
          sum +=
              SampleLaws.integral(
                  x -> {
                    double v = k * law.cdf(x) - bin;
                    return v - Math.pow(v, batchSize);
                  },
                  i == 0 ? law.lower() : inner[i - 1],
                  i == k - 1 ? law.upper() : inner[i],
                  400);
        }
        findings.equal(
            FindingKind.ALGORITHM,
            "loss, " + law + ", B=8, k=" + k,
            sum / k,
            SampleLaws.loss(law, "equal-mass", k, batchSize),
            1e-8);
      }
    }
  }

  private static void distributionFree(Findings findings) {
    for (int batchSize : new int[] {2, 8, 128}) {
      double n = batchSize;
      findings.equal(
          FindingKind.ALGORITHM,
          "alpha_B v the largest v - v^B, B=" + batchSize,
          EnoughBins.alpha(batchSize),
          -SampleLaws.minimum(v -> Math.pow(v, n) - v, 0, 1),
          1e-12);
    }
    RandomCases random = new RandomCases();
    double weighted = 0;
    double equalWidth = 0;
    double equalMass = 0;
    for (int i = 0; i < 10_000; i++) {
      int batchSize = random.oneOf(2, 3, 8, 30, 128);
      double alpha = EnoughBins.alpha(batchSize);
      Empirical atoms = random.atoms(random.integer(2, 10), 0, 1);
      double range = atoms.upper() - atoms.lower();
      int k = random.integer(1, 6);
      BinBoundaries bins = random.bins(k, atoms.lower(), atoms.upper());
      double[] masses = BatchMaximum.binProbabilities(atoms, bins);
      double bound = 0;
      for (int bin = 0; bin < k; bin++) {
        double lower = Math.max(bins.lower(bin), atoms.lower());
        double upper = Math.min(bins.upper(bin), atoms.upper());
        bound += alpha * masses[bin] * (upper - lower);
      }
      double loss = BatchMaximum.expectedBatchLength(atoms, bins, batchSize) - atoms.mean();
      weighted = Math.max(weighted, (loss - bound) / range);
      equalWidth =
          Math.max(
              equalWidth,
              SampleLaws.loss(atoms, "equal-width", k, batchSize) * k / (alpha * range));
    }
    for (int i = 0; i < 500; i++) {
      int batchSize = random.oneOf(2, 8, 128);
      int k = random.integer(1, 6);
      Law law = random.stepDensity(random.integer(2, 6), 0, 1).law();
      equalMass =
          Math.max(
              equalMass,
              SampleLaws.loss(law, "equal-mass", k, batchSize) * k / EnoughBins.alpha(batchSize));
    }
    findings.atMost(
        "largest (loss - alpha_B sum of p_i w_i) / R, 10000 random discrete laws and bins",
        0,
        weighted);
    findings.atMost(
        "largest loss k / (alpha_B R), equal widths, 10000 random discrete laws", 1, equalWidth);
    findings.atMost(
        "largest loss k / (alpha_B R), equal masses, 500 random densities", 1, equalMass);
    for (int k : new int[] {1, 4}) {
      findings.equal(
          FindingKind.ALGORITHM,
          "loss k / (alpha_B R) of the extreme law, B=8, k=" + k,
          1,
          extremeLoss(k, 8) * k / EnoughBins.alpha(8),
          1e-7);
    }
  }

  /**
   * The loss of bins of equal mass for atoms of mass q/k at 0, 1/k at 1/k, 2/k, ... and (1-q)/k at
   * 1, q = B^(-1/(B-1)). A boundary cuts every inner atom: its lower part is moved down by almost
   * nothing.
   */
  private static double extremeLoss(int k, int batchSize) {
    long scale = 1L << 40;
    long low = Math.round(scale * Math.pow(batchSize, -1.0 / (batchSize - 1)));
    double[] values = new double[2 * k];
    long[] counts = new long[2 * k];
    for (int i = 0; i < k; i++) {
      values[2 * i] = (double) i / k;
      counts[2 * i] = low;
      values[2 * i + 1] = (i + 1.0) / k - (i + 1 < k ? 1e-10 : 0);
      counts[2 * i + 1] = scale - low;
    }
    return SampleLaws.loss(Empirical.of(values, counts), "equal-mass", k, batchSize);
  }

  private static void twoSided(Findings findings) {
    RandomCases random = new RandomCases();
    double upper = 0;
    double lower = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 500; i++) {
      StepDensity density = random.stepDensity(random.integer(2, 6), 1, 20);
      Law law = density.law();
      int batchSize = random.oneOf(2, 8, 128);
      int k = random.integer(1, 6);
      double loss = LossBounds.uniformLoss(batchSize) / k;
      upper =
          Math.max(
              upper, SampleLaws.loss(law, "equal-mass", k, batchSize) * density.least() / loss);
      double any =
          BatchMaximum.expectedBatchLength(law, random.bins(k, 1, 20), batchSize) - law.mean();
      lower = Math.min(lower, any * density.most() / loss);
    }
    findings.atMost("largest loss k f_min / c_B, equal masses, 500 random densities", 1, upper);
    findings.atMost(
        "1 under the least loss k f_max / c_B, random bins, 500 random densities", lower, 1);
  }

  private static void uniformLaw(Findings findings) {
    RandomCases random = new RandomCases();
    for (int k : new int[] {2, 3}) {
      double least = Double.POSITIVE_INFINITY;
      int cells = 6;
      BinBoundaries fine = BoundaryRules.named("equal-width").boundaries(UNIFORM, cells, 8);
      for (int i = 0; i < 1000; i++) {
        ConfusionMatrix assignment = random.confusion(cells, k);
        least = Math.min(least, PredictionErrors.expectedBatchLength(UNIFORM, fine, assignment, 8));
      }
      findings.atMost(
          "E_k of equal intervals under the least of 1000 random assignments of 6 cells, B=8, k="
              + k,
          least,
          SampleLaws.meanBatchLength(UNIFORM, "equal-mass", k, 8));
    }
  }

  private static void equalMassLimit(Findings findings) {
    int k = 512;
    for (Law law : SampleLaws.bounded()) {
      for (String rule : List.of("equal-mass", "equal-width")) {
        double limit = LossBounds.uniformLoss(8) * (law.upper() - law.lower());
        findings.equal(
            FindingKind.LIMIT,
            "k loss_k, " + law + ", " + rule + ", B=8, k=" + k,
            limit,
            k * SampleLaws.loss(law, rule, k, 8),
            0.015);
      }
    }
  }

  private static void squareRootLimit(Findings findings) {
    for (int k : new int[] {32, 256}) {
      double[] exponential = new double[k - 1];
      Arrays.setAll(exponential, i -> -2 * Math.log1p(-(i + 1.0) / k) / EXPONENTIAL.rate());
      findings.equal(
          FindingKind.LIMIT,
          "k loss_k, mu=0.1, S = 4/mu, B=8, k=" + k,
          LossBounds.uniformLoss(8) * 4 / EXPONENTIAL.rate(),
          k * loss(EXPONENTIAL, exponential, 8),
          2.0 / k);
      Pareto pareto = new Pareto(3, 1);
      double[] power = new double[k - 1];
      Arrays.setAll(power, i -> Math.pow(1 - (i + 1.0) / k, -1));
      findings.equal(
          FindingKind.LIMIT,
          "k loss_k, pareto(3,1), S = 4 a x_m / (a-1)^2, B=8, k=" + k,
          LossBounds.uniformLoss(8) * 3,
          k * loss(pareto, power, 8),
          3.0 / k);
    }
    Lognormal lognormal = new Lognormal(2, 1);
    for (String rule : new String[] {"sqrt-density", "optimal"}) {
      findings.equal(
          FindingKind.LIMIT,
          "k loss_k, lognormal(2,1), " + rule + ", S = 2 sqrt(2 pi) sigma m, B=8, k=100",
          LossBounds.uniformLoss(8) * DensityConstant.of(lognormal).value(),
          100 * SampleLaws.loss(lognormal, rule, 100, 8),
          0.03);
    }
    for (Law law : SampleLaws.bounded()) {
      double root =
          SampleLaws.integral(x -> Math.sqrt(law.density(x)), law.lower(), law.upper(), 2000);
      findings.atMost("S under R, " + law, law.upper() - law.lower(), root * root);
    }
  }

  private static double loss(Law law, double[] inner, int batchSize) {
    return BatchMaximum.expectedBatchLength(law, BinBoundaries.of(inner), batchSize) - law.mean();
  }

  private static void exponentialLaw(Findings findings) {
    // E_k at the exact optimum, found to 40 digits by the first-order conditions.
    double[] optimum = {
      58.780309481214,
      27.511619259478,
      20.064552840258,
      16.938422405239,
      15.255751773376,
      14.214636055014,
      13.510602174736,
      13.004319408891
    };
    for (int k = 1; k <= optimum.length; k++) {
      findings.equal(
          FindingKind.PRINTED,
          "optimal E_k of T9 v the recursion, mu=0.1, B=200, k=" + k,
          optimum[k - 1],
          ExponentialLaw.optimum(k, 200),
          1e-11);
      findings.equal(
          FindingKind.ALGORITHM,
          "boundaries: optimal v the recursion, mu=0.1, B=200, k=" + k,
          ExponentialLaw.optimum(k, 200),
          SampleLaws.meanBatchLength(EXPONENTIAL, "optimal", k, 200),
          1e-10);
    }
    double largest = 0;
    long tooFew = 0;
    for (int batchSize : new int[] {2, 8, 128, 2048}) {
      double harmonic = SampleLaws.harmonic(batchSize);
      for (int k = 1; k <= 300; k++) {
        double bound = 1 / (1 / (harmonic - 1) + 3 * (k - 1) / (5 + harmonic));
        largest = Math.max(largest, (ExponentialBins.recursion(k, batchSize) - 1) / bound);
      }
      double most = batchSize * EXPONENTIAL.rate();
      for (double share : new double[] {0.5, 0.2, 0.1, 0.05}) {
        double epsilon = share * most;
        TheoryResult enough =
            ExponentialBins.sufficientBins(EXPONENTIAL, batchSize, epsilon, BatchTime.LONGEST, 1);
        double capacity =
            ExponentialBins.capacity(
                    EXPONENTIAL, (int) enough.value(), batchSize, BatchTime.LONGEST, 1)
                .value();
        tooFew += capacity >= most - epsilon ? 0 : 1;
      }
    }
    findings.atMost("largest (L_k - 1) / its bound, B=2, 8, 128, 2048, k=1..300", 1, largest);
    findings.search(
        "settings where the bins of the bound on L_k do not suffice for c_max - epsilon, of 16",
        tooFew);
    findings.equal(
        FindingKind.LIMIT,
        "k (L_k - 1), B=200, k=100000",
        2,
        100_000 * (ExponentialBins.recursion(100_000, 200) - 1),
        1e-3);
  }

  private static void gainCeiling(Findings findings) {
    double[][] printed = {
      {2, 1.5275, 1.9229}, {5, 2.4446, 4.4047}, {20, 4.0834, 13.5212}, {100, 5.7754, 36.5115}
    };
    RandomCases random = new RandomCases();
    for (double[] row : printed) {
      double r = row[0];
      for (int column = 1; column <= 2; column++) {
        int batchSize = column == 1 ? 8 : 128;
        double ceiling = LossBounds.gainCeiling(r, batchSize).value();
        String where = ", r=" + (int) r + ", B=" + batchSize;
        findings.equal(FindingKind.PRINTED, "ceiling" + where, row[column], ceiling, 5e-5);
        findings.equal(
            FindingKind.ALGORITHM,
            "gain of two bins, best of two atoms" + where,
            ceiling,
            -SampleLaws.minimum(q -> -twoAtomGain(r, batchSize, q), 1e-6, 1 - 1e-6),
            1e-9);
        double largest = 0;
        for (int i = 0; i < 200; i++) {
          Law law = random.atoms(random.integer(1, 8), 1, r);
          largest =
              Math.max(
                  largest,
                  BatchMaximum.expectedBatchLength(law, BinBoundaries.none(), batchSize)
                      / law.mean());
        }
        findings.atMost("largest c_max / c_1 of 200 random laws" + where, ceiling, largest);
      }
    }
  }

  /**
   * The gain c_2 / c_1 of two bins over one for a law with mass q at 1 and the rest at r, by the
   * theory of empirical laws.
   */
  private static double twoAtomGain(double r, int batchSize, double q) {
    long scale = 1L << 40;
    long low = Math.round(q * scale);
    Empirical law = Empirical.of(new double[] {1, r}, new long[] {low, scale - low});
    BinBoundaries two = BinBoundaries.of((1 + r) / 2);
    return BatchMaximum.expectedBatchLength(law, BinBoundaries.none(), batchSize)
        / BatchMaximum.expectedBatchLength(law, two, batchSize);
  }
}
