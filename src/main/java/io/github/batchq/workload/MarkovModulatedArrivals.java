package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Poisson arrivals whose rate changes with the state of a Markov chain in continuous time: the
 * MMPP, the usual model of traffic that is calm and busy by turns (W. Fischer and K.
 * Meier-Hellstern, "The Markov-modulated Poisson process (MMPP) cookbook", Performance Evaluation
 * 18, 1993). The chain starts in its stationary law, so the mean rate holds from the start.
 *
 * @param rates requests per second in each of two or more states, at least 0, not all 0
 * @param meanStays mean seconds of a stay in each state, which are visited in turn; null if {@code
 *     switching} is given
 * @param switching switches per second from each state (row) to each other (column), the diagonal
 *     being 0; null if {@code meanStays} is given
 * @param rate mean requests per second, to which all rates are scaled; as they are when absent;
 *     infinite if all requests are to be there at time 0
 */
public record MarkovModulatedArrivals(
    @Key(
            about = "arrival rate in each of two or more states",
            unit = "req/s",
            range = "at least 0, not all 0",
            example = "[0.2, 1.5]")
        List<Double> rates,
    @Key(
            about = "mean time of a stay in each state; states follow one another in turn",
            unit = "s",
            range = "positive, finite",
            absent = "switching is given",
            example = "[300, 60]")
        @Nullable List<Double> meanStays,
    @Key(
            about =
                "rates of switching from each state (row) to each other (column), 0 on the diagonal",
            unit = "1/s",
            range = "at least 0",
            absent = "meanStays is given",
            example = "[[0, 0.01], [0.05, 0]]",
            insteadOf = "meanStays")
        @Nullable List<List<Double>> switching,
    @Key(
            about =
                "mean arrival rate, to which all rates are scaled; .inf puts all requests at time 0",
            unit = "req/s",
            range = "positive",
            absent = "rates are as they are",
            example = "0.5")
        @Nullable Double rate)
    implements ArrivalSpec {
  public MarkovModulatedArrivals {
    rates = Rates.requireRates(rates);
    int states = rates.size();
    if (states < 2) {
      throw new IllegalArgumentException(
          "rates must be those of two states or more, found " + rates);
    }
    if ((meanStays == null) == (switching == null)) {
      throw new IllegalArgumentException("one of meanStays and switching says how states change");
    }
    if (meanStays != null) {
      meanStays = List.copyOf(meanStays);
      meanStays.forEach(stay -> Require.ARGUMENT.positiveFinite("meanStays", stay));
      requireSize("meanStays", meanStays.size(), states);
    }
    if (switching != null) {
      requireSize("switching", switching.size(), states);
      List<List<Double>> rows = new ArrayList<>();
      for (int i = 0; i < states; i++) {
        List<Double> row = List.copyOf(switching.get(i));
        requireSize("row " + i + " of switching", row.size(), states);
        for (int j = 0; j < states; j++) {
          double found = row.get(j);
          if (!(found >= 0) || Double.isInfinite(found) || (i == j && found != 0)) {
            throw new IllegalArgumentException(
                "switching has finite rates of at least 0, and 0 on the diagonal, found "
                    + found
                    + " from state "
                    + i
                    + " to "
                    + j);
          }
        }
        rows.add(row);
      }
      switching = List.copyOf(rows);
    }
    if (rate != null) {
      Rates.requireRate(rate);
    }
  }

  private static void requireSize(String name, int found, int states) {
    if (found != states) {
      throw new IllegalArgumentException(
          name + " must have a number for each of " + states + " states, found " + found);
    }
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    if (rate != null && rate.isInfinite()) {
      return new AllAtZero();
    }
    int states = rates.size();
    double[][] between = new double[states][states];
    for (int i = 0; i < states; i++) {
      if (meanStays != null) {
        between[i][(i + 1) % states] = 1 / meanStays.get(i);
      }
      for (int j = 0; switching != null && j < states; j++) {
        between[i][j] = switching.get(i).get(j);
      }
    }
    double[] arrivals = rates.stream().mapToDouble(Double::doubleValue).toArray();
    MarkovModulatedProcess process = new MarkovModulatedProcess(arrivals, between);
    return rate == null ? process : process.scaledTo(rate);
  }
}
