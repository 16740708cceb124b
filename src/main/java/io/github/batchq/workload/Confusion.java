package io.github.batchq.workload;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import umontreal.ssj.rng.RandomStream;

/**
 * A predictor of bins with a known confusion matrix, such as the measured ones of Figure 10 of
 * arXiv:2412.04504. Independent of the length within the bin; no length is predicted.
 *
 * @param matrix rows of true bins, columns of predicted bins, as many as the policy has bins
 */
public record Confusion(ConfusionMatrix matrix) implements PredictorSpec {
  @Override
  public LengthPredictor create(RandomStream stream, BinBoundaries boundaries) {
    return new PredictedBins(confusion(boundaries.bins()), boundaries, stream);
  }

  @Override
  public ConfusionMatrix confusion(int bins) {
    if (matrix.bins() != bins) {
      throw new IllegalArgumentException(
          "the confusion matrix has "
              + matrix.bins()
              + " rows and columns, but there "
              + (bins == 1 ? "is 1 bin" : "are " + bins + " bins"));
    }
    return matrix;
  }

  @Override
  public boolean predictsLengths() {
    return false;
  }

  @Override
  public void check(BinBoundaries boundaries) {
    PredictedBins.check(confusion(boundaries.bins()), boundaries);
  }
}
