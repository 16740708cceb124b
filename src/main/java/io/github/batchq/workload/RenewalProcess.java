package io.github.batchq.workload;

import io.github.batchq.random.Law;
import io.github.batchq.random.Sampler;
import java.util.function.DoubleSupplier;
import umontreal.ssj.rng.RandomStream;

/**
 * Independent gaps of one law, the first of them before the first request.
 *
 * @param gap law of the gaps in seconds, with a positive finite mean
 */
public record RenewalProcess(Law gap) implements ArrivalProcess {
  /** Checks that the rate is positive and finite. */
  public RenewalProcess {
    double mean = gap.mean();
    if (!(mean > 0) || Double.isInfinite(mean)) {
      throw new IllegalArgumentException(
          "the mean gap between arrivals must be positive and finite, found "
              + mean
              + " for "
              + gap);
    }
  }

  @Override
  public double rate() {
    // 1 / (1 / rate) is not always rate.
    return gap.exponentialRate().orElse(1 / gap.mean());
  }

  @Override
  public boolean isPoisson() {
    return gap.exponentialRate().isPresent();
  }

  @Override
  public boolean isRenewal() {
    return true;
  }

  @Override
  public double dispersion() {
    return gap.variance() / (gap.mean() * gap.mean());
  }

  @Override
  public DoubleSupplier arrivalTimes(RandomStream stream) {
    return new RenewalTimes(gap.sampler(stream));
  }

  /** Running sum of gaps. */
  private static final class RenewalTimes implements Sampler {
    private final Sampler gaps;
    private double time;

    RenewalTimes(Sampler gaps) {
      this.gaps = gaps;
    }

    @Override
    public double getAsDouble() {
      time += gaps.getAsDouble();
      return time;
    }

    @Override
    public void fill(double[] values, int size) {
      gaps.fill(values, size);
      double now = time;
      for (int i = 0; i < size; i++) {
        now += values[i];
        values[i] = now;
      }
      time = now;
    }
  }
}
