package io.github.batchq.workload;

import io.github.batchq.random.Law;
import io.github.batchq.random.StreamName;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import umontreal.ssj.rng.RandomStream;

/**
 * Conversations of several turns.
 *
 * @param starts when they start; its requests are the conversations
 * @param turns how many turns they have
 * @param think law of the seconds from an answer to the next turn
 * @param newPrompt law of the new tokens of a turn before it is rounded
 * @param prefixHit share of what was said before that needs no processing
 * @param mostTokens most tokens of a turn, its prompt and its answer
 */
public record ConversationProcess(
    ArrivalProcess starts,
    SiblingCounts turns,
    Law think,
    Law newPrompt,
    double prefixHit,
    long mostTokens)
    implements ArrivalProcess {
  /** Requests per second, if no conversation ends early. */
  @Override
  public double rate() {
    return starts.rate() * turns.mean();
  }

  @Override
  public ArrivalProcess atRate(double rate) {
    return new ConversationProcess(
        starts.atRate(rate / turns.mean()), turns, think, newPrompt, prefixHit, mostTokens);
  }

  @Override
  public double dispersion() {
    return turns.dispersion(starts.dispersion());
  }

  @Override
  public boolean isRandom() {
    return starts.isRandom() || turns.constant() == 0 || think.lower() < think.upper();
  }

  @Override
  public boolean isDrawnInOrder() {
    return false;
  }

  @Override
  public boolean isIndependent() {
    return false;
  }

  @Override
  public double lastArrival(long requests) {
    return starts.lastArrival(Math.max(1, (long) (requests / turns.mean())));
  }

  /** No times: those of conversations are drawn where they start. */
  @Override
  public DoubleSupplier arrivalTimes(RandomStream stream) {
    return () -> 0;
  }

  /**
   * The prompts of requests in the order in which they are drawn, conversation by conversation.
   *
   * @param lengths the lengths of the answers, in the same order
   * @param streams the streams of a replication
   */
  public IntSupplier prompts(DoubleSupplier lengths, Function<StreamName, RandomStream> streams) {
    SiblingOrder order = order(streams);
    DoubleSupplier fresh = newPrompt.sampler(streams.apply(StreamName.PROMPTS));
    return new IntSupplier() {
      private long said;

      @Override
      public int getAsInt() {
        said = order.nextIsFirst() ? 0 : said;
        long prompt = said + Math.max(1, Math.round(fresh.getAsDouble()));
        said = prompt + tokens(lengths.getAsDouble());
        return (int) Math.min(Integer.MAX_VALUE, prompt);
      }
    };
  }

  /** Tokens of an answer. */
  static long tokens(double length) {
    return Math.max(1, (long) Math.ceil(length));
  }

  /** Which of the requests, in the order in which they are drawn, begin conversations. */
  public SiblingOrder order(Function<StreamName, RandomStream> streams) {
    return new SiblingOrder(turns.sampler(streams.apply(StreamName.GROUPS)));
  }

  @Override
  public ArrivingRequests arriving(
      RequestSource drawn, long requests, Function<StreamName, RandomStream> streams) {
    return new ConversationRequests(
        this,
        starts.arriving(RequestSource.ofStarts(starts, streams), Long.MAX_VALUE, streams),
        drawn,
        turns.sampler(streams.apply(StreamName.GROUPS)),
        think.sampler(streams.apply(StreamName.THINKING)),
        requests);
  }
}
