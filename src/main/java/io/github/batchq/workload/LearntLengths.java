package io.github.batchq.workload;

import java.util.Arrays;

/**
 * Lengths that were learnt from the prompts of a trace: a table of a prediction for each number of
 * prompt tokens that the trace has; another number is taken for the nearest of these. Immutable.
 */
public final class LearntLengths {
  /** Learning takes at most so many requests, evenly spaced. */
  private static final int MOST_LEARNT = 50_000;

  private final int[] prompts;
  private final double[] means;
  private final double[] lengths;

  private LearntLengths(int[] prompts, double[] means, double[] lengths) {
    this.prompts = prompts;
    this.means = means;
    this.lengths = lengths;
  }

  /**
   * Learns from a trace.
   *
   * @param trace at least as many requests as {@code size}
   * @param method how
   * @param size requests with fewer of which a tree does not divide a range of prompts any more, or
   *     neighbours, at least 1
   * @throws IllegalArgumentException if there are fewer requests, or none has a prompt
   */
  public static LearntLengths of(Trace trace, LearningMethod method, int size) {
    EvenSample learnt = new EvenSample(trace.size(), MOST_LEARNT);
    if (learnt.size() < size) {
      throw new IllegalArgumentException(
          "a predictor that averages over "
              + size
              + " requests needs at least as many to learn from, found "
              + learnt.size());
    }
    int[] prompt =
        Arrays.stream(learnt.values(trace::promptTokens))
            .mapToInt(tokens -> (int) tokens)
            .toArray();
    double[] length = learnt.values(trace::length);
    int[] asked = Arrays.stream(prompt).sorted().distinct().toArray();
    if (asked[asked.length - 1] == 0) {
      throw new IllegalArgumentException(
          "lengths are learnt from prompts, and the requests of " + trace.name() + " have none");
    }
    double[] means = LengthLearner.predict(method, size, prompt, length, asked);
    return new LearntLengths(asked, means, spread(prompt, length, asked, means));
  }

  /**
   * What was learnt are means, which lie closer together than lengths, and boundaries are for
   * lengths. So a mean is turned into the length of the same rank: where a share of the requests
   * has smaller means, the length that is larger than this share of the lengths, for equal means
   * their middle.
   */
  private static double[] spread(int[] prompt, double[] length, int[] asked, double[] means) {
    double[] ofRequests = new double[prompt.length];
    for (int i = 0; i < prompt.length; i++) {
      ofRequests[i] = means[Arrays.binarySearch(asked, prompt[i])];
    }
    Arrays.sort(ofRequests);
    double[] sorted = length.clone();
    Arrays.sort(sorted);
    double[] lengths = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      int below = firstAtLeast(ofRequests, means[i]);
      int upTo = firstAtLeast(ofRequests, Math.nextUp(means[i]));
      lengths[i] = sorted[Math.min(sorted.length - 1, (below + upTo) / 2)];
    }
    return lengths;
  }

  private static int firstAtLeast(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The mean length that was learnt for a prompt. */
  public double mean(int promptTokens) {
    return means[row(promptTokens)];
  }

  /** The length of the rank that the mean has among the means. */
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
}
