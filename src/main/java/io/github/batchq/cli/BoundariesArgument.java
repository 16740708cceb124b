package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BoundaryChoice;
import java.util.ArrayList;
import java.util.List;

/** Boundaries on the command line: the name of a rule, or a list such as {@code 5,10}. */
final class BoundariesArgument {
  private BoundariesArgument() {}

  /** Whether the text is a list of numbers and not the name of a rule. */
  static boolean isList(String text) {
    return !text.isEmpty() && "0123456789.+-".indexOf(text.charAt(0)) >= 0;
  }

  /**
   * The listed boundaries.
   *
   * @throws BadInputException if a part is no number
   * @throws IllegalArgumentException if the numbers do not increase
   */
  static BinBoundaries listed(String text) {
    List<Double> values = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      try {
        values.add(Double.parseDouble(part.trim()));
      } catch (NumberFormatException e) {
        throw new BadInputException(
            "--boundaries takes a rule or increasing numbers such as 5,10, found '" + text + "'",
            e);
      }
    }
    BinBoundaries listed = BoundaryChoice.values(values).listed();
    return listed == null ? BinBoundaries.none() : listed;
  }
}
