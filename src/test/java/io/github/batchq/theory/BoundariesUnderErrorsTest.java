package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Uniform;
import org.junit.jupiter.api.Test;

/** Boundaries for a known confusion matrix against exhaustive grids and special cases. */
class BoundariesUnderErrorsTest {
  private static double length(Law law, BinBoundaries bins, ConfusionMatrix errors, int batchSize) {
    return PredictionErrors.expectedBatchLength(law, bins, errors, batchSize);
  }

  @Test
  void withoutErrorsTheyAreTheOptimalOnes() {
    Law law = new Exponential(0.1);
    ConfusionMatrix none = ConfusionMatrix.identity(4);
    assertEquals(
        BatchMaximum.expectedBatchLength(law, new OptimalBoundaries().boundaries(law, 4, 8), 8),
        length(law, BoundariesUnderErrors.best(law, none, 8), none, 8),
        1e-10);
  }

  @Test
  void twoBinsOverAGridOfAllBoundaries() {
    for (Law law : new Law[] {new Uniform(1, 20), new Lognormal(2, 1), new Exponential(0.1)}) {
      for (double rate : new double[] {0.02, 0.2}) {
        ConfusionMatrix errors = ConfusionMatrix.symmetric(2, rate);
        double best = length(law, BoundariesUnderErrors.best(law, errors, 32), errors, 32);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < 1000; i++) {
          BinBoundaries at = BinBoundaries.of(law.quantile(i / 1000.0));
          least = Math.min(least, length(law, at, errors, 32));
        }
        assertTrue(best <= least * (1 + 1e-12), law + " at " + rate + ": " + best + " v " + least);
        assertEquals(least, best, 2e-3 * least);
      }
    }
  }

  @Test
  void errorsMoveTheBoundaries() {
    Law law = new Lognormal(2, 1);
    ConfusionMatrix errors = ConfusionMatrix.symmetric(4, 0.05);
    double best = length(law, BoundariesUnderErrors.best(law, errors, 8), errors, 8);
    assertTrue(best < length(law, new OptimalBoundaries().boundaries(law, 4, 8), errors, 8));
    assertTrue(best < length(law, new EqualMass().boundaries(law, 4, 8), errors, 8));
  }
}
