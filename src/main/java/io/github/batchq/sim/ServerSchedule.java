package io.github.batchq.sim;

import io.github.batchq.model.BadInputException;
import io.github.batchq.random.Sampler;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * When the servers of one run fail, are repaired, and are drained. It depends on nothing that
 * happens in the run, and its times are drawn in their own order, so every policy meets the same
 * failures. Used once.
 */
final class ServerSchedule {
  /** A service that was interrupted by so many failures is taken for one that no server can end. */
  private static final int MOST_INTERRUPTIONS = 1_000_000;

  /** After so many repairs in a row with no time up, servers are taken to be never up again. */
  private static final int MOST_FAILURES_AT_ONCE = 100;

  private final ServerPool pool;
  private final double[] speeds;
  private final @Nullable EarliestServer changes;
  private final @Nullable Sampler up;
  private final @Nullable Sampler down;
  private final List<DrainChange> drainChanges = new ArrayList<>();
  private final boolean alwaysThere;
  private final BitSet failed = new BitSet();
  private final BitSet drained = new BitSet();
  private final BitSet gone = new BitSet();
  private int nextDrainChange;
  private int server = -1;
  private boolean failure;
  private boolean repair;
  private int upForNoTime;

  /** A server is drained, or is back. */
  private record DrainChange(double time, int server, boolean begins, boolean forGood) {}

  /**
   * @param stream numbers for the times up and down; null only where servers do not fail
   */
  ServerSchedule(ServerPool pool, @Nullable RandomStream stream) {
    this.pool = pool;
    this.speeds = pool.speeds().stream().mapToDouble(speed -> speed).toArray();
    ServerPool.Failures failures = pool.failures();
    if (failures == null) {
      changes = null;
      up = null;
      down = null;
    } else {
      if (stream == null) {
        throw new IllegalArgumentException("servers that fail need a stream of random numbers");
      }
      up = failures.up().sampler(stream);
      down = failures.down().sampler(stream);
      changes = new EarliestServer(pool.count());
      for (int number = 0; number < pool.count(); number++) {
        changes.set(number, up.getAsDouble());
      }
    }
    for (PlannedDrain drain : pool.drains()) {
      drainChanges.add(new DrainChange(drain.from(), drain.server(), true, drain.until() == null));
      if (drain.until() != null) {
        drainChanges.add(new DrainChange(drain.until(), drain.server(), false, false));
      }
    }
    drainChanges.sort(Comparator.comparingDouble(DrainChange::time));
    alwaysThere = changes == null && drainChanges.isEmpty();
  }

  /** Whether what a failing server was serving is served again, and not lost. */
  boolean retries() {
    ServerPool.Failures failures = pool.failures();
    return failures != null && failures.retry();
  }

  /**
   * Whether a service was interrupted by so many failures that no server can be expected to end it.
   */
  static boolean isHopeless(int interruptions) {
    return interruptions == MOST_INTERRUPTIONS;
  }

  /**
   * Says that no server stays up for long enough.
   *
   * @param what whose service is {@linkplain #isHopeless hopeless}
   * @param duration how long it takes, in words
   */
  static BadInputException noServerStaysUp(String what, String duration) {
    return new BadInputException(
        what
            + " has lost its server "
            + MOST_INTERRUPTIONS
            + " times: none stays up for the "
            + duration
            + " that it takes");
  }

  /** Speed of a server. */
  double speed(int number) {
    return speeds.length == 0 ? 1 : speeds[number];
  }

  /** Numbers of the servers, the fastest first, equally fast ones in their order. */
  int[] fastestFirst() {
    return IntStream.range(0, pool.count())
        .boxed()
        .sorted(Comparator.comparingDouble(number -> -speed(number)))
        .mapToInt(number -> number)
        .toArray();
  }

  /** When the next server fails, is repaired, is drained or is back; infinite for never. */
  double nextTime() {
    double drain = nextDrainTime();
    return changes == null ? drain : Math.min(changes.time(), drain);
  }

  private double nextDrainTime() {
    return nextDrainChange == drainChanges.size()
        ? Double.POSITIVE_INFINITY
        : drainChanges.get(nextDrainChange).time();
  }

  /**
   * Goes on to the time that {@link #nextTime()} said.
   *
   * @param listeners are told of a failure or a repair
   */
  void advance(SimulationListener[] listeners) {
    double now = nextTime();
    change();
    for (SimulationListener listener : listeners) {
      if (failure) {
        listener.serverFailed(server, now);
      } else if (repair) {
        listener.serverRepaired(server, now);
      }
    }
  }

  private void change() {
    failure = false;
    repair = false;
    if (changes == null || up == null || down == null || nextDrainTime() <= changes.time()) {
      DrainChange change = drainChanges.get(nextDrainChange++);
      server = change.server();
      drained.set(server, change.begins());
      gone.set(server, change.forGood());
      return;
    }
    double now = changes.time();
    server = changes.server();
    failure = !failed.get(server);
    repair = !failure;
    failed.set(server, failure);
    double next = now + (failure ? down : up).getAsDouble();
    if (repair) {
      upForNoTime = next == now ? upForNoTime + 1 : 0;
      if (upForNoTime == MOST_FAILURES_AT_ONCE) {
        throw new BadInputException(
            "after "
                + now
                + " s servers fail at the very time of their repair: the law of the times up needs"
                + " longer ones");
      }
    }
    changes.set(
        server, SteppedSimulator.checkedTime(next, now, failure ? "a repair" : "a failure"));
  }

  /** The server that {@link #advance} was about. */
  int server() {
    return server;
  }

  /** Whether that server has failed just now. */
  boolean isFailure() {
    return failure;
  }

  /** Whether a server takes new requests: it is neither down nor drained. */
  boolean takesRequests(int number) {
    return alwaysThere || (!failed.get(number) && !drained.get(number));
  }

  /**
   * Whether a policy that waits, having been asked for every server that takes requests, may be
   * asked for one that it was not asked for.
   *
   * @param serversMatter whether the policy may answer in another way for another server
   */
  boolean mayChangeADecision(boolean serversMatter) {
    boolean mayCome = false;
    for (int number = 0; number < pool.count() && !alwaysThere; number++) {
      if (takesRequests(number)) {
        if (!serversMatter) {
          return false;
        }
      } else {
        mayCome |= !gone.get(number);
      }
    }
    return mayCome;
  }
}
