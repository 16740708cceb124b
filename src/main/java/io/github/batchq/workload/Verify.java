package io.github.batchq.workload;

import io.github.batchq.model.Key;
import org.jspecify.annotations.Nullable;

/**
 * The scoring of a group's answers: one pass whose prompt is the prompt of the group once and all
 * answers that count, and which generates one token.
 *
 * @param servers where; in the same system when absent
 * @param model how long a pass takes on servers of their own; there only where there are any
 */
public record Verify(
    @Key(
            type = "same, or whole number",
            about =
                "who scores: the same servers, to which the pass comes as one more request, or so many of their own, first come first served and one pass at a time",
            unit = "servers",
            range = "1 to a million",
            absent = "same",
            example = "1")
        @Nullable Scorers servers,
    @Key(
            type = "service model",
            about = "how long a pass takes on servers of their own",
            absent = "servers is same",
            example = "{type: pack, name: llama31-8b-a100-vllm}")
        @Nullable ScoringTime model) {
  /**
   * Servers that score and do nothing else.
   *
   * @param count how many; 0 for the same that serve the requests
   */
  public record Scorers(int count) {
    private static final int MOST = 1_000_000;

    public Scorers {
      if (count < 0 || count > MOST) {
        throw new IllegalArgumentException(
            "servers must be 'same' or from 1 to " + MOST + ", found " + count);
      }
    }
  }

  public Verify {
    boolean own = servers != null && servers.count() > 0;
    if (own && model == null) {
      throw new IllegalArgumentException(
          "servers that score by themselves need a 'model' of how long a pass takes");
    }
    if (!own && model != null) {
      throw new IllegalArgumentException(
          "the same servers score as they serve: leave out 'model', or give the 'servers' that score");
    }
  }

  /** Servers that score and do nothing else; 0 where the same score that serve. */
  public int scorers() {
    return servers == null ? 0 : servers.count();
  }

  /** Whether a pass is one more request of the same system. */
  boolean inSystem() {
    return model == null;
  }
}
