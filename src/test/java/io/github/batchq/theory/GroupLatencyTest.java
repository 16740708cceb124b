package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import io.github.batchq.theory.GroupLatency.Check;
import io.github.batchq.theory.GroupLatency.Served;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups on infinitely many servers by hand, and against groups that are drawn. */
class GroupLatencyTest {
  private static final BatchTime TIME = new BatchTime(3, 0.5, 2, 0.25);

  private static final Law SIZES = Empirical.of(new double[] {1, 2, 5}, new long[] {1, 1, 2});

  /** Independent exponential lengths of mean 1: the j-th of n comes after 1/n + ... + 1/(n-j+1). */
  @Test
  void byHand() {
    Law law = new Exponential(1);
    double second = 0.25 * 1 + 0.25 * 1.5 + 0.5 * (0.2 + 0.25);
    assertEquals(
        3.5 + 2.25 * second,
        new GroupLatency(law, 0, SIZES, 2, TIME, Served.ALONE, Check.NONE).mean().value(),
        1e-9);
    double five = 137.0 / 60;
    assertEquals(
        0.25 * (3.5 + 2.25) + 0.25 * (4 + 2.5 * 1.5) + 0.5 * (5.5 + 3.25 * five),
        new GroupLatency(law, 0, SIZES, 2, TIME, Served.TOGETHER, Check.NONE).mean().value(),
        1e-9);
    assertEquals(
        0.25 * (3.5 + 2.25) + 0.25 * (4 + 2.5 * 1.5) + 0.5 * (5.5 + 3.25 * 0.45),
        new GroupLatency(law, 0, SIZES, 2, TIME, Served.EARLY, Check.NONE).mean().value(),
        1e-9);
    // All equal: each answer is there at once, and there are 3.25 of them on average.
    Check check = new Check(1, 0.01, 100);
    assertEquals(
        5.75 + 1 + 0.01 * (100 + 3.25),
        new GroupLatency(law, 1, SIZES, null, TIME, Served.ALONE, check).mean().value(),
        1e-9);
    // The two shortest of five have 1/5 and 1/5 + 1/4.
    double tokens = 0.25 * 1 + 0.25 * 2 + 0.5 * 0.65;
    assertEquals(
        3.5 + 2.25 * second + 1 + 0.01 * (100 + tokens),
        new GroupLatency(law, 0, SIZES, 2, TIME, Served.ALONE, check).mean().value(),
        1e-9);
  }

  /** P(T &le; t) of the longest of independent uniform lengths is a power. */
  @Test
  void quantilesByHand() {
    GroupLatency groups =
        new GroupLatency(
            new Uniform(0, 10),
            0,
            new Deterministic(4),
            null,
            BatchTime.LONGEST,
            Served.ALONE,
            new Check(2, 0, 0));
    assertEquals(2 + 10 * Math.pow(0.95, 0.25), groups.quantile(0.95).value(), 1e-10);
    assertEquals(10, groups.mean().value(), 1e-9);
  }

  @ParameterizedTest
  @EnumSource(Served.class)
  void drawnGroupsAgree(Served served) {
    Law law = new Lognormal(1, 0.7);
    Check check = new Check(0.5, 0, 0);
    GroupLatency groups = new GroupLatency(law, 0.6, SIZES, 3, TIME, served, check);
    Random random = new Random(4);
    int count = 200_000;
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      int n = (int) SIZES.quantile(random.nextDouble());
      double common = random.nextGaussian();
      double[] lengths = new double[n];
      for (int sibling = 0; sibling < n; sibling++) {
        double z = Math.sqrt(0.6) * common + Math.sqrt(0.4) * random.nextGaussian();
        lengths[sibling] = law.quantile(0.5 * Erf.erfc(-z / Math.sqrt(2)));
      }
      Arrays.sort(lengths);
      double last = lengths[served == Served.TOGETHER ? n - 1 : Math.min(n, 3) - 1];
      times[i] = 0.5 + TIME.seconds(served == Served.ALONE ? 1 : n, last);
    }
    double mean = Arrays.stream(times).average().orElseThrow();
    double variance = Arrays.stream(times).map(x -> (x - mean) * (x - mean)).sum() / count;
    assertEquals(groups.mean().value(), mean, 3.3 * Math.sqrt(variance / count));
    for (double level : new double[] {0.5, 0.95, 0.99}) {
      double limit = groups.quantile(level).value();
      double below = Arrays.stream(times).filter(x -> x <= limit).count() / (double) count;
      assertEquals(level, below, 3.3 * Math.sqrt(level * (1 - level) / count));
    }
  }

  @Test
  void whatIsNotKnown() {
    Law law = new Uniform(1, 2);
    GroupLatency dependent =
        new GroupLatency(law, 0, SIZES, null, TIME, Served.ALONE, new Check(0, 1, 0));
    assertInstanceOf(TheoryResult.Undefined.class, dependent.quantile(0.5));
    assertInstanceOf(
        TheoryResult.Undefined.class,
        new GroupLatency(law, 0, SIZES, 2, TIME, Served.TOGETHER, new Check(0, 1, 0)).mean());
    GroupLatency many =
        new GroupLatency(law, 0, new Uniform(1, 1000), null, TIME, Served.ALONE, Check.NONE);
    assertInstanceOf(TheoryResult.Undefined.class, many.mean());
    GroupLatency heavy =
        new GroupLatency(new Pareto(0.9, 1), 0.5, SIZES, null, TIME, Served.ALONE, Check.NONE);
    assertEquals(Double.POSITIVE_INFINITY, heavy.mean().value());
    assertTrue(heavy.quantile(0.99).value() > heavy.quantile(0.5).value());
    assertThrows(IllegalArgumentException.class, () -> heavy.quantile(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GroupLatency(law, 0, SIZES, 0, TIME, Served.ALONE, Check.NONE));
    assertThrows(IllegalArgumentException.class, () -> new Check(-1, 0, 0));
  }
}
