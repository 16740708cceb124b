package io.github.batchq.sim;

import io.github.batchq.workload.Departure;
import io.github.batchq.workload.Kinship;
import io.github.batchq.workload.Request;

/** Is told what happens in a run, in the order of time. Metrics are listeners. */
public interface SimulationListener {
  /**
   * The next request whose arrival this listener needs to hear of. It may hear of others too; what
   * is not announced saves time.
   *
   * @param from sequence number of a request
   * @return from or a later one; {@link Long#MAX_VALUE} if there is none
   */
  default long nextArrival(long from) {
    return from;
  }

  /**
   * Whether this listener reads the length and the prompt of each member of a batch. Where nobody
   * does, a kernel may spare itself their collection.
   */
  default boolean readsMembers() {
    return false;
  }

  /**
   * Whether this listener needs to hear of dispatches. Where nobody does, a kernel may form batches
   * ahead of the servers, and tell of none.
   */
  default boolean hearsDispatches() {
    return false;
  }

  /**
   * A request has arrived and is about to be given to the policy.
   *
   * @param id sequence number of the arrival, from 0
   * @param now its arrival time, seconds since the start of the run
   */
  void arrived(long id, double now);

  /**
   * A request has arrived, as the other tells; a kernel that has it as an object tells this. If its
   * client holds it back, it is given to the policy later.
   */
  default void arrived(Request request) {
    arrived(request.number(), request.intendedTime());
    Kinship kinship = request.kinship();
    if (kinship != null) {
      arrivedInGroup(
          new GroupMember(
              request.number(),
              request.intendedTime(),
              request.promptTokens(),
              kinship.family(),
              kinship.siblings(),
              kinship.scores()));
    }
  }

  /** A request with kin has arrived, which the others have told too. */
  default void arrivedInGroup(GroupMember member) {}

  /**
   * The client of a request has given it up, or has called it back: it has left, unless its client
   * sends it again. Where a server works for it, that goes on to the end of the pass or of the
   * batch, whose other members are completed then.
   *
   * @param id sequence number of its first arrival, from 0
   * @param arrivalTime when it arrived first, seconds since the start of the run
   * @param gaveUp whether its client gave up; else it was called back
   * @param again whether its client will send it again, so that it has not left for good
   * @param now seconds since the start of the run
   */
  default void withdrawn(long id, double arrivalTime, boolean gaveUp, boolean again, double now) {}

  /** The same, as the other tells; kernels tell this. */
  default void withdrawn(Request request, Departure how, boolean again, double now) {
    withdrawn(request.number(), request.intendedTime(), how == Departure.ABANDONED, again, now);
  }

  /** A server starts with a batch; now is its start time. */
  void dispatched(ServedBatch batch);

  /**
   * A server is done with a batch.
   *
   * @param now seconds since the start of the run
   */
  void completed(ServedBatch batch, double now);

  /**
   * A server has taken token steps or processed prompts; now is when they ended. Only where
   * requests join and leave running batches, in place of {@link #dispatched}.
   */
  default void stepped(ServedSteps steps) {}

  /**
   * A request has received its last token. Only where requests join and leave running batches, in
   * place of {@link #completed}.
   *
   * @param now seconds since the start of the run
   */
  default void left(ServedRequest request, double now) {}

  /**
   * A server has failed that served a batch. Members that had left early are done; the others are
   * lost, or wait for another server, on which their batch is {@linkplain #dispatched dispatched}
   * again.
   *
   * @param retry whether they wait for another server
   * @param now seconds since the start of the run
   */
  default void interrupted(ServedBatch batch, boolean retry, double now) {}

  /**
   * The server of a request has failed. Only where requests join and leave running batches, in
   * place of the other; what the server did until then was told by {@link #stepped}.
   *
   * @param retry whether the request waits to join another batch, to be served from its beginning;
   *     if not, it is lost
   * @param now seconds since the start of the run
   */
  default void interrupted(ServedRequest request, boolean retry, double now) {}

  /**
   * A server has failed.
   *
   * @param now seconds since the start of the run
   */
  default void serverFailed(int server, double now) {}

  /**
   * A server was repaired.
   *
   * @param now seconds since the start of the run
   */
  default void serverRepaired(int server, double now) {}

  /** The run is over. */
  default void ended(RequestCounts counts) {}
}
