package io.github.batchq.study.plan;

import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.metric.Requirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs say of the requirements.
 *
 * @param verdict whether they are kept
 * @param misses the requirement that is surely missed; null where none is
 */
record Judgement(Verdict verdict, @Nullable Requirement misses) {
  /** One-sided confidence with which requirements are kept. */
  static final double CONFIDENCE = 0.95;

  /** What can be told. */
  enum Verdict {
    /** All are kept: the confidence limit of each is within it. */
    KEPT,
    /** One is missed: its confidence limit on the better side is beyond it. */
    MISSED,
    /** The queue grows. */
    OVERLOADED,
    /** Neither can be told yet. */
    OPEN
  }

  /**
   * Judges runs.
   *
   * @param missing one-sided confidence with which a requirement must be missed; it must be kept
   *     with {@link #CONFIDENCE}
   */
  static Judgement of(Sample sample, List<Requirement> requirements, double missing) {
    Regime regime = sample.stability().regime();
    if (regime == Regime.OVERLOADED) {
      return new Judgement(Verdict.OVERLOADED, null);
    }
    boolean kept = regime != Regime.CRITICAL;
    for (Requirement requirement : requirements) {
      double better = sample.better(requirement, missing);
      if (!Double.isNaN(better) && !requirement.isKeptBy(better)) {
        return new Judgement(Verdict.MISSED, requirement);
      }
      kept &= requirement.isKeptBy(sample.worse(requirement, CONFIDENCE));
    }
    return new Judgement(kept ? Verdict.KEPT : Verdict.OPEN, null);
  }

  /** Whether runs say that all requirements are kept. */
  static boolean isKept(Sample sample, List<Requirement> requirements) {
    return of(sample, requirements, CONFIDENCE).verdict == Verdict.KEPT;
  }
}
