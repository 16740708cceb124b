package io.github.batchq.workload;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import umontreal.ssj.rng.RandomStream;

/**
 * A predictor that knows no length but a bin, and that not for sure: the predicted bin is drawn
 * from the row of the true bin, by inversion of one random number for each request, independently
 * of the length within the true bin.
 */
final class PredictedBins implements LengthPredictor {
  private final ConfusionMatrix confusion;
  private final BinBoundaries boundaries;
  private final RandomStream stream;

  PredictedBins(ConfusionMatrix confusion, BinBoundaries boundaries, RandomStream stream) {
    this.confusion = confusion;
    this.boundaries = boundaries;
    this.stream = stream;
  }

  @Override
  public double predict(double length, int promptTokens) {
    return confusion.predict(boundaries.binOf(length), stream.nextDouble());
  }

  @Override
  public boolean predictsLengths() {
    return false;
  }

  /** Refuses a bin that may be predicted but holds no length. */
  static void check(ConfusionMatrix confusion, BinBoundaries boundaries) {
    for (int bin = 0; bin < boundaries.bins(); bin++) {
      if (!(boundaries.lower(bin) < boundaries.upper(bin)) && isPredicted(confusion, bin)) {
        throw new IllegalArgumentException(
            "bin "
                + (bin + 1)
                + " of "
                + boundaries.bins()
                + " is empty (both its ends are "
                + boundaries.lower(bin)
                + "), so no length falls into it; use fewer bins or other boundaries");
      }
    }
  }

  private static boolean isPredicted(ConfusionMatrix confusion, int bin) {
    for (int i = 0; i < confusion.bins(); i++) {
      if (confusion.probability(i, bin) > 0) {
        return true;
      }
    }
    return false;
  }
}
