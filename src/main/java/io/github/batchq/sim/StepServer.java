package io.github.batchq.sim;

import io.github.batchq.policy.StepRules;
import io.github.batchq.service.TokenCosts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server of {@link StepKernel}: the requests that run on it, and when its steps end.
 *
 * <p>Between two changes of the running batch all steps are alike but for the tokens in memory, and
 * {@link StepClock} knows when each ends. Who finishes when is known from the number of the step,
 * so a step that changes nothing costs no look at the requests.
 */
final class StepServer {
  final int number;
  private final double speed;
  private final TokenCosts costs;
  private final int slots;
  private final long memory;
  private final int chunk;
  private final boolean merge;
  private final StepClock clock = new StepClock();

  /** Requests that receive tokens; those that finish first are last. */
  private final ServedRequest[] decoding;

  private int decoders;

  /** Requests whose prompts are processed in chunks, in the order in which they joined. */
  private final ArrayDeque<ServedRequest> prefilling = new ArrayDeque<>();

  /** Requests that decode and have no token yet. */
  private final List<ServedRequest> withoutToken = new ArrayList<>();

  /** Requests that begin and whose join costs are to be paid. */
  private int joining;

  private long joiningTokens;
  private long joinedEver;

  /** Tokens of the decoding requests in memory when the present steps began. */
  private long context;

  /** Tokens of the prompts in {@link #prefilling}. */
  private long reserved;

  /** Token steps taken before the present ones. */
  private long steps;

  /** Requests that receive a token in each of the present steps. */
  private int receivers;

