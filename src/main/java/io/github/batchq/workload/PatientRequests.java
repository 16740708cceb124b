package io.github.batchq.workload;

import io.github.batchq.model.BadInputException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * Requests whose clients wait for a limited time and then give up, and perhaps send them again: the
 * same request, with new patience. The numbers of a request are drawn when it is, for all of its
 * tries, so they are the same whatever the system does.
 */
public final class PatientRequests implements ArrivingRequests {
  private static final Comparator<Attempt> BY_TIME =
      Comparator.<Attempt>comparingDouble(attempt -> attempt.time)
          .thenComparingLong(attempt -> attempt.request.id());

  private final ArrivingRequests source;
  private final Impatience impatience;
  private final DoubleSupplier patience;
  private final @Nullable DoubleSupplier pause;

  /** Requests that are there, by their ids. */
  private final Map<Long, Attempt> there = new HashMap<>();

  /** Those of them whose clients may give up, the one first that does first. */
  private final TreeSet<Attempt> waiting = new TreeSet<>(BY_TIME);

  /** Requests that come again, the one first that does first. */
  private final TreeSet<Attempt> returning = new TreeSet<>(BY_TIME);

  /** Numbers of requests that were drawn before others which come first. */
  private final Map<Long, double[]> ahead = new HashMap<>();

  private long drawn;
  private long sent;

  /** How many of those that are there may come again. */
  private long hopeful;

  /** A request that was sent, or will be sent again. */
  private static final class Attempt {
    /** As its source gave it. */
    private final Request first;

    /** Seconds of patience, then for each further try the pause before it and its patience. */
    private final double[] numbers;

    /** As it was sent last. */
    private Request request;

    /** How often it was sent again. */
    private int again;

    /** When its client gives up, or sends it again. */
    private double time;

    Attempt(Request first, Request request, double[] numbers) {
      this.first = first;
      this.request = request;
      this.numbers = numbers;
      this.time = request.arrivalTime() + numbers[0];
    }

    boolean mayComeAgain() {
      return 2 * again + 2 < numbers.length;
    }
  }

  /**
   * @param source the requests
   * @param impatience of their clients
   * @param stream random numbers of nothing else
   * @throws IllegalArgumentException if clients send requests again that others may call back
   */
  public PatientRequests(ArrivingRequests source, Impatience impatience, RandomStream stream) {
    if (impatience.pause() != null && source.withdraws()) {
      throw new IllegalArgumentException(
          "requests that are called back are not sent again: leave out 'retry'");
    }
    this.source = source;
    this.impatience = impatience;
    this.patience = impatience.patience().sampler(stream);
    this.pause = impatience.pause() == null ? null : impatience.pause().sampler(stream);
  }

  @Override
  public double nextTime() {
    double next = source.nextTime();
    if (next == Double.POSITIVE_INFINITY && !source.answers() && !source.isOver()) {
      throw new BadInputException(
          "after " + sent + " requests one would be at no finite time; smaller gaps are needed");
    }
    return returning.isEmpty() ? next : Math.min(next, returning.first().time);
  }

  @Override
  public @Nullable Request next() {
    boolean again = !returning.isEmpty() && returning.first().time < source.nextTime();
    Attempt attempt = again ? comeAgain() : comeFirst();
    if (attempt == null) {
      return null;
    }
    there.put(attempt.request.id(), attempt);
    waiting.add(attempt);
    hopeful += attempt.mayComeAgain() ? 1 : 0;
    return attempt.request;
  }

  private Attempt comeAgain() {
    Attempt attempt = Objects.requireNonNull(returning.pollFirst());
    attempt.again++;
    attempt.request = new HeldRequest(attempt.first, sent++, attempt.time);
    attempt.time += attempt.numbers[2 * attempt.again];
    return attempt;
  }

  private @Nullable Attempt comeFirst() {
    Request first = source.next();
    if (first == null) {
      return null;
    }
    long id = sent++;
    return new Attempt(
        first,
        first.id() == id ? first : new HeldRequest(first, id, first.arrivalTime()),
        numbers(source.drawn()));
  }

  /** The numbers of a request, by its number in the order in which requests are drawn. */
  private double[] numbers(long number) {
    while (drawn < number) {
      ahead.put(drawn++, draw());
    }
    if (drawn == number) {
      drawn++;
      return draw();
    }
    return Objects.requireNonNull(ahead.remove(number));
  }

  private double[] draw() {
    double[] numbers = new double[1 + 2 * impatience.mostAgain()];
    numbers[0] = patience.getAsDouble();
    for (int i = 1; i < numbers.length && pause != null; i += 2) {
      numbers[i] = pause.getAsDouble();
      numbers[i + 1] = patience.getAsDouble();
    }
    return numbers;
  }

  @Override
  public long drawn() {
    return source.drawn();
  }

  @Override
  public boolean isOver() {
    return source.isOver() && returning.isEmpty() && hopeful == 0;
  }

  @Override
  public boolean answers() {
    return impatience.pause() != null || source.answers();
  }

  @Override
  public boolean waitsForAll() {
    return impatience.pause() == null && source.waitsForAll();
  }

  @Override
  public int mostInFlight() {
    return source.mostInFlight();
  }

  @Override
  public void departed(Request request, Departure how, double now) {
    Attempt attempt = Objects.requireNonNull(there.remove(request.id()));
    waiting.remove(attempt);
    hopeful -= attempt.mayComeAgain() ? 1 : 0;
    if (how == Departure.ABANDONED && attempt.mayComeAgain()) {
      attempt.time = now + attempt.numbers[2 * attempt.again + 1];
      if (attempt.time == Double.POSITIVE_INFINITY) {
        throw new BadInputException(
            "after " + now + " s a request would never be sent again: smaller pauses are needed");
      }
      returning.add(attempt);
    } else {
      source.departed(attempt.first, how, now);
    }
  }

  @Override
  public boolean withdraws() {
    return true;
  }

  @Override
  public double nextWithdrawalTime() {
    double called = source.nextWithdrawalTime();
    return waiting.isEmpty() ? called : Math.min(called, waiting.first().time);
  }

  @Override
  public @Nullable Withdrawal nextWithdrawal() {
    if (waiting.isEmpty() || source.nextWithdrawalTime() <= waiting.first().time) {
      return source.nextWithdrawal();
    }
    // Who is served by now, and waits for an answer to the end, does not give up later.
    Attempt attempt = Objects.requireNonNull(waiting.pollFirst());
    return new Withdrawal(
        attempt.request, Departure.ABANDONED, impatience.inService(), attempt.mayComeAgain());
  }
}
