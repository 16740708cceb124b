package io.github.batchq.workload;

import io.github.batchq.model.BadInputException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The turns of conversations. All of a conversation is drawn when it starts, so it is the same
 * whatever the system does; what differs is when its turns come, and whether they do: a
 * conversation ends with a turn that has no answer.
 */
final class ConversationRequests implements ArrivingRequests {
  private final ConversationProcess process;
  private final ArrivingRequests starts;
  private final RequestSource drawn;
  private final IntSupplier turns;
  private final DoubleSupplier pauses;
  private final long requests;

  /** Conversations whose clients think, the one that goes on first before the others. */
  private final PriorityQueue<Conversation> thinking =
      new PriorityQueue<>(
          Comparator.<Conversation>comparingDouble(talk -> talk.next)
              .thenComparingLong(talk -> talk.number));

  /** Conversations that wait for answers, by the ids of their requests. */
  private final Map<Long, Conversation> waiting = new HashMap<>();

  private long started;
  private long places;
  private long place;
  private long sent;

  ConversationRequests(
      ConversationProcess process,
      ArrivingRequests starts,
      RequestSource drawn,
      IntSupplier turns,
      DoubleSupplier pauses,
      long requests) {
    this.process = process;
    this.starts = starts;
    this.drawn = drawn;
    this.turns = turns;
    this.pauses = pauses;
    this.requests = requests;
  }

  /** What a request of a conversation will be, and the seconds of thought before it. */
  private record Turn(Request request, double pause, long place) {}

  private static final class Conversation {
    private final long number;
    private final ArrayDeque<Turn> turns = new ArrayDeque<>();
    private int said;
    private double next;

    Conversation(long number) {
      this.number = number;
    }
  }

  @Override
  public double nextTime() {
    if (isOver()) {
      return Double.POSITIVE_INFINITY;
    }
    double start = starts.nextTime();
    return thinking.isEmpty() ? start : Math.min(start, thinking.element().next);
  }

  @Override
  public @Nullable Request next() {
    if (isOver()) {
      return null;
    }
    boolean goesOn = !thinking.isEmpty() && thinking.element().next <= starts.nextTime();
    Conversation talk = goesOn ? thinking.remove() : start();
    return talk == null ? null : turn(talk);
  }

  /** A conversation starts; null where none does any more. */
  private @Nullable Conversation start() {
    Request start = starts.next();
    if (start == null) {
      return null;
    }
    Conversation talk = new Conversation(started++);
    talk.next = start.arrivalTime();
    int all = turns.getAsInt();
    boolean fits = true;
    for (int i = 0; i < all; i++) {
      Request request = Objects.requireNonNull(drawn.next());
      Turn turn = new Turn(request, pauses.getAsDouble(), places++);
      fits &=
          request.promptTokens() + ConversationProcess.tokens(request.length())
              <= process.mostTokens();
      if (fits) {
        talk.turns.add(turn);
      } else if (i == 0) {
        throw new BadInputException(
            "the first turn of a conversation has "
                + request.promptTokens()
                + " tokens in its prompt and "
                + ConversationProcess.tokens(request.length())
                + " in its answer, more than 'mostTokens', "
                + process.mostTokens());
      }
    }
    return talk;
  }

  private Request turn(Conversation talk) {
    Turn turn = talk.turns.remove();
    place = turn.place();
    int known = (int) (process.prefixHit() * talk.said);
    Request request =
        new Request(
            turn.request(),
            sent++,
            talk.next,
            Kinship.ofConversation(talk.number, talk.said, known));
    talk.said =
        (int)
            Math.min(
                Integer.MAX_VALUE,
                request.promptTokens() + ConversationProcess.tokens(request.length()));
    waiting.put(request.id(), talk);
    return request;
  }

  @Override
  public long drawn() {
    return place;
  }

  @Override
  public boolean isOver() {
    return sent == requests || (starts.isOver() && thinking.isEmpty() && waiting.isEmpty());
  }

  @Override
  public boolean answers() {
    return true;
  }

  @Override
  public void departed(Request request, Departure how, double now) {
    Conversation talk = Objects.requireNonNull(waiting.remove(request.id()));
    if (how != Departure.COMPLETED || talk.turns.isEmpty()) {
      return;
    }
    talk.next = now + talk.turns.element().pause();
    if (talk.next == Double.POSITIVE_INFINITY) {
      throw new BadInputException(
          "after " + now + " s a client would think for ever: smaller think times are needed");
    }
    thinking.add(talk);
  }
}
