package io.github.batchq.service;

import io.github.batchq.model.BatchShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service-time model fitted to measurements: the coefficients of at least 0 with the least sum of
 * squared relative errors, since times from milliseconds to minutes count alike so.
 *
 * @param form the model
 * @param coefficients as the form names them
 * @param standardErrors of the coefficients; NaN for those that are 0 because they must not be
 *     negative
 * @param freeRequests number of free requests of a token-level model; else 0
 * @param freePromptTokens number of free prompt tokens of a token-level model; else 0
 * @param determination R squared in seconds over the measurements that were fitted; NaN if all took
 *     the same time
 * @param meanError mean absolute relative error of the predictions of what was held out, or of what
 *     was fitted where nothing was
 * @param largestError largest absolute relative error of these
 */
public record ServiceFit(
    ServiceForm form,
    List<Double> coefficients,
    List<Double> standardErrors,
    int freeRequests,
    int freePromptTokens,
    double determination,
    double meanError,
    double largestError) {
  /** A fit that is better by less than this share does not count as better. */
  private static final double TIE = 1e-9;

  /** A mean squared relative error below this is that of arithmetic. */
  private static final double EXACT = 1e-20;

  /** Fewer different numbers of prompt tokens show no knee. */
  private static final int FEWEST_PROMPTS = 5;

  private static final int TRIED_PROMPTS = 64;

  /**
   * Fits a model.
   *
   * @throws IllegalArgumentException if there are too few measurements, or they do not determine
   *     the coefficients
   */
  public static ServiceFit of(ServiceForm form, Measurements measurements) {
    List<Measurement> fitted = measurements.fitted();
    int needed = form.coefficients().size() + 1;
    if (fitted.size() < needed) {
      throw new IllegalArgumentException(
          "a fit of "
              + form.id()
              + " needs at least "
              + needed
              + " measurements besides those held out, found "
              + fitted.size());
    }
    Solution best = best(form, fitted, requestKnees(form, fitted));
    if (best == null) {
      throw new IllegalArgumentException(
          "the measurements do not determine "
              + String.join(", ", form.coefficients())
              + " of "
              + form.id()
              + ": it needs more different batch sizes or lengths");
    }
    return of(form, withPromptKnee(form, fitted, best), measurements);
  }

  /** The least squares for some knees. */
  private record Solution(NonNegativeLeastSquares squares, Knees knees) {}

  private static @Nullable Solution best(
      ServiceForm form, List<Measurement> fitted, List<Knees> tried) {
    Solution best = null;
    for (Knees knees : tried) {
      NonNegativeLeastSquares found = solve(form, fitted, knees);
      if (found != null
          && (best == null || found.squares() < best.squares().squares() * (1 - TIE))) {
        best = new Solution(found, knees);
      }
    }
    return best;
  }

  private static @Nullable NonNegativeLeastSquares solve(
      ServiceForm form, List<Measurement> fitted, Knees knees) {
    double[][] rows = new double[fitted.size()][];
    double[] ones = new double[fitted.size()];
    for (int i = 0; i < rows.length; i++) {
      Measurement batch = fitted.get(i);
      rows[i] = form.columns(batch, knees);
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] /= batch.seconds();
      }
      ones[i] = 1;
    }
    return NonNegativeLeastSquares.solve(rows, ones);
  }

  /** Numbers of free requests to try: 0 and the batch sizes but the largest two. */
  private static List<Knees> requestKnees(ServiceForm form, List<Measurement> fitted) {
    int[] sizes = fitted.stream().mapToInt(Measurement::batchSize).distinct().sorted().toArray();
    List<Knees> tried = new ArrayList<>(List.of(Knees.NONE));
    for (int i = 0; form == ServiceForm.TOKEN_LEVEL && i < sizes.length - 2; i++) {
      tried.add(new Knees(sizes[i], 0));
    }
    return tried;
  }

  /**
   * The same with free prompt tokens, where the knee tells more than another parameter does by
   * chance: by Schwarz's criterion, 2 ln n for the knee and for having looked for it. It is looked
   * for among the measured numbers of prompt tokens, and then between their neighbours.
   */
  private static Solution withPromptKnee(
      ServiceForm form, List<Measurement> fitted, Solution without) {
    int[] prompts =
        fitted.stream()
            .mapToInt(batch -> (int) Math.min(Integer.MAX_VALUE, batch.promptTokens()))
            .distinct()
            .sorted()
            .toArray();
    int n = fitted.size();
    boolean exact = without.squares().squares() <= n * EXACT;
    if (form != ServiceForm.TOKEN_LEVEL || prompts.length < FEWEST_PROMPTS || exact) {
      return without;
    }
    int last = prompts.length - 3;
    List<Knees> coarse = new ArrayList<>();
    for (Knees ofRequests : requestKnees(form, fitted)) {
      for (int i = 0; i < TRIED_PROMPTS; i++) {
        int tried = prompts[(int) ((long) last * i / (TRIED_PROMPTS - 1))];
        coarse.add(new Knees(ofRequests.requests(), tried));
      }
    }
    Solution found = best(form, fitted, coarse);
    if (found == null) {
      return without;
    }
    int at = Arrays.binarySearch(prompts, found.knees().promptTokens());
    int step = Math.max(1, last / (TRIED_PROMPTS - 1));
    long low = at >= step ? prompts[at - step] : 0;
    long high = prompts[Math.min(last, at + step)];
    List<Knees> fine = new ArrayList<>(List.of(found.knees()));
    for (int i = 0; i <= TRIED_PROMPTS; i++) {
      fine.add(new Knees(found.knees().requests(), (int) (low + (high - low) * i / TRIED_PROMPTS)));
    }
    Solution best = best(form, fitted, fine);
    boolean tells =
        best != null
            && n * Math.log(without.squares().squares() / best.squares().squares())
                > 2 * Math.log(n);
    return best != null && tells ? best : without;
  }

  private static ServiceFit of(ServiceForm form, Solution solved, Measurements measurements) {
    ServiceTimeModel model = model(form, solved);
    double mean =
        measurements.fitted().stream().mapToDouble(Measurement::seconds).average().orElseThrow();
    double residual = 0;
    double total = 0;
    for (Measurement batch : measurements.fitted()) {
      residual += square(batch.seconds() - seconds(model, batch));
      total += square(batch.seconds() - mean);
    }
    double sum = 0;
    double largest = 0;
    for (Measurement batch : measurements.judges()) {
      double error = Math.abs(seconds(model, batch) / batch.seconds() - 1);
      sum += error;
      largest = Math.max(largest, error);
    }
    return new ServiceFit(
        form,
        solved.squares().coefficients(),
        solved.squares().standardErrors(),
        solved.knees().requests(),
        solved.knees().promptTokens(),
        total > 0 ? 1 - residual / total : Double.NaN,
        sum / measurements.judges().size(),
        largest);
  }

  private static ServiceTimeModel model(ServiceForm form, Solution solved) {
    try {
      return form.model(solved.squares().coefficients(), solved.knees());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the best fit of " + form.id() + " is no model: " + e.getMessage(), e);
    }
  }

  /** How much longer a batch took than the fit says, as a share of what it took. */
  public double residual(Measurement batch) {
    return 1
        - seconds(form.model(coefficients, new Knees(freeRequests, freePromptTokens)), batch)
            / batch.seconds();
  }

  private static double seconds(ServiceTimeModel model, Measurement batch) {
    return model.seconds(
        new BatchShape(
            batch.batchSize(),
            batch.length(),
            batch.batchSize() * batch.length(),
            batch.promptTokens()));
  }

  private static double square(double x) {
    return x * x;
  }
}
