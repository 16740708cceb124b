package io.github.batchq.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.GroupedEstimate;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.SobolPoints;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.theory.BatchMaximum;
import io.github.batchq.theory.BoundaryRules;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BatchLengthIntegralTest {
  /**
   * Quantile of Student's t with 31 degrees of freedom at two-sided level 1e-4 over that of 5 %.
   */
  private static final double WIDER = 4.465 / 2.040;

  static Stream<Arguments> systems() {
    return Stream.of(
        Arguments.of(new Uniform(1, 20), 1, 1),
        Arguments.of(new Uniform(1, 20), 1, 8),
        Arguments.of(new Uniform(1, 20), 4, 8),
        Arguments.of(new Uniform(1, 20), 1, 128),
        Arguments.of(new Uniform(1, 20), 4, 128),
        Arguments.of(new Exponential(0.1), 3, 8),
        Arguments.of(Empirical.of(new double[] {1, 1, 2, 3, 5, 8, 8, 20, 90, 91}), 2, 4));
  }

  @ParameterizedTest
  @MethodSource("systems")
  void bothKindsOfPointsAgreeWithTheQuadrature(Law law, int bins, int batchSize) {
    BinBoundaries boundaries = BoundaryRules.named("equal-mass").boundaries(law, bins, batchSize);
    BatchLengthIntegral integral = new BatchLengthIntegral(law, boundaries, batchSize);
    double exact = BatchMaximum.expectedBatchLength(law, boundaries, batchSize);
    GroupedEstimate quasi = integral.quasi(new SobolPoints(4, 32, 10, batchSize));
    assertEquals(exact, quasi.estimate().mean(), WIDER * quasi.estimate().halfWidth());
    assertEquals(32, quasi.estimate().degreesOfFreedom() + 1);
    int number = 32 * 1024;
    RandomStreams streams = new RandomStreams(4, number);
    Estimate plain = integral.plain(number, point -> streams.stream(point, StreamName.SERVICE));
    assertEquals(exact, plain.mean(), 3.89 / 1.96 * plain.halfWidth());
    double ratio = plain.halfWidth() / quasi.estimate().halfWidth();
    // Squared half-widths differ by the quantiles 1.96 and 2.04 and the errors of two variances.
    assertEquals(1, ratio * ratio * 1.083 / quasi.gain(), 0.1);
    assertTrue(quasi.gain() > 2, () -> "gain " + quasi.gain());
  }
}
