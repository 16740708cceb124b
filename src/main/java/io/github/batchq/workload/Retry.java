package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import io.github.batchq.random.LawSpec;

/**
 * Clients who have given up ask again: the same request, with new patience, whose times count from
 * the first try. What becomes of the batch of a server that fails is another matter.
 *
 * @param after law of the seconds from when a client gives up until it sends its request again
 * @param most how often it does so for one request, from 1 to 100
 */
public record Retry(
    @Key(
            about = "law of the time from when a client gives up until it sends its request again",
            unit = "s",
            range = "of finite mean",
            example = "{law: deterministic, value: 5}")
        LawSpec after,
    @Key(
            about = "how often a client sends a request again",
            unit = "times",
            range = "1 to 100",
            example = "2")
        int most) {
  private static final int MOST = 100;

  public Retry {
    Require.ARGUMENT.atLeast("most", most, 1);
    Require.ARGUMENT.atMost("most", most, MOST);
  }
}
