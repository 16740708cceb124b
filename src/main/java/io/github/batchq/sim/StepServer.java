package io.github.batchq.sim;

import io.github.batchq.model.QueuedRequest;
import io.github.batchq.policy.StepRules;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.workload.Kinship;
import io.github.batchq.workload.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server of {@link StepKernel}: the requests that run on it, and when its steps end.
 *
 * <p>Between two changes of the running batch all steps are alike but for the tokens in memory, and
 * {@link StepClock} knows when each ends. Who finishes when is known from the number of the step,
 * so the requests need not be looked at in a step that changes nothing.
 */
final class StepServer {
  final int number;
  private final double speed;
  private final TokenCosts costs;
  private final int slots;
  private final long memory;
  private final int chunk;
  private final boolean merge;

  /**
   * Whether neither joining nor prompts ever cost anything, so that nobody needs a pass for them.
   */
  private final boolean joinsForFree;

  private final StepClock clock = new StepClock();

  private final DecodingRequests decoding = new DecodingRequests();

  /** Requests that hold a slot: those that decode, and those whose prompts are processed. */
  private int running;

  /** Requests whose prompts are to be processed, in the order in which they joined. */
  private final ArrayDeque<ServedRequest> prefilling = new ArrayDeque<>();

  /** Requests that decode and have no token yet: they have no prompt, or one that costs nothing. */
  private final List<ServedRequest> withoutToken = new ArrayList<>();

  /** Requests whose clients have gone, which keep their places to the end of the pass under way. */
  private final List<ServedRequest> leaving = new ArrayList<>();

  /** Requests without a prompt that begin beside chunks of prompts. */
  private int beginning;

  private long joinedEver;

  /** Tokens of the decoding requests in memory when the present steps began. */
  private long context;

  /** Tokens of the prompts in {@link #prefilling}. */
  private long reserved;

  /** Tokens of the prompts in {@link #prefilling} that need no processing. */
  private long hits;

  /** Whether a request with kin has ever been here: without any, nothing is looked for. */
  private boolean hasKin;

  /** Prompts that siblings share here, by the numbers of their groups. */
  private final Map<Long, SharedPrompt> sharedPrompts = new HashMap<>();

  /** Tokens of shared prompts that are counted more than once in what requests hold. */
  private long saved;

  /** What is kept of prompts and answers; null where nothing is. */
  private final @Nullable BlockCache cache;

  /** Token steps taken before the present ones. */
  private long steps;

  /** Requests that decode, so that they receive a token in each of the present steps. */
  private int receivers;

  private boolean working;

  /** Whether the kernel has come here at this instant and has not gone on yet. */
  private boolean visited;

  /** Whether a request has lost its place here at this instant, so that nobody may join. */
  private boolean full;

  /** Whether a prompt has just become one that others may share, so that they need less memory. */
  private boolean sharesMore;

  private long done;
  private long last;
  private long next;

  /**
   * @param speed speed of the server
   * @param costs costs at speed 1
   */
  StepServer(
      int number, double speed, TokenCosts costs, int slots, StepRules rules, boolean merge) {
    Integer tokens = rules.chunk();
    this.number = number;
    this.speed = speed;
    this.costs = costs.atSpeed(speed);
    this.slots = slots;
    this.memory = rules.memoryLimit();
    this.chunk = tokens == null ? 0 : tokens;
    this.merge = merge;
    this.joinsForFree = costs.areFree(1, 1);
    this.cache = rules.prefixCache() == null ? null : new BlockCache(rules.prefixCache());
  }

  boolean isIdle() {
    return running == 0;
  }

  /** Notes that the kernel has come here at this instant; false if it had before. */
  boolean visit() {
    boolean first = !visited;
    visited = true;
    return first;
  }

  /** Notes that a request has lost its place here at this instant. */
  void lostOne() {
    full = true;
  }

  /** Whether requests may join now: this is between two steps, and nobody has lost a place. */
  boolean mayJoin() {
    return !full && freeSlots() > 0;
  }

