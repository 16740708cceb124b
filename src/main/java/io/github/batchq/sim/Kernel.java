package io.github.batchq.sim;

import io.github.batchq.model.Batch;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.policy.Decision;
import io.github.batchq.policy.FreeServers;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.workload.ArrivingRequests;
import io.github.batchq.workload.Departure;
import io.github.batchq.workload.Request;
import io.github.batchq.workload.Withdrawal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;
import umontreal.ssj.simevents.Event;

/**
 * One run of a batching policy on c servers, as discrete events on an SSJ {@code Simulator} of its
 * own: a completion for each busy server and at most one wake-up are pending. Arrivals come sorted,
 * and so do failures, repairs and drains of servers, so they need no place among the pending
 * events: after each event the kernel takes those that precede the next one. {@link Turn} is the
 * order of what happens at the same time; the policy is asked when all of it has happened.
 *
 * <p>Where servers differ, the fastest free one takes a batch, unless the policy names one. The
 * batch of a server that fails is lost, or it waits as it is, before all that the policy holds, for
 * a free server, or for the same one if the policy has named it, and is served from its beginning.
 * The place of a member that gives up while its batch waits so is empty, and the time of the batch
 * is that of those who stay; a batch in service lasts as it was started, whoever gives up. Not
 * thread-safe; used once.
 */
public final class Kernel {
  /** Number of servers that stands for infinitely many. */
  public static final int INFINITE_SERVERS = Integer.MAX_VALUE;

  private final EventHeap pending;
  private final SteppedSimulator simulator;
  private final RequestFlow flow;
  private final BatchingPolicy policy;
  private final ServiceTimeModel service;
  private final boolean keepsMembers;
  private final boolean leavesEarly;
  private final boolean hearsDepartures;
  private final boolean withdraws;
  private final SimulationListener[] listeners;
  private final int largestBatch;

  private final ArrayDeque<Completion> spareCompletions = new ArrayDeque<>();
  private final WakeUp wakeUp;
  private final Free free = new Free();
  private final ServerSchedule schedule;

  /** The free servers, by their place in {@link #order}; null where it does not matter which. */
  private final @Nullable BitSet idle;

  /** Numbers of the servers, the fastest first, and the place of each. */
  private final int[] order;

  private final int[] places;

  /** What each server serves; empty where servers are always there. */
  private final List<@Nullable Completion> busy;

  private final ArrayDeque<Completion> interrupted = new ArrayDeque<>();

  /** The batch of each request that has one, by its id, where clients may not wait for answers. */
  private final Map<Long, Completion> batches = new HashMap<>();

  private double nextChange;
  private boolean undecided;
  private int freeServers;

  /**
   * Prepares a run in which requests stay until their batch ends.
   *
   * @param source the requests
   * @param policy the policy, used by this run alone
   * @param service how long a batch takes
   * @param servers number of servers, at least 1, or {@link #INFINITE_SERVERS}
   * @param largestBatch the most requests that a batch may have
   * @param listeners are told of every event but of the arrivals that none of them waits for
   */
  public Kernel(
      ArrivingRequests source,
      BatchingPolicy policy,
      ServiceTimeModel service,
      int servers,
      int largestBatch,
      List<? extends SimulationListener> listeners) {
    this(source, policy, service, servers, largestBatch, false, listeners);
  }

  /**
   * Prepares a run.
   *
   * @param source the requests
   * @param policy the policy, used by this run alone
   * @param service how long a batch takes
   * @param servers number of servers, at least 1, or {@link #INFINITE_SERVERS}
   * @param largestBatch the most requests that a batch may have
   * @param leavesEarly whether a request leaves when it would if it were the longest of its batch;
   *     the batch holds its server, and the request counts as in service, until the batch ends
   * @param listeners are told of every event but of the arrivals that none of them waits for
   */
  public Kernel(
      ArrivingRequests source,
      BatchingPolicy policy,
      ServiceTimeModel service,
      int servers,
      int largestBatch,
      boolean leavesEarly,
      List<? extends SimulationListener> listeners) {
    this(
        source,
        policy,
        service,
        ServerPool.of(servers),
        null,
        largestBatch,
        leavesEarly,
        listeners);
  }

