package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import java.util.List;
import java.util.stream.Collectors;

/** A rule that chooses the boundaries of bins from the law of the lengths. */
public interface BoundaryRule {
  /** Every rule. */
  List<BoundaryRule> ALL = List.of(new EqualMass(), new EqualWidth(), new ExponentialOptimal());

  /** The name that a user writes. */
  String name();

  /** What the rule does, as one phrase. */
  String description();

  /**
   * The boundaries of {@code bins} bins, in the unit of the law's lengths.
   *
   * @param bins k, at least 1
   * @param batchSize B, at least 1; not every rule depends on it
   * @throws IllegalArgumentException if the rule does not apply to the law, in one sentence
   */
  BinBoundaries boundaries(Law law, int bins, int batchSize);

  /**
   * The rule of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  static BoundaryRule named(String name) {
    return ALL.stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no boundary rule '"
                        + name
                        + "'; the rules are "
                        + ALL.stream().map(BoundaryRule::name).collect(Collectors.joining(", "))));
  }
}
