package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.Empirical;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The search from coarse to fine against the programme over all atoms. */
@Tag("long")
class NarrowedPartitionTest {
  private static final int[] BATCH_SIZES = {1, 2, 3, 8, 23, 24, 32, 128, 1000};

  private static AtomicLaw discrete(Empirical law) {
    return Objects.requireNonNull(AtomicLaw.of(law));
  }

  /** Laws of many shapes: spread, heavy tails, whole numbers, clusters, heavy atoms. */
  private static AtomicLaw law(Random random, int size) {
    int shape = random.nextInt(6);
    double[] values =
        random
            .doubles(size)
            .map(
                u ->
                    switch (shape) {
                      case 0 -> 1 + 19 * u;
                      case 1 -> Math.exp(8 * u);
                      case 2 -> Math.pow(1 - u, -1 / 1.05);
                      case 3 -> Math.ceil(2 * size * u * u);
                      case 4 -> Math.ceil(5 * u) * 100 + random.nextDouble();
                      default -> Math.exp(2 * random.nextGaussian());
                    })
            .toArray();
    long heaviest = random.nextBoolean() ? 1 : 3000;
    long[] counts =
        random.longs(size, 1, 4).map(c -> random.nextInt(20) == 0 ? c * heaviest : c).toArray();
    return discrete(Empirical.of(values, counts));
  }

  @Test
  void findsWhatTheProgrammeOverAllAtomsFinds() {
    Random random = new Random(20261130);
    int compared = 0;
    for (int trial = 0; trial < 2000; trial++) {
      int bins = 1 + random.nextInt(trial % 20 == 0 ? 40 : 8);
      AtomicLaw law = law(random, 1 + random.nextInt(trial % 50 == 0 ? 3000 : 400));
      int batchSize = BATCH_SIZES[random.nextInt(BATCH_SIZES.length)];
      int[] found = NarrowedPartition.starts(law, bins, batchSize, share -> {});
      if (found != null) {
        int[] expected = OptimalPartition.starts(law, bins, batchSize)[bins - 1];
        assertArrayEquals(expected, found, "trial " + trial);
        compared++;
      }
    }
    assertTrue(compared > 1000, "only " + compared);
  }

  @Test
  void theRuleDoesNotDependOnTheWay() {
    OptimalBoundaries rule = new OptimalBoundaries();
    Random random = new Random(3);
    for (int trial = 0; trial < 200; trial++) {
      double[] lengths =
          random.doubles(300, 1, trial % 2 == 0 ? 40 : 2000).map(Math::ceil).toArray();
      Empirical law = Empirical.of(lengths);
      int bins = 1 + random.nextInt(trial % 10 == 0 ? law.atoms() : 6);
      assertEquals(
          rule.boundaries(law, List.of(bins), 8).get(0), rule.boundaries(law, bins, 8), "" + trial);
    }
  }

  @Test
  void divisionsThatTieAreLeftToTheProgrammeOverAllAtoms() {
    // The law is its own mirror image for B = 2, so a division and its image cost the same.
    double[] values = IntStream.rangeClosed(1, 201).mapToDouble(i -> i).toArray();
    AtomicLaw law = discrete(Empirical.of(values));
    assertNull(NarrowedPartition.starts(law, 2, 2, share -> {}));
    assertNull(NarrowedPartition.starts(law, 4, 1, share -> {}));
  }

  @Test
  void cellsBoundEveryDivisionFromBelow() {
    Random random = new Random(11);
    for (int trial = 0; trial < 300; trial++) {
      AtomicLaw law = law(random, 30 + random.nextInt(100));
      int batchSize = BATCH_SIZES[1 + random.nextInt(BATCH_SIZES.length - 1)];
      int bins = 2 + random.nextInt(4);
      CoarseLaw coarse = CoarseLaw.of(law);
      for (int level = 0; level < 3; level++) {
        coarse = coarse.coarser();
      }
      BatchCosts fineCosts = new BatchCosts(law, batchSize);
      BatchCosts coarseCosts = new BatchCosts(coarse.cells(), batchSize);
      for (int division = 0; division < 20; division++) {
        int[] fine = random.ints(bins + 1, 0, law.size() + 1).sorted().toArray();
        fine[0] = 0;
        fine[bins] = law.size();
        double cost = cost(fineCosts, fine);
        assertTrue(leastRounded(coarse, coarseCosts, fine, batchSize) <= cost * (1 + 1e-12));
      }
    }
  }

