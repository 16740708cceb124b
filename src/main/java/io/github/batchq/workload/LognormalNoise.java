package io.github.batchq.workload;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.probdist.NormalDist;
import umontreal.ssj.rng.RandomStream;

/**
 * A predictor of lengths with a multiplicative error: the predicted length is exp(sigma Z) times
 * the true one with Z standard normal, by inversion of one random number for each request. Its
 * median is the truth. How often it errs depends on how near a length is to a boundary, so no
 * confusion matrix describes it.
 *
 * @param sigma standard deviation of the logarithm of the error, finite, at least 0
 */
public record LognormalNoise(
    @Key(
            about = "standard deviation of the logarithm of predicted over true length",
            unit = "1",
            range = "finite, at least 0",
            example = "0.3")
        double sigma)
    implements PredictorSpec {
  public LognormalNoise {
    Require.ARGUMENT.notNegativeFinite("sigma", sigma);
  }

  @Override
  public LengthPredictor create(RandomStream stream, BinBoundaries boundaries) {
    return (length, promptTokens) ->
        length * Math.exp(sigma * NormalDist.inverseF01(stream.nextDouble()));
  }

  @Override
  public @Nullable ConfusionMatrix confusion(int bins) {
    return null;
  }
}
