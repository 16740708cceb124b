package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.workload.ArrivingRequests;
import io.github.batchq.workload.Departure;
import io.github.batchq.workload.Impatience;
import io.github.batchq.workload.LimitedRequests;
import io.github.batchq.workload.PatientRequests;
import io.github.batchq.workload.Request;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * What must hold of clients who give up whatever the policy does: each request is answered, lost or
 * given up once, at the very moment at which its own patience ends, and the books balance. The
 * patience of a request is drawn here once more, so that every policy meets the same.
 */
public final class ImpatienceAudit extends Run.Recorder {
  /** Where clients give up, and whether they ask again. */
  public enum Kind {
    QUEUE(false, 0),
    ALL(true, 0),
    QUEUE_AND_AGAIN(false, 2),
    ALL_AND_AGAIN(true, 2);

    private final boolean inService;
    private final int again;

    Kind(boolean inService, int again) {
      this.inService = inService;
      this.again = again;
    }
  }

  private static final int SEED = 17;

  private final Kind kind;
  private final double[] arrivals;
  private final double[] lengths;
  private final Law patience;
  private final @Nullable Law pause;
  private final double[][] numbers;
  private final double[] sent;
  private final int[] tries;
  private final boolean[] gone;
  private final boolean serversFail;
  private Supplier<RequestCounts> counts = () -> new RequestCounts(0, 0, 0, 0, 0);
  private double now;
  private long answered;
  private long lost;
  private long givenUp;
  private long sentAgain;

  /**
   * @param meanPatience mean of the patience in seconds; pauses are a fifth of it
   * @param inWholeSeconds whether these are whole, so that they meet other events
   * @param serversFail whether services may begin again
   */
  public ImpatienceAudit(
      Kind kind,
      double[] arrivals,
      double[] lengths,
      double meanPatience,
      boolean inWholeSeconds,
      boolean serversFail) {
    this.kind = kind;
    this.arrivals = arrivals;
    this.lengths = lengths;
    this.serversFail = serversFail;
    this.patience = law(meanPatience, inWholeSeconds);
    this.pause = kind.again == 0 ? null : law(meanPatience / 5, inWholeSeconds);
    this.numbers = new double[lengths.length][1 + 2 * kind.again];
    this.sent = arrivals.clone();
    this.tries = new int[lengths.length];
    this.gone = new boolean[lengths.length];
    RandomStream stream = stream();
    DoubleSupplier patiences = patience.sampler(stream);
    DoubleSupplier pauses = pause == null ? patiences : pause.sampler(stream);
    for (double[] own : numbers) {
      for (int i = 0; i < own.length; i++) {
        own[i] = (i % 2 == 0 ? patiences : pauses).getAsDouble();
      }
    }
  }

  private static Law law(double mean, boolean inWholeSeconds) {
    Law law = new Exponential(1 / mean);
    double[] values = new double[99];
    Arrays.setAll(values, i -> Math.floor(law.quantile((i + 1) / 100.0)));
    return inWholeSeconds ? Empirical.of(values) : law;
  }

  private static RandomStream stream() {
    return new RandomStreams(SEED, 1).stream(0, StreamName.PATIENCE);
  }

  /** The requests, with the arrivals and lengths of this, of which so many may be in flight. */
  public ArrivingRequests source(ArrivingRequests requests, int mostInFlight) {
    return new LimitedRequests(
        new PatientRequests(
            requests, new Impatience(patience, kind.inService, pause, kind.again), stream()),
        mostInFlight);
  }

  /** Where the requests are, by the kernel. */
  public void of(Supplier<RequestCounts> ofKernel) {
    counts = ofKernel;
  }

  private void check(double time) {
    assertTrue(time >= now, "the clock ran back from " + now + " to " + time);
    now = time;
    RequestCounts found = counts.get();
    assertEquals(
        found.arrived(),
        found.waiting() + found.inService() + found.completed() + found.lost() + found.withdrawn());
    assertTrue(found.waiting() >= 0 && found.inService() >= 0);
  }

  private double givesUp(int number) {
    return sent[number] + numbers[number][2 * tries[number]];
  }

  private void leave(int number) {
    assertTrue(!gone[number], "request " + number + " leaves twice");
    gone[number] = true;
  }

  private void begin(int number, double start) {
    assertTrue(!gone[number], "request " + number + " is served though it has left");
    assertTrue(serversFail || start >= sent[number]);
    // A server that is free at the very moment comes too late.
    assertTrue(
        serversFail || start < givesUp(number) || sent[number] == givesUp(number),
        "request " + number + " is served though its client has given up");
  }

  @Override
  public void dispatched(ServedBatch batch) {
    check(batch.startTime());
    assertTrue(batch.size() > 0 && batch.places() == batch.size());
    for (int i = 0; i < batch.size(); i++) {
      assertTrue(i == 0 || batch.id(i - 1) < batch.id(i));
      int number = (int) batch.id(i);
      assertEquals(arrivals[number], batch.arrivalTime(i));
      begin(number, batch.startTime());
    }
  }

  @Override
  public void completed(ServedBatch batch, double time) {
    check(time);
    assertTrue(kind.inService || batch.size() == batch.places());
    for (int i = 0; i < batch.size(); i++) {
      answer((int) batch.id(i), batch.departureTime(i));
    }
  }

  @Override
  public void left(ServedRequest request, double time) {
    check(time);
    int number = (int) request.id();
    assertEquals(arrivals[number], request.arrivalTime());
    begin(number, request.joinTime());
    answer(number, time);
  }

  private void answer(int number, double time) {
    leave(number);
    answered++;
    assertTrue(!kind.inService || time <= givesUp(number), "request " + number);
  }

  @Override
  public void interrupted(ServedBatch batch, boolean retry, double time) {
    for (int i = 0; i < batch.size(); i++) {
      int number = (int) batch.id(i);
      if (batch.departureTime(i) <= time && batch.leavesEarly()) {
        answer(number, batch.departureTime(i));
      } else if (!retry) {
        leave(number);
        lost++;
      }
    }
  }

  @Override
  public void interrupted(ServedRequest request, boolean retry, double time) {
    if (!retry) {
      leave((int) request.id());
      lost++;
    }
  }

  @Override
  public void withdrawn(Request request, Departure how, boolean again, double time) {
    check(time);
    int number = (int) request.number();
    assertEquals(Departure.ABANDONED, how);
    assertEquals(arrivals[number], request.intendedTime());
    assertEquals(lengths[number], request.length());
    assertEquals(givesUp(number), time, "request " + number);
    assertEquals(tries[number] < kind.again, again);
    if (again) {
      sent[number] = time + numbers[number][2 * tries[number] + 1];
      tries[number]++;
      sentAgain++;
    } else {
      leave(number);
      givenUp++;
    }
  }

  /**
   * The run is over: nobody waits for ever.
   *
   * @param what for messages
   */
  public void end(RequestCounts end, String what) {
    check(now);
    int n = lengths.length;
    assertEquals(new RequestCounts(n, 0, 0, answered, lost, givenUp), end, what);
    assertTrue(kind.again == 0 || sentAgain >= givenUp * kind.again, what);
  }

  /** Requests that were answered. */
  public long answered() {
    return answered;
  }

  /** Requests that were given up. */
  public long givenUp() {
    return givenUp;
  }
}
