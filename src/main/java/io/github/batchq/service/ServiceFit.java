package io.github.batchq.service;

import io.github.batchq.model.BatchShape;
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
    double determination,
    double meanError,
    double largestError) {
  /** A fit that is better by less than this share does not count as better. */
  private static final double TIE = 1e-9;

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
    NonNegativeLeastSquares best = null;
    int free = 0;
    for (int tried : freeRequests(form, fitted)) {
      NonNegativeLeastSquares found = solve(form, fitted, tried);
      if (found != null && (best == null || found.squares() < best.squares() * (1 - TIE))) {
        best = found;
        free = tried;
      }
    }
    if (best == null) {
      throw new IllegalArgumentException(
          "the measurements do not determine "
              + String.join(", ", form.coefficients())
              + " of "
              + form.id()
              + ": it needs more different batch sizes or lengths");
    }
    return of(form, best, free, measurements);
  }

  private static @Nullable NonNegativeLeastSquares solve(
      ServiceForm form, List<Measurement> fitted, int free) {
    double[][] rows = new double[fitted.size()][];
    double[] ones = new double[fitted.size()];
    for (int i = 0; i < rows.length; i++) {
      Measurement batch = fitted.get(i);
      rows[i] = form.columns(batch, free);
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] /= batch.seconds();
      }
      ones[i] = 1;
    }
    return NonNegativeLeastSquares.solve(rows, ones);
  }

  /** Numbers of free requests to try: 0 and the batch sizes but the largest two. */
  private static int[] freeRequests(ServiceForm form, List<Measurement> fitted) {
    int[] sizes = fitted.stream().mapToInt(Measurement::batchSize).distinct().sorted().toArray();
    int[] tried = new int[form == ServiceForm.TOKEN_LEVEL ? Math.max(1, sizes.length - 1) : 1];
    System.arraycopy(sizes, 0, tried, 1, tried.length - 1);
    return tried;
  }

  private static ServiceFit of(
      ServiceForm form, NonNegativeLeastSquares solved, int free, Measurements measurements) {
    ServiceTimeModel model = model(form, solved, free);
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
        solved.coefficients(),
        solved.standardErrors(),
        free,
        total > 0 ? 1 - residual / total : Double.NaN,
        sum / measurements.judges().size(),
        largest);
  }

  private static ServiceTimeModel model(
      ServiceForm form, NonNegativeLeastSquares solved, int free) {
    try {
      return form.model(solved.coefficients(), free);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the best fit of " + form.id() + " is no model: " + e.getMessage(), e);
    }
  }

  /** How much longer a batch took than the fit says, as a share of what it took. */
  public double residual(Measurement batch) {
    return 1 - seconds(form.model(coefficients, freeRequests), batch) / batch.seconds();
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
