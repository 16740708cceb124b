package io.github.batchq.theory;

import io.github.batchq.model.Require;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.jspecify.annotations.Nullable;

/**
 * The closed loop of N clients with exponential think times at one server that takes up to B
 * waiting requests in the order of arrival, as soon as there are at least a of them. The number of
 * requests that wait when a batch ends is a Markov chain: with k of them the next batch has b =
 * min(max(k, a), B), and of the m = N - max(k, a) clients who think when it starts each comes
 * during its time S with probability 1 - exp(-S / Z), so that their number is binomial given S. Its
 * law is an integral over the longest of b lengths. With B = 1 it is the queue M/G/1//N. T44 of
 * docs/theory.md.
 *
 * <p>Where requests leave when their own tokens are done and the batch holds its server until the
 * last are, those who left come back during its time too: given the longest length x, each of the
 * other b - 1 has a length of the law below x, and is back with the probability q(x) that this
 * gives, so their number is binomial as well (T49).
 */
public final class ClosedBatches {
  /** The most clients for which the chain is solved. */
  public static final int MOST_CLIENTS = 256;

  /** Points of the quadrature: equal steps of this width. */
  private static final double STEP = 1.0 / 32;

  private static final double ALL_COME = 1e6;

  private static final String SOURCE = "T44, Markov chain of the batches of a closed loop";

  private final BatchSystem system;
  private final int least;
  private final int clients;
  private final double think;
  private final boolean elastic;
  private final double[] waiting;
  private final double meanSize;
  private final double meanSeconds;
  private final double meanOfRequests;
  private final double meanCycle;

  /**
   * Requests that leave with their batch.
   *
   * @param system one bin, whose batches are those of the server
   * @param least fewest requests that start a batch a, from 1 to B and to N
   * @param clients N, from 1 to {@value #MOST_CLIENTS}
   * @param think mean think time Z in seconds, positive and finite
   * @throws IllegalArgumentException if a number is out of its range
   */
  public ClosedBatches(BatchSystem system, int least, int clients, double think) {
    this(system, least, clients, think, false);
  }

  /**
   * As {@link #ClosedBatches(BatchSystem, int, int, double)}.
   *
   * @param elastic whether requests leave when their own tokens are done; else with their batch
   */
  public ClosedBatches(BatchSystem system, int least, int clients, double think, boolean elastic) {
    Require.ARGUMENT.atLeast("clients", clients, 1);
    Require.ARGUMENT.atMost("clients", clients, MOST_CLIENTS);
    Require.ARGUMENT.atLeast("least", least, 1);
    Require.ARGUMENT.atMost("least", least, Math.min(clients, system.batchSize()));
    Require.ARGUMENT.positiveFinite("think", think);
    this.system = system;
    this.least = least;
    this.clients = clients;
    this.think = think;
    this.elastic = elastic;
    this.waiting = stationary();
    double size = 0;
    double seconds = 0;
    double ofRequests = 0;
    double idle = 0;
    for (int k = 0; k < clients; k++) {
      int batch = size(k);
      double mean = system.meanSeconds(0, batch);
      size += waiting[k] * batch;
      seconds += waiting[k] * mean;
      ofRequests += waiting[k] * (elastic ? ownSeconds(batch) : mean) * batch;
      for (int there = k; there < least; there++) {
        idle += waiting[k] * think / (clients - there);
      }
    }
    this.meanSize = size;
    this.meanSeconds = seconds;
    this.meanOfRequests = ofRequests / size;
    this.meanCycle = seconds + idle;
  }

  /** Mean time of a request in a batch of this size that does not wait for the others. */
  private double ownSeconds(int batch) {
    return system.service().seconds(batch, system.law().mean());
  }

  /** Requests of the batch that follows when k wait. */
  private int size(int k) {
    return Math.min(Math.max(k, least), system.batchSize());
  }

  /** The law of the number that waits when a batch ends: solves pi (P - 1) = 0 and sum pi = 1. */
  private double[] stationary() {
    RealMatrix equations = new Array2DRowRealMatrix(clients, clients);
    Map<Integer, ElasticReturns> returns = new HashMap<>();
    for (int k = 0; k < clients; k++) {
      // Whatever waits below a, the batch starts with a.
      int there = Math.max(k, least);
      int batch = Math.min(there, system.batchSize());
      ElasticReturns early =
          elastic && batch > 1
              ? returns.computeIfAbsent(batch, size -> new ElasticReturns(system, size, think))
              : null;
      row(equations, k, there, early);
      equations.addToEntry(k, k, -1);
    }
    double[] ones = new double[clients];
    Arrays.fill(ones, 1);
    RealMatrix transposed = equations.transpose();
    transposed.setRow(clients - 1, ones);
    RealVector right = new ArrayRealVector(clients);
    right.setEntry(clients - 1, 1);
    return new LUDecomposition(transposed, 0).getSolver().solve(right).toArray();
  }

  /** Adds what follows a batch that starts when so many are there. */
  private void row(RealMatrix equations, int row, int there, @Nullable ElasticReturns returns) {
    int batch = Math.min(there, system.batchSize());
    Binomial thinking = new Binomial(clients - there);
    MaximumQuadrature.Sink sink =
        (longest, weight) -> {
          // Beyond this all have come, and an infinite length would be no number.
          double time = Math.min(ALL_COME, system.service().seconds(batch, longest) / think);
          double[] come = thinking.law(-Math.expm1(-time), Math.exp(-time));
          double[] law = returns == null ? come : convolution(come, returns.law(longest));
          for (int j = 0; j < law.length; j++) {
            equations.addToEntry(row, there - batch + j, weight * law[j]);
          }
        };
    for (MaximumQuadrature.Part part : new MaximumQuadrature(system.law(), batch).parts()) {
      if (part instanceof MaximumQuadrature.Piece piece) {
        piece.nodes(0, STEP, sink);
      } else if (part instanceof MaximumQuadrature.Atom atom) {
        sink.add(atom.length(), atom.mass());
      }
    }
  }

  private static double[] convolution(double[] some, double[] others) {
    double[] sum = new double[some.length + others.length - 1];
    for (int i = 0; i < some.length; i++) {
      for (int j = 0; j < others.length; j++) {
        sum[i + j] += some[i] * others[j];
      }
    }
    return sum;
  }

  /** Requests per second. */
  public TheoryResult throughput() {
    return exact(meanSize / meanCycle);
  }

  /** Mean time in system: what Little's law leaves of N / X after the think time. */
  public TheoryResult meanLatency() {
    return exact(clients * meanCycle / meanSize - think);
  }

  /** Busy share of the server's time. */
  public TheoryResult utilization() {
    return exact(meanSeconds / meanCycle);
  }

  /** Mean number of requests in a batch. */
  public TheoryResult meanBatchSize() {
    return exact(meanSize);
  }

  /** Mean time of a request from the start of its batch until it leaves. */
  public TheoryResult requestBatchSeconds() {
    return exact(meanOfRequests);
  }

  /** Mean time from the arrival of a request until its batch starts. */
  public TheoryResult meanWait() {
    return exact(clients * meanCycle / meanSize - think - meanOfRequests);
  }

  private static TheoryResult exact(double value) {
    return TheoryResult.exact(value, SOURCE);
  }
}
