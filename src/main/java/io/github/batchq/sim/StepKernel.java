package io.github.batchq.sim;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Batch;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.policy.Decision;
import io.github.batchq.policy.FreeServers;
import io.github.batchq.policy.StepRules;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.workload.ArrivingRequests;
import io.github.batchq.workload.Departure;
import io.github.batchq.workload.Kinship;
import io.github.batchq.workload.Request;
import io.github.batchq.workload.Withdrawal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * One run of a policy by which requests join and leave running batches between token steps, on c
 * servers of B slots (continuous batching; the iteration-level scheduling of Yu et al., "Orca",
 * OSDI 2022).
 *
 * <ul>
 *   <li>A request of length l receives max(1, ceil l) tokens, one in a pass, and leaves at the end
 *       of the pass of the last one. The pass in which its prompt ends gives it the first.
 *   <li>A pass costs what {@link TokenCosts} says: the price of a step for those who take part in
 *       it, and that of the prompt tokens that it holds. Without chunks a pass with prompts is for
 *       those who join alone, and nobody else receives a token in it. With chunks a pass gives each
 *       decoding request its token and fills the rest of the chunk with tokens of prompts, first
 *       come first served. Prompts that cost nothing need no pass: their requests decode at once.
 *   <li>The policy is asked who joins at the end of each pass of a server that has free slots, and
 *       about idle servers whenever what waits has changed. Idle servers come first, the fastest
 *       first or that of the lowest number among equally fast ones, since no other has more free
 *       slots, then those whose passes end at this instant, by number, and all again until nobody
 *       joins any more: none is idle beside a request that it could take.
 *   <li>A running request holds its prompt and its tokens in memory, and room for the next one.
 *       Where that becomes too much, the request that joined last gives its place up, returns to
 *       the policy, and processes prompt and tokens again when it joins again (preemption by
 *       recomputation: Kwon et al., "PagedAttention", SOSP 2023). Nobody joins at that moment.
 *   <li>Requests on a server that fails are lost, or they return to the policy, as preempted ones
 *       do, and are served from their beginning: the tokens of the step under way and all earlier
 *       ones are gone. Nobody joins a server that is drained.
 *   <li>A request on a server whose client gives up has left, but keeps its place and its memory to
 *       the end of the pass under way.
 * </ul>
 *
 * <p>{@link Turn} is the order of what happens at the same time. Not thread-safe; used once.
 */
public final class StepKernel {
  /** The most tokens of a request: up to here, doubles count every whole number. */
  private static final double MOST_TOKENS = 1L << 53;

  private final RequestFlow flow;
  private final BatchingPolicy policy;
  private final TokenCosts costs;
  private final long memory;
  private final SimulationListener[] listeners;
  private final StepServer[] servers;

  /** The servers again, the fastest first. */
  private final StepServer[] fastestFirst;

  private final ServerSchedule schedule;
  private final EarliestServer earliest;

  private final Free free = new Free();
  private final ServedSteps report = new ServedSteps();
  private final ArrayDeque<ServedRequest> spare = new ArrayDeque<>();

  /** Requests that have just left a server since their clients had gone. */
  private final List<ServedRequest> released = new ArrayList<>();

  /** Requests that have lost their places and wait again. */
  private final Map<Long, ServedRequest> preempted = new HashMap<>();

  /** Requests on servers, by their ids, where clients may not wait for answers. */
  private final Map<Long, ServedRequest> onServers = new HashMap<>();

  /** Servers between two passes at this instant, by their numbers, and how many they are. */
  private final StepServer[] between;

  private int betweenPasses;

  private double wakeTime = Double.POSITIVE_INFINITY;
  private double nextChange;
  private double now;
  private boolean undecided;

  /** Whether idle servers may take what they could not take before. */
  private boolean changed;

