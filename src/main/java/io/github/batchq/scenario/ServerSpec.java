package io.github.batchq.scenario;

import io.github.batchq.model.Key;
import io.github.batchq.random.LawSpec;
import io.github.batchq.sim.Kernel;
import io.github.batchq.sim.PlannedDrain;
import io.github.batchq.sim.ServerPool;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a scenario as a user writes them, numbered from 0 in the order of their speeds.
 *
 * @param count how many, from 1 to a million, or {@link Kernel#INFINITE_SERVERS}; as many as there
 *     are speeds when absent, and 1 without these
 * @param speeds what each server does in a second, as a multiple of what the service model says; 1
 *     when absent
 * @param failures how servers fail; never when absent
 * @param drains planned drains; none when absent
 */
public record ServerSpec(
    @Key(
            type = "whole number",
            about = "how many servers there are, or infinite",
            unit = "servers",
            range = "1 to a million, or infinite",
            absent = "as many as speeds, or 1",
            example = "2")
        @Nullable Integer count,
    @Key(
            about =
                "what each server does in a second, as a multiple of what the service model says",
            unit = "1",
            range = "positive, finite; as many as servers",
            absent = "1 for each server",
            example = "[1, 0.5]")
        @Nullable List<Double> speeds,
    @Key(
            about = "how servers fail and are repaired",
            absent = "never",
            example =
                "{up: {law: exponential, rate: 1e-5}, down: {law: deterministic, value: 300}, batch: retry}")
        @Nullable FailureSpec failures,
    @Key(
            about = "planned drains, as before maintenance",
            absent = "none",
            example = "[{server: 0, from: 3600, until: 5400}]")
        @Nullable List<PlannedDrain> drains) {
  /** One server. */
  public static final ServerSpec ONE = new ServerSpec(1);

  private static final int MOST_SERVERS = 1_000_000;

  /** What becomes of the requests on a server that fails. */
  public enum Fate {
    /** They are served again, from their beginning. */
    RETRY,
    /** They are lost. */
    LOSE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Failures and repairs.
   *
   * @param up law of the times that a server is up, in seconds
   * @param down law of the times until it is repaired, in seconds
   * @param batch what becomes of its requests
   */
  public record FailureSpec(
      @Key(
              about = "law of the times that a server is up",
              unit = "s",
              example = "{law: exponential, rate: 1e-5}")
          LawSpec up,
      @Key(
              about = "law of the times until it is repaired",
              unit = "s",
              example = "{law: deterministic, value: 300}")
          LawSpec down,
      @Key(
              about =
                  "what becomes of the requests on a server that fails: they are served again from their beginning, or lost",
              example = "retry")
          Fate batch) {}

  public ServerSpec {
    if (count != null && count != Kernel.INFINITE_SERVERS && (count < 1 || count > MOST_SERVERS)) {
      throw new IllegalArgumentException(
          "servers must be from 1 to " + MOST_SERVERS + " or 'infinite', found " + count);
    }
    if (speeds != null && speeds.isEmpty()) {
      throw new IllegalArgumentException("speeds must have one for each server, found none");
    }
  }

  /** ServerSpec of speed 1 that are always there. */
  public ServerSpec(int count) {
    this(count, null, null, null);
  }

  /**
   * Reads the files that laws name.
   *
   * @throws IllegalArgumentException if the parts do not fit each other
   */
  ServerPool pool(Inputs inputs) {
    FailureSpec laws = failures;
    return new ServerPool(
        count != null ? count : speeds == null ? 1 : speeds.size(),
        speeds == null ? List.of() : speeds,
        laws == null
            ? null
            : new ServerPool.Failures(
                inputs.law(laws.up()), inputs.law(laws.down()), laws.batch() == Fate.RETRY),
        drains == null ? List.of() : drains);
  }
}