  /**
   * Prepares a run on servers that differ or are not always there.
   *
   * @param source the requests
   * @param policy the policy, used by this run alone
   * @param service how long a batch takes on a server of speed 1
   * @param servers the servers
   * @param failures numbers for the times up and down; null only where servers do not fail
   * @param largestBatch the most requests that a batch may have
   * @param leavesEarly whether a request leaves when it would if it were the longest of its batch;
   *     the batch holds its server, and the request counts as in service, until the batch ends
   * @param listeners are told of every event but of the arrivals that none of them waits for
   */
  public Kernel(
      ArrivingRequests source,
      BatchingPolicy policy,
      ServiceTimeModel service,
      ServerPool servers,
      @Nullable RandomStream failures,
      int largestBatch,
      boolean leavesEarly,
      List<? extends SimulationListener> listeners) {
    this.pending = new EventHeap();
    this.simulator = new SteppedSimulator(pending);
    this.flow = new RequestFlow(source, policy, listeners);
    this.policy = policy;
    this.service = service;
    this.leavesEarly = leavesEarly;
    this.freeServers = servers.count();
    this.largestBatch = largestBatch;
    this.hearsDepartures = flow.hearsDepartures();
    this.withdraws = flow.withdraws();
    this.listeners = flow.listeners();
    this.keepsMembers =
        leavesEarly
            || service.readsMembers()
            || listeners.stream().anyMatch(SimulationListener::readsMembers);
    this.wakeUp = new WakeUp(simulator);
    this.schedule = new ServerSchedule(servers, failures);
    this.nextChange = schedule.nextTime();
    if (servers.isPlain() && !policy.choosesServers()) {
      idle = null;
      order = new int[0];
      places = order;
    } else {
      idle = new BitSet(servers.count());
      idle.set(0, servers.count());
      order = schedule.fastestFirst();
      places = new int[order.length];
      for (int place = 0; place < order.length; place++) {
        places[order[place]] = place;
      }
    }
    this.busy = new ArrayList<>(Collections.nCopies(servers.isPlain() ? 0 : servers.count(), null));
  }

  /**
   * Runs until nothing is left to happen: all requests have arrived and no server is busy.
   *
   * @return where the requests are at the end; what still waits was discarded by the policy
   * @throws IllegalStateException if the policy breaks its contract
   */
  public RequestCounts run() {
    simulator.init();
    flow.begin();
    goOn();
    if (!pending.isEmpty()) {
      simulator.start();
    }
    return flow.end(simulator.time());
  }

  /** Where the requests are now. */
  public RequestCounts counts() {
    return flow.counts();
  }

  /** Takes what precedes the next pending event, and asks the policy once for each instant. */
  private void goOn() {
    while (true) {
      boolean ask = undecided && freeServers > 0;
      Turn turn =
          Turn.next(
              simulator.time(),
              ask,
              flow.nextArrival(),
              flow.isCaused(),
              pending.firstTime(),
              nextChange,
              flow.nextWithdrawal());
      if (turn == Turn.EVENT) {
        return;
      } else if (turn == Turn.DECISION) {
        undecided = false;
        dispatch();
      } else if (turn == Turn.ARRIVAL) {
        simulator.advanceTo(flow.nextArrival());
        flow.arrive(flow.take());
        undecided = true;
      } else if (turn == Turn.WITHDRAWAL) {
        simulator.advanceTo(flow.nextWithdrawal());
        withdraw(flow.takeWithdrawal(), simulator.time());
        undecided = true;
      } else {
        if (flow.isOver(schedule, !pending.isEmpty(), policy.choosesServers())) {
          return;
        }
        change(nextChange);
        nextChange = schedule.nextTime();
      }
    }
  }

  /** A client does not wait for its answer any more. */
  private void withdraw(Withdrawal withdrawal, double now) {
    long id = withdrawal.request().id();
    Completion completion = batches.get(id);
    if (completion == null) {
      flow.withdrawWaiting(withdrawal, now);
    } else if (interrupted.contains(completion)) {
      completion.remove(id);
      if (completion.served.size == 0) {
        interrupted.remove(completion);
        spareCompletions.push(completion);
      }
      flow.withdrawToBeRetried(withdrawal, now);
    } else if (withdrawal.fromService()) {
      completion.remove(id);
      completion.served.withdrawn++;
      flow.withdrawServed(withdrawal, now);
    }
  }

  /** A server fails, is repaired, is drained or is back. */
  private void change(double now) {
    simulator.advanceTo(now);
    schedule.advance(listeners);
    int server = schedule.server();
    Completion completion = busy.get(server);
    if (schedule.isFailure() && completion != null) {
      interrupt(completion, now);
    }
    setFree(server, busy.get(server) == null && schedule.takesRequests(server));
    undecided = true;
  }

