package io.github.batchq.workload;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.model.Key;
import umontreal.ssj.rng.RandomStream;

/**
 * The symmetric error of arXiv:2412.04504, section 6.2: an inner bin is taken for either neighbour
 * with probability {@code errorRate} each, a bin at the edge for its one neighbour with probability
 * {@code errorRate}. Independent of the length within the bin; no length is predicted.
 *
 * @param errorRate p_e in [0,1]; at most 0.5 with three or more bins
 */
public record SymmetricError(
    @Key(
            about = "probability that a bin is taken for a neighbour, for each neighbour",
            unit = "1",
            range = "0 to 1; to 0.5 with three or more bins",
            example = "0.1")
        double errorRate)
    implements PredictorSpec {
  public SymmetricError {
    ConfusionMatrix.symmetric(1, errorRate);
  }

  @Override
  public LengthPredictor create(RandomStream stream, BinBoundaries boundaries) {
    return new PredictedBins(confusion(boundaries.bins()), boundaries, stream);
  }

  @Override
  public ConfusionMatrix confusion(int bins) {
    return ConfusionMatrix.symmetric(bins, errorRate);
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
