package io.github.batchq.random;

import java.util.function.DoubleUnaryOperator;
import umontreal.ssj.rng.RandomStream;

/**
 * Draws by a function of one uniform number.
 *
 * @param transform the function
 * @param stream the uniform numbers
 */
record TransformSampler(DoubleUnaryOperator transform, RandomStream stream) implements Sampler {
  @Override
  public double getAsDouble() {
    return transform.applyAsDouble(stream.nextDouble());
  }

  @Override
  public void fill(double[] values, int size) {
    stream.nextArrayOfDouble(values, 0, size);
    for (int i = 0; i < size; i++) {
      values[i] = transform.applyAsDouble(values[i]);
    }
  }
}
