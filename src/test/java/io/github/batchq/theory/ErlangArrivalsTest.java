package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.ReferenceValues;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Mixture;
import io.github.batchq.random.Uniform;
import java.util.List;
import org.apache.commons.math3.complex.Complex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The roots of T16 against the embedded chain, closed forms and a recursion. */
class ErlangArrivalsTest {
  private static final BatchTime LENGTH = BatchTime.LONGEST;

  static List<Law> laws() {
    return List.of(
        new Uniform(1, 20),
        new Exponential(0.1),
        new Lognormal(0, 1),
        Empirical.of(new double[] {1, 4, 4, 9, 30}),
        new Mixture(List.of(0.5, 0.5), List.of(new Uniform(1, 2), new Exponential(0.1))));
  }

  private static TheoryResult byRoots(Law law, int batchSize, double load) {
    BatchSystem system = BatchSystem.of(law, BinBoundaries.none(), batchSize);
    LongestLength longest = LongestLength.of(system)[0];
    double rate = load * batchSize / longest.mean();
    return ErlangArrivals.meanWait(
        batchSize,
        rate,
        longest.mean(),
        longest.variance(),
        BatchTransform.of(law, LENGTH, batchSize));
  }

  /** The chain is summed from positive terms and knows no roots. */
  @ParameterizedTest
  @MethodSource("laws")
  void agreesWithTheEmbeddedChain(Law law) {
    for (int batchSize : new int[] {2, 3, 8, 12}) {
      for (double load : new double[] {0.05, 0.5, 0.8, 0.95, 0.99}) {
        double rate =
            load * batchSize / BatchMaximum.expectedMaximum(law, batchSize, 0, Double.MAX_VALUE);
        double chain =
            BulkQueue.of(law, LENGTH, batchSize, batchSize, rate).meanWait().value()
                - (batchSize - 1) / (2 * rate);
        double roots = byRoots(law, batchSize, load).value();
        assertEquals(chain, roots, 1e-9 * (chain + 1 / rate), batchSize + " " + load);
      }
    }
  }

  /** Where the principal branch of the root fails. */
  @Test
  void twentyPointEight() {
    TheoryResult wait = byRoots(new Uniform(1, 20), 8, 0.95);
    assertEquals(
        ReferenceValues.value("theory", "wait of full batches at load 0.95"), wait.value(), 5e-10);
    assertEquals("exact", wait.kind());
  }

  @Test
  void heavyTailsOneByOne() {
    double rate = 0.1;
    BulkQueue queue = BulkQueue.of(new Lognormal(0, 2), LENGTH, 1, 1, rate);
    double wait = rate * Math.exp(8) / (2 * (1 - rate * Math.exp(2)));
    assertRelative(wait, queue.meanWait().value(), 1e-12);
    assertEquals(570.8583, wait, 5e-5);
    assertRelative(wait + Math.exp(2), queue.meanLatency().value(), 1e-12);
    assertEquals("exact", queue.meanLatency().kind());
    assertRelative(rate * Math.exp(2), queue.utilization().value(), 1e-12);
    assertEquals(1, queue.meanBatchSize().value());
  }

  /** A length that is too rare to matter makes the chain's states too many. */
  @Test
  void takesOverWhereTheChainEnds() {
    Law law = new Uniform(1, 20);
    double rare = 2e-14;
    Law withRare = new Mixture(List.of(1 - rare, rare), List.of(law, new Deterministic(1e5)));
    double rate = 0.8 * 8 / (1 + 19 * 8 / 9.0);
    BulkQueue chain = BulkQueue.of(law, LENGTH, 8, 8, rate);
    BulkQueue roots = BulkQueue.of(withRare, LENGTH, 8, 8, rate);
    assertTrue(chain.lastChange() < 1e-9 && Double.isNaN(roots.lastChange()));
    // Its 8 chances of 1e5^2 add to E[S^2].
    double added = 8 * rare * 1e10 / (2 * (8 / rate - 1 - 19 * 8 / 9.0));
    assertRelative(chain.meanWait().value() + added, roots.meanWait().value(), 1e-8);
    assertRelative(chain.meanLatency().value() + added, roots.meanLatency().value(), 1e-8);
    assertRelative(chain.utilization().value(), roots.utilization().value(), 1e-8);
    assertEquals("E_B/G/1 (T16)", roots.meanWait().source());
    assertEquals("undefined", BulkQueue.of(withRare, LENGTH, 1, 8, rate).meanWait().kind());
  }

  /** The transform of the longest of 3 exponential lengths is a product of three. */
  @Test
  void transformOfAMaximum() {
    ServiceTransform transform = BatchTransform.of(new Exponential(0.1), LENGTH, 3);
    Complex s = new Complex(0.3, 0.7);
    Complex product = Complex.ONE;
    for (int i = 1; i <= 3; i++) {
      product = product.multiply(s.multiply(10.0 / i).add(1).reciprocal());
    }
    assertEquals(0, transform.at(s).logarithm().exp().subtract(product).abs(), 1e-12);
  }

  @Test
  void saysWhyThereIsNoValue() {
    TheoryResult wait = ErlangArrivals.meanWait(4096, 1, 1, 0, ServiceTransform.gamma(1, 0));
    assertTrue(
        wait instanceof TheoryResult.Undefined undefined && undefined.reason().contains("2048"));
    assertTrue(
        byRoots(new Uniform(1, 20), 512, 0.9) instanceof TheoryResult.Undefined undefined
            && undefined.reason().startsWith("not all 511 roots"));
  }
}
