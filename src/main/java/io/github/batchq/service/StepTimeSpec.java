package io.github.batchq.service;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;

/**
 * A batch of b requests takes tau(b) = tau0 + tau1 b seconds for each token of its longest: figure
 * 1(a) of arXiv:2412.04504. It is {@link AffineBatch} without seconds of the batch itself.
 *
 * @param tau0 seconds of every step, at least 0
 * @param tau1 seconds of a step for each request, at least 0; not both are 0
 */
public record StepTimeSpec(
    @Key(
            about = "time of every step",
            unit = "s",
            range = "finite, at least 0",
            example = "0.03243")
        double tau0,
    @Key(
            about = "time of a step for each request; not both are 0",
            unit = "s",
            range = "finite, at least 0",
            example = "0.000641")
        double tau1)
    implements ServiceModelSpec {
  public StepTimeSpec {
    Require.ARGUMENT.notNegativeFinite("tau0", tau0);
    Require.ARGUMENT.notNegativeFinite("tau1", tau1);
    if (tau0 + tau1 == 0) {
      throw new IllegalArgumentException("one of tau0 and tau1 must be positive");
    }
  }

  @Override
  public ServiceTimeModel create() {
    return new AffineBatch(0, 0, tau0, tau1);
  }
}
