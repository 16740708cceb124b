package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRefused;
import static io.github.batchq.theory.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.Deterministic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class LinearBatchingTest {
  @ParameterizedTest
  @CsvFileSource(resources = "/io/github/batchq/theory/linear-batching.csv", delimiter = '|')
  void reproducesTheTable(double alpha, double tau0, double load, double exact, double bound) {
    LinearBatching batching = new LinearBatching(alpha, tau0);
    double rate = load / alpha;
    assertEquals(exact, batching.meanLatency(rate).value(), 5.1e-9);
    double phi0 = batching.phi0(rate).value();
    double phi1 = batching.phi1(rate).value();
    assertEquals(bound, Math.min(phi0, phi1), 5.1e-7);
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
