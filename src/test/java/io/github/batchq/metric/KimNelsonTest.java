package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.KimNelson.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("long")
class KimNelsonTest {
  private static final int NEVER = 1_000_000;

  /** Normals of variance 1 and the given means, with correlation rho between systems. */
  private static KimNelson.Source normals(double[] means, double rho, Random random) {
    return (replication, systems) -> {
      double common = Math.sqrt(rho) * random.nextGaussian();
      return systems.stream()
          .mapToDouble(i -> means[i] + common + Math.sqrt(1 - rho) * random.nextGaussian())
          .toArray();
    };
  }

  /** The values of a table, a row for each replication. */
  private static KimNelson.Source of(double[][] table) {
    return (replication, systems) ->
        systems.stream().mapToDouble(i -> table[replication][i]).toArray();
  }

  /**
   * The slippage configuration: all others worse than the best by the indifference, the least
   * favourable case. With 2,000 selections the binomial error of 0.95 is 0.0049.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 0, 0.3, 10",
    "2, 0.8, 0.15, 10",
    "5, 0, 0.3, 10",
    "5, 0.5, 0.3, 10",
    "5, 0.9, 0.1, 20"
  })
  void selectsTheBestWithTheProbability(int systems, double rho, double indifference, int first)
      throws InterruptedException {
    double[] means = new double[systems];
    means[systems / 2] = indifference;
    KimNelson.Source normals = normals(means, rho, new Random(11));
    KimNelson procedure = new KimNelson(0.95, indifference, first, NEVER);
    int correct = 0;
    for (int selection = 0; selection < 2000; selection++) {
      Selection outcome = procedure.select(systems, normals);
      assertTrue(outcome.decided());
      correct += outcome.survivors().get(0) == systems / 2 ? 1 : 0;
    }
    assertTrue(correct >= 2000 * 0.95 - 2 * 0.0049 * 2000, "correct: " + correct);
    assertTrue(correct < 2000, "a procedure that never errs samples too much");
  }

  /**
   * Two systems and a small indifference: the sum of differences is nearly a Brownian motion, for
   * which Fabian's bound, and with it the probability, is exact. Half of h² would give 0.86, twice
   * h² 0.989, as (1 + 2 eta)^(-9/2) / 2 says for these eta.
   */
  @Test
  void wastesNothingOnTwoSystems() throws InterruptedException {
    KimNelson.Source normals = normals(new double[] {0, 0.05}, 0, new Random(12));
    KimNelson procedure = new KimNelson(0.95, 0.05, 10, NEVER);
    int correct = 0;
    for (int selection = 0; selection < 2000; selection++) {
      correct += procedure.select(2, normals).survivors().get(0);
    }
    assertEquals(0.953, correct / 2000.0, 0.015);
  }

  /**
   * The triangle of two systems, from its equations: the sum of differences D leaves at |D| > a.
   */
  private static int[] triangle(double[][] table, double alpha, double delta, int first) {
    double sum = 0;
    double squares = 0;
    for (int r = 0; r < first; r++) {
      double difference = table[r][1] - table[r][0];
      sum += difference;
      squares += difference * difference;
    }
    double variance = (squares - sum * sum / first) / (first - 1);
    double eta = 0.5 * (Math.exp(-2 * Math.log(2 * alpha) / (first - 1)) - 1);
    double apex = (first - 1) * eta * variance / delta;
    int r = first;
    while (Math.abs(sum) <= Math.max(0, apex - delta * r / 2)) {
      sum += table[r][1] - table[r][0];
      r++;
    }
    return new int[] {sum > 0 ? 1 : 0, r};
  }

  @Test
  void twoSystemsLeaveTheTriangleWhereItSays() throws InterruptedException {
    Random random = new Random(13);
    double total = 0;
    for (int selection = 0; selection < 500; selection++) {
      double[][] table = new double[3000][2];
      for (double[] row : table) {
        row[0] = random.nextGaussian();
        row[1] = 0.2 + random.nextGaussian();
      }
      int[] expected = triangle(table, 0.1, 0.2, 10);
      Selection outcome = new KimNelson(0.9, 0.2, 10, NEVER).select(2, of(table));
      assertEquals(expected[0], outcome.survivors().get(0));
      assertEquals(List.of(expected[1], expected[1]), outcome.replications());
      total += expected[1];
    }
    assertTrue(total / 500 > 20, "most selections go beyond the first stage: " + total / 500);
  }

  @Test
  void eliminatesByPairsAndStopsObservingThem() throws InterruptedException {
    Random random = new Random(14);
    double[] means = {0, 1.0, 0.7, -3};
    List<List<Integer>> asked = new ArrayList<>();
    KimNelson.Source normals = normals(means, 0.5, random);
    Selection outcome =
        new KimNelson(0.95, 0.2, 10, NEVER)
            .select(
                4,
                (replication, systems) -> {
                  assertEquals(asked.size(), replication);
                  asked.add(systems);
                  return normals.observe(replication, systems);
                });
    assertEquals(List.of(1), outcome.survivors());
    for (int i = 0; i < 4; i++) {
      int system = i;
      assertEquals(
          asked.stream().filter(systems -> systems.contains(system)).count(),
          (long) outcome.replications().get(i));
    }
    assertEquals(10, outcome.replications().get(3));
    assertTrue(outcome.replications().get(2) > outcome.replications().get(0));
    assertEquals(outcome.replications().get(1), outcome.replications().get(2));
  }

  @Test
  void saysWhenItDidNotDecide() throws InterruptedException {
    KimNelson.Source normals = normals(new double[] {0, 0, -30}, 0, new Random(15));
    Selection outcome = new KimNelson(0.95, 0.1, 10, 40).select(3, normals);
    assertFalse(outcome.decided());
    assertEquals(List.of(0, 1), outcome.survivors());
    assertEquals(List.of(40, 40, 10), outcome.replications());
  }

  @Test
  void equalSystemsWithoutNoiseEndInTheFirstStage() throws InterruptedException {
    for (double indifference : new double[] {1, 1e-200}) {
      Selection outcome =
          new KimNelson(0.95, indifference, 2, NEVER)
              .select(2, (replication, systems) -> new double[] {3, 3});
      assertEquals(new Selection(List.of(0), List.of(2, 2)), outcome);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 1, 10, 10",
    "1, 1, 10, 10",
    "NaN, 1, 10, 10",
    "0.9, 0, 10, 10",
    "0.9, Infinity, 10, 10",
    "0.9, NaN, 10, 10",
    "0.9, 1, 1, 10",
    "0.9, 1, 10, 9"
  })
  void refuses(double probability, double indifference, int first, int most) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new KimNelson(probability, indifference, first, most));
  }
}
