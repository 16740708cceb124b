package io.github.batchq.theory;

import io.github.batchq.model.Require;
import io.github.batchq.random.Law;

/**
 * Requests that give up: Poisson arrivals at c servers of one request each, exponential service,
 * and a patience of any law that ends where service begins, the queue M/M/c+G; with exponential
 * patience it is Erlang-A. With the rate lambda, the service rate mu = 1/S, the patience T and its
 * survival function, the wait V that a request would have with endless patience has the density
 *
 * <pre>v(x) = lambda p_(c-1) exp(lambda E[min(T, x)] - c mu x),  x &gt; 0,</pre>
 *
 * and p_n = p_0 (lambda / mu)^n / n! for fewer than c requests (F. Baccelli and G. Hebuterne,
 * 1981). All else is an integral over it, taken around its peak, so that neither many servers nor
 * loads far above 1 over- or underflow. T46 of docs/theory.md. Times are seconds.
 */
public final class ErlangA {
  private static final double LARGE = 1e200;

  private static final String SOURCE = "T46, M/M/c+G";

  private final double rate;
  private final int servers;
  private final double service;
  private final double abandoned;
  private final double utilization;
  private final double waiting;
  private final double wait;
  private final double servedWait;

  /** Share of those whose service begins that are answered, and their mean time in service. */
  private final double answered;

  private final double answerSeconds;

  private ErlangA(
      double rate, int servers, double service, Law patience, double answered, double seconds) {
    Require.ARGUMENT.positiveFinite("rate", rate);
    Require.ARGUMENT.atLeast("servers", servers, 1);
    Require.ARGUMENT.positiveFinite("service", service);
    if (patience.survival(0) < 1) {
      throw new IllegalArgumentException("patience must be positive, found " + patience);
    }
    this.rate = rate;
    this.servers = servers;
    this.service = service;
    this.answered = answered;
    this.answerSeconds = seconds;
    double weight = 1;
    double total = 1;
    double idle = 1;
    for (int there = 1; there < servers; there++) {
      weight *= rate * service / there;
      total += weight;
      idle += weight * (1 - (double) there / servers);
      if (total > LARGE) {
        weight /= LARGE;
        total /= LARGE;
        idle /= LARGE;
      }
    }
    OfferedWait offered = new OfferedWait(rate, servers / service, patience);
    // Chances of a free server, in the unit of the integrals over the wait.
    double free = Math.exp(Math.log(total / weight) - Math.log(rate) - offered.logPeak());
    double mass = offered.mass();
    double none = 1 / (1 + mass / free);
    this.waiting = mass / (free + mass);
    this.abandoned = offered.losses() / (free + mass);
    this.wait = offered.spent() / (free + mass);
    this.utilization = 1 - idle / total * none;
    double served = utilization * servers / (service * rate);
    this.servedWait = offered.servedWaits() / (free + mass) / served;
  }

  /**
   * Patience that ends where service begins.
   *
   * @param rate lambda, requests per second, positive and finite
   * @param servers c, at least 1
   * @param service mean service time S, positive and finite
   * @param patience law of the patience, without an atom at 0
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public static ErlangA untilService(double rate, int servers, double service, Law patience) {
    return new ErlangA(rate, servers, service, patience, 1, service);
  }

  /**
   * Exponential patience that lasts until the answer. Of those whose service begins a share mu /
   * (mu + 1/P) is answered, each 1 / (mu + 1/P) after that.
   *
   * @param rate lambda, requests per second, positive and finite
   * @param servers c, at least 1
   * @param service mean service time S, positive and finite
   * @param patience the exponential law of the patience
   * @param freed whether who gives up leaves the server too; else it works on for nobody
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public static ErlangA untilAnswer(
      double rate, int servers, double service, Law patience, boolean freed) {
    double giveUp =
        patience
            .exponentialRate()
            .orElseThrow(
                () -> new IllegalArgumentException("no exponential patience: " + patience));
    double shorter = 1 / (1 / service + giveUp);
    return new ErlangA(
        rate, servers, freed ? shorter : service, patience, shorter / service, shorter);
  }

  /** Share of the requests that give up. */
  public TheoryResult abandonedShare() {
    return exact(abandoned + (1 - abandoned) * (1 - answered));
  }

  /** Answers per second. */
  public TheoryResult throughput() {
    return exact(utilization * servers / service * answered);
  }

  /** Busy share of server time. */
  public TheoryResult utilization() {
    return exact(utilization);
  }

  /** Share of the requests that find no free server. */
  public TheoryResult waitingShare() {
    return exact(waiting);
  }

  /** Mean time until service begins or the request gives up, over all requests. */
  public TheoryResult meanWait() {
    return exact(wait);
  }

  /** Mean time until service begins, over the requests whose service does. */
  public TheoryResult meanWaitOfServed() {
    return exact(servedWait);
  }

  /** Mean time in system of those who are answered. */
  public TheoryResult meanLatency() {
    return exact(servedWait + answerSeconds);
  }

  /** Mean number of requests whose service has not begun. */
  public TheoryResult meanQueue() {
    return exact(rate * wait);
  }

  private static TheoryResult exact(double value) {
    return TheoryResult.exact(value, SOURCE);
  }
}
