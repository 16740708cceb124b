package io.github.batchq.scenario;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import io.github.batchq.random.LawSpec;
import io.github.batchq.workload.TraceSpec;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the true lengths of requests, or the lengths of their prompts, come from. */
public sealed interface LengthSpec {
  /** Independent lengths of a law. */
  record FromLaw(LawSpec law) implements LengthSpec {}

  /** The lengths that the trace of the arrivals recorded. */
  record FromTrace() implements LengthSpec {}

  /**
   * Requests drawn at random from a trace, each with its own prompt and length.
   *
   * @param trace the trace
   * @param from start of the part that they are drawn from, in seconds after the first arrival, or
   *     null
   * @param to its end, which it does not hold, or null
   */
  record Sampled(TraceSpec trace, @Nullable Double from, @Nullable Double to)
      implements LengthSpec {}

  /**
   * Lengths whose law changes from phase to phase.
   *
   * @param phases at least one; the last of them stays
   */
  record Drifting(
      @Key(
              about = "the laws of the lengths, one after the other; the last one stays",
              range = "at least one",
              example =
                  "[{law: {law: uniform, min: 1, max: 100}, requests: 2000}, {law: {law: uniform, min: 1, max: 1000}}]")
          List<Phase> phases)
      implements LengthSpec {
    /** Checks that there is a phase and that all but the last have an end. */
    public Drifting {
      phases = List.copyOf(phases);
      if (phases.isEmpty()) {
        throw new IllegalArgumentException("phases must be at least one, found none");
      }
      for (int i = 0; i < phases.size(); i++) {
        phases.get(i).check(i + 1, i == phases.size() - 1);
      }
    }
  }

  /**
   * Lengths of one law.
   *
   * @param law the law
   * @param requests how many requests have it, or null
   * @param rounds how many rounds have it, where requests come in rounds, or null
   * @param turns how many turns of each conversation have it, where there are any, or null
   */
  record Phase(
      @Key(
              about = "law of the lengths",
              unit = "tokens, or s",
              example = "{law: uniform, min: 1, max: 100}")
          LawSpec law,
      @Key(
              about =
                  "requests that have it, in the order of their arrival; in a closed loop one of each client, then one more of each",
              unit = "requests",
              range = "at least 1",
              absent = "rounds is given, or this is the last phase",
              example = "2000")
          @Nullable Long requests,
      @Key(
              about = "rounds whose requests have it, where requests come in rounds",
              unit = "rounds",
              range = "at least 1",
              absent = "requests is given, or this is the last phase",
              insteadOf = "requests",
              example = "10")
          @Nullable Long rounds,
      @Key(
              about = "turns of each conversation that have it, where requests are turns",
              unit = "turns",
              range = "at least 1",
              absent = "requests is given, or this is the last phase",
              insteadOf = "requests",
              example = "2")
          @Nullable Long turns) {
    /** Whether it is counted through the whole run, and not by the turns of each conversation. */
    boolean isCountedOnce() {
      return requests != null || rounds != null;
    }

    private void check(int number, boolean last) {
      long given = Stream.of(requests, rounds, turns).filter(Objects::nonNull).count();
      if (given > 1) {
        throw new IllegalArgumentException(
            "phase " + number + " has more than one of 'requests', 'rounds' and 'turns'; give one");
      }
      if (given == 0 && !last) {
        throw new IllegalArgumentException(
            "phase "
                + number
                + " has no end: give its 'requests', or its 'rounds' or 'turns' where requests come in"
                + " rounds or conversations; only the last phase stays");
      }
      if (requests != null) {
        Require.ARGUMENT.atLeast("requests of phase " + number, requests, 1);
      }
      if (rounds != null) {
        Require.ARGUMENT.atLeast("rounds of phase " + number, rounds, 1);
      }
      if (turns != null) {
        Require.ARGUMENT.atLeast("turns of phase " + number, turns, 1);
      }
    }
  }
}
