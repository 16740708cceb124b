package io.github.batchq.sim;

import io.github.batchq.model.Batch;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.policy.Decision;
import io.github.batchq.policy.FreeServers;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.workload.Request;
import io.github.batchq.workload.RequestSource;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.simevents.Event;

/**
 * One run of a batching policy on c identical servers, as discrete events on an SSJ {@code
 * Simulator} of its own: a completion for each busy server and at most one wake-up are pending.
 * Arrivals come sorted, so they need no place among the pending events: after each event the kernel
 * takes the arrivals that precede the next one. At the same time, arrivals come before events, and
 * events come in the order in which they were scheduled. Not thread-safe; used once.
 */
public final class Kernel {
  /** Number of servers that stands for infinitely many. */
  public static final int INFINITE_SERVERS = Integer.MAX_VALUE;

  private final EventHeap pending;
  private final SteppedSimulator simulator;
  private final RequestSource source;
  private final BatchingPolicy policy;
  private final ServiceTimeModel service;
  private final boolean readsMembers;
  private final boolean leavesEarly;
  private final SimulationListener[] listeners;
  private final int largestBatch;

  private final ArrayDeque<Completion> spareCompletions = new ArrayDeque<>();
  private final WakeUp wakeUp;
  private final Free free = new Free();
  private final @Nullable BitSet idle;
  private @Nullable Request nextArrival;
  private int freeServers;
  private long announced = Long.MAX_VALUE;
  private long arrived;
  private long inService;
  private long completed;

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
      RequestSource source,
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
   *     the batch holds its server and its place in the {@linkplain Books books} to its end
   * @param listeners are told of every event but of the arrivals that none of them waits for
   */
  public Kernel(
      RequestSource source,
      BatchingPolicy policy,
      ServiceTimeModel service,
      int servers,
      int largestBatch,
      boolean leavesEarly,
      List<? extends SimulationListener> listeners) {
    if (servers < 1) {
      throw new IllegalArgumentException("servers must be at least 1, found " + servers);
    }
    this.pending = new EventHeap();
    this.simulator = new SteppedSimulator(pending);
    this.source = source;
    this.nextArrival = source.next();
    this.policy = policy;
    this.service = service;
    this.readsMembers = leavesEarly || service.readsMembers();
    this.leavesEarly = leavesEarly;
    this.freeServers = servers;
    this.largestBatch = largestBatch;
    this.listeners = listeners.toArray(SimulationListener[]::new);
    this.wakeUp = new WakeUp(simulator);
    this.idle = policy.choosesServers() ? new BitSet(servers) : null;
    if (idle != null) {
      idle.set(0, servers);
    }
  }

  /**
   * Runs until nothing is left to happen: all requests have arrived and no server is busy.
   *
   * @return the books at the end; what still waits was discarded by the policy
   * @throws IllegalStateException if the policy breaks its contract
   */
  public Books run() {
    simulator.init();
    for (SimulationListener listener : listeners) {
      announced = Math.min(announced, listener.nextArrival(0));
    }
    takeArrivals();
    if (!pending.isEmpty()) {
      simulator.start();
    }
    Books books = books();
    for (SimulationListener listener : listeners) {
      listener.ended(books);
    }
    return books;
  }

  /** Where the requests are now. */
  public Books books() {
    return new Books(arrived, policy.waiting(), inService, completed);
  }

  /** Lets requests arrive up to and including the time of the next pending event. */
  private void takeArrivals() {
    Request request = nextArrival;
    while (request != null && !(pending.firstTime() < request.arrivalTime())) {
      Request following = source.next();
      arrive(request, following == null);
      request = following;
    }
    nextArrival = request;
  }

  private void arrive(Request request, boolean last) {
    simulator.advanceTo(request.arrivalTime());
    arrived++;
    if (request.id() >= announced) {
      announce(request);
    }
    policy.enqueue(request);
    if (last) {
      policy.arrivalsEnded(request.arrivalTime());
    }
    if (freeServers > 0) {
      dispatch();
    }
  }

