package io.github.batchq.theory;

import io.github.batchq.model.Require;
import io.github.batchq.random.Law;

/**
 * Continuous batching on one server: requests join and leave between token steps, and while n are
 * active a step, which advances each of them by one token, takes tau(n) = tau0 + alpha n seconds.
 * Tokens flow continuously here: a request of length l is done when it has received l. Poisson
 * arrivals. T23 and T24 of docs/theory.md. Latencies are seconds.
 *
 * @param law law of the lengths, in tokens
 * @param tau0 seconds of every step, finite, at least 0
 * @param alpha seconds of a step for each active request, finite, at least 0; not both are 0
 */
public record SharedSteps(Law law, double tau0, double alpha) {
  public SharedSteps {
    Require.ARGUMENT.notNegativeFinite("tau0", tau0);
    Require.ARGUMENT.notNegativeFinite("alpha", alpha);
    if (tau0 + alpha == 0) {
      throw new IllegalArgumentException("one of tau0 and alpha must be positive");
    }
  }

  /**
   * Mean time in system when everybody is active on arrival, E[L] (tau0 + alpha) / (1 - rate alpha
   * E[L]): for every law of this mean, because processor sharing whose speed depends on n alone is
   * insensitive. The number in the system is negative binomial.
   *
   * @param rate arrival rate, requests per second, positive
   * @throws IllegalArgumentException if the rate is not positive
   */
  public TheoryResult withoutLimit(double rate) {
    String source = "T23, state-dependent processor sharing";
    double load = requirePositive(rate) * alpha * mean();
    if (!(mean() < Double.POSITIVE_INFINITY)) {
      return infiniteMean(source);
    }
    return load < 1
        ? TheoryResult.exact(mean() * (tau0 + alpha) / (1 - load), source)
        : new TheoryResult.Undefined(
            "unstable: rate alpha E[L] must be below 1, found " + load, source);
  }

  /**
   * Largest rate that B slots carry, B / (tau(B) E[L]): since n / tau(n) does not fall with n, it
   * is reached by never leaving a slot idle while a request waits.
   *
   * @param slots number of slots B, at least 1
   * @throws IllegalArgumentException if there is no slot
   */
  public TheoryResult capacity(int slots) {
    return TheoryResult.exact(
        requireSlots(slots) / (step(slots) * mean()), "T24, B / (tau(B) E[L])");
  }

  /**
   * Mean time in system with B slots, first come first served: exact by a birth-death chain for
   * exponential lengths, exact by Pollaczek and Khinchine for one slot. For other laws the same
   * chain with the law's mean is an approximation, since slots make the queue sensitive to the law:
   * for uniform(1,20), B = 8 and tau = 1 + 0.05 n it says 19.17 at rate 0.45 where simulation gives
   * 17.43.
   *
   * @param slots number of slots B, at least 1
   * @param rate arrival rate, requests per second, positive
   * @throws IllegalArgumentException if there is no slot or the rate is not positive
   */
  public TheoryResult withSlots(int slots, double rate) {
    String source = "T24, birth-death chain with B slots";
    double load = requirePositive(rate) * mean() * step(requireSlots(slots)) / slots;
    if (!(mean() < Double.POSITIVE_INFINITY)) {
      return infiniteMean(source);
    }
    if (!(load < 1)) {
      return new TheoryResult.Undefined(
          "unstable: rate E[L] tau(B) / B must be below 1, found " + load, source);
    }
    if (law.variance() == Double.POSITIVE_INFINITY) {
      return new TheoryResult.Undefined(
          Moments.noVariance(law, ", far from the exponential law of the chain"), source);
    }
    if (law.exponentialRate().isPresent()) {
      return TheoryResult.exact(chain(slots, rate, load), source);
    }
    if (slots == 1) {
      double square = mean() * mean() + law.variance();
      return TheoryResult.exact(
          mean() * step(1) + rate * square * step(1) * step(1) / (2 * (1 - load)),
          "T24, Pollaczek-Khinchine");
    }
    return TheoryResult.approximation(
        chain(slots, rate, load),
        "lengths with a variance near that of the exponential law",
        source);
  }

  /** E[number in system] / rate; the states from B on are a geometric tail. */
  private double chain(int slots, double rate, double load) {
    double term = 1;
    double total = 1;
    double sum = 0;
    for (int n = 1; n < slots; n++) {
      term *= rate * mean() * step(n) / n;
      total += term;
      sum += n * term;
      if (total > 1e200) {
        term /= 1e200;
        total /= 1e200;
        sum /= 1e200;
      }
    }
    double rest = term * load / (1 - load);
    total += rest;
    // The states B, B+1, ... have probabilities term load, term load^2, ...
    sum += rest * (slots + load / (1 - load));
    return sum / total / rate;
  }

  private double mean() {
    return law.mean();
  }

  private double step(int active) {
    return tau0 + alpha * active;
  }

  private TheoryResult infiniteMean(String source) {
    return new TheoryResult.Undefined(Moments.noMean(law, ""), source);
  }

  private static double requirePositive(double rate) {
    Require.ARGUMENT.positiveFinite("the arrival rate", rate);
    return rate;
  }

  private static int requireSlots(int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException("there must be at least 1 slot, found " + slots);
    }
    return slots;
  }
}
