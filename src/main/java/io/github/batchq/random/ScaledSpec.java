package io.github.batchq.random;

import io.github.batchq.model.BadRows;
import io.github.batchq.model.Key;
import io.github.batchq.model.Require;

/**
 * A law whose values are all multiplied.
 *
 * @param of the law
 * @param factor positive and finite
 */
public record ScaledSpec(
    @Key(
            about = "the law whose values are multiplied",
            unit = "that of the law",
            example = "{law: lognormal, mu: 5, sigma: 1}")
        LawSpec of,
    @Key(
            about = "what they are multiplied by",
            unit = "1",
            range = "positive, finite",
            example = "1.1")
        double factor)
    implements LawSpec {
  public ScaledSpec {
    Require.ARGUMENT.positiveFinite("factor", factor);
  }

  @Override
  public Law create() {
    return create(BadRows.none());
  }

  @Override
  public Law create(BadRows told) {
    return new Scaled(of.create(told), factor);
  }

  static String label(LawSpec of, double factor) {
    return "scaled(" + of + "," + Parameters.plain(factor) + ")";
  }

  @Override
  public String toString() {
    return label(of, factor);
  }
}
