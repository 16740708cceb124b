package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GainTest {
  /** Variance of the sum of two normals that have a correlation, against independent ones. */
  private static Gain gain(Random random, int n, double correlation) {
    double[] x = random.doubles(n).map(u -> random.nextGaussian()).toArray();
    double[] y = new double[n];
    Arrays.setAll(
        y,
        i -> correlation * x[i] + Math.sqrt(1 - correlation * correlation) * random.nextGaussian());
    double[] values = new double[2 * n];
    Arrays.setAll(values, i -> i % 2 == 0 ? x[i / 2] : y[i / 2]);
    return Gain.of(
        n,
        chosen ->
            GroupedEstimate.of(
                    Arrays.stream(chosen)
                        .flatMap(i -> Arrays.stream(new int[] {2 * i, 2 * i + 1}))
                        .mapToDouble(i -> values[i])
                        .toArray(),
                    2)
                .gain());
  }

  @Test
  void intervalsHaveTheirLevel() {
    Random random = new Random(3);
    int covered = 0;
    int samples = 1000;
    for (int i = 0; i < samples; i++) {
      Gain gain = gain(random, 200, -0.5);
      covered += gain.low() <= 2 && 2 <= gain.high() ? 1 : 0;
    }
    // The jackknife is approximate: between 92 % and 97 %.
    assertEquals(0.945, covered / (double) samples, 0.025);
  }

  @Test
  void theVerdictIsThatOfTheInterval() {
    assertEquals("helps", gain(new Random(1), 400, -0.5).verdict());
    assertEquals("harms", gain(new Random(1), 400, 0.5).verdict());
    assertEquals("no difference", new Gain(1.2, 0.95, 1.5).verdict());
    assertEquals("no difference", new Gain(0.98, 0.97, 0.99).verdict());
    assertEquals("no difference", new Gain(1.02, 1.01, 1.03).verdict());
  }

  @Test
  void fourHundredPairsGiveAGainToFifteenPercent() {
    Gain gain = gain(new Random(2), 400, -0.2);
    assertTrue(gain.high() / gain.value() < 1.15, gain::toString);
  }

  @Test
  void fewObservationsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Gain.of(59, chosen -> 1));
    assertEquals(new Gain(2, 2, 2), rounded(Gain.of(60, chosen -> 2)));
  }

  private static Gain rounded(Gain gain) {
    return new Gain(
        Math.rint(gain.value() * 1e9) / 1e9,
        Math.rint(gain.low() * 1e9) / 1e9,
        Math.rint(gain.high() * 1e9) / 1e9);
  }
}
