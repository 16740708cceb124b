package io.github.batchq.workload;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.model.Key;
import umontreal.ssj.rng.RandomStream;

/**
 * A predictor of bins with a known confusion matrix, such as the measured ones of Figure 10 of
 * arXiv:2412.04504. Independent of the length within the bin; no length is predicted.
 *
 * @param matrix rows of true bins, columns of predicted bins, as many as the policy has bins
 */
public record Confusion(
    @Key(
            about =
                "counts or shares with rows of true bins and columns of predicted ones, as many as the policy has bins: rows, or a CSV file with a header line",
            unit = "1",
            range = "at least 0, no row of zeros alone",
            example = "[[9, 1, 0, 0], [1, 8, 1, 0], [0, 1, 8, 1], [0, 0, 1, 9]]")
        ConfusionMatrix matrix)
    implements PredictorSpec {
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