  int freeSlots() {
    return slots - running;
  }

  /** Tokens for which there is memory once each running request has room for its next one. */
  long freeMemory() {
    return memory == Long.MAX_VALUE
        ? memory
        : memory + saved - reserved - context - receivers * done - running;
  }

  /** When something may happen here next; infinite where nothing runs. */
  double nextTime() {
    return working
        ? SteppedSimulator.checkedTime(clock.end(next), clock.startTime(), "a token step")
        : Double.POSITIVE_INFINITY;
  }

  /** Goes on to the time that {@link #nextTime()} said; true if the batch cannot stay as it is. */
  boolean advance() {
    done = next;
    return done == last || !leaving.isEmpty();
  }

  /**
   * Plans a visit at the first end of a step from a time on, where a request may join then.
   *
   * @return whether that is earlier than what was planned
   */
  boolean lookAt(double time) {
    if (!merge || !working || visited || freeSlots() == 0 || next == done + 1) {
      return false;
    }
    long step = clock.firstEnding(time, done + 1, next);
    boolean earlier = step < next;
    next = step;
    return earlier;
  }

  /**
   * The client of a request that runs here has gone: it leaves when no pass is under way any more.
   *
   * @return whether that is now, since the kernel has come here at this instant
   */
  boolean release(ServedRequest request, double now) {
    leaving.add(request);
    if (!visited) {
      next = clock.firstEnding(now, done + 1, next);
    }
    return visited;
  }

  /**
   * Takes out the requests that leave since their clients have gone.
   *
   * @param gone receives them
   */
  void removeReleased(Collection<ServedRequest> gone) {
    for (ServedRequest request : leaving) {
      running--;
      if (prefilling.remove(request) || waitsForSibling(request)) {
        reserved -= request.prefillTokens;
        hits -= request.hit;
      } else {
        decoding.remove(request);
        context -= request.prefillTokens + request.remaining - (request.lastStep - steps);
      }
      leaveKin(request);
    }
    gone.addAll(leaving);
    leaving.clear();
  }

  /** Ends the present steps and says what they were; false if there were none. */
  boolean endSteps(ServedSteps report) {
    if (!working) {
      return false;
    }
    report.tokenSeconds = clock.tokenSeconds(done, (double) context + reserved - saved, receivers);
    context += receivers * done;
    report.server = number;
    report.running = running;
    report.startTime = clock.startTime();
    report.seconds = clock.seconds(done);
    report.speed = speed;
    steps += receivers > 0 ? done : 0;
    report.decoding = receivers + (done > 0 ? endPrompts() : 0);
    report.steps = report.decoding > 0 ? done : 0;
    report.memory = context + reserved - saved;
    working = false;
    done = 0;
    receivers = 0;
    return true;
  }

  /**
   * Gives requests whose prompts have ended in this pass their first tokens; returns their number.
   */
  private int endPrompts() {
    int ended = 0;
    ServedRequest first = prefilling.peek();
    while (first != null && first.prefilled == first.prefillTokens) {
      prefilling.remove();
      endPrompt(first);
      ended++;
      for (ServedRequest sibling : promptProcessed(first, first.prefillTokens - 1L)) {
        endPrompt(sibling);
        ended++;
      }
      first = prefilling.peek();
    }
    return ended;
  }

  /** The pass in which its prompt has ended gives a request its first token. */
  private void endPrompt(ServedRequest request) {
    reserved -= request.prefillTokens;
    hits -= request.hit;
    if (Double.isNaN(request.firstTokenTime)) {
      request.firstTokenTime = clock.end(1);
    }
    request.prefillTokens++;
    request.remaining--;
    decode(request);
  }

