package io.github.batchq.sim;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Batch;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.workload.ArrivingRequests;
import io.github.batchq.workload.Departure;
import io.github.batchq.workload.Request;
import io.github.batchq.workload.Withdrawal;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one run on their way through it, in the same way for every event kernel: they
 * arrive, perhaps wait at their clients until they may be sent, wait with the policy, are in
 * service, and are completed or lost, unless their clients do not wait for that. It counts them,
 * tells the source of those that leave if it wants to hear of them, tells the listeners of the
 * arrivals that they ask for, and holds the policy to its contract.
 */
final class RequestFlow {
  private final ArrivingRequests source;
  private final boolean answers;
  private final boolean withdraws;
  private final boolean hearsDepartures;
  private final int mostInFlight;
  private final BatchingPolicy policy;
  private final SimulationListener[] listeners;

  /**
   * Requests that have arrived and wait at their clients, by their ids, the first of them first.
   */
  private final Map<Long, Request> held = new LinkedHashMap<>();

  /** Requests that wait with the policy, by their ids, where clients may not wait for answers. */
  private final Map<Long, Request> queued = new HashMap<>();

  /** The request that arrives next, where the source is deaf; else null. */
  private @Nullable Request next;

  private double nextArrival;

  /** When a request left whose departure may have caused an arrival. */
  private double departure = Double.NaN;

  /** The first request of whose arrival a listener wants to hear. */
  private long announced = Long.MAX_VALUE;

  private long arrived;
  private long inFlight;
  private long inService;
  private long completed;
  private long toBeRetried;
  private long lost;
  private long withdrawn;

  /** Requests that their clients have withdrawn and will send again. */
  private long away;

  /** Requests that their clients have withdrawn and servers still work for. */
  private long unwanted;

  /** Whether the request that was taken is one that its client had held back. */
  private boolean released;

  /** Whether the policy knows that arrivals have ended. */
  private boolean ended;

  /** Whether the policy knows that nobody comes before one of those leaves who wait. */
  private boolean alone;

  RequestFlow(
      ArrivingRequests source,
      BatchingPolicy policy,
      List<? extends SimulationListener> listeners) {
    this.source = source;
    this.answers = source.answers();
    this.withdraws = source.withdraws();
    this.mostInFlight = source.mostInFlight();
    this.hearsDepartures = answers || withdraws || mostInFlight < Integer.MAX_VALUE;
    this.policy = policy;
    this.listeners = listeners.toArray(SimulationListener[]::new);
  }

  /** Those who are told what happens. */
  SimulationListener[] listeners() {
    return listeners;
  }

  /** Takes the first request, and asks the listeners for the first arrival that they want. */
  void begin() {
    if (answers) {
      look();
    } else {
      advance();
    }
    for (SimulationListener listener : listeners) {
      announced = Math.min(announced, listener.nextArrival(0));
    }
  }

  /**
   * Tells the listeners that the run is over, and where its requests are.
   *
   * @param now seconds since the start of the run
   * @throws BadInputException if requests would still come if one of those left who are there
   */
  RequestCounts end(double now) {
    RequestCounts counts = counts();
    if (!isOver()) {
      throw new BadInputException(
          "after "
              + now
              + " s nothing happens any more: no request comes before one leaves, and the "
              + counts.waiting()
              + " that are there wait for company or for a server that never takes them");
    }
    for (SimulationListener listener : listeners) {
      listener.ended(counts);
    }
    return counts;
  }

  /** When a request arrives next or is sent; infinite where that is not known. */
  double nextArrival() {
    return nextArrival;
  }

  /** Whether that is now, since another has left at this very instant. */
  boolean isCaused() {
    return nextArrival == departure;
  }

  /**
   * Takes a request from a deaf source that is told to nobody yet.
   *
   * @throws BadInputException if it never arrives: nothing would ever miss it
   */
  private void advance() {
    Request request = source.next();
    double time = request == null ? Double.POSITIVE_INFINITY : request.arrivalTime();
    if (request != null && !(time < Double.POSITIVE_INFINITY)) {
      SteppedSimulator.refuse(time, nextArrival);
    }
    next = request;
    nextArrival = time;
  }

  /** Looks when a request arrives or is sent next, where that depends on departures. */
  private void look() {
    if (mayRelease()) {
      nextArrival = departure;
    } else if (answers) {
      nextArrival = source.nextTime();
    } else {
      nextArrival = next == null ? Double.POSITIVE_INFINITY : next.arrivalTime();
    }
  }

  private boolean mayRelease() {
    return inFlight < mostInFlight && !held.isEmpty();
  }

  /** Takes the request that arrives next or is sent. */
  Request take() {
    released = hearsDepartures && mayRelease();
    if (released) {
      Iterator<Request> waiting = held.values().iterator();
      Request first = waiting.next();
      waiting.remove();
      return first.sentAt(departure);
    }
    if (answers) {
      return Objects.requireNonNull(source.next());
    }
    Request request = Objects.requireNonNull(next);
    advance();
    return request;
  }

  /**
   * Hands a request to the policy, or holds it at its client.
   *
   * @param request the one that was {@linkplain #take taken}
   */
  void arrive(Request request) {
    if (hearsDepartures) {
      arriveOrWait(request);
      return;
    }
    arrived++;
    if (request.id() >= announced) {
      announce(request);
    }
    policy.enqueue(request);
    if (next == null) {
      policy.arrivalsEnded(request.arrivalTime());
    }
  }

