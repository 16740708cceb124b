package io.github.batchq.theory;

import io.github.batchq.model.Require;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.special.Gamma;

/**
 * Poisson arrivals with exponential patience, which ends where service begins, at one server that
 * takes up to B waiting requests in the order of arrival, as soon as there are at least a of them.
 * The number that waits when a batch ends is a Markov chain: of the n - b that a batch leaves
 * behind each is still there after its time S with probability exp(-S / P), and those who have come
 * and still wait are Poisson with mean lambda P (1 - exp(-S / P)), both independent given S. With B
 * = 1 it is the queue M/G/1+M. T46 of docs/theory.md.
 *
 * <p>Never more wait than there would be without a server, a Poisson number with mean lambda P; the
 * chain is cut where less than 1e-18 of that remains.
 */
public final class ImpatientBatches {
  /** The most requests that may wait, apart from what has no probability. */
  public static final int MOST_WAITING = 1000;

  /** Points of the quadrature: equal steps of this width. */
  private static final double STEP = 1.0 / 32;

  private static final String SOURCE = "T46, Markov chain of batches whose requests give up";

  private final BatchSystem system;
  private final int least;
  private final double rate;
  private final double patience;
  private final double[] waiting;
  private final double meanSize;
  private final double meanSeconds;
  private final double meanCycle;

  /**
   * @param system one bin, whose batches are those of the server
   * @param least fewest requests that start a batch a, from 1 to B
   * @param rate lambda, requests per second, positive and finite
   * @param patience mean patience P in seconds, positive and finite
   * @throws IllegalArgumentException if a number is out of its range, or too many may wait
   */
  public ImpatientBatches(BatchSystem system, int least, double rate, double patience) {
    Require.ARGUMENT.atLeast("least", least, 1);
    Require.ARGUMENT.atMost("least", least, system.batchSize());
    Require.ARGUMENT.positiveFinite("rate", rate);
    Require.ARGUMENT.positiveFinite("patience", patience);
    if (!isSolved(system.batchSize(), rate, patience)) {
      throw new IllegalArgumentException(
          "too many may wait: " + mostWaiting(rate * patience) + " and a batch");
    }
    this.system = system;
    this.least = least;
    this.rate = rate;
    this.patience = patience;
    this.waiting = stationary((int) mostWaiting(rate * patience) + system.batchSize());
    double size = 0;
    double seconds = 0;
    double idle = 0;
    double untilNext = 0;
    for (int k = waiting.length - 1; k >= 0; k--) {
      size += waiting[k] * size(k);
      seconds += waiting[k] * system.meanSeconds(0, size(k));
    }
    double started = 0;
    for (int k = 0; k < least; k++) {
      // The next comes after 1/lambda, and those who give up before it must be replaced.
      untilNext = (1 + k / patience * untilNext) / rate;
      started += waiting[k];
      idle += started * untilNext;
    }
    this.meanSize = size;
    this.meanSeconds = seconds;
    this.meanCycle = seconds + idle;
  }

  /** Whether the chain has few enough states. */
  public static boolean isSolved(int batchSize, double rate, double patience) {
    return mostWaiting(rate * patience) + batchSize <= MOST_WAITING;
  }

  /** Beyond this number a Poisson variable of the mean has no probability that matters. */
  private static double mostWaiting(double mean) {
    return Math.ceil(mean + 10 * Math.sqrt(mean) + 30);
  }

  /** Requests of the batch that follows when k wait. */
  private int size(int k) {
    return Math.min(Math.max(k, least), system.batchSize());
  }

