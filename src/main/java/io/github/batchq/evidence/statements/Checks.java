package io.github.batchq.evidence.statements;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NearestName;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lists all checks, and finds them by name. */
public final class Checks {
  /** The seed of all simulations and random cases, the day on which the paper appeared. */
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
              ClosedLoopChecks.all(),
              PatienceChecks.all(),
              SiblingChecks.all(),
              FewRequestChecks.all(),
              QueueChecks.all())
          .flatMap(List::stream)
          .toList();

  /** Former names of checks whose statements have numbers in docs/theory.md since. */
  private static final Map<String, String> FORMER =
      Map.ofEntries(
          Map.entry("B.5", "T20"),
          Map.entry("B.5linear", "T21"),
          Map.entry("B.6", "T22"),
          Map.entry("B.7", "T23"),
          Map.entry("B.7slots", "T24"),
          Map.entry("B.8", "T25"),
          Map.entry("B.4", "T26"),
          Map.entry("A.6", "T27"),
          Map.entry("A.4", "T29"),
          Map.entry("B.1", "T30"),
          Map.entry("B.1atoms", "T30atoms"),
          Map.entry("B.1growth", "T31"),
          Map.entry("B.2", "T32"),
          Map.entry("B.3", "T33"),
          Map.entry("B.9", "T34"),
          Map.entry("A.3", "T9values"),
          Map.entry("A.2.1", "T35.1"),
          Map.entry("A.2.2", "T35.2"),
          Map.entry("A.2.3", "T35.3"),
          Map.entry("A.2.4", "T35.4"),
          Map.entry("A.2.5", "T35.5"),
          Map.entry("A.2.6", "T35.6"),
          Map.entry("A.2.7", "T35.7"),
          Map.entry("A.2.8", "T35.8"),
          Map.entry("A.2.9", "T35.9"));

  private Checks() {}

  /** All checks, ordered by theme. */
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
      if (FORMER.containsKey(id)) {
        throw new BadInputException("the check '" + id + "' is called " + FORMER.get(id) + " now");
      }
      if (!known.contains(id)) {
        throw new BadInputException(
            "there is no check '" + id + "'; " + NearestName.hint(id, known));
      }
    }
    return catalogue.stream().filter(check -> ids.isEmpty() || ids.contains(check.id())).toList();
  }
}
