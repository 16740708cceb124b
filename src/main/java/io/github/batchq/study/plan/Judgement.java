package io.github.batchq.study.plan;

import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.metric.Estimate;
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
   * @param keeping one-sided confidence with which a requirement must be kept
   * @param missing one-sided confidence with which it must be missed
   */
  static Judgement of(
      Sample sample, List<Requirement> requirements, double keeping, double missing) {
    Regime regime = sample.stability().regime();
    if (regime == Regime.OVERLOADED) {
      return new Judgement(Verdict.OVERLOADED, null);
    }
    boolean kept = regime != Regime.CRITICAL;
    for (Requirement requirement : requirements) {
      Estimate sure = sample.estimate(requirement.metric(), twoSided(missing));
      if (isBeyond(requirement, sure)) {
        return new Judgement(Verdict.MISSED, requirement);
      }
      kept &= isWithin(requirement, sample.estimate(requirement.metric(), twoSided(keeping)));
    }
    return new Judgement(kept ? Verdict.KEPT : Verdict.OPEN, null);
  }

  /** The level of a two-sided interval whose ends are one-sided limits. */
  static double twoSided(double oneSided) {
    return 2 * oneSided - 1;
  }

  private static boolean isBeyond(Requirement requirement, Estimate estimate) {
    double better =
        requirement.isUpper()
            ? estimate.mean() - estimate.halfWidth()
            : estimate.mean() + estimate.halfWidth();
    return !Double.isNaN(better) && !requirement.isKeptBy(better);
  }

  /** Whether the one-sided limit is within, which is the end of the interval that is worse. */
  static boolean isWithin(Requirement requirement, Estimate estimate) {
    return requirement.isKeptBy(
        requirement.isUpper()
            ? estimate.mean() + estimate.halfWidth()
            : estimate.mean() - estimate.halfWidth());
  }
}
