package io.github.batchq.check;

import io.github.batchq.experiment.NearestName;
import io.github.batchq.model.BadInputException;
import java.util.List;
import java.util.stream.Stream;

/** The catalogue of checks. */
public final class Checks {
  /** Seed of all simulations and random cases: the day on which the paper appeared. */
  public static final long SEED = 20241203;

  private static final List<Check> ALL =
      Stream.of(
              PaperChecks.all(),
              ErratumChecks.all(),
              MaximumChecks.all(),
              ErrorChecks.all(),
              LossChecks.all(),
              AssignmentChecks.all(),
              LatencyChecks.all(),
              QueueChecks.all())
          .flatMap(List::stream)
          .toList();

  private Checks() {}

  /** Every check, by theme. */
  public static List<Check> all() {
    return ALL;
  }

  /**
   * The checks with the given names, in the order of the catalogue.
   *
   * @param catalogue the checks to choose from
   * @param ids names of checks, in any order; none at all means all checks
   * @throws BadInputException if a name is unknown; the message says which name is near
   */
  public static List<Check> named(List<Check> catalogue, List<String> ids) {
    List<String> known = catalogue.stream().map(Check::id).toList();
    for (String id : ids) {
      if (!known.contains(id)) {
        throw new BadInputException(
            "there is no check '" + id + "'; " + NearestName.hint(id, known));
      }
    }
    return catalogue.stream().filter(check -> ids.isEmpty() || ids.contains(check.id())).toList();
  }
}
