package io.github.batchq.sim;

import io.github.batchq.model.Require;
import io.github.batchq.random.Law;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a scenario: how many there are, how fast each is, and when they are not there.
 * They are numbered from 0 in the order of their speeds. Immutable and shared by all replications.
 *
 * @param count how many, at least 1, or {@link Kernel#INFINITE_SERVERS}
 * @param speeds what each server does in a second, as a multiple of what the service model says,
 *     positive and finite; empty where all have speed 1
 * @param failures how servers fail; null where they do not
 * @param drains planned drains; those of the same server do not overlap
 */
public record ServerPool(
    int count, List<Double> speeds, @Nullable Failures failures, List<PlannedDrain> drains) {
  /**
   * Failures and repairs: each server is up for a time, then down for a time, and so on, whether it
   * is busy or not, all times independent. All servers are up at the start of a run.
   *
   * @param up law of the times that a server is up, in seconds; positive
   * @param down law of the times until it is repaired, in seconds
   * @param retry whether the requests on a server that fails are served again from their beginning;
   *     if not, they are lost
   */
  public record Failures(Law up, Law down, boolean retry) {
    /** Checks that servers are up now and then. */
    public Failures {
      if (!(up.mean() > 0)) {
        throw new IllegalArgumentException(
            "servers must be up for some time, found a law of up times with mean " + up.mean());
      }
      if (!(up.lower() >= 0) || !(down.lower() >= 0)) {
        throw new IllegalArgumentException(
            "times up and down must not be negative, found laws from "
                + up.lower()
                + " s and "
                + down.lower()
                + " s on");
      }
    }
  }

  public ServerPool {
    Require.ARGUMENT.atLeast("servers", count, 1);
    speeds = List.copyOf(speeds);
    drains = List.copyOf(drains);
    if (!speeds.isEmpty() && speeds.size() != count) {
      throw new IllegalArgumentException(
          "there must be a speed for each of the " + count + " servers, found " + speeds.size());
    }
    for (double speed : speeds) {
      Require.ARGUMENT.positiveFinite("speeds", speed);
    }
    for (PlannedDrain drain : drains) {
      if (drain.server() >= count) {
        throw new IllegalArgumentException(
            "a drain is of server "
                + drain.server()
                + ", but servers have the numbers 0 to "
                + (count - 1));
      }
    }
    for (int i = 0; i < drains.size(); i++) {
      for (int j = 0; j < i; j++) {
        PlannedDrain one = drains.get(i);
        PlannedDrain other = drains.get(j);
        if (one.server() == other.server()
            && one.from() <= other.end()
            && other.from() <= one.end()) {
          throw new IllegalArgumentException(
              "the drains of server " + one.server() + " overlap: give it one that covers both");
        }
      }
    }
    if (count == Kernel.INFINITE_SERVERS && (failures != null || !drains.isEmpty())) {
      throw new IllegalArgumentException(
          "failures and drains need a number of servers, found 'infinite'");
    }
  }

  /** Servers of speed 1 that are always there. */
  public static ServerPool of(int count) {
    return new ServerPool(count, List.of(), null, List.of());
  }

  /** Whether all servers have speed 1 and are always there. */
  public boolean isPlain() {
    return speeds.isEmpty() && failures == null && drains.isEmpty();
  }

  /** Whether no batch ever waits for a server. */
  public boolean infinite() {
    return count == Kernel.INFINITE_SERVERS;
  }

  /** Speed of a server. */
  public double speed(int server) {
    return speeds.isEmpty() ? 1 : speeds.get(server);
  }

  /** Sum of the speeds. */
  public double totalSpeed() {
    return speeds.isEmpty() ? count : speeds.stream().mapToDouble(speed -> speed).sum();
  }
}