  /** Tells the listeners of an arrival that one of them waits for. */
  private void announce(Request request) {
    announced = Long.MAX_VALUE;
    for (SimulationListener listener : listeners) {
      listener.arrived(request.id(), request.arrivalTime());
      announced = Math.min(announced, listener.nextArrival(request.id() + 1));
    }
  }

  /** Asks the policy for work until no server is free or the policy waits. */
  private void dispatch() {
    double now = simulator.time();
    while (freeServers > 0) {
      Decision decision = policy.decide(now, free);
      if (decision instanceof Decision.Dispatch dispatch) {
        serve(dispatch.batch(), dispatch.server(), now);
      } else {
        if (decision instanceof Decision.WakeAt wake) {
          wakeUp.noLaterThan(wake.time());
        }
        return;
      }
    }
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
      completion = new Completion(simulator, new ServedBatch(largestBatch, service, leavesEarly));
    }
    ServedBatch served = completion.served;
    served.clear(batch.bin());
    for (int i = 0; i < size; i++) {
      if (!(batch.get(i) instanceof Request request) || !request.dispatch()) {
        throw new IllegalStateException(
            "the policy dispatched request " + batch.get(i).id() + ", which does not wait");
      }
      if (readsMembers) {
        served.keep(request.length(), request.promptTokens());
      }
      served.add(request.id(), request.arrivalTime(), request.length());
    }
    inService += size;
    if (policy.waiting() != arrived - inService - completed) {
      throw new IllegalStateException(
          "the policy counts "
              + policy.waiting()
              + " waiting requests where there are "
              + (arrived - inService - completed));
    }
    served.flushed = batch.flushed();
    served.formedTime = batch.formedTime();
    double end = served.start(now, service);
    if (leavesEarly) {
      served.letMembersLeave(service);
    }
    freeServers--;
    if (idle != null) {
      if (server < 0 || !idle.get(server)) {
        throw new IllegalStateException(
            "the policy sent a batch to server " + server + ", which is not free");
      }
      idle.clear(server);
    }
    completion.server = server;
    completion.batch = policy.observesLengths() ? batch : null;
    for (SimulationListener listener : listeners) {
      listener.dispatched(served);
    }
    completion.endAt(end);
  }

  /** Tells a policy that learns of them the lengths of completed requests. */
  private void tellLengths(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.get(i) instanceof Request request) {
        policy.completed(request, request.length());
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
      return idle == null || idle.get(server);
    }

    @Override
    public int slots() {
      return largestBatch;
    }
  }

  /** A server is done with its batch. */
  private final class Completion extends Event {
    private final ServedBatch served;
    private int server;
    private @Nullable Batch batch;

    Completion(SteppedSimulator simulator, ServedBatch served) {
      super(simulator);
      this.served = served;
    }

    void endAt(double end) {
      setTime(end);
      pending.add(this);
    }

    @Override
    public void actions() {
      int size = served.size;
      freeServers++;
      if (idle != null) {
        idle.set(server);
      }
      inService -= size;
      completed += size;
      for (SimulationListener listener : listeners) {
        listener.completed(served, simulator.time());
      }
      if (batch != null) {
        tellLengths(batch);
      }
      spareCompletions.push(this);
      dispatch();
      takeArrivals();
    }
  }

  /** The policy asked to be asked again. */
  private final class WakeUp extends Event {
    WakeUp(SteppedSimulator simulator) {
      super(simulator);
    }

    void noLaterThan(double time) {
      double now = simulator.time();
      if (!(time > now)) {
        throw new IllegalStateException(
            "the policy asked to be woken at " + time + " s, now is " + now + " s");
      }
      if (time() < now) {
        setTime(SteppedSimulator.checkedTime(time, now, "a wake-up"));
        pending.add(this);
      } else if (time < time()) {
        reschedule(time - now);
      }
    }

    @Override
    public void actions() {
      dispatch();
      takeArrivals();
    }
  }
}
