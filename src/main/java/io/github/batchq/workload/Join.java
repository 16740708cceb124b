package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * With how many of its answers a group ends.
 *
 * @param first j, at least 1: it ends with its j-th answer, or with the last one of a smaller group
 * @param rest what becomes of the others then; {@link Rest#CANCEL} when absent
 */
public record Join(
    @Key(
            about = "the answer with which a group ends; of a smaller group the last one",
            unit = "answers",
            range = "at least 1, at most the size of all groups",
            example = "4")
        int first,
    @Key(
            about =
                "what becomes of the other requests then: they are called back, or they run to their ends",
            absent = "cancel",
            example = "run")
        @Nullable Rest rest) {
  /** What becomes of the requests whose answers nobody needs any more. */
  public enum Rest {
    /** Those that wait leave at once, those that run in token steps at the end of the pass. */
    CANCEL,

    /** They go on as if nothing had happened. */
    RUN;

    /** The word as files have it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Join {
    Require.ARGUMENT.atLeast("first", first, 1);
  }

  /** Whether the others are called back. */
  boolean cancels() {
    return rest != Rest.RUN;
  }
}
