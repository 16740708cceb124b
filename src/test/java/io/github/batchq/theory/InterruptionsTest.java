package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Uniform;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches on servers that fail after exponential times, beside formulas and another quadrature. */
class InterruptionsTest {
  private static final BatchTime TIME = new BatchTime(0.5, 0.1, 2);

  private static Interruptions of(Law law, BinBoundaries bins, int batchSize, double rate) {
    return new Interruptions(new BatchSystem(law, bins, batchSize, TIME, 1), rate, 1);
  }

  /** X ~ Exp(1): E[e^(-f (0.6 + 2 X))] = e^(-0.6 f) / (1 + 2 f). */
  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e-4, 0.1, 1, 20})
  void aSingleExponentialRequest(double rate) {
    Interruptions found = of(new Exponential(1), BinBoundaries.none(), 1, rate);
    double ended = 1 - Math.exp(-0.6 * rate) / (1 + 2 * rate);
    // The formula loses digits where f is small; there it is f E[T] = 2.6 f.
    assertEquals(rate < 1e-8 ? 2.6 * rate : ended, found.lostShare(), 1e-8 * found.lostShare());
    assertFalse(found.isBounded());
  }

  /** The largest of n draws of U(a,b) has the density n (x - a)^(n-1) / (b - a)^n. */
  private static double mean(
      DoubleUnaryOperator function, int n, double lower, double upper, double weight) {
    int steps = 200_000;
    double width = (upper - lower) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double x = lower + i * width;
      double density = n * Math.pow((x - lower) / (upper - lower), n - 1) / (upper - lower);
      int simpson = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += simpson * density * function.applyAsDouble(x);
    }
    return weight * sum * width / 3;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.003, 0.05, 0.4})
  void batchesOfUniformRequestsInTwoBins(double rate) {
    Interruptions found = of(new Uniform(1, 21), BinBoundaries.of(6), 8, rate);
    DoubleUnaryOperator again = x -> Math.expm1(rate * (1.3 + 2 * x)) / rate;
    DoubleUnaryOperator ended = x -> -Math.expm1(-rate * (1.3 + 2 * x)) / rate;
    double retry = mean(again, 8, 1, 6, 0.25) + mean(again, 8, 6, 21, 0.75);
    double lose = mean(ended, 8, 1, 6, 0.25) + mean(ended, 8, 6, 21, 0.75);
    assertEquals(retry, found.secondsWithRetry(), 1e-10 * retry);
    assertEquals(lose, found.secondsWithLoss(), 1e-10 * lose);
    assertEquals(rate * retry, found.failuresWithRetry(), 1e-10 * rate * retry);
    assertTrue(found.isBounded());
  }

  /** Of 2, 2 and 5 the larger of two is 2 with probability 4/9. */
  @Test
  void observedLengthsAreSummed() {
    Interruptions found = of(Empirical.of(new double[] {2, 2, 5}), BinBoundaries.none(), 2, 0.1);
    double shorter = Math.expm1(0.1 * (0.7 + 4)) / 0.1;
    double longer = Math.expm1(0.1 * (0.7 + 10)) / 0.1;
    assertEquals((4 * shorter + 5 * longer) / 9, found.secondsWithRetry(), 1e-12 * longer);
  }

  /** A server of speed 2 meets half the failures in a batch. */
  @Test
  void fastServersMeetFewerFailures() {
    BatchSystem system = new BatchSystem(new Uniform(1, 20), BinBoundaries.none(), 4, TIME, 1);
    assertEquals(
        new Interruptions(system, 0.01, 1).failuresWithRetry(),
        new Interruptions(system, 0.02, 2).failuresWithRetry(),
        1e-14);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    BatchSystem system = new BatchSystem(new Uniform(1, 20), BinBoundaries.of(9), 4, TIME, 1);
    assertThrows(IllegalArgumentException.class, () -> new Interruptions(system, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Interruptions(system, 1, -1));
    BatchSystem errs = system.withErrors(ConfusionMatrix.symmetric(2, 0.1));
    assertThrows(IllegalArgumentException.class, () -> new Interruptions(errs, 1, 1));
  }
}
