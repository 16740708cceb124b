package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.expectation.PolicyTheory;
import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.ResultTable;
import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.Uniform;
import io.github.batchq.scenario.Inputs;
import io.github.batchq.scenario.LengthSpec;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.Scenario;
import io.github.batchq.scenario.ServerSpec;
import io.github.batchq.scenario.ServiceSpec;
import io.github.batchq.service.AffineBatch;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.study.Simulation;
import io.github.batchq.study.SimulationResults;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BulkQueue;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.PoissonArrivals;
import io.github.batchq.workload.Trace.LengthUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Elastic batching beside the bulk queue of T20. */
class ElasticBulkQueueTest {
  private static final Uniform LENGTHS = new Uniform(1, 20);
  private static final int REPLICATIONS = 20;

  @TempDir private Path folder;

  private static RunStatistics[] runs(double rate, ServiceTimeModel service, PolicySpec policy) {
    Scenario scenario =
        new Scenario(
            new PoissonArrivals(rate),
            new ServiceSpec(new LengthSpec.FromLaw(LENGTHS), LengthUnit.SECONDS, service),
            new Oracle(),
            policy,
            ServerSpec.ONE,
            105_000L,
            new WarmUp(5_000L, null));
    PreparedScenario prepared =
        PreparedScenario.of(
            scenario, new Inputs(BadRows.none(), PolicyTheory::knownCapacity), "test", "");
    RandomStreams streams = new RandomStreams(2407, REPLICATIONS);
    return IntStream.range(0, REPLICATIONS)
        .mapToObj(replication -> new Replication(prepared, streams, replication).run())
        .toArray(RunStatistics[]::new);
  }

  /** The 99 % interval of a metric holds its exact value, and is narrower than 1 % each way. */
  private static void agree(
      double exact, RunStatistics[] runs, ToDoubleFunction<RunStatistics> metric) {
    double[] values =
        IntStream.range(0, runs.length).mapToDouble(r -> metric.applyAsDouble(runs[r])).toArray();
    Estimate estimate = Estimate.of(values, 0.99);
    assertEquals(exact, estimate.mean(), estimate.halfWidth());
    assertTrue(estimate.halfWidth() < 0.01 * exact, "half-width " + estimate.halfWidth());
  }

  @ParameterizedTest
  @CsvSource({
    "0.35, 8, 1, 0, 0, 1, 0",
    "0.35, 8, 8, 0, 0, 1, 0",
    "0.2, 8, 1, 0, 0, 1, 0",
    "0.4, 8, 2, 1, 0.2, 0.3, 0.05",
    "0.3, 32, 4, 2, 0.1, 0.4, 0.01"
  })
  void requestsLeaveAsInTheBulkQueue(
      double rate,
      int batchSize,
      int least,
      double alpha,
      double beta,
      double gamma,
      double delta) {
    BulkQueue queue =
        BulkQueue.of(LENGTHS, new BatchTime(alpha, beta, gamma, delta), least, batchSize, rate);
    RunStatistics[] runs =
        runs(
            rate,
            gamma == 1 ? LongestRequest.SECONDS : new AffineBatch(alpha, beta, gamma, delta),
            new ElasticBatching(batchSize, least, null));
    agree(queue.meanElasticLatency().value(), runs, Metric.LATENCY_MEAN::of);
    double own = queue.meanElasticLatency().value() - queue.meanWait().value();
    agree(own, runs, Metric.SERVICE_MEAN::of);
    agree(queue.meanWait().value(), runs, Metric.FORMATION_MEAN::of);
    agree(queue.utilization().value(), runs, Metric.UTILIZATION::of);
    agree(queue.meanBatchSize().value(), runs, Metric.BATCH_SIZE_MEAN::of);
  }

  private ResultTable summary(String service, String servers) throws InterruptedException {
    Experiment experiment =
        ExperimentFiles.read(
            folder,
            """
            name: elastic
            scenario:
              arrivals: {process: poisson, rate: 0.1}
              service: %s
              policy: {type: elastic, batchSize: 8, least: 4}
              servers: %s
              requests: 4000
            sweep:
              policy:
                - {type: elastic, batchSize: 8, least: 4}
                - {type: dynamic, batchSize: 8, least: 4}
            replications: 4
            metrics: [latency.mean, latency.p50, formation.mean, service.mean, padding]
            """
                .formatted(service, servers));
    return Runner.run(experiment, 2, (runs, allRuns, requests) -> {}).summary();
  }

  /** Every service model of whole batches says when a member leaves. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{law: uniform, min: 1, max: 20} | 1",
        "{law: uniform, min: 1, max: 20} | infinite",
        "{tokens: {law: uniform, min: 34, max: 500}, prompts: 30, model: {type: token-level, step: 0.02, prefillPerToken: 0.001, perContextToken: 0.00001}} | 2",
        "{tokens: {law: uniform, min: 34, max: 500}, model: {type: pack, name: phi35-a100-hf}} | 2",
        "{tokens: {law: uniform, min: 34, max: 500}, model: {type: table, file: table.csv}} | 1"
      })
  void worksWithEveryModel(String service, String servers)
      throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("table.csv"),
        """
        batchSize,length,seconds
        1,10,0.5
        1,500,13
        8,10,0.8
        8,500,19
        """);
    ResultTable table = summary(service, servers);
    assertTrue(table.number(0, "latency.mean") < table.number(1, "latency.mean"));
    assertTrue(table.number(0, "latency.p50") < table.number(1, "latency.p50"));
    assertTrue(table.number(0, "service.mean") < table.number(1, "service.mean"));
    assertEquals(table.number(1, "formation.mean"), table.number(0, "formation.mean"));
    assertEquals(table.number(1, "padding"), table.number(0, "padding"));
  }

  /** It carries as much as dynamic batching, and its backlog shows it. */
  @ParameterizedTest
  @CsvSource({"0.35, STABLE", "0.6, OVERLOADED"})
  void itsBacklogTellsWhetherItIsStable(double rate, Regime verdict) {
    SimulationResults results =
        Simulation.of(new PoissonArrivals(rate), LENGTHS, new ElasticBatching(8, null, null))
            .requests(60_000)
            .run();
    assertEquals(verdict, results.stability().regime());
  }
}
