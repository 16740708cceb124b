package io.github.batchq.workload;

import io.github.batchq.random.Law;
import io.github.batchq.random.StreamName;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * Groups of requests with one prompt.
 *
 * @param starts when groups come; its requests are the groups
 * @param sizes of the groups
 * @param within correlation of the normal variables behind the lengths of siblings, from 0 to 1
 * @param sharedPrompt whether siblings on a server share the work of their prompt
 * @param join with how many answers a group ends; null for all
 * @param verify how the answers are scored; null if they are not
 */
public record GroupProcess(
    ArrivalProcess starts,
    SiblingCounts sizes,
    double within,
    boolean sharedPrompt,
    @Nullable Join join,
    @Nullable Verify verify)
    implements ArrivalProcess {
  /** Requests per second, without the passes that score them. */
  @Override
  public double rate() {
    return starts.rate() * sizes.mean();
  }

  @Override
  public ArrivalProcess atRate(double rate) {
    return new GroupProcess(
        starts.atRate(rate / sizes.mean()), sizes, within, sharedPrompt, join, verify);
  }

  /** That of the groups times the mean size, and the variance of the size over its mean. */
  @Override
  public double dispersion() {
    return sizes.dispersion(starts.dispersion());
  }

  @Override
  public @Nullable Law poissonGroups() {
    return starts.isPoisson() ? sizes.law() : null;
  }

  @Override
  public boolean isRandom() {
    return starts.isRandom() || sizes.constant() == 0;
  }

  @Override
  public boolean isClosed() {
    return starts.isClosed();
  }

  @Override
  public boolean isDrawnInOrder() {
    return false;
  }

  /** Whether the lengths of requests, one after the other, are independent and nothing follows. */
  @Override
  public boolean isIndependent() {
    return within == 0 && !cancels() && !scoresInSystem() && !starts.isClosed();
  }

  /** Whether a group may end before all of its answers are there. */
  public boolean endsEarly() {
    return join != null && sizes.constant() != join.first();
  }

  /** Whether requests are called back. */
  public boolean cancels() {
    return endsEarly() && join != null && join.cancels();
  }

  /** Whether the answers of a group are scored by the servers that gave them. */
  public boolean scoresInSystem() {
    return verify != null && verify.inSystem();
  }

  /** One request may be all that is left of the groups that are awaited. */
  @Override
  public long fewestAlone() {
    return starts.isClosed() ? 1 : Long.MAX_VALUE;
  }

  @Override
  public long roundSize() {
    return scoresInSystem() ? 0 : starts.roundSize() * sizes.constant();
  }

  @Override
  public void checkRequests(long requests) {
    if (roundSize() > 0 && requests % roundSize() != 0) {
      throw new IllegalArgumentException(
          "requests is " + requests + ", no multiple of the requests of a round, " + roundSize());
    }
  }

  @Override
  public double lastArrival(long requests) {
    return starts.lastArrival(Math.max(1, (long) (requests / sizes.mean())));
  }

  /** No times: those of groups are drawn where they start. */
  @Override
  public DoubleSupplier arrivalTimes(RandomStream stream) {
    return () -> 0;
  }

  /**
   * Whether each of the requests, in the order in which they are drawn, is the first of a group.
   *
   * @param streams the streams of a replication
   */
  public SiblingOrder siblings(Function<StreamName, RandomStream> streams) {
    return new SiblingOrder(sizes.sampler(streams.apply(StreamName.GROUPS)));
  }

  @Override
  public ArrivingRequests arriving(
      RequestSource drawn, long requests, Function<StreamName, RandomStream> streams) {
    return new GroupRequests(
        this,
        starts.arriving(RequestSource.ofStarts(starts, streams), Long.MAX_VALUE, streams),
        drawn,
        sizes.sampler(streams.apply(StreamName.GROUPS)),
        requests);
  }
}