  /** The law of the number that waits when a batch ends: solves pi (P - 1) = 0 and sum pi = 1. */
  private double[] stationary(int states) {
    RealMatrix equations = new Array2DRowRealMatrix(states, states);
    double[] logFactorials = new double[states];
    Arrays.setAll(logFactorials, j -> Gamma.logGamma(j + 1.0));
    for (int batch = least; batch <= system.batchSize(); batch++) {
      int size = batch;
      longest(
          size,
          (longest, weight) -> {
            double stays = Math.exp(-system.service().seconds(size, longest) / patience);
            double[] next = poisson(rate * patience * (1 - stays), logFactorials);
            if (size == least) {
              for (int k = 0; k < least; k++) {
                add(equations, k, next, weight);
              }
            }
            add(equations, size, next, weight);
            if (size == system.batchSize()) {
              for (int k = size + 1; k < states; k++) {
                for (int j = states - 1; j > 0; j--) {
                  next[j] = stays * next[j - 1] + (1 - stays) * next[j];
                }
                next[0] *= 1 - stays;
                add(equations, k, next, weight);
              }
            }
          });
    }
    for (int k = 0; k < states; k++) {
      equations.addToEntry(k, k, -1);
    }
    double[] ones = new double[states];
    Arrays.fill(ones, 1);
    RealMatrix transposed = equations.transpose();
    transposed.setRow(states - 1, ones);
    RealVector right = new ArrayRealVector(states);
    right.setEntry(states - 1, 1);
    return new LUDecomposition(transposed, 0).getSolver().solve(right).toArray();
  }

  private static void add(RealMatrix equations, int row, double[] law, double weight) {
    for (int j = 0; j < law.length; j++) {
      equations.addToEntry(row, j, weight * law[j]);
    }
  }

  private static double[] poisson(double mean, double[] logFactorials) {
    double[] law = new double[logFactorials.length];
    law[0] = Math.exp(-mean);
    for (int j = 1; j < law.length; j++) {
      law[j] = mean == 0 ? 0 : Math.exp(j * Math.log(mean) - mean - logFactorials[j]);
    }
    return law;
  }

  /** The longest of so many lengths, as points with weights. */
  private void longest(int requests, MaximumQuadrature.Sink sink) {
    for (MaximumQuadrature.Part part : new MaximumQuadrature(system.law(), requests).parts()) {
      if (part instanceof MaximumQuadrature.Piece piece) {
        piece.nodes(0, STEP, sink);
      } else if (part instanceof MaximumQuadrature.Atom atom) {
        sink.add(atom.length(), atom.mass());
      }
    }
  }

  /** Requests per second whose service begins. */
  public TheoryResult served() {
    return exact(meanSize / meanCycle);
  }

  /** Share of the requests that give up before their service begins. */
  public TheoryResult abandonedShare() {
    return exact(1 - meanSize / meanCycle / rate);
  }

  /** Mean time until service begins or the request gives up, over all requests. */
  public TheoryResult meanWait() {
    return exact(patience * (1 - meanSize / meanCycle / rate));
  }

  /** Busy share of the server's time. */
  public TheoryResult utilization() {
    return exact(meanSeconds / meanCycle);
  }

  /** Mean number of requests in a batch. */
  public TheoryResult meanBatchSize() {
    return exact(meanSize);
  }

  /**
   * Answers per second where patience lasts until the answer, and a batch goes on unchanged when
   * one of its requests gives up.
   *
   * @param elastic whether a request is answered when its own tokens are done; else with its batch
   */
  public TheoryResult answeredInTime(boolean elastic) {
    double[] stays = new double[system.batchSize() + 1];
    for (int batch = least; batch <= system.batchSize(); batch++) {
      stays[batch] = outlasts(batch, elastic ? 1 : batch);
    }
    double answers = 0;
    for (int k = 0; k < waiting.length; k++) {
      answers += waiting[k] * size(k) * stays[size(k)];
    }
    return exact(answers / meanCycle);
  }

  /** E[exp(-S / P)] for a batch of this size whose time is that of the longest of some lengths. */
  private double outlasts(int batch, int lengths) {
    DoubleUnaryOperator stays = x -> Math.exp(-system.service().seconds(batch, x) / patience);
    double[] sum = new double[1];
    longest(lengths, (longest, weight) -> sum[0] += weight * stays.applyAsDouble(longest));
    return sum[0];
  }

  private static TheoryResult exact(double value) {
    return TheoryResult.exact(value, SOURCE);
  }
}
