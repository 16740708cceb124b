package io.github.batchq.theory;

import io.github.batchq.model.Require;

/**
 * The queue M/M/c: Poisson arrivals, exponential service, c servers of one request each. The number
 * there has weights a^n / n! below c, a = lambda S, and falls by the load rho = a / c from there
 * on. A. K. Erlang, 1917; T49 of docs/theory.md. Times are seconds.
 */
public final class ErlangC {
  private static final double LARGE = 1e200;

  private final double rate;
  private final int servers;
  private final double service;
  private final double load;

  /** Share of the time in which all servers are busy, and mean number of busy servers. */
  private final double allBusy;

  /**
   * @param rate lambda, requests per second, positive and finite
   * @param servers c, at least 1
   * @param service mean service time S, positive and finite
   * @throws IllegalArgumentException if a number is out of its range, or the load is not below 1
   */
  public ErlangC(double rate, int servers, double service) {
    Require.ARGUMENT.positiveFinite("rate", rate);
    Require.ARGUMENT.atLeast("servers", servers, 1);
    Require.ARGUMENT.positiveFinite("service", service);
    this.rate = rate;
    this.servers = servers;
    this.service = service;
    this.load = rate * service / servers;
    if (!(load < 1)) {
      throw new IllegalArgumentException("the load must be below 1, found " + load);
    }
    double weight = 1;
    double below = 1;
    for (int there = 1; there < servers; there++) {
      weight *= rate * service / there;
      below += weight;
      if (below > LARGE) {
        weight /= LARGE;
        below /= LARGE;
      }
    }
    double above = weight * load / (1 - load);
    this.allBusy = above / (below + above);
  }

  /** Mean time in system. */
  public TheoryResult meanLatency() {
    return TheoryResult.exact(service + allBusy * load / (1 - load) / rate, "T49, M/M/c");
  }

  /**
   * E[min(n, N)] for the number n that is there: those in flight under a limit of N.
   *
   * @param limit N, at least the number of servers
   */
  public double meanAtMost(int limit) {
    Require.ARGUMENT.atLeast("limit", limit, servers);
    // P(n > j) = P(all busy) load^(j - c + 1) from c - 1 on.
    return rate * service
        + allBusy * load * -Math.expm1((limit - servers) * Math.log(load)) / (1 - load);
  }
}
