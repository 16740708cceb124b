package io.github.batchq.evidence.statements;

import static io.github.batchq.evidence.statements.SampleLaws.RANGE;
import static io.github.batchq.evidence.statements.SampleLaws.UNIFORM;

import io.github.batchq.file.data.ConfusionFile;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.random.Law;
import io.github.batchq.report.PaperFigures;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.PredictionErrors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Checks of statements about the cost of predicting wrong bins. */
final class ErrorChecks {
  private static final int[] BINS = {2, 4, 8};

  private ErrorChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "T29",
            "With predicted bins of masses q_j and laws F~_j, E[service] = sum of q_j times the"
                + " integral of 1 - F~_j^B.",
            "T29, eq. (2) of the paper over predicted bins",
            ErrorChecks::predictedBins),
        new Check(
            "Fig8",
            "The 33 points of Figure 8 and its line without bins are the values of this formula.",
            "paper, Figure 8",
            ErrorChecks::figure8),
        new Check(
            "Fig10",
            "With the measured confusion matrices the uniform law gains 9.5, 16.9 and 21.0 % for B=8"
                + " and 2, 4 and 8 bins.",
            "paper, Figure 10",
            ErrorChecks::measuredMatrices),
        new Check(
            "T7errors",
            "E[service] is concave in the error rate and in the confusion matrix, so the first errors"
                + " cost most.",
            "T7",
            ErrorChecks::concavity),
        new Check(
            "T13a",
            "A predictor that is off by at most s bins has E[service] <= m + (s+1) R / k where"
                + " predicted bins have equal masses, and <= m + (2s+1) R / k in any case.",
            "T13 (a)",
            ErrorChecks::bandedErrors),
        new Check(
            "T13b",
            "At p_e = theta / B errors cost ((k-1)/k) (R/k) (1 - (1 - e^(-theta)) / theta) as B grows.",
            "T13 (b)",
            ErrorChecks::criticalRate));
  }

  private static void predictedBins(Findings findings) {
    for (int batchSize : new int[] {8, 128}) {
      for (int k : BINS) {
        for (double rate : new double[] {0.05, 0.1, 0.5}) {
          ConfusionMatrix errors = ConfusionMatrix.symmetric(k, rate);
          findings.quadrature(
              "E[service], U(1,20), B=" + batchSize + ", k=" + k + ", p_e=" + rate,
              closedForm(errors, batchSize),
              quadrature(errors, batchSize));
        }
      }
    }
    for (int k : BINS) {
      BatchSystem system =
          BatchSystem.of(UNIFORM, equalMass(k), 128).withErrors(ConfusionMatrix.symmetric(k, 0.1));
      findings.simulation(
          "E[service], U(1,20), B=128, k=" + k + ", p_e=0.1",
          system.meanBatchSeconds(),
          MultiBinScenario.infiniteServers(system, 8)
              .run(10, 1_000_000, 2000)
              .of(Metric.SERVICE_MEAN::of));
    }
  }

  private static BinBoundaries equalMass(int k) {
    return BoundaryRules.named("equal-mass").boundaries(UNIFORM, k, 8);
  }

  private static double quadrature(ConfusionMatrix errors, int batchSize) {
    return PredictionErrors.expectedBatchLength(
        UNIFORM, equalMass(errors.bins()), errors, batchSize);
  }

  /**
   * E[service] for the uniform law in equal bins of width w: the integral of F~_j^B over one bin is
   * w (c^(B+1) - b^(B+1)) / ((B+1) (c - b)), where F~_j rises from b to c.
   */
  private static double closedForm(ConfusionMatrix errors, int batchSize) {
    int k = errors.bins();
    double width = RANGE / k;
    double sum = 0;
    for (int j = 0; j < k; j++) {
      double mass = 0;
      for (int i = 0; i < k; i++) {
        mass += errors.probability(i, j) / k;
      }
      double below = 0;
      double integral = 0;
      for (int i = 0; i < k; i++) {
        double above = below + errors.probability(i, j) / k / mass;
        integral +=
            above == below
                ? width * Math.pow(below, batchSize)
                : width
                    * (Math.pow(above, batchSize + 1) - Math.pow(below, batchSize + 1))
                    / ((batchSize + 1) * (above - below));
        below = above;
      }
      sum += mass * (UNIFORM.max() - integral);
    }
    return sum;
  }

  private static void figure8(Findings findings) {
    PaperFigures figures = new PaperFigures();
    for (int k : BINS) {
      for (int i = 0; i <= 10; i++) {
        double rate = i / 20.0;
        findings.equal(
            FindingKind.PRINTED,
            "throughput, k=" + k + ", p_e=" + rate,
            plotted(figures, k, rate),
            128 / quadrature(ConfusionMatrix.symmetric(k, rate), 128),
            6e-7);
      }
    }
    findings.equal(
        FindingKind.PRINTED,
        "throughput without bins",
        figures.value("fig8", "noBinning"),
        128 / quadrature(ConfusionMatrix.identity(1), 128),
        6e-7);
  }

  /** The throughput that Figure 8 plots. */
  static double plotted(PaperFigures figures, int k, double rate) {
    return figures.at("fig8" + (k == 2 ? 'a' : k == 4 ? 'b' : 'c'), "k=" + k, rate);
  }

  private static void measuredMatrices(Findings findings) {
    double[][] printed = {{1.095090, 1.169142, 1.209605}, {1.0092, 1.0606, 1.0791}};
    for (int batchSize : new int[] {8, 128}) {
      double none = quadrature(ConfusionMatrix.identity(1), batchSize);
      for (int i = 0; i < BINS.length; i++) {
        ConfusionMatrix errors =
            ConfusionFile.read(
                DataFile.of("resource:confusion-lmsys-k" + BINS[i] + ".csv", Path.of("")));
        String where = ", B=" + batchSize + ", k=" + BINS[i];
        double found = quadrature(errors, batchSize);
        findings.quadrature("E[service]" + where, closedForm(errors, batchSize), found);
        findings.equal(
            FindingKind.PRINTED,
            "gain, T29" + where,
            printed[batchSize == 8 ? 0 : 1][i],
            none / found,
            batchSize == 8 ? 6e-7 : 6e-5);
      }
    }
  }

  private static void concavity(Findings findings) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k : BINS) {
      double[] values = new double[51];
      Arrays.setAll(values, i -> quadrature(ConfusionMatrix.symmetric(k, i / 100.0), 128));
      for (int i = 1; i < 50; i++) {
        largest = Math.max(largest, (values[i + 1] - 2 * values[i] + values[i - 1]) / values[i]);
      }
    }
    findings.atMost(
        "largest relative second difference in p_e, U(1,20), B=128, k=2, 4, 8", 0, largest);
    RandomCases random = new RandomCases();
    double mixed = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 300; i++) {
      int k = random.integer(2, 6);
      int batchSize = random.oneOf(2, 8, 128);
      ConfusionMatrix first = random.confusion(k, k);
      ConfusionMatrix second = random.confusion(k, k);
      double mean = (quadrature(first, batchSize) + quadrature(second, batchSize)) / 2;
      mixed = Math.max(mixed, mean / quadrature(middle(first, second), batchSize));
    }
    findings.atMost(
        "largest mean of E[service] of two matrices / E[service] of their mean, 300 random pairs",
        1,
        mixed);
  }

  private static ConfusionMatrix middle(ConfusionMatrix first, ConfusionMatrix second) {
    int k = first.bins();
    double[][] rows = new double[k][k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        rows[i][j] = (first.probability(i, j) + second.probability(i, j)) / 2;
      }
    }
    return ConfusionMatrix.of(rows);
  }

  private static void bandedErrors(Findings findings) {
    RandomCases random = new RandomCases();
    double equal = 0;
    double any = 0;
    for (int i = 0; i < 300; i++) {
      Law law = random.stepDensity(random.integer(1, 4), 1, 20).law();
      int k = random.integer(2, 8);
      int batchSize = random.oneOf(2, 8, 128, 1000);
      BinBoundaries bins = BoundaryRules.named("equal-mass").boundaries(law, k, batchSize);
      // Symmetric errors leave every predicted bin the mass 1/k.
      ConfusionMatrix symmetric = ConfusionMatrix.symmetric(k, random.number(0, 0.5));
      equal = Math.max(equal, excess(law, bins, symmetric, batchSize) / (2 * RANGE / k));
      int reach = random.integer(0, 2);
      any =
          Math.max(
              any,
              excess(law, bins, random.banded(k, reach), batchSize)
                  / ((2 * reach + 1) * RANGE / k));
    }
    findings.atMost(
        "largest loss / ((s+1) R / k), symmetric errors, s=1, 300 random densities", 1, equal);
    findings.atMost(
        "largest loss / ((2s+1) R / k), random matrices, s=0, 1, 2, 300 random densities", 1, any);
  }

  private static double excess(Law law, BinBoundaries bins, ConfusionMatrix errors, int batchSize) {
    return PredictionErrors.expectedBatchLength(law, bins, errors, batchSize) - law.mean();
  }

  private static void criticalRate(Findings findings) {
    for (double theta : new double[] {0.5, 1, 4}) {
      int k = 4;
      double limit = (k - 1.0) / k * RANGE / k * (1 + Math.expm1(-theta) / theta);
      for (int batchSize : new int[] {128, 8192}) {
        findings.equal(
            FindingKind.LIMIT,
            "E[service] - E_k, U(1,20), k=4, theta=" + theta + ", B=" + batchSize,
            limit,
            quadrature(ConfusionMatrix.symmetric(k, theta / batchSize), batchSize)
                - quadrature(ConfusionMatrix.identity(k), batchSize),
            3.0 / batchSize);
      }
    }
    findings.equal(
        FindingKind.PRINTED,
        "E[service] - E_k of T13, theta=1, B=128",
        1.3302,
        quadrature(ConfusionMatrix.symmetric(4, 1.0 / 128), 128)
            - quadrature(ConfusionMatrix.identity(4), 128),
        5e-5);
  }
}
