package io.github.batchq.scenario;

import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import io.github.batchq.random.Scaled;
import io.github.batchq.workload.ArrivalProcess;
import io.github.batchq.workload.ConversationProcess;
import io.github.batchq.workload.GroupProcess;
import io.github.batchq.workload.Impatience;
import io.github.batchq.workload.LengthPhases;
import io.github.batchq.workload.SampledRequests;
import io.github.batchq.workload.Trace;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a prepared scenario: when they come, how long they are and what they ask.
 *
 * @param arrivals the arrival process
 * @param lengthLaw law of the true lengths; the empirical law where lengths come from a trace, and
 *     that of a request that is picked at random from the run where they drift
 * @param phases the laws of lengths that drift; null where their law stays
 * @param lengthTrace the trace of the arrivals, which tells the lengths too; null where they are
 *     drawn
 * @param sample the requests that prompts and lengths are drawn from together; null where lengths
 *     are drawn from the law
 * @param promptLaw law of the numbers of prompt tokens, rounded to whole ones of at least 0; null
 *     where requests have the prompts of the replayed trace, or none
 * @param concurrency most requests in flight, at least 1, of which the others wait at their
 *     clients; null without a limit
 * @param impatience how long clients wait; null where they wait for ever
 */
public record Traffic(
    ArrivalProcess arrivals,
    Law lengthLaw,
    @Nullable LengthPhases phases,
    @Nullable Trace lengthTrace,
    @Nullable SampledRequests sample,
    @Nullable Law promptLaw,
    @Nullable Integer concurrency,
    @Nullable Impatience impatience) {
  /** Without a limit of what is in flight, of lengths that do not drift, of clients who wait. */
  public Traffic(
      ArrivalProcess arrivals,
      Law lengthLaw,
      @Nullable Trace lengthTrace,
      @Nullable SampledRequests sample,
      @Nullable Law promptLaw) {
    this(arrivals, lengthLaw, null, lengthTrace, sample, promptLaw, null, null);
  }

  /** The same requests, whose arrivals are scaled to another rate, in requests per second. */
  Traffic atRate(double rate) {
    return new Traffic(
        arrivals.atRate(rate),
        lengthLaw,
        phases,
        lengthTrace,
        sample,
        promptLaw,
        concurrency,
        impatience);
  }

  /**
   * The same requests with all lengths multiplied; those of a trace in tokens are rounded up.
   *
   * @param factor positive and finite
   */
  Traffic withLengthsTimes(double factor) {
    SampledRequests drawn =
        sample == null ? null : new SampledRequests(sample.trace().withLengthsTimes(factor));
    Trace told = lengthTrace == null ? null : lengthTrace.withLengthsTimes(factor);
    Law law =
        drawn != null
            ? drawn.lengths()
            : told != null
                ? Empirical.of(told.lengths(told.size()))
                : new Scaled(lengthLaw, factor);
    LengthPhases changing = phases == null ? null : phases.times(factor);
    return new Traffic(arrivals, law, changing, told, drawn, promptLaw, concurrency, impatience);
  }

  /** Law of the prompts wherever they are drawn from one; else null. */
  @Nullable Law drawnPrompts() {
    return promptLaw == null && sample != null ? sample.prompts() : promptLaw;
  }

  /** Whether requests may leave of their clients' accord. */
  public boolean mayWithdraw() {
    return impatience != null || (arrivals instanceof GroupProcess groups && groups.cancels());
  }

  /** Whether requests are of groups or conversations. */
  public boolean isInGroups() {
    return arrivals instanceof GroupProcess || arrivals instanceof ConversationProcess;
  }

  /** Whether the system has a say in when requests are sent, or which of them stay. */
  public boolean hearsSystem() {
    return arrivals.isClosed() || concurrency != null || impatience != null;
  }

  /** Fewest requests that may be there while no other comes before one of them leaves. */
  long fewestAlone() {
    long fewest = arrivals.fewestAlone();
    return concurrency == null ? fewest : Math.min(fewest, concurrency);
  }

  /** Whether anything of it is drawn. */
  boolean isRandom() {
    boolean lengthsDrawn = phases == null ? isSpread(lengthLaw) : phases.isSpread();
    boolean requestsDrawn = sample != null || (lengthTrace == null && lengthsDrawn);
    return arrivals.isRandom()
        || requestsDrawn
        || (promptLaw != null && isSpread(promptLaw))
        || (impatience != null && isSpread(impatience));
  }

  private static boolean isSpread(Impatience impatience) {
    Law pause = impatience.pause();
    return isSpread(impatience.patience()) || (pause != null && isSpread(pause));
  }

  private static boolean isSpread(Law law) {
    return law.lower() < law.upper();
  }
}
