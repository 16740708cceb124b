package io.github.batchq.theory;

import org.jspecify.annotations.Nullable;

/**
 * Bounds and limits of the capacity of a {@link BatchSystem} whose predictions are true, in
 * requests per second: those of {@link LossBounds} on the loss E_k - E[length], as c B / (offset +
 * secondsPerUnit (E[length] + loss)).
 */
public final class CapacityBounds {
  private CapacityBounds() {}

  /**
   * The largest lower bound that is known: from our T2 for any bins on a bounded support, from T3
   * for equal masses, from T9 for the boundaries of Lemma A.1; undefined if there is none.
   *
   * @param rule the rule that placed the boundaries; null if none did
   */
  public static TheoryResult atLeast(BatchSystem system, @Nullable BoundaryRule rule) {
    int bins = system.boundaries().bins();
    TheoryResult loss = LossBounds.ofBins(system.law(), system.boundaries(), system.batchSize());
    if (rule instanceof EqualMass) {
      TheoryResult other = LossBounds.equalMass(system.law(), bins, system.batchSize());
      loss = other.value() < loss.value() || Double.isNaN(loss.value()) ? other : loss;
    }
    if (rule instanceof ExponentialBins && system.law().exponentialRate().isPresent()) {
      return ExponentialBins.capacity(
          system.law(), bins, system.batchSize(), system.service(), system.servers());
    }
    return loss instanceof TheoryResult.Undefined
        ? loss
        : TheoryResult.lowerBound(capacity(system, loss.value()), loss.source());
  }

  /**
   * Upper bound for any bins of that number: from our T3, or c_max of Remark 4.1 where T3 is
   * undefined.
   */
  public static TheoryResult atMost(BatchSystem system) {
    TheoryResult loss =
        LossBounds.anyBins(system.law(), system.boundaries().bins(), system.batchSize());
    return loss instanceof TheoryResult.Undefined
        ? Throughput.maximum(system)
        : TheoryResult.upperBound(capacity(system, loss.value()), loss.source());
  }

  /**
   * What the capacity comes near for many bins (our T5 and T6); undefined where no limit is known.
   *
   * @param limit what k (E_k - E[length]) comes near: {@link BoundaryRule#limitingLoss} of the rule
   *     that placed the boundaries
   */
  public static TheoryResult asymptotic(BatchSystem system, TheoryResult limit) {
    return limit instanceof TheoryResult.Approximation approximation
        ? TheoryResult.approximation(
            capacity(system, limit.value() / system.boundaries().bins()),
            approximation.regime(),
            limit.source())
        : limit;
  }

  private static double capacity(BatchSystem system, double loss) {
    return (double) system.servers()
        * system.batchSize()
        / system.service().seconds(system.batchSize(), system.law().mean() + loss);
  }
}
