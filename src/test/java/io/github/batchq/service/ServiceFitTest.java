package io.github.batchq.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BatchShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceFitTest {
  private static final int[] SIZES = {1, 2, 4, 8, 16, 32, 64};
  private static final int[] LENGTHS = {16, 64, 256, 1024};

  /** Batches whose seconds are those of a model times a factor. */
  private static List<Measurement> measured(ServiceTimeModel model, DoubleSupplier factor) {
    Random random = new Random(5);
    List<Measurement> all = new ArrayList<>();
    for (int size : SIZES) {
      for (int length : LENGTHS) {
        long prompts = (long) size * random.nextInt(50, 500);
        double seconds = model.seconds(new BatchShape(size, length, size * length, prompts));
        all.add(new Measurement(size, length, seconds * factor.getAsDouble(), prompts));
      }
    }
    return all;
  }

  private static ServiceTimeModel truth(ServiceForm form) {
    return switch (form) {
      case LONGEST -> new LongestRequest(0.3, 0.02);
      case AFFINE -> new AffineBatch(0.4, 0.01, 0.02, 0.0005);
      case STEP_TIME -> new AffineBatch(0, 0, 0.03, 0.001);
      case TOKEN_LEVEL -> new TokenLevel(0.02, 0.0001, 0.02, 0.0005, 8, 2e-7);
    };
  }

  private static double[] numbers(ServiceForm form) {
    return switch (form) {
      case LONGEST -> new double[] {0.02, 0.3};
      case AFFINE -> new double[] {0.4, 0.01, 0.02, 0.0005};
      case STEP_TIME -> new double[] {0.03, 0.001};
      case TOKEN_LEVEL -> new double[] {0.02, 0.0001, 0.02, 0.0005, 2e-7};
    };
  }

  @ParameterizedTest
  @EnumSource(ServiceForm.class)
  void recoversTheCoefficientsOfExactTimes(ServiceForm form) {
    Measurements parts = Measurements.split(measured(truth(form), () -> 1), 0.2, 7);
    ServiceFit fit = ServiceFit.of(form, parts);
    double[] expected = numbers(form);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], fit.coefficients().get(i), 1e-8 * expected[i]);
    }
    assertEquals(form == ServiceForm.TOKEN_LEVEL ? 8 : 0, fit.freeRequests());
    assertEquals(0, fit.freePromptTokens());
    assertEquals(1, fit.determination(), 1e-12);
    assertTrue(fit.largestError() < 1e-9 && fit.meanError() <= fit.largestError());
  }

  /** Times with 2 % noise: every coefficient within 4 of its standard errors. */
  @ParameterizedTest
  @EnumSource(ServiceForm.class)
  void standardErrorsCoverNoise(ServiceForm form) {
    Random random = new Random(11);
    Measurements parts =
        Measurements.split(measured(truth(form), () -> 1 + 0.02 * random.nextGaussian()), 0.25, 1);
    ServiceFit fit = ServiceFit.of(form, parts);
    assertEquals(0, fit.freePromptTokens());
    double[] expected = numbers(form);
    for (int i = 0; i < expected.length; i++) {
      double error = fit.standardErrors().get(i);
      assertTrue(error > 0 && error < expected[i], form + " " + i + " " + error);
      assertEquals(expected[i], fit.coefficients().get(i), 4 * error);
    }
    // The mean of |N(0, 0.02)| is 0.016.
    assertTrue(fit.meanError() > 0.004 && fit.meanError() < 0.032, "mean " + fit.meanError());
  }

  /** Prompts that cost nothing up to 5,000 tokens: the knee and the cost beyond are found. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01})
  void findsTheKneeOfPrompts(double noise) {
    Random random = new Random(13);
    TokenLevel truth = new TokenLevel(0.02, 0.0001, 5000, 0.02, 0.0005, 0, 0);
    Measurements parts =
        new Measurements(measured(truth, () -> 1 + noise * random.nextGaussian()), List.of());
    ServiceFit fit = ServiceFit.of(ServiceForm.TOKEN_LEVEL, parts);
    assertEquals(5000, fit.freePromptTokens(), noise == 0 ? 150 : 1000);
    assertEquals(0.0001, fit.coefficients().get(1), noise == 0 ? 1e-6 : 1e-5);
    assertTrue(fit.largestError() < 0.004 + 4 * noise, "error " + fit.largestError());
  }

  /** The model that made the times predicts them best. */
  @Test
  void theTrueModelHasTheLeastError() {
    Random random = new Random(12);
    Measurements parts =
        Measurements.split(
            measured(truth(ServiceForm.AFFINE), () -> 1 + 0.01 * random.nextGaussian()), 0.2, 1);
    double affine = ServiceFit.of(ServiceForm.AFFINE, parts).meanError();
    assertTrue(affine < 0.5 * ServiceFit.of(ServiceForm.LONGEST, parts).meanError());
    assertTrue(affine < 0.5 * ServiceFit.of(ServiceForm.STEP_TIME, parts).meanError());
  }

  /** One coefficient by hand: 31/14, residuals 5/14 on 2 degrees of freedom. */
  @Test
  void leastSquaresByHand() {
    NonNegativeLeastSquares one = solve(new double[][] {{1}, {2}, {3}}, new double[] {2, 4, 7});
    assertEquals(31.0 / 14, one.coefficients().get(0), 1e-14);
    assertEquals(5.0 / 14, one.squares(), 1e-12);
    assertEquals(Math.sqrt(5.0 / 14 / 2 / 14), one.standardErrors().get(0), 1e-12);
    // The line falls, so the best one that does not is the mean.
    NonNegativeLeastSquares flat =
        solve(new double[][] {{1, 1}, {1, 2}, {1, 3}}, new double[] {3, 2, 1});
    assertEquals(2, flat.coefficients().get(0), 1e-14);
    assertEquals(0, flat.coefficients().get(1));
    assertTrue(flat.standardErrors().get(1).isNaN());
    assertEquals(2, flat.squares(), 1e-12);
    // A column of zeros has no part; dependent ones cannot be told apart.
    assertEquals(
        2.0,
        solve(new double[][] {{1, 0}, {1, 0}, {1, 0}}, new double[] {1, 2, 3})
            .coefficients()
            .get(0),
        1e-14);
    assertNull(
        NonNegativeLeastSquares.solve(
            new double[][] {{1, 2}, {2, 4}, {3, 6}}, new double[] {1, 2, 3}));
  }

  private static NonNegativeLeastSquares solve(double[][] rows, double[] observed) {
    return Objects.requireNonNull(NonNegativeLeastSquares.solve(rows, observed));
  }

  @Test
  void holdsOutOneOfEachRunOfNeighbours() {
    List<Measurement> all = measured(truth(ServiceForm.AFFINE), () -> 1);
    Measurements parts = Measurements.split(all, 0.25, 3);
    assertEquals(7, parts.heldOut().size());
    assertEquals(21, parts.fitted().size());
    // 28 measurements in 7 runs of 4: each run is a batch size.
    for (int size : SIZES) {
      assertEquals(1, parts.heldOut().stream().filter(m -> m.batchSize() == size).count());
    }
    List<Measurement> together = new ArrayList<>(parts.fitted());
    together.addAll(parts.heldOut());
    assertTrue(together.containsAll(all));
    assertEquals(parts, Measurements.split(all, 0.25, 3));
    assertTrue(!parts.equals(Measurements.split(all, 0.25, 4)));
  }

  /** One time is twice what it should be: an error of 1/2 if it is held out, a bent fit if not. */
  @Test
  void errorsAreThoseOfWhatWasHeldOut() {
    List<Measurement> all = new ArrayList<>(measured(truth(ServiceForm.AFFINE), () -> 1));
    Measurement doubled = all.get(9);
    doubled =
        new Measurement(
            doubled.batchSize(), doubled.length(), 2 * doubled.seconds(), doubled.promptTokens());
    all.set(9, doubled);
    int out = 0;
    for (int seed = 0; seed < 12; seed++) {
      Measurements parts = Measurements.split(all, 0.25, seed);
      ServiceFit fit = ServiceFit.of(ServiceForm.AFFINE, parts);
      if (parts.heldOut().contains(doubled)) {
        out++;
        assertEquals(0.5, fit.largestError(), 1e-12);
        assertEquals(0.5 / parts.heldOut().size(), fit.meanError(), 1e-12);
        assertEquals(1, fit.determination(), 1e-12);
      } else {
        assertTrue(fit.largestError() > 1e-4 && fit.largestError() < 0.2, fit::toString);
        assertTrue(fit.determination() < 1 - 1e-6, fit::toString);
      }
    }
    assertTrue(out > 0 && out < 12, "held out in " + out + " of 12 splits");
  }

  @Test
  void refusesWhatDoesNotDetermineAModel() {
    List<Measurement> all = measured(truth(ServiceForm.AFFINE), () -> 1);
    Measurements few = Measurements.split(all.subList(0, 5), 0.2, 1);
    refused(
        "a fit of affine needs at least 5 measurements besides those held out, found 4",
        () -> ServiceFit.of(ServiceForm.AFFINE, few));
    Measurements oneSize =
        Measurements.split(
            all.stream()
                .flatMap(m -> m.batchSize() == 4 ? List.of(m, m, m).stream() : null)
                .toList(),
            0.2,
            1);
    refused(
        "the measurements do not determine tau0, tau1 of step-time",
        () -> ServiceFit.of(ServiceForm.STEP_TIME, oneSize));
    refused("at least 2 measurements", () -> Measurements.split(all.subList(0, 1), 0.2, 1));
    refused("between 0 and 1, found 1.0", () -> Measurements.split(all, 1, 1));
  }

  private static void refused(String words, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).toString();
    assertTrue(message.contains(words), message);
  }
}
