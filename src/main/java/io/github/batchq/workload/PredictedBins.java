package io.github.batchq.workload;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import umontreal.ssj.rng.RandomStream;

/**
 * A predictor that knows no length but a bin, and that not for sure: the predicted bin is drawn
 * from the row of the true bin, by inversion of one random number for each request, independently
 * of the length within the true bin. The predicted length is the bin's middle; of the last bin,
 * which has no upper end, its lower end plus half the width of the bin before it (0 if there is
 * only one bin). So it falls into the predicted bin, and says nothing but the bin.
 */
final class PredictedBins implements LengthPredictor {
  private final ConfusionMatrix confusion;
  private final BinBoundaries boundaries;
  private final RandomStream stream;
  private final double[] middles;

  PredictedBins(ConfusionMatrix confusion, BinBoundaries boundaries, RandomStream stream) {
    this.confusion = confusion;
    this.boundaries = boundaries;
    this.stream = stream;
    this.middles = new double[boundaries.bins()];
    for (int bin = 0; bin < middles.length; bin++) {
      middles[bin] = middle(boundaries, bin);
    }
  }

  @Override
  public double predict(double length, int promptTokens) {
    return middles[confusion.predict(boundaries.binOf(length), stream.nextDouble())];
  }

  /** Refuses a bin that may be predicted but holds no length. */
  static void check(ConfusionMatrix confusion, BinBoundaries boundaries) {
    for (int bin = 0; bin < boundaries.bins(); bin++) {
      if (boundaries.binOf(middle(boundaries, bin)) != bin && isPredicted(confusion, bin)) {
        throw new IllegalArgumentException(
            "bin "
                + (bin + 1)
                + " of "
                + boundaries.bins()
                + " is empty (both its ends are "
                + boundaries.lower(bin)
                + "), so no predicted length falls into it; use fewer bins or other boundaries");
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

  private static double middle(BinBoundaries boundaries, int bin) {
    double lower = boundaries.lower(bin);
    if (bin < boundaries.bins() - 1) {
      // Half the width could round up to the upper end where the ends are neighbouring numbers.
      double middle = lower + (boundaries.upper(bin) - lower) / 2;
      return middle < boundaries.upper(bin) ? middle : lower;
    }
    double before = bin == 0 ? 0 : boundaries.lower(bin - 1);
    return lower + (lower - before) / 2;
  }
}
