package io.github.batchq.workload;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * Replay of a trace's arrival times.
 *
 * @param trace the recorded trace
 * @param rateScale factor on the arrival rate, positive; 1 when absent. All gaps are divided by it,
 *     so the pattern stays.
 */
public record TraceArrivals(TraceSpec trace, @Nullable Double rateScale) implements ArrivalSpec {
  /** Checks the factor. */
  public TraceArrivals {
    if (rateScale != null && (!(rateScale > 0) || rateScale.isInfinite())) {
      throw new IllegalArgumentException(
          "rateScale must be positive and finite, found " + rateScale);
    }
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    return new Replay(traces.get(trace), rateScale == null ? 1 : rateScale);
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
    public DoubleSupplier arrivalTimes(RandomStream stream) {
      return new DoubleSupplier() {
        private int next;

        @Override
        public double getAsDouble() {
          return trace.arrivalTime(next++) / rateScale;
        }
      };
    }
  }
}
