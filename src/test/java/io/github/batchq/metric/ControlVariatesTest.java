package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlVariatesTest {
  private static final double MEAN = 40;

  private static double[] normals(Random random, int n) {
    return random.doubles(n).map(u -> random.nextGaussian()).toArray();
  }

  /** The quantity 40 + 2 c1 - c2 / 2 + noise, whose variance is 4.25 + noise^2. */
  private static double[] quantity(double[] c1, double[] c2, double noise, Random random) {
    double[] values = new double[c1.length];
    Arrays.setAll(values, i -> MEAN + 2 * c1[i] - c2[i] / 2 + noise * random.nextGaussian());
    return values;
  }

  private static List<Control> controls(double[] c1, double[] c2) {
    return List.of(
        new Control("gap", Arrays.stream(c1).map(x -> 10 + 0.01 * x).toArray(), 10),
        new Control("length", Arrays.stream(c2).map(x -> 3 + 500 * x).toArray(), 3));
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "20, 1", "50, 0.5", "20, 4"})
  void intervalsOfNormalDataHaveTheirLevelAndGainsTheirValue(int n, double noise) {
    Random random = new Random(1982);
    int macro = 2000;
    int covered = 0;
    double logGain = 0;
    double[] estimates = new double[macro];
    double[] plain = new double[macro];
    for (int i = 0; i < macro; i++) {
      double[] c1 = normals(random, n);
      double[] c2 = normals(random, n);
      ControlVariates result =
          ControlVariates.of(quantity(c1, c2, noise, random), controls(c1, c2));
      Estimate estimate = result.controlled();
      covered += Math.abs(estimate.mean() - MEAN) <= estimate.halfWidth() ? 1 : 0;
      logGain += Math.log(result.gain()) / macro;
      estimates[i] = estimate.mean();
      plain[i] = result.plain().mean();
    }
    // Four binomial standard errors.
    assertEquals(0.95, covered / (double) macro, 4 * Math.sqrt(0.95 * 0.05 / macro));
    double explained = 4.25 / (4.25 + noise * noise);
    double expected = (n - 4.0) / ((n - 2.0) * (1 - explained));
    double measured = squares(plain) / squares(estimates);
    // A ratio of two variances from 2,000 values each, and the mean of a skew estimate of it.
    assertEquals(0, Math.log(measured / expected), 4 * Math.sqrt(4.0 / macro));
    assertEquals(Math.log(expected), logGain, n == 8 ? 0.15 : 0.07);
  }

  private static double squares(double[] means) {
    return Arrays.stream(means).map(mean -> (mean - MEAN) * (mean - MEAN)).sum();
  }

  @Test
  void isTheInterceptOfTheRegression() {
    // By hand: the slope is 10.5/5 about (2.5, 6.25), the residuals' squares sum to 22.75 - 2.1^2
    // 5,
    // the mean 2 is 0.5 from the observed one, and t(2) at 97.5 % is 4.302652730.
    ControlVariates result =
        ControlVariates.of(
            new double[] {3, 5, 8, 9}, List.of(new Control("c", new double[] {1, 2, 3, 4}, 2)));
    assertEquals(6.25 - 1.05, result.controlled().mean(), 1e-12);
    double slope = 2.1;
    double residuals = 22.75 - slope * slope * 5;
    assertEquals(
        4.302652730 * Math.sqrt(residuals / 2 * (0.25 + 0.25 / 5)),
        result.controlled().halfWidth(),
        1e-8);
    assertEquals(0.5 / ((residuals / 2) / (22.75 / 3)), result.gain(), 1e-9);
    assertEquals(Estimate.of(new double[] {3, 5, 8, 9}), result.plain());
  }

  @Test
  void uselessControlsDoNotHelp() {
    Random random = new Random(7);
    int helped = 0;
    for (int i = 0; i < 1000; i++) {
      double[] noise = normals(random, 30);
      ControlVariates result =
          ControlVariates.of(noise, controls(normals(random, 30), normals(random, 30)));
      helped += result.helps() ? 1 : 0;
    }
    // At most the level of the F-test, 1 %, and four binomial standard errors.
    assertTrue(helped <= 10 + 4 * Math.sqrt(10), () -> "useless controls help too often");
  }

  @Test
  void usefulControlsHelp() {
    Random random = new Random(8);
    double[] c1 = normals(random, 20);
    double[] c2 = normals(random, 20);
    ControlVariates result = ControlVariates.of(quantity(c1, c2, 1, random), controls(c1, c2));
    assertTrue(result.helps());
    assertEquals(List.of("gap", "length"), result.used());
    assertEquals(List.of(), result.dropped());
    assertTrue(result.controlled().halfWidth() < result.plain().halfWidth());
  }

  @Test
  void aControlThatIsTheQuantityItselfExplainsAll() {
    double[] values = {3, 1, 4, 1, 5, 9};
    ControlVariates result = ControlVariates.of(values, List.of(new Control("itself", values, 4)));
    assertEquals(4, result.controlled().mean(), 1e-12);
    assertEquals(0, result.controlled().halfWidth(), 1e-12);
    assertTrue(result.gain() > 1e20);
    assertTrue(result.helps());
  }

  @Test
  void constantAndDependentControlsAreDropped() {
    Random random = new Random(9);
    double[] c1 = normals(random, 20);
    double[] c2 = normals(random, 20);
    double[] sum = new double[20];
    Arrays.setAll(sum, i -> 7 + c1[i] - 3 * c2[i]);
    double[] same = new double[20];
    Arrays.fill(same, 0.1);
    double[] values = quantity(c1, c2, 1, random);
    ControlVariates result =
        ControlVariates.of(
            values,
            List.of(
                new Control("lengths", same, 0.1),
                new Control("a", c1, 0),
                new Control("b", c2, 0),
                new Control("sum", sum, 7)));
    assertEquals(List.of("a", "b"), result.used());
    assertEquals(
        List.of(
            "lengths is the same in all replications",
            "sum is a linear function of the controls before it"),
        result.dropped());
    ControlVariates clean =
        ControlVariates.of(values, List.of(new Control("a", c1, 0), new Control("b", c2, 0)));
    assertEquals(clean.controlled(), result.controlled());
  }

  @Test
  void controlsNeedReplications() {
    Control first = new Control("a", new double[] {1, 2, 4, 3}, 2);
    Control second = new Control("b", new double[] {1, 0, 0, 1}, 0.5);
    ControlVariates result = ControlVariates.of(new double[] {1, 2, 3, 5}, List.of(first, second));
    assertEquals(List.of("a"), result.used());
    assertEquals(List.of("b would need at least 5 replications, found 4"), result.dropped());
    ControlVariates none =
        ControlVariates.of(new double[] {1}, List.of(new Control("a", new double[] {1}, 2)));
    assertEquals(none.plain(), none.controlled());
    assertEquals(1, none.gain());
    assertFalse(none.helps());
  }

  @Test
  void anUndefinedQuantityStaysUndefined() {
    ControlVariates result =
        ControlVariates.of(
            new double[] {1, Double.NaN, 2, 3, 4},
            List.of(new Control("a", new double[] {1, 2, 4, 3, 0}, 2)));
    assertTrue(Double.isNaN(result.controlled().mean()));
    assertTrue(Double.isNaN(result.gain()));
    assertFalse(result.helps());
  }

  @Test
  void aConstantQuantityNeedsNoControl() {
    ControlVariates result =
        ControlVariates.of(
            new double[] {2, 2, 2, 2, 2},
            List.of(new Control("a", new double[] {1, 2, 4, 3, 0}, 2)));
    assertEquals(new Estimate(2, 0, 4), result.controlled());
    assertFalse(result.helps());
  }

  @Test
  void badControlsAreRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Control("gap", new double[] {1, Double.NaN}, 1));
    assertTrue(String.valueOf(error.getMessage()).contains("NaN"), error.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Control("gap", new double[] {1}, Double.POSITIVE_INFINITY));
    Control two = new Control("gap", new double[] {1, 2}, 1);
    error =
        assertThrows(
            IllegalArgumentException.class,
            () -> ControlVariates.of(new double[] {1, 2, 3}, List.of(two)));
    assertTrue(
        String.valueOf(error.getMessage()).contains("must have 3 values"), error.getMessage());
  }
}
