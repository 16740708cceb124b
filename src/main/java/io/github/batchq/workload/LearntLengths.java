package io.github.batchq.workload;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * Lengths that were learnt from prompts, as a predictor: a table of a prediction for each number of
 * prompt tokens that was seen; another number is taken for the nearest of these. It makes no other
 * errors than it has learnt. Immutable.
 */
public final class LearntLengths implements PredictorSpec {
  private final int[] prompts;
  private final double[] means;
  private final double[] lengths;

  /**
   * @param prompts the numbers of prompt tokens that were seen, at least one, increasing
   * @param means the mean length for each
   * @param lengths the length that is predicted for each
   * @throws IllegalArgumentException if there is none, they do not increase, or their numbers
   *     differ
   */
  public LearntLengths(int[] prompts, double[] means, double[] lengths) {
    if (prompts.length == 0 || means.length != prompts.length || lengths.length != prompts.length) {
      throw new IllegalArgumentException(
          "a table of lengths has a mean and a length for each number of prompt tokens, found "
              + prompts.length
              + " numbers, "
              + means.length
              + " means and "
              + lengths.length
              + " lengths");
    }
    for (int i = 1; i < prompts.length; i++) {
      if (prompts[i] <= prompts[i - 1]) {
        throw new IllegalArgumentException(
            "numbers of prompt tokens must increase, found "
                + prompts[i]
                + " after "
                + prompts[i - 1]);
      }
    }
    this.prompts = prompts.clone();
    this.means = means.clone();
    this.lengths = lengths.clone();
  }

  /** The mean length that was learnt for a prompt. */
  public double mean(int promptTokens) {
    return means[row(promptTokens)];
  }

  /** The length that is predicted for a prompt. */
  public double length(int promptTokens) {
    return lengths[row(promptTokens)];
  }

  private int row(int promptTokens) {
    int found = Arrays.binarySearch(prompts, promptTokens);
    if (found >= 0) {
      return found;
    }
    int above = -found - 1;
    if (above == 0) {
      return 0;
    }
    boolean nearer =
        above < prompts.length && prompts[above] - promptTokens < promptTokens - prompts[above - 1];
    return nearer ? above : above - 1;
  }

  @Override
  public LengthPredictor create(RandomStream stream, BinBoundaries boundaries) {
    return (length, promptTokens) -> length(promptTokens);
  }

  @Override
  public @Nullable ConfusionMatrix confusion(int bins) {
    return null;
  }

  @Override
  public boolean isRandom() {
    return false;
  }

  @Override
  public boolean readsPrompts() {
    return true;
  }
}