  private boolean working;
  private boolean prompts;
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
    this.decoding = new ServedRequest[slots];
  }

  boolean isIdle() {
    return running() == 0;
  }

  int freeSlots() {
    return slots - running();
  }

  private int running() {
    return decoders + prefilling.size();
  }

  /** Tokens for which there is memory once each running request has room for its next one. */
  long freeMemory() {
    return memory == Long.MAX_VALUE
        ? memory
        : memory - reserved - context - receivers * done - running();
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
    return done == last;
  }

  /**
   * Plans a look at the first end of a step from a time on, where a request may join then.
   *
   * @param strictly whether the step must end after that time
   * @return whether the look is earlier than what was planned
   */
  boolean lookAt(double time, boolean strictly) {
    if (!merge || freeSlots() == 0 || next == done + 1) {
      return false;
    }
    long step = clock.firstEnding(time, strictly, done + 1, next);
    boolean earlier = step < next;
    next = step;
    return earlier;
  }

  /** Ends the present steps and says what they were; false if there were none. */
  boolean endSteps(ServedSteps report) {
    if (!working) {
      return false;
    }
    report.tokenSeconds = clock.tokenSeconds(done, (double) context + reserved, receivers);
    context += receivers * done;
    report.server = number;
    report.running = running();
    report.decoding = receivers;
    report.steps = prompts ? 0 : done;
    report.startTime = clock.startTime();
    report.seconds = clock.seconds(done);
    report.memory = context + reserved;
    report.speed = speed;
    steps += report.steps;
    working = false;
    done = 0;
    receivers = 0;
    ServedRequest first = prefilling.peek();
    while (first != null && first.prefilled == first.prefillTokens) {
      prefilling.remove();
      reserved -= first.prefillTokens;
      decode(first);
      first = prefilling.peek();
    }
    return true;
  }

  /**
   * The server fails: ends the present steps, the last of them before its end, and says what they
   * were; false if there were none.
   */
  boolean fail(double now, ServedSteps report) {
    if (!working) {
      return false;
    }
    done = clock.firstEnding(now, true, 1, last + 1) - 1;
    endSteps(report);
    double seconds = now - report.startTime;
    report.tokenSeconds += report.memory * (seconds - report.seconds);
    report.seconds = seconds;
    return true;
  }

  /** Takes out the requests of a server that has failed, in the order in which they joined. */
  List<ServedRequest> removeAll() {
    List<ServedRequest> all = new ArrayList<>(prefilling);
    all.addAll(Arrays.asList(decoding).subList(0, decoders));
    all.sort(Comparator.comparingLong(request -> request.joined));
    decoders = 0;
    prefilling.clear();
    withoutToken.clear();
    joining = 0;
    joiningTokens = 0;
    context = 0;
    reserved = 0;
    return all;
  }

  /** Takes out a request that has received its last token; null if there is none. */
  @Nullable ServedRequest finished() {
    if (decoders == 0 || decoding[decoders - 1].lastStep > steps) {
      return null;
    }
    ServedRequest request = decoding[--decoders];
    context -= request.prefillTokens + request.remaining;
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
    ServedRequest waiting = prefilling.peekLast();
    int index = 0;
    for (int i = 1; i < decoders; i++) {
      index = decoding[i].joined > decoding[index].joined ? i : index;
    }
    if (waiting != null && (decoders == 0 || waiting.joined > decoding[index].joined)) {
      prefilling.removeLast();
      reserved -= waiting.prefillTokens;
      waiting.prefilled = 0;
      return waiting;
    }
    ServedRequest request = decoding[index];
    decoders--;
    System.arraycopy(decoding, index + 1, decoding, index, decoders - index);
    withoutToken.remove(request);
    long left = request.lastStep - steps;
    request.prefillTokens = Math.toIntExact(request.prefillTokens + request.remaining - left);
    request.prefilled = 0;
    request.remaining = left;
    context -= request.prefillTokens;
    return request;
  }

  /** Lets a request join. */
  void join(ServedRequest request) {
    request.joined = joinedEver++;
    if (chunk > 0 && request.prefillTokens > 0) {
      reserved += request.prefillTokens;
      prefilling.add(request);
      return;
    }
    joining++;
    joiningTokens += request.prefillTokens;
    decode(request);
  }

  private void decode(ServedRequest request) {
    context += request.prefillTokens;
    request.lastStep = steps + request.remaining;
    if (Double.isNaN(request.firstTokenTime)) {
      withoutToken.add(request);
    }
    int low = 0;
    int high = decoders;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (decoding[middle].lastStep >= request.lastStep) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    System.arraycopy(decoding, low, decoding, low + 1, decoders - low);
    decoding[low] = request;
    decoders++;
  }

  /** Goes on with the steps that were under way, or starts new ones where they had ended. */
  void proceed(double now) {
    if (!working && running() > 0) {
      start(now);
    }
    next = merge ? last : done + 1;
  }

  private void start(double now) {
    working = true;
    prompts = chunk == 0 && joining > 0 && startPrompts(now);
    if (prompts) {
      return;
    }
    receivers = decoders;
    double growth = 0.5 * costs.stepSecondsPerContextToken() * receivers;
    double extra = chunk > 0 ? chunkSeconds() : 0;
    if (prefilling.isEmpty() && extra == 0) {
      last = decoding[decoders - 1].lastStep - steps;
      if (memory < Long.MAX_VALUE) {
        last = Math.min(last, (memory - context) / receivers);
      }
    } else {
      last = 1;
    }
    clock.start(now, costs.stepSeconds(receivers, context) + extra, growth);
    if (!withoutToken.isEmpty()) {
      for (ServedRequest request : withoutToken) {
        request.firstTokenTime = clock.end(1);
      }
      withoutToken.clear();
    }
  }

  /** Starts to process the prompts of those who joined; false if that takes no time. */
  private boolean startPrompts(double now) {
    double seconds = costs.joinSeconds(joining, joiningTokens);
    joining = 0;
    joiningTokens = 0;
    if (seconds > 0) {
      clock.start(now, seconds, 0);
      last = 1;
    }
    return seconds > 0;
  }

  /**
   * Fills the step with tokens of prompts, first come first served; what they and the requests that
   * begin add to its time, in seconds.
   */
  private double chunkSeconds() {
    int room = chunk - decoders;
    long tokens = 0;
    int beginning = joining;
    joining = 0;
    for (ServedRequest request : prefilling) {
      int taken = Math.min(room, request.prefillTokens - request.prefilled);
      if (taken == 0) {
        break;
      }
      beginning += request.prefilled == 0 ? 1 : 0;
      request.prefilled += taken;
      tokens += taken;
      room -= taken;
    }
    return beginning > 0
        ? costs.joinSeconds(beginning, tokens)
        : costs.prefillSecondsPerToken() * tokens;
  }
}
