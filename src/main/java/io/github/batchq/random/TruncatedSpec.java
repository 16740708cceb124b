package io.github.batchq.random;

import static io.github.batchq.random.Parameters.requireWindow;

import io.github.batchq.model.BadRows;
import io.github.batchq.model.Key;

/**
 * A described law conditioned on the window [min, max].
 *
 * @param of the law before truncation
 * @param min left end of the window, finite and at least 0
 * @param max right end of the window, at least {@code min}; may be infinite
 */
public record TruncatedSpec(
    @Key(
            about = "law before truncation",
            unit = "that of the law",
            example = "{law: lognormal, mu: 2, sigma: 0.5}")
        LawSpec of,
    @Key(
            about = "left end of the window",
            unit = "that of the law",
            range = "finite, at least 0",
            example = "1")
        double min,
    @Key(
            about = "right end of the window",
            unit = "that of the law",
            range = "at least min; .inf for none",
            example = "60")
        double max)
    implements LawSpec {
  public TruncatedSpec {
    requireWindow(min, max);
  }

  /**
   * The conditioned law: for an {@link Empirical} law again an empirical one, else a {@link
   * Truncated}.
   *
   * @throws IllegalArgumentException if the law has no probability in the window
   */
  @Override
  public Law create() {
    return create(BadRows.none());
  }

  @Override
  public Law create(BadRows told) {
    Law law = of.create(told);
    return law instanceof Empirical empirical
        ? empirical.between(min, max)
        : new Truncated(law, min, max);
  }

  @Override
  public String toString() {
    return Truncated.label(of, min, max);
  }
}
