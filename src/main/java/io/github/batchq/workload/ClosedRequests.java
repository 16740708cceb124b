package io.github.batchq.workload;

import io.github.batchq.model.BadInputException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the clients of a closed loop. They are drawn in turn, one for each client, and
 * kept until their clients send them: request j of a client and the pause before it are the same
 * whatever the system does.
 */
final class ClosedRequests implements ArrivingRequests {
  private final RequestSource drawn;
  private final long requests;

  /** What each client will send, as far as it was drawn. */
  private final List<ArrayDeque<Request>> ahead;

  /** The next request of each client that waits for no answer. */
  private final PriorityQueue<Sending> sendings =
      new PriorityQueue<>(
          Comparator.comparingDouble(Sending::time).thenComparingLong(Sending::number));

  /** The clients that wait for answers, by the sequence numbers of their requests. */
  private final Map<Long, Integer> waiting = new HashMap<>();

  private long planned;
  private long sent;
  private long drawnLast;

  /** When a client sends; of the same time, the one first that was planned first. */
  private record Sending(double time, long number, int client) {}

  ClosedRequests(ClosedProcess process, RequestSource drawn, long requests) {
    this.drawn = drawn;
    this.requests = requests;
    int clients = process.clients();
    this.ahead = Stream.generate(() -> new ArrayDeque<Request>(4)).limit(clients).toList();
    for (int client = 0; client < clients; client++) {
      plan(process.rampUp() * client / clients, client);
    }
  }

  private void plan(double time, int client) {
    if (time == Double.POSITIVE_INFINITY) {
      throw new BadInputException(
          "client " + client + " would think for ever: smaller think times are needed");
    }
    sendings.add(new Sending(time, planned++, client));
  }

  @Override
  public double nextTime() {
    Sending next = sendings.peek();
    return next == null || isOver() ? Double.POSITIVE_INFINITY : next.time();
  }

  @Override
  public @Nullable Request next() {
    Sending next = isOver() ? null : sendings.poll();
    if (next == null) {
      return null;
    }
    waiting.put(sent, next.client());
    Request request = upcoming(next.client()).remove();
    drawnLast = request.id();
    return new Request(request, sent++, next.time());
  }

  /** What a client will send, at least one request. */
  private ArrayDeque<Request> upcoming(int client) {
    ArrayDeque<Request> own = ahead.get(client);
    if (own.isEmpty()) {
      for (ArrayDeque<Request> each : ahead) {
        each.add(Objects.requireNonNull(drawn.next()));
      }
    }
    return own;
  }

  @Override
  public long drawn() {
    return drawnLast;
  }

  @Override
  public boolean isOver() {
    return sent == requests;
  }

  @Override
  public boolean answers() {
    return true;
  }

  @Override
  public void departed(Request request, Departure how, double now) {
    int client = Objects.requireNonNull(waiting.remove(request.id()));
    plan(now + upcoming(client).element().arrivalTime(), client);
  }
}
