package io.github.batchq.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.Estimate;
import io.github.batchq.model.BadInputException;
import io.github.batchq.study.Distributions.At;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Curves of distributions against their definitions. */
class DistributionsTest {
  private static double[] exponential(long seed, int size) {
    return new Random(seed).doubles(size).map(u -> -2 * Math.log(1 - u)).toArray();
  }

  private static Distributions.Replication replication(long seed, int size) {
    double[] lengths = exponential(seed, size);
    return new Distributions.Replication(
        Arrays.stream(lengths).map(length -> 1 + 3 * length).toArray(), lengths);
  }

  @Test
  void sharesAreThoseOfTheTimes() {
    List<double[]> times =
        List.of(1L, 2L, 3L).stream()
            .map(seed -> Arrays.stream(exponential(seed, 500)).map(l -> 1 + 3 * l).toArray())
            .toList();
    Distributions all =
        new Distributions(List.of(replication(1, 500), replication(2, 500), replication(3, 500)));
    assertTrue(all.hasIntervals());
    List<At> tail = all.ccdf();
    List<At> cdf = all.cdf();
    for (int i = 0; i < cdf.size(); i++) {
      At at = cdf.get(i);
      double[] shares =
          times.stream()
              .mapToDouble(one -> Arrays.stream(one).filter(t -> t <= at.x()).count() / 500.0)
              .toArray();
      Estimate expected = Estimate.of(shares);
      assertEquals(expected.mean(), at.y(), 1e-12);
      assertEquals(Math.min(1, expected.mean() + expected.halfWidth()), at.high(), 1e-12);
      assertEquals(Math.max(0, expected.mean() - expected.halfWidth()), at.low(), 1e-12);
      assertEquals(1 - at.y(), tail.get(i).y(), 1e-12);
    }
    // Ten of the 1500 requests are above the last point.
    assertEquals(10 / 1500.0, tail.get(tail.size() - 1).y(), 1e-12);
  }

  @Test
  void barsHoldTheirRequests() {
    List<At> outline = new Distributions(List.of(replication(4, 4000))).histogram();
    double area = 0;
    for (int i = 1; i + 1 < outline.size(); i += 2) {
      assertEquals(outline.get(i).y(), outline.get(i + 1).y());
      area += outline.get(i).y() * (outline.get(i + 1).x() - outline.get(i).x());
    }
    assertEquals(0.995, area, 1e-9);
  }

  /** Times that are 1 + 3 l have the mean 1 + 3 (mean of the class). */
  @Test
  void classesOfLengthsHaveTheirMeans() {
    Distributions one = new Distributions(List.of(replication(5, 2000)));
    assertFalse(one.hasIntervals());
    List<At> classes = one.byLength();
    assertEquals(20, classes.size());
    for (At at : classes) {
      assertEquals(1 + 3 * at.x(), at.y(), 1e-9);
      assertTrue(Double.isNaN(at.low()));
    }
  }

  @Test
  void nothingHasNoDistribution() {
    assertThrows(
        BadInputException.class,
        () ->
            new Distributions(
                List.of(new Distributions.Replication(new double[0], new double[0]))));
  }
}
