package io.github.batchq.random;

import io.github.batchq.model.BadRows;
import io.github.batchq.model.Key;
import java.util.List;

/**
 * A mixture of described laws.
 *
 * @param weights positive and finite; scaled to sum to 1 where they do not
 * @param laws the components, as many as weights
 */
public record MixtureSpec(
    @Key(
            about = "weight of each law; scaled so that they add up to 1",
            unit = "1",
            range = "positive, finite",
            example = "[0.7, 0.3]")
        List<Double> weights,
    @Key(
            about = "the laws, as many as weights",
            unit = "that of the law",
            example = "[{law: uniform, min: 1, max: 10}, {law: exponential, rate: 0.05}]")
        List<LawSpec> laws)
    implements LawSpec {
  /** Checks the parts and scales the weights. */
  public MixtureSpec {
    weights = Mixture.scaled(weights, laws.size());
    laws = List.copyOf(laws);
  }

  @Override
  public Mixture create() {
    return create(BadRows.none());
  }

  @Override
  public Mixture create(BadRows told) {
    return new Mixture(weights, laws.stream().map(law -> law.create(told)).toList());
  }

  @Override
  public String toString() {
    return Mixture.label(weights, laws);
  }
}