  /**
   * Prepares a run on servers of speed 1 that are always there.
   *
   * @param source the requests
   * @param policy the policy, used by this run alone
   * @param costs what tokens cost
   * @param rules memory and chunks
   * @param servers number of servers, at least 1
   * @param slots B, the most requests that run on a server, at least 1
   * @param merge whether steps that change nothing are taken together; it makes no difference but
   *     to the time that a run takes
   * @param listeners are told of every event but of the arrivals that none of them waits for
   */
  public StepKernel(
      ArrivingRequests source,
      BatchingPolicy policy,
      TokenCosts costs,
      StepRules rules,
      int servers,
      int slots,
      boolean merge,
      List<? extends SimulationListener> listeners) {
    this(source, policy, costs, rules, ServerPool.of(servers), null, slots, merge, listeners);
  }

  /**
   * Prepares a run.
   *
   * @param source the requests
   * @param policy the policy, used by this run alone
   * @param costs what tokens cost on a server of speed 1
   * @param rules memory and chunks
   * @param servers the servers, finitely many
   * @param failures numbers for the times up and down; null only where servers do not fail
   * @param slots B, the most requests that run on a server, at least 1
   * @param merge whether steps that change nothing are taken together; it makes no difference but
   *     to the time that a run takes
   * @param listeners are told of every event but of the arrivals that none of them waits for
   */
  public StepKernel(
      ArrivingRequests source,
      BatchingPolicy policy,
      TokenCosts costs,
      StepRules rules,
      ServerPool servers,
      @Nullable RandomStream failures,
      int slots,
      boolean merge,
      List<? extends SimulationListener> listeners) {
    int count = servers.count();
    if (count == Kernel.INFINITE_SERVERS) {
      throw new IllegalArgumentException("servers must be finitely many, found 'infinite'");
    }
    this.flow = new RequestFlow(source, policy, listeners);
    this.policy = policy;
    this.costs = costs;
    this.memory = rules.memoryLimit();
    this.listeners = flow.listeners();
    this.schedule = new ServerSchedule(servers, failures);
    this.earliest = new EarliestServer(count);
    this.servers = new StepServer[count];
    Arrays.setAll(
        this.servers,
        number -> new StepServer(number, servers.speed(number), costs, slots, rules, merge));
    int[] order = schedule.fastestFirst();
    this.between = new StepServer[count];
    this.fastestFirst = new StepServer[count];
    Arrays.setAll(fastestFirst, place -> this.servers[order[place]]);
  }

  /**
   * Runs until nothing is left to happen: all requests have arrived and no server is busy.
   *
   * @return where the requests are at the end; what still waits was discarded by the policy
   * @throws BadInputException if a request can never fit into memory
   * @throws IllegalStateException if the policy breaks its contract
   */
  public RequestCounts run() {
    flow.begin();
    nextChange = schedule.nextTime();
    boolean goesOn = true;
    while (goesOn) {
      double stepEnd = earliest.time();
      double event = wakeTime < stepEnd ? wakeTime : stepEnd;
      Turn turn =
          Turn.next(
              now,
              undecided,
              flow.nextArrival(),
              flow.isCaused(),
              event,
              nextChange,
              flow.nextWithdrawal());
      if (turn == Turn.DECISION) {
        undecided = false;
        decide();
      } else if (turn == Turn.ARRIVAL) {
        undecided = true;
        arrive();
      } else if (turn == Turn.WITHDRAWAL) {
        undecided = true;
        now = flow.nextWithdrawal();
        withdraw(flow.takeWithdrawal());
      } else if (turn == Turn.EVENT) {
        undecided = true;
        goesOn = event < Double.POSITIVE_INFINITY;
        if (goesOn) {
          event(event);
        }
      } else {
        undecided = true;
        goesOn = !flow.isOver(schedule, wakeTime < Double.POSITIVE_INFINITY, true);
        if (goesOn) {
          now = nextChange;
          change();
          nextChange = schedule.nextTime();
        }
      }
    }
    return flow.end(now);
  }

  /** A step ends or the policy is woken. */
  private void event(double time) {
    now = time;
    if (earliest.time() == time) {
      stepsEnd(servers[earliest.server()]);
    } else {
      wakeTime = Double.POSITIVE_INFINITY;
      changed = true;
    }
  }

