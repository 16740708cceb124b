package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.NumberText;
import java.util.ArrayList;
import java.util.List;

/** Reads numbers of bins on the command line: {@code 4}, {@code 1,2,4,8} or {@code 1..5}. */
final class BinNumbers {
  private BinNumbers() {}

  static List<Integer> parse(String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int dots = part.indexOf("..");
      int first = number(dots < 0 ? part : part.substring(0, dots), text);
      int last = dots < 0 ? first : number(part.substring(dots + 2), text);
      if (first < 1 || last < first || last > BinBoundaries.MOST_BINS) {
        throw refuse(text);
      }
      for (int i = first; i <= last; i++) {
        numbers.add(i);
      }
    }
    return numbers;
  }

  private static int number(String part, String text) {
    return NumberText.wholeInt(part).orElseThrow(() -> refuse(text));
  }

  private static BadInputException refuse(String text) {
    return new BadInputException(
        "--bins takes whole numbers of at least 1 and at most "
            + BinBoundaries.MOST_BINS
            + ", such as 4, 1,2,4 or 1..5, found '"
            + text
            + "'");
  }
}