  private void arriveOrWait(Request request) {
    if (!released) {
      if (request.number() == arrived) {
        arrived++;
        if (request.number() >= announced) {
          announce(request);
        }
      } else {
        away--;
      }
      if (inFlight == mostInFlight) {
        held.put(request.id(), request);
        look();
        return;
      }
    }
    inFlight++;
    alone = false;
    if (withdraws) {
      queued.put(request.id(), request);
    }
    policy.enqueue(request);
    look();
    if (mayHaveEnded()) {
      if (isOver()) {
        endArrivals(request.arrivalTime());
      } else if (source.waitsForAll()) {
        policy.companyEnded(request.arrivalTime());
      }
    }
  }

  private boolean mayHaveEnded() {
    return nextArrival == Double.POSITIVE_INFINITY && held.isEmpty();
  }

  private void endArrivals(double now) {
    ended = true;
    policy.arrivalsEnded(now);
  }

  /** Whether no request will arrive any more. */
  private boolean isOver() {
    return next == null && source.isOver();
  }

  private void announce(Request request) {
    announced = Long.MAX_VALUE;
    for (SimulationListener listener : listeners) {
      listener.arrived(request);
      announced = Math.min(announced, listener.nextArrival(request.number() + 1));
    }
  }

  /**
   * A request of a batch that the policy dispatches, which must have waited until now.
   *
   * @param place its place in the batch, from 0
   */
  Request dispatched(Batch batch, int place) {
    if (!(batch.get(place) instanceof Request request)
        || !request.dispatch()
        || (withdraws && queued.remove(request.id()) == null)) {
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
    long waiting =
        arrived - held.size() - inService - completed - toBeRetried - lost - withdrawn - away;
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

  /** Whether it must be told of every request that leaves, when it leaves. */
  boolean hearsDepartures() {
    return hearsDepartures;
  }

  /** A request has left a source whose departures must be told. */
  void departed(Request request, Departure how, double now) {
    inFlight--;
    tellSource(request, how, now);
  }

  private void tellSource(Request request, Departure how, double now) {
    departure = now;
    source.departed(request, how, now);
    look();
    if (withdraws && !ended && mayHaveEnded() && isOver()) {
      endArrivals(now);
    }
  }

  /** Whether requests may leave of their own accord. */
  boolean withdraws() {
    return withdraws;
  }

  /** When one does next; infinite where that is not known. */
  double nextWithdrawal() {
    return withdraws ? source.nextWithdrawalTime() : Double.POSITIVE_INFINITY;
  }

  /** Takes the withdrawal of that time. */
  Withdrawal takeWithdrawal() {
    return Objects.requireNonNull(source.nextWithdrawal());
  }

  /** A request leaves its client or the policy; one that does not wait there stays as it is. */
  void withdrawWaiting(Withdrawal withdrawal, double now) {
    long id = withdrawal.request().id();
    Request request = queued.remove(id);
    if (request != null) {
      policy.withdraw(request, now);
      inFlight--;
      withdraw(withdrawal, now);
    } else if (held.remove(id) != null) {
      withdraw(withdrawal, now);
    }
  }

  /** A request leaves that waits outside the policy to be served again. */
  void withdrawToBeRetried(Withdrawal withdrawal, double now) {
    toBeRetried--;
    inFlight--;
    withdraw(withdrawal, now);
  }

  /** A request leaves that a server works for, which goes on until that is {@link #stopped}. */
  void withdrawServed(Withdrawal withdrawal, double now) {
    inService--;
    unwanted++;
    inFlight--;
    withdraw(withdrawal, now);
  }

  private void withdraw(Withdrawal withdrawal, double now) {
    if (withdrawal.again()) {
      away++;
    } else {
      withdrawn++;
    }
    checkWaiting();
    Request request = withdrawal.request();
    for (SimulationListener listener : listeners) {
      listener.withdrawn(request, withdrawal.how(), withdrawal.again(), now);
    }
    tellSource(request, withdrawal.how(), now);
  }

  /** Servers do not work any more for requests that were withdrawn. */
  void stopped(int requests) {
    unwanted -= requests;
  }

  /**
   * Tells the policy, which has nothing to serve, that nobody comes before one of those leaves who
   * wait, if that is so and the policy does not know it: it may serve those who wait for company.
   *
   * @return whether it was told now
   */
  boolean endCompany(double now) {
    if (!hearsDepartures) {
      return false;
    }
    boolean mayCome =
        inService + unwanted > 0
            || toBeRetried > 0
            || (inFlight < mostInFlight && nextArrival < Double.POSITIVE_INFINITY);
    if (alone || mayCome || policy.waiting() == 0) {
      return false;
    }
    alone = true;
    policy.companyEnded(now);
    return true;
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

  /**
   * Hands a request that has lost its place back to the policy.
   *
   * @param request the request as it waits now
   */
  void enqueueAgain(Request request) {
    if (withdraws) {
      queued.put(request.id(), request);
    }
    policy.preempted(request);
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
    return new RequestCounts(
        arrived,
        held.size() + policy.waiting() + toBeRetried + away,
        inService,
        completed,
        lost,
        withdrawn);
  }

  /**
   * Whether nothing will happen any more but to servers.
   *
   * @param pending whether the policy will be woken
   * @param serversMatter whether the policy may answer in another way for another server
   */
  boolean isOver(ServerSchedule schedule, boolean pending, boolean serversMatter) {
    if (nextArrival < Double.POSITIVE_INFINITY
        || nextWithdrawal() < Double.POSITIVE_INFINITY
        || inService + unwanted > 0
        || toBeRetried > 0) {
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
