package io.github.batchq.sim;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Batch;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.workload.Request;
import io.github.batchq.workload.RequestSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one run on their way through it, in the same way for every event kernel: they
 * arrive, wait with the policy, are in service, and are completed or lost. It counts them, tells
 * the listeners of the arrivals that they ask for, and holds the policy to its contract.
 */
final class RequestFlow {
  private final RequestSource source;
  private final BatchingPolicy policy;
  private final SimulationListener[] listeners;
  private @Nullable Request next;

  /** The first request of whose arrival a listener wants to hear. */
  private long announced = Long.MAX_VALUE;

  private long arrived;
  private long inService;
  private long completed;
  private long toBeRetried;
  private long lost;

  RequestFlow(
      RequestSource source, BatchingPolicy policy, List<? extends SimulationListener> listeners) {
    this.source = source;
    this.policy = policy;
    this.listeners = listeners.toArray(SimulationListener[]::new);
  }

  /** Those who are told what happens. */
  SimulationListener[] listeners() {
    return listeners;
  }

  /** Takes the first request, and asks the listeners for the first arrival that they want. */
  void begin() {
    advance();
    for (SimulationListener listener : listeners) {
      announced = Math.min(announced, listener.nextArrival(0));
    }
  }

  /** Tells the listeners that the run is over, and where its requests are. */
  RequestCounts end() {
    RequestCounts counts = counts();
    for (SimulationListener listener : listeners) {
      listener.ended(counts);
    }
    return counts;
  }

  /** The request that arrives next; null when all have arrived. */
  @Nullable Request next() {
    return next;
  }

  /**
   * Takes a request from the source that is told to nobody yet.
   *
   * @throws BadInputException if it never arrives: nothing would ever miss it
   */
  void advance() {
    Request request = source.next();
    if (request != null && !(request.arrivalTime() < Double.POSITIVE_INFINITY)) {
      SteppedSimulator.refuse(request.arrivalTime(), next == null ? 0 : next.arrivalTime());
    }
    next = request;
  }

  /**
   * Hands a request to the policy.
   *
   * @param request the one that was {@link #next()} before the flow was advanced
   */
  void arrive(Request request) {
    arrived++;
    if (request.id() >= announced) {
      announce(request);
    }
    policy.enqueue(request);
    if (next == null) {
      policy.arrivalsEnded(request.arrivalTime());
    }
  }

  private void announce(Request request) {
    announced = Long.MAX_VALUE;
    for (SimulationListener listener : listeners) {
      listener.arrived(request.id(), request.arrivalTime());
      announced = Math.min(announced, listener.nextArrival(request.id() + 1));
    }
  }

  /**
   * A request of a batch that the policy dispatches, which must have waited until now.
   *
   * @param place its place in the batch, from 0
   */
  static Request dispatched(Batch batch, int place) {
    if (!(batch.get(place) instanceof Request request) || !request.dispatch()) {
      throw new IllegalStateException(
          "the policy dispatched request " + batch.get(place).id() + ", which does not wait");
    }
    return request;
  }

  /** Requests that the policy has dispatched are in service. */
  void serve(int requests) {
    inService += requests;
  }

  /** Refuses a policy that counts other waiting requests than there are. */
  void checkWaiting() {
    long waiting = arrived - inService - completed - toBeRetried - lost;
    if (policy.waiting() != waiting) {
      throw new IllegalStateException(
          "the policy counts " + policy.waiting() + " waiting requests where there are " + waiting);
    }
  }

  /** Requests in service are completed. */
  void complete(int requests) {
    inService -= requests;
    completed += requests;
  }

  /** Tells a policy that learns of them the length of a completed request. */
  void tellLength(Request request, double length) {
    if (policy.observesLengths()) {
      policy.completed(request, length);
    }
  }

  /** Requests in service have lost their server, and are not served again. */
  void lose(int requests) {
    inService -= requests;
    lost += requests;
  }

  /** Requests in service have lost their places, and wait with the policy again. */
  void giveBack(int requests) {
    inService -= requests;
  }

  /** Requests in service have lost their server, and wait outside the policy to be served again. */
  void hold(int requests) {
    inService -= requests;
    toBeRetried += requests;
  }

  /** Requests that were {@linkplain #hold held} are in service again. */
  void retry(int requests) {
    toBeRetried -= requests;
    inService += requests;
  }

  /** Where the requests are now. */
  RequestCounts counts() {
    return new RequestCounts(arrived, policy.waiting() + toBeRetried, inService, completed, lost);
  }

  /**
   * Whether nothing will happen any more but to servers.
   *
   * @param pending whether the policy will be woken
   * @param serversMatter whether the policy may answer in another way for another server
   */
  boolean isOver(ServerSchedule schedule, boolean pending, boolean serversMatter) {
    if (next != null || inService > 0 || toBeRetried > 0) {
      return false;
    }
    return policy.waiting() == 0 || (!pending && !schedule.mayChangeADecision(serversMatter));
  }

  /** Refuses a time at which a policy wants to be woken that is not after now. */
  static void checkWakeUp(double time, double now) {
    if (!(time > now)) {
      throw new IllegalStateException(
          "the policy asked to be woken at " + time + " s, now is " + now + " s");
    }
  }
}
