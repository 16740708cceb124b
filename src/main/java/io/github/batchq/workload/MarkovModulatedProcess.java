package io.github.batchq.workload;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import umontreal.ssj.rng.RandomStream;

/** The process that {@link MarkovModulatedArrivals} describes. */
final class MarkovModulatedProcess implements ArrivalProcess {
  private final double[] rates;
  private final double[][] switching;

  /** Stationary law of the states. */
  private final double[] shares;

  private final double rate;
  private final double dispersion;

  /**
   * @param rates requests per second in each state
   * @param switching switches per second between states, the diagonal being 0
   * @throws IllegalArgumentException if some state cannot be reached from another
   */
  MarkovModulatedProcess(double[] rates, double[][] switching) {
    this.rates = rates.clone();
    this.switching = Arrays.stream(switching).map(double[]::clone).toArray(double[][]::new);
    requireConnected();
    int states = rates.length;
    // Ones times pi, minus the generator: pi solves it for a row of ones.
    RealMatrix generator = new Array2DRowRealMatrix(this.switching);
    for (int i = 0; i < states; i++) {
      generator.setEntry(i, i, -Arrays.stream(switching[i]).sum());
    }
    RealMatrix ones = new Array2DRowRealMatrix(states, states).scalarAdd(1);
    RealVector row = new ArrayRealVector(states, 1.0);
    RealVector stationary =
        new LUDecomposition(ones.subtract(generator).transpose()).getSolver().solve(row);
    this.shares = stationary.toArray();
    RealVector arrivals = new ArrayRealVector(rates);
    this.rate = stationary.dotProduct(arrivals);
    // Z = (1 pi - Q)^-1 - 1 pi is the deviation matrix of the chain.
    RealMatrix limit = new Array2DRowRealMatrix(states, states);
    for (int i = 0; i < states; i++) {
      limit.setRowVector(i, stationary);
    }
    RealVector weighted = stationary.ebeMultiply(arrivals);
    RealVector solved = new LUDecomposition(limit.subtract(generator)).getSolver().solve(arrivals);
    double covariance = weighted.dotProduct(solved) - rate * rate;
    this.dispersion = 1 + 2 * covariance / rate;
  }

  private void requireConnected() {
    for (int from = 0; from < rates.length; from++) {
      boolean[] reached = new boolean[rates.length];
      reach(from, reached);
      for (int to = 0; to < rates.length; to++) {
        if (!reached[to]) {
          throw new IllegalArgumentException(
              "every state must lead to every other, found no way from state "
                  + from
                  + " to state "
                  + to);
        }
      }
    }
  }

  private void reach(int state, boolean[] reached) {
    reached[state] = true;
    for (int next = 0; next < rates.length; next++) {
      if (switching[state][next] > 0 && !reached[next]) {
        reach(next, reached);
      }
    }
  }

  /** The same states with all arrival rates scaled alike to another mean rate. */
  MarkovModulatedProcess scaledTo(double otherRate) {
    double factor = otherRate / rate;
    return new MarkovModulatedProcess(
        Arrays.stream(rates).map(r -> factor * r).toArray(), switching);
  }

  @Override
  public double rate() {
    return rate;
  }

  /**
   * Limit of Var N(t) / E[N(t)]: 1 + 2 pi L Z L 1 / (pi L 1), with L the diagonal matrix of the
   * rates and Z the deviation matrix of the chain (Fischer and Meier-Hellstern, eq. for the index
   * of dispersion for counts). It is 1 where all rates are the same, and grows with the stays.
   */
  @Override
  public double dispersion() {
    return dispersion;
  }

  @Override
  public DoubleSupplier arrivalTimes(RandomStream stream) {
    return new Chain(stream);
  }

  /** One run of the chain: an exponential time to the next event, then what it is. */
  private final class Chain implements DoubleSupplier {
    private final RandomStream stream;
    private int state;
    private double time;

    Chain(RandomStream stream) {
      this.stream = stream;
      this.state = chosen(shares, stream.nextDouble());
    }

    @Override
    public double getAsDouble() {
      while (true) {
        double leaving = 0;
        for (double each : switching[state]) {
          leaving += each;
        }
        double all = rates[state] + leaving;
        time -= Math.log(stream.nextDouble()) / all;
        double event = stream.nextDouble() * all;
        if (event < rates[state]) {
          return time;
        }
        state = chosen(switching[state], (event - rates[state]) / leaving);
      }
    }

    /** Index i with probability proportional to its weight. */
    private static int chosen(double[] weights, double uniform) {
      double left = uniform * Arrays.stream(weights).sum();
      int last = 0;
      for (int i = 0; i < weights.length; i++) {
        if (weights[i] > 0) {
          last = i;
          left -= weights[i];
          if (left < 0) {
            return i;
          }
        }
      }
      return last;
    }
  }
}