  /**
   * The server fails: ends the present steps, the last of them before its end, and says what they
   * were; false if there were none.
   */
  boolean fail(double now, ServedSteps report) {
    if (!working) {
      return false;
    }
    done = clock.ended(now, last);
    endSteps(report);
    double seconds = now - report.startTime;
    report.tokenSeconds += report.memory * (seconds - report.seconds);
    report.seconds = seconds;
    return true;
  }

  /**
   * Takes out the requests of a server that has failed, in the order in which they joined.
   *
   * @param gone receives those whose clients have gone
   */
  List<ServedRequest> removeAll(Collection<ServedRequest> gone) {
    removeReleased(gone);
    List<ServedRequest> all = new ArrayList<>(prefilling);
    sharedPrompts.values().forEach(prompt -> all.addAll(prompt.waiting));
    all.addAll(decoding.all());
    all.sort(Comparator.comparingLong(request -> request.joined));
    running = 0;
    decoding.clear();
    prefilling.clear();
    withoutToken.clear();
    beginning = 0;
    context = 0;
    reserved = 0;
    hits = 0;
    saved = 0;
    sharedPrompts.clear();
    for (ServedRequest request : all) {
      request.prompt.shared = null;
      request.prompt.blocks = 0;
    }
    if (cache != null) {
      cache.clear();
    }
    return all;
  }

  /** Takes out a request that has received its last token; null if there is none. */
  @Nullable ServedRequest finished() {
    if (decoding.isEmpty() || decoding.first().lastStep > steps) {
      return null;
    }
    ServedRequest request = decoding.removeFirst();
    running--;
    context -= request.prefillTokens + request.remaining;
    if (hasKin) {
      answered(request);
      leaveKin(request);
    }
    return request;
  }

  /**
   * Takes out the request that joined last if the next step needs more memory than there is; null
   * if there is enough. What it has generated becomes part of what it has to process again.
   */
  @Nullable ServedRequest preempted() {
    if (freeMemory() >= 0) {
      return null;
    }
    running--;
    ServedRequest waiting = lastWithoutToken();
    if (waiting != null && (decoding.isEmpty() || waiting.joined > decoding.lastJoined().joined)) {
      if (!prefilling.remove(waiting)) {
        waitsForSibling(waiting);
      }
      reserved -= waiting.prefillTokens;
      hits -= waiting.hit;
      waiting.prefilled = 0;
      leaveKin(waiting);
      return waiting;
    }
    ServedRequest request = decoding.lastJoined();
    decoding.remove(request);
    withoutToken.remove(request);
    long left = request.lastStep - steps;
    request.prefillTokens = Math.toIntExact(request.prefillTokens + request.remaining - left);
    request.prefilled = 0;
    request.remaining = left;
    context -= request.prefillTokens;
    leaveKin(request);
    return request;
  }

  /** The request that joined last of those whose prompts are not processed yet; null if none is. */
  private @Nullable ServedRequest lastWithoutToken() {
    ServedRequest last = prefilling.peekLast();
    if (!sharedPrompts.isEmpty()) {
      // Who waited for a sibling's prompt, and processes it itself now, stands behind later ones.
      for (ServedRequest request : prefilling) {
        last = last == null || request.joined > last.joined ? request : last;
      }
      for (SharedPrompt prompt : sharedPrompts.values()) {
        for (ServedRequest request : prompt.waiting) {
          last = last == null || request.joined > last.joined ? request : last;
        }
      }
    }
    return last;
  }

  /** Lets a request join. */
  void join(ServedRequest request) {
    request.joined = joinedEver++;
    running++;
    if (request.hasKin && joinWithKin(request)) {
      return;
    }
    if (chunk == 0 && joinsForFree && !request.hasKin) {
      decodeFromNowOn(request);
    } else if (chunk > 0 && request.prefillTokens == 0) {
      beginning++;
      decodeFromNowOn(request);
    } else {
      reserved += request.prefillTokens;
      hits += request.hit;
      prefilling.add(request);
    }
  }

  private boolean joinWithKin(ServedRequest request) {
    Kinship kinship = kinship(request);
    hasKin = true;
    return kinship != null && joinKin(request, kinship);
  }

