package io.github.batchq.theory;

import io.github.batchq.model.Require;
import io.github.batchq.theory.TheoryResult.Undefined;

/**
 * Poisson arrivals with exponential patience, which ends where service begins, at one server of one
 * request at a time with any law of the service time: the queue M/G/1+M. With the arrival rate
 * lambda, theta = 1/P and b(s) the integral of exp(-s x) P(S &gt; x), the density v of the wait
 * that a request would have with endless patience has the transform
 *
 * <pre>v(s) = lambda b(s) (p + v(s + theta)) = p sum over k of product over i = 0..k of
 * lambda b(s + i theta),</pre>
 *
 * p being the chance of an idle server (F. Baccelli, P. Boyer and G. Hebuterne, 1984). All terms
 * are positive, and fall as fast as those of an exponential series. T46 of docs/theory.md. Times
 * are seconds.
 */
public final class ImpatientQueue {
  /** The most arrivals in a mean patience for which the series is summed. */
  private static final double MOST = 1e5;

  private static final double LARGE = 1e200;

  private static final double NEGLIGIBLE = 1e-17;

  private static final double STEP = 1.0 / 16;

  private static final double SMALL = 1e-2;

  private static final String SOURCE = "T46, M/G/1+M";

  private final BatchSystem system;
  private final double rate;
  private final double patience;
  private final double load;

  /** The chance of an idle server over E[exp(-theta V)]; NaN where the series is not summed. */
  private double idle = Double.NaN;

  private double servedWait = Double.NaN;

  /**
   * @param system one bin, whose requests are served one by one
   * @param rate lambda, requests per second, positive and finite
   * @param patience mean patience P in seconds, positive and finite
   * @throws IllegalArgumentException if a number is out of its range
   */
  public ImpatientQueue(BatchSystem system, double rate, double patience) {
    Require.ARGUMENT.atMost("batchSize", system.batchSize(), 1);
    Require.ARGUMENT.positiveFinite("rate", rate);
    Require.ARGUMENT.positiveFinite("patience", patience);
    this.system = system;
    this.rate = rate;
    this.patience = patience;
    this.load = rate * system.meanSeconds(0, 1);
    if (rate * patience <= MOST && Double.isFinite(load)) {
      sum();
    }
  }

  private void sum() {
    double term = 1;
    double total = 1;
    double slopes = 0;
    double waits = 0;
    double unit = 1;
    for (int i = 1; term > NEGLIGIBLE * total || slopes * term > NEGLIGIBLE * waits; i++) {
      double[] transform = transform(i / patience);
      term *= rate * transform[0];
      slopes += transform[1] / transform[0];
      total += term;
      waits += term * slopes;
      if (total > LARGE) {
        term /= LARGE;
        total /= LARGE;
        waits /= LARGE;
        unit /= LARGE;
      }
    }
    idle = unit / total;
    servedWait = waits / total;
  }

  /** The integral of exp(-s x) P(S &gt; x), and that of x exp(-s x) P(S &gt; x). */
  private double[] transform(double s) {
    double[] sums = new double[2];
    MaximumQuadrature.Sink sink =
        (length, weight) -> {
          double u = s * system.service().seconds(1, length);
          sums[0] += weight * -Math.expm1(-u) / s;
          sums[1] +=
              weight
                  / (s * s)
                  * (u < SMALL
                      ? u * u * (0.5 - u * (1.0 / 3 - u * (0.125 - u * (1.0 / 30 - u / 144))))
                      : u > 700 ? 1 : 1 - Math.exp(-u) * (1 + u));
        };
    for (MaximumQuadrature.Part part : new MaximumQuadrature(system.law(), 1).parts()) {
      if (part instanceof MaximumQuadrature.Piece piece) {
        piece.nodes(0, STEP, sink);
      } else if (part instanceof MaximumQuadrature.Atom atom) {
        sink.add(atom.length(), atom.mass());
      }
    }
    return sums;
  }

  /** Share of the requests whose service begins: that of idle times and load balance. */
  private double servedShare() {
    return 1 / (idle + load);
  }

  /** Share of the requests that give up. */
  public TheoryResult abandonedShare() {
    return result(1 - servedShare());
  }

  /** Requests per second that are served. */
  public TheoryResult throughput() {
    return result(rate * servedShare());
  }

  /** Busy share of the server's time. */
  public TheoryResult utilization() {
    return result(load * servedShare());
  }

  /** Mean time until service begins or the request gives up, over all requests. */
  public TheoryResult meanWait() {
    return result(patience * (1 - servedShare()));
  }

  /** Mean time until service begins, over the requests whose service does. */
  public TheoryResult meanWaitOfServed() {
    return result(servedWait);
  }

  /** Mean time in system of those who are served. */
  public TheoryResult meanLatency() {
    return result(servedWait + load / rate);
  }

  private TheoryResult result(double value) {
    return Double.isNaN(idle)
        ? new Undefined("more than " + MOST + " arrivals in a mean patience, or no mean", SOURCE)
        : TheoryResult.exact(value, SOURCE);
  }
}
