package io.github.batchq.theory;

import io.github.batchq.model.Require;
import io.github.batchq.random.Law;
import org.jspecify.annotations.Nullable;

/**
 * A system of continuous batching as theory sees it, c servers of B slots each: a request takes a
 * free slot at the boundary of a step, first come first served from one queue, and leaves it when
 * its last token is done. Lengths count whole tokens here, ceil(length) of them; {@link
 * SharedSteps} is the same where tokens flow. Prompts are independent of the lengths, memory is no
 * limit. T24 of docs/theory.md.
 *
 * <p>The moments of whole tokens are a sum over all numbers of them: they are computed when they
 * are first asked for, and kept, so that one system may be asked for many arrival rates. Immutable
 * otherwise, and safe for use by several threads.
 */
public final class ContinuousSystem {
  private final Law law;
  private final double promptTokens;
  private final StepTime time;
  private final int slots;
  private final int servers;
  private @Nullable WholeTokens tokens;

  /**
   * A system.
   *
   * @param law law of the lengths, in tokens
   * @param promptTokens mean number of prompt tokens, at least 0
   * @param time how long steps and joining take
   * @param slots number of slots of a server B, at least 1
   * @param servers number of servers c, at least 1
   * @throws IllegalArgumentException if a number of slots or servers is out of its range
   */
  public ContinuousSystem(Law law, double promptTokens, StepTime time, int slots, int servers) {
    Require.ARGUMENT.atLeast("slots", slots, 1);
    Require.ARGUMENT.atLeast("servers", servers, 1);
    this.law = law;
    this.promptTokens = promptTokens;
    this.time = time;
    this.slots = slots;
    this.servers = servers;
  }

  private synchronized WholeTokens tokens() {
    WholeTokens known = tokens;
    if (known == null) {
      known = new WholeTokens(law);
      tokens = known;
    }
    return known;
  }

  /** Mean of prompts that a law draws, rounded to whole tokens of at least 0. */
  public static double meanPrompt(Law prompts) {
    return WholeTokens.meanRounded(prompts);
  }

  /**
   * Largest rate that the servers carry. With every slot taken, a request of N tokens that joins
   * for free costs its server, in seconds,
   *
   * <pre>
   * N tau(B) / B + perContextToken (P N + N (N-1) / 2)
   * </pre>
   *
   * on average. Where joining costs anything, those who join have a pass of their own, which gives
   * them their first tokens: with m of them and P prompt tokens each it is
   *
   * <pre>
   * (N-1) tau(B) / B + tau(m) / m + perContextToken (P N + N (N-1) / 2)
   *   + joinPerRequest + prefillPerToken P + join / m.
   * </pre>
   *
   * Exact where joining is free or there is one slot; else a lower bound, with the m from 1 to B at
   * which tau(m) / m is largest, and a whole join for each.
   */
  public TheoryResult capacity() {
    String source = "T24, c / (server seconds of a request with all slots taken)";
    double full = time.seconds(slots) / slots;
    boolean exact = joinsForFree() || slots == 1;
    double first = full;
    if (!exact) {
      for (int m = 1; m <= slots; m++) {
        first = Math.max(first, time.seconds(m) / m);
      }
    }
    double seconds = requestSeconds(full, time.join()) + first - full;
    if (Double.isNaN(seconds)) {
      return new TheoryResult.Undefined(law + " has too heavy a tail for context costs", source);
    }
    return exact
        ? TheoryResult.exact(servers / seconds, source)
        : TheoryResult.lowerBound(servers / seconds, source);
  }

  /** Whether no request has a pass of its own before it decodes with the others. */
  private boolean joinsForFree() {
    return time.join() == 0
        && time.joinPerRequest() == 0
        && time.prefillPerToken() * promptTokens == 0;
  }

  /**
   * No limit of memory and no way to process prompts carries more: {@link #capacity} with the
   * number of running requests at which a token costs least, and prompts that always join B at a
   * time.
   */
  public TheoryResult maximum() {
    String source = "T24, c / (least server seconds of a request)";
    double least = time.seconds(1);
    for (int n = 2; n <= slots; n++) {
      least = Math.min(least, time.seconds(n) / n);
    }
    double seconds = requestSeconds(least, time.join() / slots);
    return Double.isNaN(seconds)
        ? new TheoryResult.Undefined(law + " has too heavy a tail for context costs", source)
        : TheoryResult.upperBound(servers / seconds, source);
  }

  /** Seconds of its server that a request takes. */
  private double requestSeconds(double tokenSeconds, double join) {
    WholeTokens whole = tokens();
    double context =
        time.perContextToken() == 0
            ? 0
            : time.perContextToken() * (promptTokens * whole.mean() + whole.pairs());
    return whole.mean() * tokenSeconds
        + context
        + time.joinPerRequest()
        + time.prefillPerToken() * promptTokens
        + join;
  }

  /**
   * Mean time in system in seconds. Steps of constant time make the system M/G/(cB): Erlang's
   * formula for exponential lengths, times (1 + scv) / 2 of the wait for others (A. M. Lee and P.
   * A. Longton, "Queueing processes associated with airline passenger check-in", Operational
   * Research Quarterly 10, 1959). On one server with steps of tau(n) it is the birth-death chain.
   * Both leave out that a request waits for the boundary of a step.
   *
   * @param rate arrival rate, requests per second, positive
   */
  public TheoryResult meanLatency(double rate) {
    String source =
        time.isConstant() ? "T24, M/G/(cB) under constant step time" : "T24, birth-death chain";
    if (!time.dependsOnNumberAlone() || (servers > 1 && !time.isConstant())) {
      return new TheoryResult.Undefined("no formula for these costs and servers", source);
    }
    double load = rate / capacity().value();
    if (!(load < 1)) {
      return new TheoryResult.Undefined("unstable: the load is " + load, source);
    }
    WholeTokens whole = tokens();
    double factor = law.exponentialRate().isPresent() ? 1 : (1 + whole.variation()) / 2;
    if (Double.isNaN(factor)) {
      return new TheoryResult.Undefined(law + " has too heavy a tail", source);
    }
    double mean = whole.mean();
    int all = time.isConstant() ? slots * servers : slots;
    double inSystem = 0;
    double waiting = load / (1 - load);
    // States 0, 1, ..., all; the rest is geometric.
    double term = 1;
    double total = 1;
    for (int n = 1; n <= all; n++) {
      term *= rate * mean * time.seconds(Math.min(n, slots)) / n;
      total += term;
      inSystem += n * term;
      if (total > 1e200) {
        term /= 1e200;
        total /= 1e200;
        inSystem /= 1e200;
      }
    }
    double rest = term * waiting;
    double busy = inSystem + rest * all;
    double queue = term * waiting / (1 - load);
    double latency = (busy + (time.isConstant() ? factor : 1) * queue) / (total + rest) / rate;
    String regime =
        "steps short against lengths, and "
            + (time.isConstant()
                ? "lengths not far from exponential or a load not near 1"
                : "lengths with a variance near that of the exponential law");
    return TheoryResult.approximation(latency, regime, source);
  }
}
