package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.LawSpec;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Conversations: each has turns, and the prompt of a turn is all that was said before, prompts and
 * answers, and new tokens.
 *
 * @param starts when conversations start
 * @param turns law of the number of turns, rounded to whole ones of at least 1
 * @param think law of the seconds from an answer to the next turn; none when absent
 * @param newPrompt law of the new tokens of a turn, rounded to whole ones of at least 1
 * @param prefixHit share of what was said before that needs no processing, from 0 to 1; 0 when
 *     absent
 * @param mostTokens most tokens of a turn, its prompt and its answer; without a limit when absent
 */
public record Conversations(
    @Key(about = "when conversations start", example = "{process: poisson, rate: 0.1}")
        ArrivalSpec starts,
    @Key(
            type = "whole number, or law",
            about = "turns of a conversation, or the law of their number, rounded to whole ones",
            unit = "turns",
            range = "at least 1",
            example = "{law: uniform, min: 1, max: 9}")
        LawSpec turns,
    @Key(
            type = "number, or law",
            about = "time from an answer to the next turn, or its law",
            unit = "s",
            absent = "no time",
            example = "{law: exponential, rate: 0.05}")
        @Nullable LawSpec think,
    @Key(
            type = "whole number, or law",
            about = "new tokens in the prompt of a turn, or their law, rounded to whole ones",
            unit = "tokens",
            range = "at least 1",
            example = "{law: uniform, min: 10, max: 200}")
        LawSpec newPrompt,
    @Key(
            about =
                "share of all that was said before which needs no processing, wherever a turn goes",
            unit = "1",
            range = "0 to 1",
            absent = "0",
            example = "0.6")
        @Nullable Double prefixHit,
    @Key(
            about =
                "most tokens of a turn, its prompt and its answer: a conversation ends before it is longer",
            unit = "tokens",
            range = "at least 1",
            absent = "no limit",
            example = "32768")
        @Nullable Long mostTokens)
    implements ArrivalSpec {
  public Conversations {
    SiblingCounts.checkNumber("turns", turns);
    SiblingCounts.checkNumber("newPrompt", newPrompt);
    if (prefixHit != null && !(prefixHit >= 0 && prefixHit <= 1)) {
      throw new IllegalArgumentException("prefixHit must be from 0 to 1, found " + prefixHit);
    }
    if (mostTokens != null) {
      Require.ARGUMENT.atLeast("mostTokens", mostTokens, 1);
    }
    if (starts instanceof Conversations || starts instanceof Groups) {
      throw new IllegalArgumentException(
          "'starts' says when conversations start: a process of single arrivals");
    }
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    if (starts instanceof PoissonAtLoad) {
      throw new IllegalArgumentException(
          "a load says how many requests come, and 'starts' says when conversations start: give a"
              + " rate");
    }
    ArrivalProcess process = starts.create(traces, capacity);
    if (process.isClosed()) {
      throw new IllegalArgumentException(
          "conversations start whatever the system does: 'starts' is an open process");
    }
    return new ConversationProcess(
        process,
        SiblingCounts.of(turns.create()),
        think == null ? new Deterministic(0) : think.create(),
        newPrompt.create(),
        prefixHit == null ? 0 : prefixHit,
        mostTokens == null ? Long.MAX_VALUE : mostTokens);
  }
}
