package io.github.batchq.evidence.statements;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Empirical;
import io.github.batchq.theory.BatchMaximum;
import io.github.batchq.theory.OptimalBoundaries;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Checks of statements about dividing requests into classes: which divisions are good, and how the
 * best intervals are found.
 */
final class AssignmentChecks {
  /**
   * Costs that differ by less than this are equal: rounding decides which of them looks smaller.
   */
  private static final double ROUNDING = 1e-12;

  private AssignmentChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "T7",
            "Mass times mean maximum is concave in the measure: mixing two classes costs at least as"
                + " much as keeping them apart, and a further boundary never raises E_k.",
            "T7",
            AssignmentChecks::concavity),
        new Check(
            "T8a",
            "Among assignments with equal class masses, intervals are optimal for every law.",
            "T8 (a)",
            AssignmentChecks::equalMasses),
        new Check(
            "T8b",
            "Two classes that interleave as L(1) M(2) U(1) are no better than both L | M+U and L+M |"
                + " U.",
            "T8 (b)",
            AssignmentChecks::interleaving),
        new Check(
            "T8c",
            "Some optimal assignment to k classes is by intervals; with given unequal masses this is"
                + " false.",
            "T8 (c)",
            AssignmentChecks::intervals),
        new Check(
            "T12",
            "Interval costs obey the concave quadrangle inequality, so divide and conquer finds the"
                + " optimum, and the optimal E_k is convex in k.",
            "T12",
            AssignmentChecks::quadrangleInequality),
        new Check(
            "T32",
            "On real lengths equal masses lose several times what the optimum loses.",
            "T32, exact dynamic programming on the lengths of Figure 5 of the paper",
            AssignmentChecks::realLengths));
  }

  private static void concavity(Findings findings) {
    RandomCases random = new RandomCases();
    double mixing = Double.NEGATIVE_INFINITY;
    double splitting = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 20_000; i++) {
      int size = random.integer(2, 10);
      int batchSize = random.oneOf(2, 3, 8, 30, 128);
      double[] values = random.increasing(size, 0, 1);
      double[] first = random.weights(size);
      double[] second = random.weights(size);
      double share = random.number(0, 1);
      double[] mixture = new double[size];
      Arrays.setAll(mixture, j -> share * first[j] + (1 - share) * second[j]);
      double apart =
          share * AtomBins.cost(values, first, batchSize)
              + (1 - share) * AtomBins.cost(values, second, batchSize);
      mixing = Math.max(mixing, apart / AtomBins.cost(values, mixture, batchSize));
      Empirical law = random.atoms(size, 0, 1);
      double[] inner = random.increasing(random.integer(1, 4), 0, 1);
      double[] fewer = Arrays.copyOf(inner, inner.length - 1);
      splitting =
          Math.max(
              splitting,
              BatchMaximum.expectedBatchLength(law, BinBoundaries.of(inner), batchSize)
                  / BatchMaximum.expectedBatchLength(law, BinBoundaries.of(fewer), batchSize));
    }
    findings.atMost(
        "largest cost apart / cost mixed, 20000 random pairs of discrete laws", 1, mixing);
    findings.atMost(
        "largest E_k with one more boundary / E_k without, 20000 random laws", 1, splitting);
  }

  private static void equalMasses(Findings findings) {
    RandomCases random = new RandomCases();
    int size = 12;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 20_000; i++) {
      double[] values = random.increasing(size, 0, 1);
      int batchSize = random.oneOf(2, 3, 8, 30);
      int k = random.oneOf(2, 3, 4);
      double[][] classes = new double[k][size];
      double intervals = 0;
      // A mean of random divisions into classes of equal size is a random assignment.
      int divisions = random.integer(1, 3);
      for (int d = 0; d < divisions; d++) {
        int[] order = permutation(random, size);
        for (int j = 0; j < size; j++) {
          classes[j * k / size][order[j]] += 1.0 / size / divisions;
        }
      }
      double[][] parts = new double[k][size];
      for (int j = 0; j < size; j++) {
        parts[j * k / size][j] = 1.0 / size;
      }
      double cost = 0;
      for (int c = 0; c < k; c++) {
        cost += AtomBins.cost(values, classes[c], batchSize);
        intervals += AtomBins.cost(values, parts[c], batchSize);
      }
      largest = Math.max(largest, intervals / cost);
    }
    findings.atMost(
        "largest E_k of intervals / E_k of an assignment, 20000 random ones of 12 values",
        1,
        largest);
  }

  private static int[] permutation(RandomCases random, int size) {
    int[] order = new int[size];
    for (int j = 0; j < size; j++) {
      int place = random.integer(0, j);
      order[j] = order[place];
      order[place] = j;
    }
    return order;
  }

  private static void interleaving(Findings findings) {
    RandomCases random = new RandomCases();
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 50_000; i++) {
      int size = random.integer(3, 12);
      int batchSize = random.oneOf(2, 3, 8, 30);
      double[] values = random.increasing(size, 0, 1);
      double[] masses = random.weights(size);
      int lower = random.integer(1, size - 2);
      int upper = random.integer(lower + 1, size - 1);
      double[] outer = masses.clone();
      Arrays.fill(outer, lower, upper, 0);
      double[] middle = new double[size];
      System.arraycopy(masses, lower, middle, lower, upper - lower);
      AtomBins intervals = AtomBins.of(values, masses, batchSize);
      double best =
          Math.min(
              intervals.cost(0, lower) + intervals.cost(lower, size),
              intervals.cost(0, upper) + intervals.cost(upper, size));
      double interleaved =
          AtomBins.cost(values, outer, batchSize) + AtomBins.cost(values, middle, batchSize);
      largest = Math.max(largest, best / interleaved);
    }
    findings.atMost(
        "largest E of the better interval split / E interleaved, 50000 random laws", 1, largest);
  }

  private static void intervals(Findings findings) {
    RandomCases random = new RandomCases();
    long violations = 0;
    int laws = 20_000;
    for (int i = 0; i < laws; i++) {
      int size = random.integer(3, 6);
      int k = random.integer(2, 3);
      int batchSize = random.oneOf(2, 3, 4, 8, 30);
      double[] values = random.increasing(size, 0, 1);
      double[] masses = random.weights(size);
      double intervals = AtomBins.of(values, masses, batchSize).optimum(k);
      double any = bestAssignment(values, masses, k, batchSize);
      violations += any < intervals * (1 - ROUNDING) ? 1 : 0;
    }
    findings.search(
        "random laws of 3 to 6 atoms with a better assignment to 2 or 3 classes, of " + laws,
        violations);
    double[] values = {0, 1, 2};
    double apart =
        AtomBins.cost(values, new double[] {0.05, 0, 0.05}, 2)
            + AtomBins.cost(values, new double[] {0, 0.9, 0}, 2);
    double lowFirst =
        AtomBins.cost(values, new double[] {0.05, 0.05, 0}, 2)
            + AtomBins.cost(values, new double[] {0, 0.85, 0.05}, 2);
    double highFirst =
        AtomBins.cost(values, new double[] {0.05, 0.85, 0}, 2)
            + AtomBins.cost(values, new double[] {0, 0.05, 0.05}, 2);
    findings.atMost(
        "masses 0.05, 0.9, 0.05 at 0, 1, 2, B=2, class masses 0.1, 0.9: E of {0,2} | {1} under the best"
            + " intervals",
        Math.min(lowFirst, highFirst), apart);
  }

  /** The least mean batch length of all maps of atoms to k classes. */
  private static double bestAssignment(double[] values, double[] masses, int k, int batchSize) {
    double best = Double.POSITIVE_INFINITY;
    double[][] classes = new double[k][values.length];
    int maps = (int) Math.pow(k, values.length);
    for (int map = 0; map < maps; map++) {
      int rest = map;
      for (double[] part : classes) {
        Arrays.fill(part, 0);
      }
      for (int i = 0; i < values.length; i++) {
        classes[rest % k][i] = masses[i];
        rest /= k;
      }
      double sum = 0;
      for (double[] part : classes) {
        sum += AtomBins.cost(values, part, batchSize);
      }
      best = Math.min(best, sum);
    }
    return best;
  }

  private static void quadrangleInequality(Findings findings) {
    RandomCases random = new RandomCases();
    double excess = Double.NEGATIVE_INFINITY;
    double division = 0;
    double concavity = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 1000; i++) {
      Empirical law = random.atoms(random.integer(4, 30), 0, 1);
      int size = law.atoms();
      int batchSize = random.oneOf(2, 3, 8, 30, 128);
      AtomBins bins = AtomBins.of(law, batchSize);
      List<BinBoundaries> found =
          new OptimalBoundaries()
              .boundaries(law, IntStream.rangeClosed(1, size).boxed().toList(), batchSize);
      excess = Math.max(excess, bins.quadrangleExcess());
      double[] optimum = new double[size];
      for (int k = 1; k <= size; k++) {
        optimum[k - 1] = bins.optimum(k);
        double length = BatchMaximum.expectedBatchLength(law, found.get(k - 1), batchSize);
        division = Math.max(division, Math.abs(length - optimum[k - 1]));
      }
      for (int k = 1; k + 1 < size; k++) {
        concavity = Math.max(concavity, 2 * optimum[k] - optimum[k - 1] - optimum[k + 1]);
      }
    }
    findings.atMost(
        "largest w(i,j) + w(i',j') - w(i,j') - w(i',j), 1000 random laws on [0,1]", 0, excess);
    findings.atMost(
        "largest difference of boundaries: optimal and of trying everything, every k", 0, division);
    findings.atMost("largest 2 E_k - E_{k-1} - E_{k+1} of optimal E_k", 0, concavity);
  }

  private static void realLengths(Findings findings) {
    Empirical lengths = SampleLaws.gsm8k();
    AtomBins eight = AtomBins.of(lengths, 8);
    AtomBins large = AtomBins.of(lengths, 128);
    findings.equal(
        FindingKind.ALGORITHM,
        "E_1, B=8",
        eight.optimum(1),
        BatchMaximum.expectedBatchLength(lengths, BinBoundaries.none(), 8),
        1e-10);
    findings.equal(
        FindingKind.PRINTED,
        "optimal E_4, B=8, upper ends 182, 261, 371, 579",
        275.689653,
        eight.optimum(4),
        2e-9);
    findings.equal(
        FindingKind.ALGORITHM,
        "E_4 with these ends, B=8",
        eight.optimum(4),
        BatchMaximum.expectedBatchLength(lengths, BinBoundaries.of(183, 262, 372), 8),
        1e-10);
    for (int k : new int[] {2, 4, 8, 16, 32}) {
      findings.equal(
          FindingKind.ALGORITHM,
          "boundaries: optimal v trying everything, B=128, k=" + k,
          large.optimum(k),
          SampleLaws.meanBatchLength(lengths, "optimal", k, 128),
          1e-12);
    }
    findings.equal(
        FindingKind.PRINTED,
        "E_4 of equal masses, B=8",
        282.805804,
        SampleLaws.meanBatchLength(lengths, "equal-mass", 4, 8),
        2e-9);
    findings.equal(FindingKind.PRINTED, "optimal E_4, B=128", 289.655778, large.optimum(4), 2e-9);
    findings.equal(
        FindingKind.PRINTED,
        "E_4 of equal masses, B=128",
        305.998965,
        SampleLaws.meanBatchLength(lengths, "equal-mass", 4, 128),
        2e-9);
  }
}
