package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.random.Law;
import io.github.batchq.theory.BoundaryRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads boundaries on the command line: the name of a rule, or a list such as {@code 5,10}. */
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
    BinBoundaries listed = BoundaryChoice.values(NumberRange.boundaries(text)).listed();
    return listed == null ? BinBoundaries.none() : listed;
  }

  /**
   * The boundaries of every number of bins: those that are listed, or those that the named rule
   * places.
   *
   * @param bins what {@code --bins} says; null if it is absent
   * @param usual the numbers of bins of a rule if it is absent
   * @throws BadInputException if the list and {@code --bins} contradict each other
   * @throws IllegalArgumentException if the rule does not cover the law
   */
  static List<BinBoundaries> placed(
      String text, @Nullable String bins, String usual, Law law, int batchSize) {
    if (!isList(text)) {
      return BoundaryRules.named(text)
          .boundaries(law, NumberRange.bins(bins == null ? usual : bins), batchSize);
    }
    BinBoundaries listed = listed(text);
    if (bins != null && !NumberRange.bins(bins).equals(List.of(listed.bins()))) {
      throw new BadInputException(
          "--boundaries " + text + " makes " + listed.bins() + " bins, found --bins " + bins);
    }
    return List.of(listed);
  }
}
