package io.github.batchq.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What held requests up, as the times of a run show it: how many ran, and how many tokens they held
 * in memory, while at least two requests waited for their first tokens. Where requests are served
 * in the order of arrival, none runs then that arrived later, so the first requests of a run tell
 * it by themselves.
 *
 * @param running as many as hardly more of the waiting saw run
 * @param memory tokens that half of the waiting saw in memory at least
 */
record ObservedLimits(int running, long memory) {
  /** One alone may be processing its prompt. */
  private static final int WAITING = 2;

  /** Fewer looks at the server than this tell nothing. */
  private static final int FEWEST = 20;

  private static final int MOST_LOOKS = 2000;
  private static final double MOST_OF_THEM = 0.95;

  /** What the server held at some time. */
  private record Look(int waiting, int running, double memory) {}

  /**
   * Looks at the first requests of a run.
   *
   * @return null where hardly anybody waited, or the run does not tell it
   */
  static @Nullable ObservedLimits of(MeasuredRun run, int requests) {
    RequestTimes times = run.times();
    double[] joins =
        IntStream.range(0, requests)
            .mapToDouble(i -> times.firsts()[i])
            .filter(first -> !Double.isNaN(first))
            .sorted()
            .distinct()
            .toArray();
    int every = 1 + joins.length / MOST_LOOKS;
    List<Look> looks = new ArrayList<>();
    for (int j = 0; j + 1 < joins.length; j += every) {
      Look look = look(run, requests, (joins[j] + joins[j + 1]) / 2);
      if (look.waiting >= WAITING && look.running > 0) {
        looks.add(look);
      }
    }
    if (looks.size() < FEWEST) {
      return null;
    }
    int[] running = looks.stream().mapToInt(Look::running).sorted().toArray();
    looks.sort(Comparator.comparingDouble(Look::memory));
    int all = looks.stream().mapToInt(Look::waiting).sum();
    int seen = 0;
    double memory = 0;
    for (Look look : looks) {
      seen += look.waiting;
      memory = look.memory;
      if (seen >= all / 2) {
        break;
      }
    }
    return new ObservedLimits(
        running[(int) (MOST_OF_THEM * (running.length - 1))], Math.max(1, Math.round(memory)));
  }

  private static Look look(MeasuredRun run, int requests, double now) {
    RequestTimes times = run.times();
    int waiting = 0;
    int running = 0;
    double memory = 0;
    int arrived = Arrays.binarySearch(times.arrivals(), 0, requests, now);
    for (int i = 0; i < (arrived < 0 ? -arrived - 1 : arrived); i++) {
      double first = times.firsts()[i];
      double end = times.ends()[i];
      if (now < first) {
        waiting++;
      } else if (now < end) {
        running++;
        memory +=
            run.trace().promptTokens(i)
                + 1
                + (times.tokens()[i] - 1) * (now - first) / (end - first);
      }
    }
    return new Look(waiting, running, memory);
  }
}