  private static @Nullable Kinship kinship(ServedRequest served) {
    Request request = served.request;
    return request == null ? null : request.kinship();
  }

  /**
   * Looks what of its prompt a request with kin need not process.
   *
   * @return whether it has joined: it decodes at once, or waits for its sibling's prompt
   */
  private boolean joinKin(ServedRequest request, Kinship kinship) {
    request.prompt.asked += request.prefillTokens;
    int cached = cache == null ? 0 : cache.join(request, kinship);
    int known = Math.min(kinship.knownTokens(), Math.max(0, request.prefillTokens - 1));
    request.hit = Math.max(cached, known);
    request.prefilled = request.hit;
    if (kinship.sharesPrompt()) {
      SharedPrompt prompt = sharedPrompts.get(kinship.family());
      if (prompt == null) {
        request.prompt.shared = new SharedPrompt(request, kinship.sharedTokens());
        sharedPrompts.put(kinship.family(), request.prompt.shared);
      } else if (prompt.processed || request.prefillTokens == prompt.tokens) {
        request.prompt.shared = prompt;
        prompt.members++;
        saved += prompt.tokens;
        return joinSibling(request, prompt);
      }
    }
    request.prompt.found += request.hit;
    return false;
  }

  /**
   * Lets a request join beside a sibling whose prompt it shares; false if it has more to process.
   */
  private boolean joinSibling(ServedRequest request, SharedPrompt prompt) {
    request.prompt.found += prompt.tokens;
    request.hit = prompt.tokens;
    request.prefilled = prompt.tokens;
    if (!prompt.processed) {
      prompt.waiting.add(request);
      reserved += request.prefillTokens;
      hits += request.hit;
      return true;
    }
    if (request.prefillTokens == prompt.tokens) {
      decodeFromNowOn(request);
      return true;
    }
    return false;
  }

  /** Tokens of a prompt that somebody shares who is here. */
  long sharedBy(QueuedRequest waiting) {
    if (sharedPrompts.isEmpty() || !(waiting instanceof Request request)) {
      return 0;
    }
    Kinship kinship = request.kinship();
    SharedPrompt prompt =
        kinship == null || !kinship.sharesPrompt() ? null : sharedPrompts.get(kinship.family());
    boolean joins = prompt != null && (prompt.processed || request.promptTokens() == prompt.tokens);
    return joins && prompt != null ? prompt.tokens : 0;
  }

  /**
   * The prompt of a request is processed.
   *
   * @param tokens how many it has
   * @return its siblings that have waited for that
   */
  private List<ServedRequest> promptProcessed(ServedRequest request, long tokens) {
    Kinship kinship = hasKin ? kinship(request) : null;
    if (kinship == null) {
      return List.of();
    }
    if (cache != null) {
      cache.processed(request, kinship, tokens);
    }
    SharedPrompt prompt = request.prompt.shared;
    if (prompt == null || prompt.first != request || prompt.processed) {
      return List.of();
    }
    prompt.processed = true;
    sharesMore = true;
    List<ServedRequest> siblings = List.copyOf(prompt.waiting);
    prompt.waiting.clear();
    return siblings;
  }

  /** A request leaves with its answer, of which a later turn of its conversation may make use. */
  private void answered(ServedRequest request) {
    Kinship kinship = kinship(request);
    if (cache != null && kinship != null && kinship.siblings() == 1) {
      cache.processed(request, kinship, (long) request.prefillTokens + request.remaining);
    }
  }

  /** Whether a request waited for the prompt of a sibling, which it does not any more. */
  private boolean waitsForSibling(ServedRequest request) {
    return request.prompt.shared != null && request.prompt.shared.waiting.remove(request);
  }