  /** A client does not wait for its answer any more. */
  private void withdraw(Withdrawal withdrawal) {
    long id = withdrawal.request().id();
    ServedRequest running = onServers.get(id);
    ServedRequest waitingAgain = preempted.get(id);
    if (running != null) {
      if (withdrawal.fromService()) {
        onServers.remove(id);
        flow.withdrawServed(withdrawal, now);
        release(servers[running.server], running);
      }
    } else if (waitingAgain == null) {
      flow.withdrawWaiting(withdrawal, now);
    } else if (withdrawal.fromService() || Double.isNaN(waitingAgain.joinTime)) {
      preempted.remove(id);
      flow.withdrawWaiting(withdrawal, now);
      makeSpare(waitingAgain);
    }
    changed = true;
  }

  /** A request that nobody waits for leaves its server between two passes. */
  private void release(StepServer server, ServedRequest running) {
    if (server.release(running, now)) {
      endSteps(server);
      removeReleased(server);
    } else if (server.nextTime() > now) {
      earliest.set(server.number, server.nextTime());
    } else {
      stepsEnd(server);
    }
  }

  private void removeReleased(StepServer server) {
    server.removeReleased(released);
    forgetReleased();
  }

  private void forgetReleased() {
    flow.stopped(released.size());
    released.forEach(this::makeSpare);
    released.clear();
  }

  /** Where the requests are now. */
  public RequestCounts counts() {
    return flow.counts();
  }

  /** A server fails, is repaired, is drained or is back. */
  private void change() {
    schedule.advance(listeners);
    if (schedule.isFailure()) {
      fail(servers[schedule.server()]);
    }
    changed = true;
  }

  private void fail(StepServer server) {
    boolean retry = schedule.retries();
    if (server.fail(now, report)) {
      for (SimulationListener listener : listeners) {
        listener.stepped(report);
      }
    }
    List<ServedRequest> requests = server.removeAll(released);
    forgetReleased();
    earliest.set(server.number, Double.POSITIVE_INFINITY);
    if (retry) {
      flow.giveBack(requests.size());
    } else {
      flow.lose(requests.size());
    }
    // Each returns to the head of the queue, so the one that joined first comes last.
    for (int i = requests.size() - 1; i >= 0; i--) {
      ServedRequest served = requests.get(i);
      for (SimulationListener listener : listeners) {
        listener.interrupted(served, retry, now);
      }
      if (!retry) {
        depart(served, Departure.LOST);
        continue;
      }
      served.beginAnew();
      if (ServerSchedule.isHopeless(served.interruptions)) {
        throw ServerSchedule.noServerStaysUp("request " + served.id, "time");
      }
      giveBack(served);
    }
  }

  private void arrive() {
    double time = flow.nextArrival();
    if (!(time >= now) || time == Double.POSITIVE_INFINITY) {
      SteppedSimulator.refuse(time, now);
    }
    now = time;
    Request request = flow.take();
    requireMemory(request);
    flow.arrive(request);
    changed = true;
  }

  private void requireMemory(Request request) {
    if (!(request.length() <= MOST_TOKENS)) {
      throw new BadInputException(
          "request " + request.id() + " has a length of " + request.length() + ", beyond 2^53");
    }
    long need = request.promptTokens() + tokens(request);
    if (need > memory) {
      throw new BadInputException(
          "request "
              + request.id()
              + " needs memory for "
              + need
              + " tokens (prompt "
              + request.promptTokens()
              + ", generated "
              + tokens(request)
              + "), more than the memory of a server, "
              + memory);
    }
  }

  private static long tokens(Request request) {
    return Math.max(1, (long) Math.ceil(request.length()));
  }

  private void stepsEnd(StepServer server) {
    if (server.advance()) {
      endSteps(server);
      removeReleased(server);
      ServedRequest request = server.finished();
      while (request != null) {
        leave(request);
        request = server.finished();
      }
      request = server.preempted();
      while (request != null) {
        server.lostOne();
        changed = true;
        flow.giveBack(1);
        request.preemptions++;
        giveBack(request);
        request = server.preempted();
      }
    }
    visit(server);
  }

