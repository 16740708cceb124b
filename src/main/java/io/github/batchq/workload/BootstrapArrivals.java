package io.github.batchq.workload;

import io.github.batchq.model.Key;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * Arrivals by the circular block bootstrap of a trace (D. N. Politis and J. P. Romano, "A circular
 * block-resampling procedure for stationary data", 1992): blocks of neighbouring requests, each
 * with the gap before it, its length and its prompt, begin anywhere in the trace with equal
 * probability, and its end goes on at its beginning. So replications differ as recordings of the
 * same traffic would, what is within a block stays as it was recorded, and what takes longer than a
 * block, such as the hours of a day, is lost. The gap before the first request of the trace, which
 * it does not tell, is the mean one, so the mean rate is exactly that of the trace.
 *
 * @param trace the recorded trace
 * @param block requests of a block, 1 to the size of the trace; the root of that size, rounded,
 *     when absent
 * @param rateScale factor on the arrival rate, positive; 1 when absent; infinite if all requests
 *     are to be there at time 0
 * @param from start of the part that is taken, in recorded seconds after the first arrival; the
 *     first arrival when absent
 * @param to its end, which it does not hold; that of the trace when absent
 */
public record BootstrapArrivals(
    @Key(
            about = "the recorded trace",
            example = "{format: vidur, file: 'resource:sample-vidur.csv'}")
        TraceSpec trace,
    @Key(
            about = "requests of a block",
            unit = "requests",
            range = "1 to those of the trace",
            absent = "the root of the number of requests",
            example = "4")
        @Nullable Integer block,
    @Key(
            about =
                "factor on the arrival rate, by which all gaps are divided; .inf puts all requests at time 0",
            unit = "1",
            range = "positive",
            absent = "1",
            example = "2")
        @Nullable Double rateScale,
    @Key(
            about = "start of the part that is drawn from, after the first arrival",
            unit = "s",
            range = "at least 0, finite, as recorded",
            absent = "the first arrival",
            example = "60")
        @Nullable Double from,
    @Key(
            about =
                "end of the part that is drawn from, after the first arrival; a request at this time is no part of it",
            unit = "s",
            range = "later than from, as recorded",
            absent = "the end of the trace",
            example = "3600")
        @Nullable Double to)
    implements ArrivalSpec {
  public BootstrapArrivals {
    TraceArrivals.checkScale(rateScale);
    if (block != null && block < 1) {
      throw new IllegalArgumentException("block must be at least 1 request, found " + block);
    }
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    return process(traces.get(trace, from, to), block, rateScale == null ? 1 : rateScale);
  }

  /**
   * The process of a trace that is at hand.
   *
   * @param recorded the trace
   * @param block requests of a block; the root of the size of the trace, rounded, when null
   * @param rateScale factor on the arrival rate, positive
   * @throws IllegalArgumentException if the block is larger than the trace
   */
  public static ArrivalProcess process(Trace recorded, @Nullable Integer block, double rateScale) {
    if (Double.isFinite(rateScale)) {
      recorded.needArrivalTimes("a bootstrap");
    }
    int size = recorded.size();
    if (block != null && block > size) {
      throw new IllegalArgumentException(
          "block must be at most the " + size + " requests of the trace, found " + block);
    }
    int length = block == null ? (int) Math.round(Math.sqrt(size)) : block;
    return new Blocks(recorded, length, rateScale, dispersion(recorded, length));
  }

  /**
   * For independent blocks of L gaps the limit of Var N(t) / E N(t) is that of renewal theory,
   * Var(sum of the gaps of a block) / (L m^2) for gaps of mean m. The blocks that begin at all
   * requests of the trace give it exactly. Requests that all come at one time do not disperse.
   */
  private static double dispersion(Trace trace, int block) {
    int size = trace.size();
    double mean = 1 / trace.rate();
    if (mean == 0) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < block; i++) {
      sum += gap(trace, i) - mean;
    }
    double squares = 0;
    for (int start = 0; start < size; start++) {
      squares += sum * sum;
      sum += gap(trace, (start + block) % size) - gap(trace, start);
    }
    return squares / size / (block * mean * mean);
  }

  /** The gap before a request. */
  private static double gap(Trace trace, int request) {
    return request == 0
        ? 1 / trace.rate()
        : trace.arrivalTime(request) - trace.arrivalTime(request - 1);
  }

  private record Blocks(Trace trace, int block, double rateScale, double dispersion)
      implements ArrivalProcess {
    @Override
    public double rate() {
      return trace.rate() * rateScale;
    }

    @Override
    public DoubleSupplier arrivalTimes(RandomStream stream) {
      IntSupplier rows = traceRows(stream);
      return new DoubleSupplier() {
        private double now;

        @Override
        public double getAsDouble() {
          now += gap(trace, rows.getAsInt()) / rateScale;
          return now;
        }
      };
    }

    @Override
    public IntSupplier traceRows(RandomStream stream) {
      int size = trace.size();
      return new IntSupplier() {
        private int row;
        private int left;

        @Override
        public int getAsInt() {
          if (left == 0) {
            row = (int) (stream.nextDouble() * size);
            left = block;
          } else {
            row = row + 1 == size ? 0 : row + 1;
          }
          left--;
          return row;
        }
      };
    }
  }
}
