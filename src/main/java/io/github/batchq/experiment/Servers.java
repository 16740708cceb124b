package io.github.batchq.experiment;

import io.github.batchq.sim.Kernel;

/**
 * The servers of a scenario, all alike.
 *
 * @param count how many, at least 1, or {@link Kernel#INFINITE_SERVERS}
 */
public record Servers(int count) {
  /** One server. */
  public static final Servers ONE = new Servers(1);

  /** Checks the number. */
  public Servers {
    if (count < 1) {
      throw new IllegalArgumentException(
          "servers must be at least 1 or 'infinite', found " + count);
    }
  }

  /** Whether no batch ever waits for a server. */
  public boolean infinite() {
    return count == Kernel.INFINITE_SERVERS;
  }
}
