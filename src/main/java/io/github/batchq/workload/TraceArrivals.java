package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * Replay of a trace's arrival times.
 *
 * @param trace the recorded trace
 * @param rateScale factor on the arrival rate, positive; 1 when absent. All gaps are divided by it,
 *     so the pattern stays; infinite if all requests are to be there at time 0
 * @param from start of the part that is replayed, in recorded seconds after the first arrival; the
 *     first arrival when absent
 * @param to its end, which it does not hold; that of the trace when absent
 */
public record TraceArrivals(
    @Key(
            about = "the recorded trace",
            example = "{format: vidur, file: 'resource:sample-vidur.csv'}")
        TraceSpec trace,
    @Key(
            about =
                "factor on the arrival rate, by which all gaps are divided; .inf puts all requests at time 0",
            unit = "1",
            range = "positive",
            absent = "1",
            example = "2")
        @Nullable Double rateScale,
    @Key(
            about = "start of the part that is replayed, after the first arrival",
            unit = "s",
            range = "at least 0, finite, as recorded",
            absent = "the first arrival",
            example = "60")
        @Nullable Double from,
    @Key(
            about =
                "end of the part that is replayed, after the first arrival; a request at this time is no part of it",
            unit = "s",
            range = "later than from, as recorded",
            absent = "the end of the trace",
            example = "3600")
        @Nullable Double to)
    implements ArrivalSpec {
  public TraceArrivals {
    checkScale(rateScale);
  }

  /** Replay of a whole trace. */
  public TraceArrivals(TraceSpec trace, @Nullable Double rateScale) {
    this(trace, rateScale, null, null);
  }

  static void checkScale(@Nullable Double rateScale) {
    if (rateScale != null) {
      Require.ARGUMENT.positive("rateScale", rateScale);
    }
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    Trace recorded = traces.get(trace, from, to);
    double scale = rateScale == null ? 1 : rateScale;
    if (Double.isFinite(scale)) {
      recorded.needArrivalTimes("a replay");
    }
    return new Replay(recorded, scale);
  }

  private record Replay(Trace trace, double rateScale) implements ArrivalProcess {
    @Override
    public double rate() {
      return trace.rate() * rateScale;
    }

    @Override
    public double dispersion() {
      return trace.gapVariation();
    }

    @Override
    public boolean isReplay() {
      return true;
    }

    @Override
    public double lastArrival(long requests) {
      return trace.arrivalTime((int) requests - 1) / rateScale;
    }

    @Override
    public DoubleSupplier arrivalTimes(RandomStream stream) {
      IntSupplier rows = traceRows(stream);
      return () -> trace.arrivalTime(rows.getAsInt()) / rateScale;
    }

    @Override
    public IntSupplier traceRows(RandomStream stream) {
      return new IntSupplier() {
        private int next;

        @Override
        public int getAsInt() {
          return next++;
        }
      };
    }
  }
}
