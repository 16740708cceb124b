package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;

/** A way to place the boundaries between bins when the law of the lengths is known. */
public interface BoundaryRule {
  /** The name in experiment files and on the command line, such as {@code equal-mass}. */
  String name();

  /** One sentence for the user: what the rule does and which laws it needs. */
  String description();

  /**
   * The boundaries, in the unit of the law.
   *
   * @param law law of the lengths
   * @param bins number of bins k, at least 1
   * @param batchSize number of requests in a batch B, at least 1
   * @throws IllegalArgumentException if a number is less than 1, or if the rule does not cover the
   *     law; the message says what to use instead
   */
  BinBoundaries boundaries(Law law, int bins, int batchSize);

  /**
   * The boundaries, as the other method gives them, for a caller who shows how far the work is.
   *
   * @param progress is told the share of the work that is done, from 0 to 1, by a rule that works
   *     for long and knows it
   * @throws IllegalArgumentException as the other method does
   */
  default BinBoundaries boundaries(Law law, int bins, int batchSize, DoubleConsumer progress) {
    return boundaries(law, bins, batchSize);
  }

  /**
   * The boundaries for each of several numbers of bins, in their order: a rule that finds them
   * together does so in less time.
   *
   * @throws IllegalArgumentException as the other method does
   */
  default List<BinBoundaries> boundaries(Law law, List<Integer> bins, int batchSize) {
    return bins.stream().map(k -> boundaries(law, k.intValue(), batchSize)).toList();
  }

  /**
   * What k (E_k - E[length]) comes near for many bins k, in the unit of the law; undefined where no
   * limit is known.
   *
   * @throws IllegalArgumentException if the batch size is less than 1
   */
  TheoryResult limitingLoss(Law law, int batchSize);

  /** Whether k+1 bins of this rule are never worse than k, whatever the law. */
  default boolean isMonotone() {
    return false;
  }

  /**
   * Whether some number of bins of this rule may leave one without requests, as far as is known of
   * the law.
   */
  default boolean mayLeaveBinsEmpty(Law law) {
    return true;
  }

  /**
   * The mean batch length E_k of k = 1, 2, ... bins of this rule, one for each call.
   *
   * @throws IllegalArgumentException from the supplier, as {@link #boundaries} does
   */
  default DoubleSupplier meanLengths(Law law, int batchSize) {
    return new DoubleSupplier() {
      private int bins;

      @Override
      public double getAsDouble() {
        bins++;
        return BatchMaximum.expectedBatchLength(law, boundaries(law, bins, batchSize), batchSize);
      }
    };
  }
}
