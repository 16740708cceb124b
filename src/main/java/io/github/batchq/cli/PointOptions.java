package io.github.batchq.cli;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which points of a sweep are drawn. */
@Command
final class PointOptions {
  @Option(
      names = "--point",
      paramLabel = "P",
      split = ",",
      description = "points of the sweep, by their row in summary.csv, from 1 (default: all)")
  private List<String> points = List.of();

  /**
   * Refuses points where there is nothing to choose.
   *
   * @throws BadInputException if some are chosen
   */
  void refuseFor(String reason) {
    if (!points.isEmpty()) {
      throw new BadInputException("--point does not go with " + reason);
    }
  }

  /**
   * The points, from 0, in the order in which they are named.
   *
   * @param most how many can be drawn
   * @throws BadInputException if there is no such point, one is named twice, or they are too many
   */
  List<Integer> points(Experiment experiment, int most) {
    int all = experiment.points().size();
    List<Integer> chosen =
        points.isEmpty()
            ? IntStream.range(0, all).boxed().toList()
            : numbers("--point", points, 1, all, "points").stream().map(p -> p - 1).toList();
    if (chosen.size() > most) {
      throw new BadInputException(
          "a chart takes at most "
              + (most == 1 ? "one point" : most + " points")
              + " of the sweep, and there are "
              + chosen.size()
              + ": choose by --point");
    }
    return chosen;
  }

  /**
   * Different whole numbers of an option.
   *
   * @param what what they number, for messages
   * @throws BadInputException if they are not
   */
  static List<Integer> numbers(
      String option, List<String> texts, int least, int most, String what) {
    List<Integer> numbers = new ArrayList<>();
    for (String text : texts) {
      int number =
          NumberText.wholeInt(text).stream()
              .filter(whole -> whole >= least && whole <= most && !numbers.contains(whole))
              .findFirst()
              .orElseThrow(
                  () ->
                      new BadInputException(
                          option
                              + " takes different "
                              + what
                              + " from "
                              + least
                              + " to "
                              + most
                              + ", found '"
                              + String.join(",", texts)
                              + "'"));
      numbers.add(number);
    }
    return numbers;
  }
}