  private void interrupt(Completion completion, double now) {
    ServedBatch batch = completion.served;
    boolean retry = schedule.retries();
    completion.cancel();
    busy.set(completion.server, null);
    for (SimulationListener listener : listeners) {
      listener.interrupted(batch, retry, now);
    }
    completion.leaving.cancel();
    flow.complete(leavesEarly ? batch.removeDeparted(now) : 0);
    flow.stopped(batch.withdrawn);
    if (retry && batch.size > 0) {
      if (ServerSchedule.isHopeless(++completion.interruptions)) {
        throw ServerSchedule.noServerStaysUp(
            "the batch of request " + batch.id(0), batch.seconds + " s");
      }
      flow.hold(batch.size);
      interrupted.add(completion);
    } else {
      flow.lose(batch.size);
      tellDepartures(batch, Departure.LOST, now);
      spareCompletions.push(completion);
    }
  }

  /** Notes whether a server of those that are told apart is free. */
  private void setFree(int server, boolean free) {
    if (idle != null && idle.get(places[server]) != free) {
      idle.set(places[server], free);
      freeServers += free ? 1 : -1;
    }
  }

  /** Asks the policy for work until no server is free or the policy waits. */
  private void dispatch() {
    double now = simulator.time();
    while (freeServers > 0) {
      if (!interrupted.isEmpty() && serveAgain(now)) {
        continue;
      }
      Decision decision = policy.decide(now, free);
      if (decision instanceof Decision.Dispatch dispatch) {
        serve(dispatch.batch(), dispatch.server(), now);
      } else {
        if (decision instanceof Decision.WakeAt wake) {
          wakeUp.noLaterThan(wake.time());
        } else if (pending.isEmpty() && flow.endCompany(now)) {
          continue;
        }
        return;
      }
    }
  }

  /** Lets a server take a batch that has lost its server; false if none can. */
  private boolean serveAgain(double now) {
    for (Iterator<Completion> waiting = interrupted.iterator(); waiting.hasNext(); ) {
      Completion completion = waiting.next();
      int server = policy.choosesServers() ? completion.server : fastestFree();
      if (idle == null || idle.get(places[server])) {
        waiting.remove();
        flow.retry(completion.served.size);
        start(completion, server, now);
        return true;
      }
    }
    return false;
  }

  /** The fastest free server, where servers are told apart. */
  private int fastestFree() {
    return idle == null ? Decision.Dispatch.ANY_SERVER : order[idle.nextSetBit(0)];
  }

  private void serve(Batch batch, int server, double now) {
    int size = batch.size();
    if (size > largestBatch) {
      throw new IllegalStateException(
          "the policy dispatched a batch of "
              + size
              + " requests where "
              + largestBatch
              + " are allowed");
    }
    Completion completion = spareCompletions.poll();
    if (completion == null) {
      completion =
          new Completion(
              simulator, new ServedBatch(largestBatch, keepsMembers, leavesEarly, hearsDepartures));
    }
    ServedBatch served = completion.served;
    served.clear(batch.bin());
    for (int i = 0; i < size; i++) {
      Request request = flow.dispatched(batch, i);
      if (withdraws) {
        batches.put(request.id(), completion);
        served.requests[i] = request;
        continue;
      }
      if (keepsMembers) {
        served.keep(request);
      }
      if (hearsDepartures) {
        served.requests[i] = request;
        served.add(request.id(), request.intendedTime(), request.length());
      } else {
        served.add(request.id(), request.arrivalTime(), request.length());
      }
    }
    if (withdraws) {
      addByNumber(served, size);
    }
    flow.serve(size);
    flow.checkWaiting();
    served.flushed = batch.flushed();
    served.formedTime = batch.formedTime();
    completion.batch = policy.observesLengths() ? batch : null;
    completion.interruptions = 0;
    if (policy.choosesServers() && (server < 0 || !free.isFree(server))) {
      throw new IllegalStateException(
          "the policy sent a batch to server " + server + ", which is not free");
    }
    start(completion, policy.choosesServers() ? server : fastestFree(), now);
  }

  /** Adds members in the order in which they first came, whoever was sent again. */
  private void addByNumber(ServedBatch served, int size) {
    Arrays.sort(served.requests, 0, size, Comparator.comparingLong(Request::number));
    for (int i = 0; i < size; i++) {
      Request request = served.requests[i];
      if (keepsMembers) {
        served.keep(request);
      }
      served.add(request.number(), request.intendedTime(), request.length());
    }
  }

