package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import io.github.batchq.random.Exponential;
import java.util.List;
import java.util.function.DoubleSupplier;
import umontreal.ssj.rng.RandomStream;

/**
 * Poisson arrivals whose rate is constant piece by piece and repeats, such as the hours of a day.
 * Times are those of a Poisson process of rate 1 on the clock of the expected number of arrivals
 * (E. Cinlar, Introduction to Stochastic Processes, 1975, section 4.7), which is exact.
 *
 * @param rates requests per second in each piece, at least 0, not all 0
 * @param durations seconds of each piece, positive and finite; the first starts at time 0
 */
public record PiecewiseArrivals(
    @Key(
            about = "arrival rate in each piece",
            unit = "req/s",
            range = "at least 0, not all 0",
            example = "[0.2, 0.9, 0.4]")
        List<Double> rates,
    @Key(
            about =
                "length of each piece; the first starts at time 0, and the last is followed by the first",
            unit = "s",
            range = "positive, finite",
            example = "[28800, 36000, 21600]")
        List<Double> durations)
    implements ArrivalSpec, ArrivalProcess {
  public PiecewiseArrivals {
    rates = Rates.requireRates(rates);
    durations = List.copyOf(durations);
    if (rates.size() != durations.size()) {
      throw new IllegalArgumentException(
          "there must be as many durations as rates, found "
              + durations.size()
              + " and "
              + rates.size());
    }
    durations.forEach(duration -> Require.ARGUMENT.positiveFinite("durations", duration));
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    return this;
  }

  /** Mean over a period; a run of a few periods may well see more or less. */
  @Override
  public double rate() {
    double arrivals = 0;
    double seconds = 0;
    for (int i = 0; i < rates.size(); i++) {
      arrivals += rates.get(i) * durations.get(i);
      seconds += durations.get(i);
    }
    return arrivals / seconds;
  }

  /** Around a known rate the number of arrivals varies as that of any Poisson process. */
  @Override
  public double dispersion() {
    return 1;
  }

  @Override
  public DoubleSupplier arrivalTimes(RandomStream stream) {
    return new Clock(stream);
  }

  /** Runs through the pieces as arrivals use up what is expected of them. */
  private final class Clock implements DoubleSupplier {
    private final DoubleSupplier exponential;
    private long period;
    private int piece;

    /** Seconds since the start of the period at which the last arrival came. */
    private double now;

    /** When the present piece began, and how long a period is. */
    private double began;

    private final double length;

    Clock(RandomStream stream) {
      this.exponential = new Exponential(1).sampler(stream);
      this.length = durations.stream().mapToDouble(Double::doubleValue).sum();
    }

    @Override
    public double getAsDouble() {
      double wanted = exponential.getAsDouble();
      while (true) {
        double end = began + durations.get(piece);
        double expected = rates.get(piece) * (end - now);
        if (wanted < expected) {
          now += wanted / rates.get(piece);
          return period * length + now;
        }
        wanted -= Math.max(0, expected);
        began = end;
        now = end;
        piece++;
        if (piece == durations.size()) {
          piece = 0;
          period++;
          began = 0;
          now = 0;
        }
      }
    }
  }
}
