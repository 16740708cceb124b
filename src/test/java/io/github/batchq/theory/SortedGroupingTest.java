package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortedGroupingTest {
  /** T14: the loss of uniform lengths is (B-1) R / (2 (nB + 1)). */
  @ParameterizedTest
  @CsvSource({"8,1", "8,4", "128,1", "128,4", "2,64", "32,32", "1,5"})
  void losesTheClosedFormForUniformLengths(int batchSize, int batches) {
    double loss = new SortedGrouping(new Uniform(1, 20), batchSize, batches).loss();
    assertEquals((batchSize - 1) * 19.0 / (2 * (batchSize * batches + 1.0)), loss, 1e-10);
  }

  /** Order statistics of the exponential law are sums of gaps with means 1/(rate (N - i)). */
  @ParameterizedTest
  @CsvSource({"8,1", "8,4", "128,4", "200,8"})
  void knowsExponentialOrderStatistics(int batchSize, int batches) {
    int all = batchSize * batches;
    double mean = 0;
    double sum = 0;
    for (int r = 1; r <= all; r++) {
      mean += 10.0 / (all - r + 1);
      sum += r % batchSize == 0 ? mean : 0;
    }
    double longest = new SortedGrouping(new Exponential(0.1), batchSize, batches).meanLongest();
    assertEquals(sum / batches, longest, 1e-9 * longest);
  }

  /** One batch in a window is standard batching, whatever the law. */
  @Test
  void isStandardBatchingForWindowsOfOneBatch() {
    for (Law law :
        new Law[] {
          new Lognormal(1.8, 1), new Pareto(2.5, 1), Empirical.of(new double[] {1, 2, 2, 5, 9})
        }) {
      double expected = BatchMaximum.expectedMaximum(law, 8, 0, Double.POSITIVE_INFINITY);
      assertEquals(expected, new SortedGrouping(law, 8, 1).meanLongest(), 1e-8 * expected);
    }
  }

  /** All 3^4 outcomes of two batches of two lengths on three atoms. */
  @Test
  void countsTheOutcomesOfAnEmpiricalLaw() {
    double[] values = {1, 4, 9};
    double sum = 0;
    for (int outcome = 0; outcome < 81; outcome++) {
      double[] lengths = new double[4];
      for (int i = 0, rest = outcome; i < 4; i++, rest /= 3) {
        lengths[i] = values[rest % 3];
      }
      Arrays.sort(lengths);
      sum += (lengths[1] + lengths[3]) / 2;
    }
    assertEquals(sum / 81, new SortedGrouping(Empirical.of(values), 2, 2).meanLongest(), 1e-12);
  }

  @Test
  void losesLessTheLongerTheWindow() {
    double before = Double.POSITIVE_INFINITY;
    for (int batches = 1; batches <= 32; batches *= 2) {
      double loss = new SortedGrouping(new Lognormal(1.8, 1), 16, batches).loss();
      assertTrue(loss < before && loss > 0);
      before = loss;
    }
  }

  @Test
  void refusesWindowsThatMakeNoSense() {
    Law law = new Uniform(1, 20);
    assertThrows(IllegalArgumentException.class, () -> new SortedGrouping(law, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new SortedGrouping(law, 1, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new SortedGrouping(new Pareto(0.9, 1), 8, 2));
  }
}
