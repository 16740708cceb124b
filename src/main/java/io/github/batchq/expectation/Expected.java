package io.github.batchq.expectation;

import io.github.batchq.theory.TheoryResult;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What theory can say of a metric, computed when it is asked for.
 *
 * @param isCheap whether that takes about a tenth of a millisecond or less, once the means of the
 *     system's batches are known, which all its arrival rates share
 * @param result computes it
 */
public record Expected(boolean isCheap, Supplier<TheoryResult> result) {
  /** A closed form, or what is computed as fast as one. */
  static Expected cheap(Supplier<TheoryResult> result) {
    return new Expected(true, result);
  }

  /** A Markov chain, a series of roots, an inversion or a quadrature for each arrival rate. */
  static Expected costly(Supplier<TheoryResult> result) {
    return new Expected(false, result);
  }

  /** The same with a change of its result. */
  Expected with(UnaryOperator<TheoryResult> change) {
    return new Expected(isCheap, () -> change.apply(result.get()));
  }
}