  /** A request has left: what it shares with others is theirs. */
  private void leaveKin(ServedRequest request) {
    Kinship kinship = hasKin ? kinship(request) : null;
    if (kinship == null) {
      return;
    }
    if (cache != null) {
      cache.leave(request, kinship);
    }
    SharedPrompt prompt = request.prompt.shared;
    if (prompt == null) {
      return;
    }
    request.prompt.shared = null;
    if (--prompt.members == 0) {
      sharedPrompts.remove(kinship.family());
      return;
    }
    saved -= prompt.tokens;
    if (prompt.first == request && !prompt.processed) {
      // The next of those who wait processes it.
      ServedRequest next = prompt.waiting.remove();
      prompt.first = next;
      next.prompt.found -= prompt.tokens;
      hits -= next.hit;
      next.hit = 0;
      next.prefilled = 0;
      prefilling.add(next);
    }
  }

  /** The next step gives a request a token, its first one unless it has been preempted. */
  private void decodeFromNowOn(ServedRequest request) {
    decode(request);
    if (Double.isNaN(request.firstTokenTime)) {
      withoutToken.add(request);
    }
  }

  private void decode(ServedRequest request) {
    context += request.prefillTokens;
    request.lastStep = steps + request.remaining;
    decoding.add(request);
  }

  /** Goes on with the steps that were under way, or starts new ones where they had ended. */
  void proceed(double now) {
    if (!working && running > 0) {
      start(now);
    }
    // Who could not join now may join at the end of the next step.
    next = merge && !full && !sharesMore ? last : done + 1;
    visited = false;
    full = false;
    sharesMore = false;
  }

  /**
   * Starts a pass: one step of its own if prompts are part of it, else as many steps as are alike.
   * Without chunks it is for those who join alone, unless their prompts cost nothing.
   */
  private void start(double now) {
    working = true;
    if (chunk == 0 && !prefilling.isEmpty() && costs.areFree(prefilling.size(), reserved - hits)) {
      while (!prefilling.isEmpty()) {
        ServedRequest request = prefilling.remove();
        reserved -= request.prefillTokens;
        hits -= request.hit;
        decodeFromNowOn(request);
        for (ServedRequest sibling : promptProcessed(request, request.prefillTokens)) {
          reserved -= sibling.prefillTokens;
          hits -= sibling.hit;
          decodeFromNowOn(sibling);
        }
      }
    }
    boolean alone = chunk == 0 && !prefilling.isEmpty();
    receivers = alone ? 0 : decoding.size();
    double seconds;
    if (prefilling.isEmpty() && (beginning == 0 || joinsForFree)) {
      beginning = 0;
      seconds = costs.stepSeconds(receivers, context);
      last = decoding.first().lastStep - steps;
      if (memory < Long.MAX_VALUE) {
        last = Math.min(last, (memory + saved - context) / receivers);
      }
    } else {
      seconds = secondsWithPrompts(alone);
      last = 1;
    }
    double growth = 0.5 * costs.stepSecondsPerContextToken() * receivers;
    clock.start(now, seconds, growth);
    if (!alone && !withoutToken.isEmpty()) {
      for (ServedRequest request : withoutToken) {
        request.firstTokenTime = clock.end(1);
      }
      withoutToken.clear();
    }
  }

  /**
   * What a pass with prompts takes, filled first come first served.
   *
   * @param alone whether nobody decodes in it
   */
  private double secondsWithPrompts(boolean alone) {
    int taking = receivers;
    int begin = beginning;
    beginning = 0;
    long held = alone ? 0 : context;
    long tokens = 0;
    long room = alone ? Long.MAX_VALUE : chunk - decoding.size();
    for (ServedRequest request : prefilling) {
      if (room == 0) {
        break;
      }
      int taken = (int) Math.min(room, request.prefillTokens - request.prefilled);
      begin += request.prefilled == request.hit ? 1 : 0;
      request.prefilled += taken;
      tokens += taken;
      room -= taken;
      taking++;
      held += request.prefilled;
    }
    return costs.stepSeconds(taking, held) + costs.joinSeconds(begin, tokens);
  }
}