  private void start(Completion completion, int server, double now) {
    ServedBatch served = completion.served;
    double end = served.start(now, service, server < 0 ? 1 : schedule.speed(server));
    if (leavesEarly) {
      served.letMembersLeave(service);
      if (hearsDepartures) {
        completion.leaving.leaveAfter(Double.NEGATIVE_INFINITY);
      }
    }
    completion.server = server;
    served.server = server;
    if (idle == null) {
      freeServers--;
    } else {
      setFree(server, false);
    }
    if (!busy.isEmpty()) {
      busy.set(server, completion);
    }
    for (SimulationListener listener : listeners) {
      listener.dispatched(served);
    }
    completion.endAt(end);
  }

  /** The members of a batch leave that have not left before. */
  private void tellDepartures(ServedBatch batch, Departure how, double now) {
    if (hearsDepartures) {
      for (int i = 0; i < batch.size; i++) {
        if (!leavesEarly || batch.departureTime(i) >= now) {
          depart(batch.requests[i], how, now);
        }
      }
    }
  }

  private void depart(Request request, Departure how, double now) {
    if (withdraws) {
      batches.remove(request.id());
    }
    flow.departed(request, how, now);
  }

  /** Tells a policy that learns of them the lengths of completed requests. */
  private void tellLengths(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.get(i) instanceof Request request) {
        flow.tellLength(request, request.length());
      }
    }
  }

  /** The idle servers as the policy sees them. */
  private final class Free implements FreeServers {
    @Override
    public int count() {
      return freeServers;
    }

    @Override
    public boolean isFree(int server) {
      return idle == null || idle.get(places[server]);
    }

    @Override
    public int slots() {
      return largestBatch;
    }
  }

  /** A server is done with its batch. */
  private final class Completion extends Event {
    private final ServedBatch served;
    private final Leaving leaving;
    private int server;
    private int interruptions;
    private @Nullable Batch batch;

    Completion(SteppedSimulator simulator, ServedBatch served) {
      super(simulator);
      this.served = served;
      this.leaving = new Leaving(simulator, served);
    }

    /** Takes a member out. */
    void remove(long id) {
      batches.remove(id);
      served.remove(id);
      batch = batch == null ? null : batch.without(id);
    }

    void endAt(double end) {
      setTime(end);
      pending.add(this);
    }

    @Override
    public void actions() {
      if (idle == null) {
        freeServers++;
      } else if (busy.isEmpty()) {
        setFree(server, true);
      } else {
        busy.set(server, null);
        setFree(server, schedule.takesRequests(server));
      }
      flow.complete(served.size);
      flow.stopped(served.withdrawn);
      for (SimulationListener listener : listeners) {
        listener.completed(served, simulator.time());
      }
      if (batch != null) {
        tellLengths(batch);
      }
      tellDepartures(served, Departure.COMPLETED, simulator.time());
      spareCompletions.push(this);
      undecided = true;
      goOn();
    }
  }

  /** Members of a batch leave before it ends, where that must be told. */
  private final class Leaving extends Event {
    private final ServedBatch served;

    Leaving(SteppedSimulator simulator, ServedBatch served) {
      super(simulator);
      this.served = served;
    }

    /** Waits for the first members that leave after some time and before the batch ends. */
    void leaveAfter(double time) {
      double end = served.startTime + served.seconds;
      double next = end;
      for (int i = 0; i < served.size; i++) {
        double leaves = served.departureTime(i);
        next = leaves > time ? Math.min(next, leaves) : next;
      }
      if (next < end) {
        setTime(next);
        pending.add(this);
      }
    }

    @Override
    public void actions() {
      double now = simulator.time();
      for (int i = 0; i < served.size; i++) {
        if (served.departureTime(i) == now) {
          depart(served.requests[i], Departure.COMPLETED, now);
        }
      }
      leaveAfter(now);
      undecided = true;
      goOn();
    }
  }

  /** The policy asked to be asked again. */
  private final class WakeUp extends Event {
    WakeUp(SteppedSimulator simulator) {
      super(simulator);
    }

    void noLaterThan(double time) {
      double now = simulator.time();
      RequestFlow.checkWakeUp(time, now);
      if (time() < now) {
        setTime(SteppedSimulator.checkedTime(time, now, "a wake-up"));
        pending.add(this);
      } else if (time < time()) {
        reschedule(time - now);
      }
    }

    @Override
    public void actions() {
      undecided = true;
      goOn();
    }
  }
}