  private static double cost(BatchCosts costs, int[] boundaries) {
    double sum = 0;
    for (int t = 0; t + 1 < boundaries.length; t++) {
      int i = boundaries[t];
      int j = boundaries[t + 1];
      sum += costs.cost(i, j, costs.shortfall(i, j));
    }
    return sum;
  }

  /** The least bound over all ways to move each boundary to an end of its cell. */
  private static double leastRounded(
      CoarseLaw coarse, BatchCosts costs, int[] fine, int batchSize) {
    List<int[]> all = new ArrayList<>();
    all.add(new int[fine.length]);
    for (int t = 0; t < fine.length; t++) {
      List<int[]> longer = new ArrayList<>();
      for (int[] rounded : all) {
        for (int cell : new int[] {coarse.cellBefore(fine[t]), coarse.cellAfter(fine[t])}) {
          if (t == 0 || cell >= rounded[t - 1]) {
            int[] copy = rounded.clone();
            copy[t] = cell;
            longer.add(copy);
          }
        }
      }
      all = longer;
    }
    return all.stream()
        .mapToDouble(
            rounded -> {
              double slack = 0;
              for (int t = 1; t + 1 < rounded.length; t++) {
                slack += coarse.slackAround(rounded[t], batchSize);
              }
              return cost(costs, rounded) - slack;
            })
        .min()
        .orElseThrow();
  }

  @Test
  void cellsKeepMassAndMean() {
    AtomicLaw law = law(new Random(5), 1000);
    CoarseLaw coarse = CoarseLaw.of(law).coarser().coarser();
    AtomicLaw cells = coarse.cells();
    assertTrue(cells.size() < law.size() / 2);
    for (int c = 0; c < cells.size(); c++) {
      double sum = 0;
      for (int i = coarse.start(c); i < coarse.start(c + 1); i++) {
        sum += law.values()[i] * (law.masses()[i + 1] - law.masses()[i]);
      }
      double mass = cells.masses()[c + 1] - cells.masses()[c];
      assertEquals(law.masses()[coarse.start(c + 1)], cells.masses()[c + 1]);
      assertEquals(sum / mass, cells.values()[c], 1e-12 * cells.values()[c]);
    }
  }

  @Test
  void aMillionAtomsAreDividedAndTellHowFarTheyAre() {
    Random random = new Random(7);
    double[] values = random.doubles(1_000_000).map(u -> Math.exp(8 * (u - 0.5))).toArray();
    AtomicLaw law = discrete(Empirical.of(values));
    List<Double> shares = new ArrayList<>();
    int[] found = Objects.requireNonNull(NarrowedPartition.starts(law, 32, 32, shares::add));
    assertEquals(shares.stream().sorted().toList(), shares);
    assertEquals(1, shares.get(shares.size() - 1));
    assertTrue(shares.size() > 40, "told " + shares);
    BatchCosts costs = new BatchCosts(law, 32);
    int[] boundaries = new int[33];
    System.arraycopy(found, 0, boundaries, 1, 31);
    boundaries[32] = law.size();
    double least = cost(costs, boundaries);
    for (int t = 1; t < 32; t++) {
      for (int step : new int[] {-1, 1, -100, 100}) {
        int[] moved = boundaries.clone();
        moved[t] += step;
        assertTrue(cost(costs, moved) >= least * (1 - 1e-13), Arrays.toString(moved));
      }
    }
  }
}
