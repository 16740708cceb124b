package io.github.batchq.sim;

/**
 * When the steps of a server end as long as its running batch does not change: step j, counted from
 * 1, ends at
 *
 * <pre>
 * start + (j first + growth j (j - 1))
 * </pre>
 *
 * where the first step takes {@code first} seconds and each later one 2 growth seconds more than
 * the one before it, since it finds more tokens in memory. Steps that are looked at one by one and
 * steps that are taken together end at the same times, to the last digit.
 */
final class StepClock {
  private double start;
  private double first;
  private double growth;

  /** Starts with the first step. */
  void start(double now, double firstStep, double growthPerStep) {
    start = now;
    first = firstStep;
    growth = growthPerStep;
  }

  double startTime() {
    return start;
  }

  /** Seconds that the first steps take. */
  double seconds(long steps) {
    return steps * first + growth * ((double) steps * (steps - 1));
  }

  /**
   * Sum over the first steps of their seconds times the tokens in memory when they begin: a number
   * of them before the first step, and as many more before each later one.
   */
  double tokenSeconds(long steps, double tokens, double more) {
    double n = steps;
    double pairs = n * (n - 1) / 2;
    return n * tokens * first
        + (more * first + 2 * growth * tokens) * pairs
        + 2 * growth * more * pairs * (2 * n - 1) / 3;
  }

  /** When a step ends. */
  double end(long step) {
    return start + seconds(step);
  }

  /**
   * The first step that ends at a time or later.
   *
   * @param least the first step that may be it
   * @param most what to return if no step up to this one does
   */
  long firstEnding(double time, long least, long most) {
    long step = Math.max(least, Math.min(most, guess(time)));
    while (step > least && end(step - 1) >= time) {
      step--;
    }
    while (step < most && !(end(step) >= time)) {
      step++;
    }
    return step;
  }

  /** How many of the first steps have ended at a time. */
  long ended(double time, long most) {
    long step = Math.max(0, Math.min(most, guess(time)));
    while (step > 0 && end(step) > time) {
      step--;
    }
    while (step < most && !(end(step + 1) > time)) {
      step++;
    }
    return step;
  }

  /** About the number of the step that ends at a time. */
  private long guess(double time) {
    double past = time - start;
    double linear = first - growth;
    return (long)
        (growth == 0
            ? past / first
            : 2 * past / (linear + Math.sqrt(linear * linear + 4 * growth * past)));
  }
}