  /** A server is between two passes until the policy has been asked. */
  private void visit(StepServer server) {
    if (server.visit()) {
      int place = betweenPasses++;
      while (place > 0 && between[place - 1].number > server.number) {
        between[place] = between[place - 1];
        place--;
      }
      between[place] = server;
    }
    earliest.set(server.number, Double.POSITIVE_INFINITY);
  }

  /** Asks the policy who joins, then lets the servers go on. */
  private void decide() {
    boolean all = changed;
    changed = false;
    boolean joined = true;
    while (joined && policy.waiting() > 0) {
      joined = admitToIdle(all);
      if (all || joined) {
        lookAtWorking();
      }
      joined |= admitBetween();
      all = true;
      joined |= wakeTime == Double.POSITIVE_INFINITY && flow.endCompany(now);
    }
    for (int i = 0; i < betweenPasses; i++) {
      StepServer server = between[i];
      server.proceed(now);
      earliest.set(server.number, server.nextTime());
    }
    betweenPasses = 0;
  }

  /** Whether somebody joins an idle server: one that has just become idle, or any. */
  private boolean admitToIdle(boolean any) {
    boolean idle = any;
    for (int i = 0; i < betweenPasses; i++) {
      idle |= between[i].isIdle();
    }
    boolean joined = false;
    if (idle) {
      for (StepServer server : fastestFirst) {
        if (policy.waiting() == 0) {
          break;
        }
        if (server.isIdle() && admit(server)) {
          visit(server);
          joined = true;
        }
      }
    }
    return joined;
  }

  /** Whether somebody joins a server that is between two passes and not idle. */
  private boolean admitBetween() {
    boolean joined = false;
    for (int i = 0; i < betweenPasses; i++) {
      StepServer server = between[i];
      if (!server.isIdle() && admit(server)) {
        joined = true;
        lookAtWorking();
        // Servers with lower numbers may have been put before it meanwhile.
        while (between[i] != server) {
          i++;
        }
      }
    }
    return joined;
  }

  /**
   * What waits has changed: servers with room whose steps are taken together are visited at the
   * next end of one of these, which may be now.
   */
  private void lookAtWorking() {
    if (policy.waiting() == 0) {
      return;
    }
    for (StepServer server : servers) {
      if (schedule.takesRequests(server.number) && server.lookAt(now)) {
        if (server.nextTime() > now) {
          earliest.set(server.number, server.nextTime());
        } else {
          server.advance();
          visit(server);
        }
      }
    }
  }

  private void endSteps(StepServer server) {
    if (server.endSteps(report)) {
      for (SimulationListener listener : listeners) {
        listener.stepped(report);
      }
    }
  }

  private void leave(ServedRequest served) {
    flow.complete(1);
    for (SimulationListener listener : listeners) {
      listener.left(served, now);
    }
    Request request = served.request;
    if (request != null) {
      flow.tellLength(request, served.length);
    }
    depart(served, Departure.COMPLETED);
  }

  /** A request is gone. */
  private void depart(ServedRequest served, Departure how) {
    Request request = served.request;
    if (request != null && flow.hearsDepartures()) {
      onServers.remove(request.id());
      flow.departed(request, how, now);
    }
    makeSpare(served);
  }

  private void makeSpare(ServedRequest served) {
    served.request = null;
    spare.push(served);
  }

  private void giveBack(ServedRequest served) {
    Request request = served.request;
    if (request == null) {
      throw new IllegalStateException("request " + served.id + " is not there");
    }
    onServers.remove(request.id());
    preempted.put(request.id(), served);
    flow.enqueueAgain(request.returned(served.prefillTokens, (double) served.remaining));
  }

