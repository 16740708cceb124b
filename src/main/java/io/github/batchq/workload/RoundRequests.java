package io.github.batchq.workload;

import io.github.batchq.model.BadInputException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The requests of rounds, of which the first comes at time 0. */
final class RoundRequests implements ArrivingRequests {
  private final int size;
  private final RequestSource drawn;
  private final long requests;
  private Request upcoming;
  private double start;
  private long sent;
  private long there;

  RoundRequests(int size, RequestSource drawn, long requests) {
    this.size = size;
    this.drawn = drawn;
    this.requests = requests;
    this.upcoming = draw();
  }

  private Request draw() {
    return Objects.requireNonNull(drawn.next());
  }

  @Override
  public double nextTime() {
    boolean within = sent % size != 0;
    return !isOver() && (within || there == 0) ? start : Double.POSITIVE_INFINITY;
  }

  @Override
  public @Nullable Request next() {
    if (nextTime() == Double.POSITIVE_INFINITY) {
      return null;
    }
    Request request = new Request(upcoming, sent++, start);
    there++;
    upcoming = draw();
    return request;
  }

  @Override
  public long drawn() {
    return sent - 1;
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
  public boolean waitsForAll() {
    return true;
  }

  @Override
  public void departed(Request request, Departure how, double now) {
    there--;
    if (there == 0) {
      start = now + upcoming.arrivalTime();
      if (start == Double.POSITIVE_INFINITY) {
        throw new BadInputException(
            "after " + now + " s no round would ever come again: smaller gaps are needed");
      }
    }
  }
}
