package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRefused;
import static io.github.batchq.theory.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.Deterministic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearBatchingTest {
  @ParameterizedTest
  @CsvSource({
    "0.1438, 1.8874, 0.1, 3.14588532, 3.298182, 5e-7",
    "0.1438, 1.8874, 0.3, 4.22480041, 4.226154, 5e-7",
    "0.1438, 1.8874, 0.5, 5.90186457, 5.901867, 5e-7",
    "0.1438, 1.8874, 0.7, 9.81764706, 9.817647, 5e-7",
    "0.1438, 1.8874, 0.9, 29.40842105, 29.408421, 5e-7",
    "0.5833, 1.4284, 0.1, 2.42112896, 2.432185, 5e-7",
    "0.5833, 1.4284, 0.3, 3.53448006, 3.797995, 5e-7",
    "0.5833, 1.4284, 0.5, 5.18456254, 5.257367, 5e-7",
    "0.5833, 1.4284, 0.7, 8.67726010, 8.686029, 5e-7",
    "0.5833, 1.4284, 0.9, 25.87743432, 25.877500, 5e-7"
  })
  void reproducesTheTable(
      double alpha, double tau0, double load, double exact, double bound, double digits) {
    LinearBatching batching = new LinearBatching(alpha, tau0);
    double rate = load / alpha;
    assertEquals(exact, batching.meanLatency(rate).value(), 5.1e-9);
    double phi0 = batching.phi0(rate).value();
    double phi1 = batching.phi1(rate).value();
    assertEquals(bound, Math.min(phi0, phi1), 1.02 * digits);
    assertEquals(rate <= 1 / (alpha + tau0), phi0 <= phi1);
    assertTrue(exact <= Math.min(phi0, phi1) + 5e-9);
  }

  /** The embedded chain with batches so large that nobody is ever left out. */
  @Test
  void agreesWithTheEmbeddedChain() {
    for (double load : new double[] {0.1, 0.5, 0.8}) {
      double rate = load / 0.5833;
      LinearBatching batching = new LinearBatching(0.5833, 1.4284);
      BulkQueue chain =
          BulkQueue.of(new Deterministic(1), new BatchTime(1.4284, 0.5833, 0), 1, 200, rate);
      assertRelative(chain.meanLatency().value(), batching.meanLatency(rate).value(), 1e-10);
      assertRelative(1 - chain.utilization().value(), batching.idleShare(rate).value(), 1e-10);
    }
  }

  @Test
  void saysWhyThereIsNoValue() {
    LinearBatching batching = new LinearBatching(0.5, 1);
    for (TheoryResult result :
        new TheoryResult[] {
          batching.meanLatency(2), batching.phi0(2), batching.phi1(2), batching.idleShare(2)
        }) {
      assertEquals("undefined", result.kind());
    }
    assertEquals("upper-bound", batching.phi0(1).kind());
    assertEquals("exact", batching.meanLatency(1).kind());
    assertRefused("alpha", () -> new LinearBatching(0, 1));
    assertRefused("tau0", () -> new LinearBatching(1, -1));
    assertRefused("rate", () -> batching.phi0(0));
  }
}
