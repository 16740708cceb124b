package io.github.batchq.experiment;

import io.github.batchq.random.Generator;
import org.jspecify.annotations.Nullable;

/**
 * How often each point of an experiment is run, and from which random numbers.
 *
 * @param replications number of independent runs of each point, at least 1
 * @param precision what is asked for beyond that number, or null
 * @param varianceReduction how runs are made to vary less
 * @param seed seed of the random streams
 * @param generator what makes the random numbers
 */
public record Sampling(
    int replications,
    @Nullable Precision precision,
    VarianceReduction varianceReduction,
    long seed,
    Generator generator) {

  /** Replications that every point has. */
  int firstReplications() {
    if (precision == null) {
      return replications;
    }
    return inGroups(Math.min(Math.max(Precision.FEWEST, replications), precision.most()));
  }

  /** Replications that a point may have. */
  int mostReplications() {
    return precision == null ? replications : inGroups(precision.most());
  }

  /** What a precision adds comes in whole groups. */
  private int inGroups(int number) {
    return number - number % varianceReduction.groupSize();
  }

  /** The same with another number of replications. */
  Sampling withReplications(int number) {
    return new Sampling(number, precision, varianceReduction, seed, generator);
  }

  /** The same with another seed. */
  Sampling withSeed(long other) {
    return new Sampling(replications, precision, varianceReduction, other, generator);
  }
}
