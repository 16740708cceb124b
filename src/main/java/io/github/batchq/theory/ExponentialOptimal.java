package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;

/** The boundaries of Lemma A.1 for exponential lengths: {@link ExponentialBins}. */
record ExponentialOptimal() implements BoundaryRule {
  @Override
  public String name() {
    return "exponential";
  }

  @Override
  public String description() {
    return "bins of Lemma A.1 for an exponential law, which minimise a bound on the batch time";
  }

  @Override
  public BinBoundaries boundaries(Law law, int bins, int batchSize) {
    if (law instanceof Exponential exponential) {
      return ExponentialBins.boundaries(exponential.rate(), bins, batchSize);
    }
    throw new IllegalArgumentException(
        "boundary rule 'exponential' needs an exponential law, found " + law);
  }
}
