package io.github.batchq.theory;

import io.github.batchq.model.Require;

/**
 * The closed loop of N clients whose think and service times are exponential, on c servers that
 * serve one request each: the queue M/M/c//N, or machine repairman. The number of requests there is
 * a birth and death process with rates (N - n) / Z up and min(n, c) / S down. T43 of
 * docs/theory.md.
 */
public final class FiniteSourceQueue {
  private static final double LARGE = 1e200;

  private final int clients;
  private final double think;
  private final double throughput;
  private final double busy;

  /**
   * @param clients N, at least 1
   * @param think mean think time Z in seconds, positive and finite
   * @param servers c, at least 1
   * @param service mean service time S in seconds, positive and finite
   * @throws IllegalArgumentException if a number is out of its range
   */
  public FiniteSourceQueue(int clients, double think, int servers, double service) {
    Require.ARGUMENT.atLeast("clients", clients, 1);
    Require.ARGUMENT.atLeast("servers", servers, 1);
    Require.ARGUMENT.positiveFinite("think", think);
    Require.ARGUMENT.positiveFinite("service", service);
    this.clients = clients;
    this.think = think;
    double weight = 1;
    double total = 1;
    double working = 0;
    for (int there = 1; there <= clients; there++) {
      int serving = Math.min(there, servers);
      weight *= (clients - there + 1) * service / (think * serving);
      total += weight;
      working += weight * serving;
      if (total > LARGE) {
        weight /= LARGE;
        total /= LARGE;
        working /= LARGE;
      }
    }
    double serving = working / total;
    this.busy = serving / servers;
    this.throughput = serving / service;
  }

  /** Requests per second. */
  public TheoryResult throughput() {
    return exact(throughput);
  }

  /** Mean time in system: what Little's law leaves of N / X after the think time. */
  public TheoryResult meanLatency() {
    return exact(clients / throughput - think);
  }

  /** Busy share of server time. */
  public TheoryResult utilization() {
    return exact(busy);
  }

  private static TheoryResult exact(double value) {
    return TheoryResult.exact(value, "T43, M/M/c//N");
  }
}