  /** Asks the policy who joins a server until it has no free slot or the policy waits. */
  private boolean admit(StepServer server) {
    boolean joined = false;
    if (!schedule.takesRequests(server.number)) {
      return false;
    }
    while (server.mayJoin() && policy.waiting() > 0) {
      free.server = server;
      Decision decision = policy.decide(now, free);
      if (decision instanceof Decision.Dispatch dispatch) {
        join(dispatch, server);
        joined = true;
      } else {
        if (decision instanceof Decision.WakeAt wake) {
          wakeAt(wake.time());
        }
        break;
      }
    }
    return joined;
  }

  private void wakeAt(double time) {
    RequestFlow.checkWakeUp(time, now);
    wakeTime = Math.min(wakeTime, time);
  }

  private void join(Decision.Dispatch dispatch, StepServer server) {
    Batch batch = dispatch.batch();
    int size = batch.size();
    if (dispatch.server() != Decision.Dispatch.ANY_SERVER && dispatch.server() != server.number) {
      throw new IllegalStateException(
          "the policy sent a batch to server "
              + dispatch.server()
              + " when it was asked about server "
              + server.number);
    }
    if (size > server.freeSlots()) {
      throw new IllegalStateException(
          "the policy dispatched "
              + size
              + " requests where "
              + server.freeSlots()
              + " slots are free");
    }
    flow.serve(size);
    endSteps(server);
    for (int i = 0; i < size; i++) {
      Request request = flow.dispatched(batch, i);
      ServedRequest served = served(request);
      if (flow.withdraws()) {
        onServers.put(request.id(), served);
      }
      served.server = server.number;
      server.join(served);
    }
    if (server.freeMemory() < 0) {
      throw new IllegalStateException(
          "the policy dispatched requests with "
              + -server.freeMemory()
              + " tokens more than there is memory for");
    }
    flow.checkWaiting();
  }

  /** The state of a request that joins a server. */
  private ServedRequest served(Request request) {
    ServedRequest known = preempted.isEmpty() ? null : preempted.remove(request.id());
    if (known != null) {
      if (Double.isNaN(known.joinTime)) {
        known.joinTime = now;
      }
      return known;
    }
    ServedRequest served = spare.isEmpty() ? new ServedRequest() : spare.pop();
    int prompt = request.promptTokens();
    long tokens = tokens(request);
    served.request = request;
    served.id = request.number();
    served.arrivalTime = request.intendedTime();
    served.sentTime = flow.hearsDepartures() ? request.arrivalTime() : Double.NaN;
    served.joinTime = now;
    served.firstTokenTime = Double.NaN;
    served.length = request.length();
    served.tokens = tokens;
    served.promptTokens = prompt;
    served.preemptions = 0;
    served.interruptions = 0;
    served.secondsAlone =
        costs.joinSeconds(1, prompt)
            + tokens * costs.stepSeconds(1, prompt)
            + costs.stepSecondsPerContextToken() * tokens * (tokens - 1.0) / 2;
    served.prefillTokens = prompt;
    served.prefilled = 0;
    served.hit = 0;
    Kinship kinship = request.kinship();
    served.hasKin = kinship != null;
    if (kinship != null) {
      beginWithKin(served, kinship);
    }
    served.remaining = tokens;
    return served;
  }

  /** What it knows of its prompt it would not process alone either. */
  private void beginWithKin(ServedRequest served, Kinship kinship) {
    int known = Math.min(kinship.knownTokens(), served.promptTokens);
    served.secondsAlone +=
        costs.joinSeconds(1, served.promptTokens - known)
            - costs.joinSeconds(1, served.promptTokens);
    served.prompt.clear();
  }

  /** The server that the policy is asked about. */
  private static final class Free implements FreeServers {
    private StepServer server;

    @SuppressWarnings("NullAway.Init")
    Free() {}

    @Override
    public int count() {
      return 1;
    }

    @Override
    public boolean isFree(int number) {
      return server.number == number;
    }

    @Override
    public int slots() {
      return server.freeSlots();
    }

    @Override
    public long memory() {
      return server.freeMemory();
    }

    @Override
    public long tokensFor(QueuedRequest request) {
      return request.promptTokens() + 1L - server.sharedBy(request);
    }
  }
}
