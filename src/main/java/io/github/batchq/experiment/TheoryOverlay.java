package io.github.batchq.experiment;

import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.theory.AffineService;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.FiniteRun;
import io.github.batchq.theory.Latency;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TheoryResult.Approximation;
import io.github.batchq.theory.TheoryResult.Undefined;
import io.github.batchq.theory.Throughput;
import java.util.HashMap;
import java.util.Map;

/**
 * What theory says of the metrics of a scenario: the steady state of full batches, first formed
 * first served, with lengths that are known on arrival or bins that are predicted with a known
 * confusion matrix. A finite run that starts empty and flushes at its end differs from it by the
 * deficit of theory's finite run.
 */
public final class TheoryOverlay {
  private static final String TRACE_REGIME =
      "lengths independent of each other and of the arrivals, which are stationary";

  private static final TheoryResult NOTHING = new Undefined("no statement covers this", "none");

  private final Map<String, TheoryResult> results;

  private TheoryOverlay(Map<String, TheoryResult> results) {
    this.results = results;
  }

  /** What theory says of a scenario. */
  public static TheoryOverlay of(PreparedScenario scenario) {
    boolean covered =
        scenario.policy() instanceof StandardBatching
            || scenario.policy() instanceof MultiBinBatching;
    int bins = scenario.boundaries().bins();
    // With one bin it does not matter what is predicted.
    ConfusionMatrix confusion =
        bins == 1 ? ConfusionMatrix.identity(1) : scenario.predictor().confusion(bins);
    if (!covered || confusion == null) {
      return new TheoryOverlay(Map.of());
    }
    return new TheoryOverlay(fullBatches(scenario, confusion));
  }

  private static Map<String, TheoryResult> fullBatches(
      PreparedScenario scenario, ConfusionMatrix confusion) {
    double rate = scenario.arrivals().rate();
    BatchSystem system =
        new BatchSystem(
            scenario.lengthLaw(),
            scenario.boundaries(),
            scenario.policy().batchSize(),
            new AffineService(scenario.service().offset(), scenario.service().secondsPerUnit()),
            scenario.servers().count(),
            confusion);
    Map<String, TheoryResult> results = new HashMap<>();
    results.put(
        "service.mean",
        new TheoryResult.Exact(system.meanBatchSeconds(), "eq. (2) of arXiv:2412.04504"));
    results.put("padding", Throughput.padding(system));
    if (Double.isInfinite(rate)) {
      if (system.servers() == 1) {
        results.put("throughput", FiniteRun.throughput(system, scenario.requests()));
      }
    } else {
      results.put("formation.mean", Latency.formation(system, rate));
      results.put("throughput", Throughput.delivered(system, rate));
      if (scenario.servers().infinite()) {
        results.put("latency.mean", Latency.infiniteServers(system, rate));
      } else {
        results.put("latency.mean", Latency.mean(system, rate));
        results.put("utilization", Throughput.utilization(system, rate));
      }
    }
    if (scenario.arrivals().trace() != null) {
      results.replaceAll(
          (metric, result) -> new Approximation(result.value(), TRACE_REGIME, result.source()));
    }
    return results;
  }

  /** Whether theory has a value for a metric. */
  public boolean has(String metric) {
    return !Double.isNaN(get(metric).value());
  }

  /** What theory says of a metric; undefined where it says nothing. */
  public TheoryResult get(String metric) {
    return results.getOrDefault(metric, NOTHING);
  }
}
