package io.github.batchq.cli;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.metric.Limits;
import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Says what times of tokens mean where a batch is served whole: its requests get all of their
 * tokens when they leave, so the time to the first token is the time in system, and no time passes
 * between tokens.
 */
final class WholeBatchNote {
  private static final List<String> JUDGED_BY_LIMITS = List.of("slo.attainment", "goodput");

  private WholeBatchNote() {}

  /**
   * The sentence; empty where no batch is served whole, or where nothing that is measured asks when
   * tokens come.
   *
   * @param measured names of the metrics that are shown
   */
  static Optional<String> of(Experiment experiment, Collection<String> measured) {
    boolean judged = measured.stream().anyMatch(JUDGED_BY_LIMITS::contains);
    boolean timed = measured.stream().map(Metric::named).anyMatch(Metric::isOfTokens);
    if (!judged && !timed) {
      return Optional.empty();
    }
    List<PreparedScenario> whole =
        experiment.points().stream()
            .map(Experiment.Point::scenario)
            .filter(scenario -> !scenario.policy().serving().inSteps())
            .toList();
    boolean limited = judged && whole.stream().anyMatch(WholeBatchNote::limitsTokens);
    if (whole.isEmpty() || !(limited || timed)) {
      return Optional.empty();
    }
    int points = experiment.points().size();
    String where =
        whole.size() == points ? "" : " at " + whole.size() + " of " + points + " points";
    List<String> consequences = new ArrayList<>();
    if (limited) {
      consequences.add("limits take the time in system as TTFT, and 0 as TPOT");
    }
    if (timed) {
      consequences.add("metrics of tokens (ttft, tpot, itl) have no value");
    }
    return Optional.of(
        "Batches are served whole"
            + where
            + ", and their requests get all tokens when they leave: "
            + String.join("; ", consequences)
            + (where.isEmpty() ? "." : " there."));
  }

  private static boolean limitsTokens(PreparedScenario scenario) {
    Limits limits = scenario.measurementTerms().limits();
    return limits != null && (limits.ttft() != null || limits.tpot() != null);
  }
}
