package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Law;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.ErlangA;
import io.github.batchq.theory.FewRequests;
import io.github.batchq.theory.ImpatientBatches;
import io.github.batchq.theory.ImpatientQueue;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.workload.Impatience;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Theory of clients who give up and do not ask again (T46): exact for Poisson arrivals where
 * exponential service is one by one, and for exponential patience at one server that takes what
 * waits; else what no batches from one bin exceed.
 *
 * @param scenario open arrivals without a limit, on servers that are alike
 * @param impatience of its clients
 */
record ImpatienceTheory(PreparedScenario scenario, Impatience impatience) {
  private static final Metric ABANDONED = Metric.named("abandoned.share");

  private static final Metric WAIT = Metric.named("wait.mean");

  /** What theory says of the metrics in the steady state. */
  Map<Metric, Expected> results() {
    BatchSystem batches = scenario.withoutArrivals().oneBin();
    double rate = scenario.arrivals().rate();
    if (batches == null
        || ClosedTheory.fewest(scenario.policy()) == 0
        || impatience.pause() != null
        || scenario.servers().infinite()
        || scenario.followsTrace()
        || Double.isInfinite(rate)
        || Double.isInfinite(batches.law().mean())) {
      return Map.of();
    }
    if (!scenario.arrivals().isPoisson()) {
      return bounds(batches, rate);
    }
    Map<Metric, Expected> exact = batches.batchSize() == 1 ? one(batches, rate) : Map.of();
    return !exact.isEmpty() ? exact : chainOrBounds(batches, rate);
  }

  /** Mean patience if it is exponential; else NaN. */
  private double patience() {
    Law law = impatience.patience();
    return law.exponentialRate().isPresent() ? law.mean() : Double.NaN;
  }

  private Map<Metric, Expected> one(BatchSystem batches, double rate) {
    double service = ClosedTheory.lengthMean(batches);
    if (!Double.isNaN(service)) {
      Lazy<ErlangA> queue = erlang(rate, batches.servers(), service);
      return queue == null ? Map.of() : erlang(queue);
    }
    double patience = patience();
    if (batches.servers() > 1 || Double.isNaN(patience) || impatience.inService()) {
      return Map.of();
    }
    Lazy<ImpatientQueue> queue = new Lazy<>(() -> new ImpatientQueue(batches, rate, patience));
    return Map.of(
        ABANDONED,
        Expected.costly(() -> queue.get().abandonedShare()),
        Metric.THROUGHPUT,
        Expected.costly(() -> queue.get().throughput()),
        Metric.UTILIZATION,
        Expected.costly(() -> queue.get().utilization()),
        Metric.LATENCY_MEAN,
        Expected.costly(() -> queue.get().meanLatency()),
        WAIT,
        Expected.costly(() -> queue.get().meanWaitOfServed()));
  }

  private @Nullable Lazy<ErlangA> erlang(double rate, int servers, double service) {
    Law law = impatience.patience();
    if (impatience.inService()) {
      return Double.isNaN(patience())
          ? null
          : new Lazy<>(() -> ErlangA.untilAnswer(rate, servers, service, law, false));
    }
    return law.survival(0) < 1
        ? null
        : new Lazy<>(() -> ErlangA.untilService(rate, servers, service, law));
  }

  private static Map<Metric, Expected> erlang(Lazy<ErlangA> queue) {
    return Map.of(
        ABANDONED,
        Expected.costly(() -> queue.get().abandonedShare()),
        Metric.THROUGHPUT,
        Expected.costly(() -> queue.get().throughput()),
        Metric.UTILIZATION,
        Expected.costly(() -> queue.get().utilization()),
        Metric.LATENCY_MEAN,
        Expected.costly(() -> queue.get().meanLatency()),
        WAIT,
        Expected.costly(() -> queue.get().meanWaitOfServed()));
  }

  private Map<Metric, Expected> chainOrBounds(BatchSystem batches, double rate) {
    double patience = patience();
    boolean formsAhead = scenario.policy() instanceof StandardBatching && batches.batchSize() > 1;
    if (Double.isNaN(patience)
        || formsAhead
        || batches.servers() > 1
        || !ImpatientBatches.isSolved(batches.batchSize(), rate, patience)) {
      return bounds(batches, rate);
    }
    int least = ClosedTheory.fewest(scenario.policy());
    boolean elastic = scenario.policy() instanceof ElasticBatching;
    Lazy<ImpatientBatches> chain =
        new Lazy<>(() -> new ImpatientBatches(batches, least, rate, patience));
    Lazy<TheoryResult> answered =
        new Lazy<>(
            () ->
                impatience.inService()
                    ? chain.get().answeredInTime(elastic)
                    : chain.get().served());
    Map<Metric, Expected> results = new HashMap<>();
    results.put(Metric.THROUGHPUT, Expected.costly(answered));
    results.put(ABANDONED, Expected.costly(() -> rest(answered.get(), rate)));
    results.put(Metric.UTILIZATION, Expected.costly(() -> chain.get().utilization()));
    results.put(Metric.BATCH_SIZE_MEAN, Expected.costly(() -> chain.get().meanBatchSize()));
    return results;
  }

  /** The share of the requests that is not answered. */
  private static TheoryResult rest(TheoryResult answered, double rate) {
    return answered.with(1 - answered.value() / rate, answered.source());
  }

  private static Map<Metric, Expected> bounds(BatchSystem batches, double rate) {
    int all = (int) Math.min(Integer.MAX_VALUE, (long) batches.servers() * batches.batchSize());
    Lazy<TheoryResult> most = new Lazy<>(() -> new FewRequests(batches, 1, false).capacity(all));
    String source = "T46, batches of one bin";
    return Map.of(
        Metric.THROUGHPUT,
        Expected.costly(() -> TheoryResult.upperBound(Math.min(rate, most.get().value()), source)),
        ABANDONED,
        Expected.costly(
            () -> TheoryResult.lowerBound(Math.max(0, 1 - most.get().value() / rate), source)));
  }
}
