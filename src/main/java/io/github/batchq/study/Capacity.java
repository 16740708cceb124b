package io.github.batchq.study;

import io.github.batchq.engine.RunEngine;
import io.github.batchq.engine.ThreadEngine;
import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.metric.Direction;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.study.CapacitySearch.Found;
import io.github.batchq.study.CapacitySearch.Goal;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TheoryResult.Exact;
import io.github.batchq.theory.TheoryResult.Undefined;
import io.github.batchq.theory.TheoryResult.UpperBound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Searches the largest arrival rate of each scenario of an experiment that keeps its queue stable,
 * or a time or a slowdown within a limit, or enough requests within their limits. The rate has an
 * interval, and the capacity of theory stands beside it. A finite run has no queue that stays
 * stable, but a rate at which it keeps a limit; that of a replayed trace is known without an
 * interval, and holds for this recording.
 *
 * @param metric what to keep within a limit; null for a stable queue
 * @param limit the limit, in the unit of the metric: the largest time, slowdown, or the smallest
 *     share; ignored without a metric
 * @param relative width of the interval at which a search stops, as a share of the rate, in (0,1)
 * @param confidence of the interval, in (0,1)
 * @param mostReplications most replications at a rate, at least 8
 */
public record Capacity(
    @Nullable Metric metric,
    double limit,
    double relative,
    double confidence,
    int mostReplications) {
  private static final String ARRIVALS = "arrivals.";
  private static final String ATTAINMENT = "slo.attainment";

  public Capacity {
    boolean isTime =
        metric != null && metric.unit().equals("s") && metric.direction() != Direction.NEITHER;
    if (metric != null && !isTime && !metric.isSlowdown() && !metric.id().equals(ATTAINMENT)) {
      throw new BadInputException(
          "a limit is for a time such as latency.p99, a slowdown or "
              + ATTAINMENT
              + ", found "
              + metric.id());
    }
    if (metric != null) {
      Require.INPUT.positive("the limit", limit);
    }
    Require.INPUT.share("--relative", relative);
    Require.INPUT.share("--confidence", confidence);
    Require.INPUT.atLeast("--max-replications", mostReplications, 8);
    Require.INPUT.atMost("--max-replications", mostReplications, Experiment.MOST_REPLICATIONS);
  }

  /**
   * Searches the capacity of every scenario on the threads of this machine.
   *
   * @param threads number of threads, at least 1
   * @throws BadInputException as {@link #search(Experiment, RunEngine, LongConsumer)} does
   */
  public ResultTable search(Experiment experiment, int threads, LongConsumer progress)
      throws InterruptedException {
    try (RunEngine engine = new ThreadEngine(threads)) {
      return search(experiment, engine, progress);
    }
  }

  /**
   * Searches the capacity of every scenario.
   *
   * @param engine makes the runs
   * @param progress is told the number of runs of the present search
   * @return one row for each scenario, those that differ in their arrivals alone taken as one:
   *     swept values, the largest rate surely within, the smallest one surely beyond, theory's
   *     capacity and its kind, runs, why the search stopped
   * @throws BadInputException if a scenario has infinitely many servers, if its requests are all
   *     there at time 0, if a finite run has no limit to keep, or if the steady state is asked for
   *     of a replayed trace
   */
  public ResultTable search(Experiment experiment, RunEngine engine, LongConsumer progress)
      throws InterruptedException {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < experiment.paths().size(); i++) {
      if (!experiment.paths().get(i).startsWith(ARRIVALS)) {
        kept.add(i);
      }
    }
    Map<List<String>, Integer> scenarios = new LinkedHashMap<>();
    for (int p = 0; p < experiment.points().size(); p++) {
      Experiment.Point point = experiment.points().get(p);
      List<String> values = kept.stream().map(i -> point.values().get(i)).toList();
      check(point.scenario());
      checkLimits(point.scenario());
      scenarios.putIfAbsent(values, p);
    }
    List<String> columns = new ArrayList<>();
    kept.forEach(i -> columns.add(experiment.paths().get(i)));
    columns.addAll(List.of("rate.within", "rate.beyond", "theory", "kind", "runs", "stopped"));
    List<List<String>> rows = new ArrayList<>();
    Goal goal = new Goal(metric, limit, relative, confidence, mostReplications);
    for (Map.Entry<List<String>, Integer> entry : scenarios.entrySet()) {
      PreparedScenario scenario = experiment.points().get(entry.getValue()).scenario();
      Found found = new CapacitySearch(experiment, entry.getValue(), goal, engine, progress).run();
      TheoryResult theory = TheoryOverlay.of(scenario).capacity();
      List<String> row = new ArrayList<>(entry.getKey());
      row.add(ResultTable.cell(found.within()));
      row.add(ResultTable.cell(found.beyond()));
      // A short run may keep its limits at rates above what servers carry in the long run.
      boolean bounds =
          scenario.horizon() == Horizon.STEADY
              && (metric == null || theory instanceof Exact || theory instanceof UpperBound);
      row.add(bounds ? ResultTable.cell(theory.value()) : "");
      row.add(
          !bounds || theory instanceof Undefined
              ? ""
              : metric == null ? theory.kind() : "upper-bound");
      row.add(Long.toString(found.runs()));
      row.add(found.reason());
      rows.add(row);
    }
    return new ResultTable(columns, rows);
  }

  private void checkLimits(PreparedScenario scenario) {
    boolean given = scenario.measurementTerms().limits() != null;
    if (metric != null && metric.id().equals(ATTAINMENT) && !given) {
      throw new BadInputException(
          ATTAINMENT
              + " needs limits in the scenario, such as 'limits: {ttft: 1, tpot: 0.05}' in s");
    }
  }

  private void check(PreparedScenario scenario) {
    if (metric != null && metric.isOfTokens() && !scenario.policy().serving().inSteps()) {
      throw new BadInputException(
          "--limit: "
              + metric.id()
              + " has no value where batches are served whole, whose requests get all tokens when"
              + " they leave: TTFT is the time in system there, so limit that, such as latency.p99");
    }
    if (scenario.servers().infinite()) {
      throw new BadInputException("infinitely many servers carry any rate: give a number of them");
    }
    if (scenario.arrivals().isClosed()) {
      throw new BadInputException(
          "requests that wait for answers have no rate to look for, since the system sets it: sweep"
              + " the number of clients, or use another arrival process");
    }
    boolean attainment = metric != null && metric.id().equals(ATTAINMENT);
    if (scenario.traffic().impatience() != null && !attainment) {
      throw new BadInputException(
          "clients who give up keep every queue stable and the times of the others short: give the"
              + " share of requests that must be answered in time, such as --limit "
              + ATTAINMENT
              + "=0.9, or leave out 'patience'");
    }
    if (Double.isInfinite(scenario.arrivals().rate())) {
      throw new BadInputException(
          "requests that are all there at time 0 have no rate: use another arrival process");
    }
    boolean steady = scenario.horizon() == Horizon.STEADY;
    if (steady && scenario.isReplay()) {
      throw new BadInputException(
          "a replayed trace leaves nothing to chance, so there are no replications to judge a rate"
              + " by: use generated arrivals, such as process: trace-bootstrap");
    }
    if (!steady && metric == null) {
      throw new BadInputException(
          "a finite run ends, so no rate is too much for it: give the limit that it must keep, such"
              + " as --limit latency.p99=60, or ask for the long run by 'horizon: steady' with "
              + (scenario.isReplay() ? "process: trace-bootstrap" : "generated arrivals"));
    }
  }
}
