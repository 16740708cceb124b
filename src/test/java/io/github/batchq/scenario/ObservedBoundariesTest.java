package io.github.batchq.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.theory.BoundaryRule;
import io.github.batchq.theory.BoundaryRules;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObservedBoundariesTest {
  static Stream<String> rules() {
    return BoundaryRules.all().stream()
        .map(BoundaryRule::name)
        .filter(name -> !name.equals("exponential"));
  }

  /** Few different lengths, zeros among them, make few bins, and each holds one. */
  @ParameterizedTest
  @MethodSource("rules")
  void everyBinHoldsALength(String rule) {
    double[][] samples = {
      {0}, {0, 0}, {3}, {3, 3, 3}, {0, 5}, {1, 1, 1, 1, 20}, {1, 2, 3}, {4, 1e-300, 1e9, 4}
    };
    for (double[] lengths : samples) {
      for (int bins = 1; bins <= 6; bins++) {
        for (int batchSize : new int[] {1, 8}) {
          BinBoundaries found =
              ObservedBoundaries.ESTIMATOR.boundaries(rule, lengths, bins, batchSize);
          assertTrue(found.bins() <= bins);
          assertEquals(
              found.bins(), Arrays.stream(lengths).mapToInt(found::binOf).distinct().count());
        }
      }
    }
  }

  @Test
  void takesTheRuleForTheEmpiricalLaw() {
    double[] lengths = {8, 1, 7, 2, 6, 3, 5, 4};
    assertEquals(
        BinBoundaries.of(3, 5, 7),
        ObservedBoundaries.ESTIMATOR.boundaries("equal-mass", lengths, 4, 2));
    assertEquals(
        BinBoundaries.of(2.75, 4.5, 6.25),
        ObservedBoundaries.ESTIMATOR.boundaries("equal-width", lengths, 4, 2));
  }
}
