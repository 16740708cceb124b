package io.github.batchq.random;

import java.util.List;

/**
 * A mixture of described laws.
 *
 * @param weights positive and finite; scaled to sum to 1 where they do not
 * @param laws the components, as many as weights
 */
public record MixtureSpec(List<Double> weights, List<LawSpec> laws) implements LawSpec {
  /** Checks the parts and scales the weights. */
  public MixtureSpec {
    weights = Mixture.scaled(weights, laws.size());
    laws = List.copyOf(laws);
  }

  @Override
  public Mixture create() {
    return new Mixture(weights, laws.stream().map(LawSpec::create).toList());
  }

  @Override
  public String toString() {
    return Mixture.label(weights, laws);
  }
}
