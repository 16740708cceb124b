package io.github.batchq.random;

import umontreal.ssj.rng.AntitheticStream;
import umontreal.ssj.rng.RandomStream;

/**
 * Pairs of runs with antithetic numbers (Hammersley and Morton 1956): runs 2 i and 2 i + 1 share
 * the streams of replication i, the second of them with 1 - u for every u. A long gap of one run
 * meets a short gap of the other, and so do lengths, where the law's {@linkplain Law#transform
 * transform} is monotone.
 *
 * @param streams independent streams, of half as many replications as there are runs
 */
public record AntitheticStreams(StreamSource streams) implements StreamSource {
  @Override
  public RandomStream stream(int replication, StreamName name) {
    RandomStream stream = streams.stream(replication / 2, name);
    return replication % 2 == 0 ? stream : new Mirrored(stream);
  }

  /** SSJ's antithetic stream, but below 1 where 1 - u rounds to 1. */
  private static final class Mirrored extends AntitheticStream {
    Mirrored(RandomStream stream) {
      super(stream);
    }

    @Override
    public double nextDouble() {
      return Math.min(super.nextDouble(), Parameters.BELOW_ONE);
    }

    @Override
    public void nextArrayOfDouble(double[] numbers, int start, int count) {
      for (int i = start; i < start + count; i++) {
        numbers[i] = nextDouble();
      }
    }
  }
}
