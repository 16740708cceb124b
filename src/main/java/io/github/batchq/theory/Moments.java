package io.github.batchq.theory;

import io.github.batchq.random.Law;

/** Why a moment of a law is no number. */
final class Moments {
  private Moments() {}

  /**
   * That the mean is infinite, with what follows from it, or only beyond the range of a double.
   *
   * @param consequence ends the sentence where the mean is truly infinite
   */
  static String noMean(Law law, String consequence) {
    return no(law, 1, "mean", consequence);
  }

  /** The same of the variance. */
  static String noVariance(Law law, String consequence) {
    return no(law, 2, "variance", consequence);
  }

  private static String no(Law law, int order, String name, String consequence) {
    return law.momentDiverges(order)
        ? law + " has an infinite " + name + consequence
        : law + " has a " + name + " that is " + TheoryResult.OUTSIDE;
  }
}
