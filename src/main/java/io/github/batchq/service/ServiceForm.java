package io.github.batchq.service;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The service-time models that can be fitted to measurements: linear in their coefficients. */
public enum ServiceForm {
  /** {@link LongestRequest}. */
  LONGEST("longest", "secondsPerToken offset") {
    @Override
    double[] columns(Measurement batch, Knees knees) {
      return new double[] {batch.length(), 1};
    }

    @Override
    ServiceTimeModel model(List<Double> x, Knees knees) {
      return new LongestRequest(x.get(1), x.get(0));
    }
  },
  /** {@link AffineBatch}. */
  AFFINE("affine", "alpha beta gamma delta") {
    @Override
    double[] columns(Measurement batch, Knees knees) {
      int size = batch.batchSize();
      return new double[] {1, size, batch.length(), size * batch.length()};
    }

    @Override
    ServiceTimeModel model(List<Double> x, Knees knees) {
      return new AffineBatch(x.get(0), x.get(1), x.get(2), x.get(3));
    }
  },
  /** {@link StepTimeSpec}. */
  STEP_TIME("step-time", "tau0 tau1") {
    @Override
    double[] columns(Measurement batch, Knees knees) {
      return new double[] {batch.length(), batch.batchSize() * batch.length()};
    }

    @Override
    ServiceTimeModel model(List<Double> x, Knees knees) {
      return new AffineBatch(0, 0, x.get(0), x.get(1));
    }
  },
  /**
   * {@link TokenLevel}; the number of free requests is one of the measured batch sizes, or 0, and
   * prompt tokens are free up to a number that is found, where that tells clearly more.
   */
  TOKEN_LEVEL("token-level", "prefill prefillPerToken step perRequest perContextToken") {
    @Override
    double[] columns(Measurement batch, Knees knees) {
      double steps = Math.ceil(batch.length());
      int size = batch.batchSize();
      long prompts = batch.promptTokens();
      long paid = Math.max(0, prompts - knees.promptTokens());
      return new double[] {
        1,
        paid,
        steps,
        steps * Math.max(0, size - knees.requests()),
        steps * (prompts + size * (steps - 1) / 2)
      };
    }

    @Override
    ServiceTimeModel model(List<Double> x, Knees knees) {
      return new TokenLevel(
          x.get(0), x.get(1), knees.promptTokens(), x.get(2), x.get(3), knees.requests(), x.get(4));
    }
  };

  private final String id;
  private final String coefficients;

  ServiceForm(String id, String coefficients) {
    this.id = id;
    this.coefficients = coefficients;
  }

  /** How files name it. */
  public String id() {
    return id;
  }

  /** The names of its coefficients. */
  public List<String> coefficients() {
    return List.of(coefficients.split(" ", -1));
  }

  /** The form of a name. */
  public static Optional<ServiceForm> named(String id) {
    return Arrays.stream(values()).filter(form -> form.id.equals(id)).findFirst();
  }

  /** What each coefficient is multiplied by in the seconds of a batch. */
  abstract double[] columns(Measurement batch, Knees knees);

  /** The model with these coefficients. */
  abstract ServiceTimeModel model(List<Double> coefficients, Knees knees);
}
