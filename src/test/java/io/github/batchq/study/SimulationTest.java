package io.github.batchq.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Batch;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.model.ResultTable;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.policy.Decision;
import io.github.batchq.policy.FreeServers;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.PolicySetting;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Generator;
import io.github.batchq.random.Uniform;
import io.github.batchq.workload.AllAtZero;
import io.github.batchq.workload.PoissonArrivals;
import io.github.batchq.workload.SymmetricError;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
  private static final Simulation SMALL =
      Simulation.of(new PoissonArrivals(0.5), new Uniform(1, 20), new StandardBatching(8))
          .requests(2000)
          .replications(3);

  @TempDir Path folder;

  private ResultTable summary(String text) throws InterruptedException {
    Experiment experiment = ExperimentFiles.read(folder, text);
    return Runner.run(experiment, 1, (runs, allRuns, requests) -> {}).summary();
  }

  @Test
  void aSweepGivesWhatItsExperimentFileGives() throws InterruptedException {
    ResultTable table =
        SMALL
            .vary(
                "policy.bins",
                List.of(1, 2, 4),
                (s, bins) -> s.policy(new MultiBinBatching(bins, "equal-mass", 8)))
            .vary(
                "arrivals.rate",
                List.of(0.4, 0.5, 0.6),
                (s, rate) -> s.arrivals(new PoissonArrivals(rate)))
            .run()
            .table("throughput", "latency.mean");
    assertEquals(summary(ExperimentFiles.SMALL), table);
  }

  @Test
  void everyPartOfTheScenarioCanBeChanged() throws InterruptedException {
    String file =
        """
        name: all
        scenario:
          arrivals: {process: poisson, rate: 2}
          service: {tokens: {law: exponential, rate: 0.01}, secondsPerToken: 0.05}
          predictor: {type: symmetric-error, errorRate: 0.1}
          policy: {type: multi-bin, bins: 2, boundaries: optimal, batchSize: 4}
          servers: 3
          requests: 1000
          warmUp: {requests: 100}
        replications: 2
        seed: 7
        generator: l64x128mix
        """;
    SimulationResults results =
        SMALL
            .arrivals(new PoissonArrivals(2))
            .lengths(new Exponential(0.01))
            .secondsPerToken(0.05)
            .predictor(new SymmetricError(0.1))
            .policy(new MultiBinBatching(2, "optimal", 4))
            .servers(3)
            .requests(1000)
            .warmUp(new WarmUp(100L, null))
            .replications(2)
            .seed(7)
            .generator(Generator.L64X128MIX)
            .run();
    assertEquals(summary(file), results.table());
  }

  /** The last of 12,500 batches ends at 37,500 s, and nine tenths by 33,750 s. */
  @Test
  void measuresWhatIsAskedForBesides() {
    Simulation simulation =
        Simulation.of(new AllAtZero(), new Deterministic(3), new StandardBatching(8));
    assertEquals(
        33_750,
        simulation.measuring("latency.p90").run().estimate("latency.p90").mean(),
        0.0005 * 33_750);
    assertEquals(
        "the metric latency.p90 was not measured: ask for it by"
            + " Simulation.measuring(\"latency.p90\")",
        assertThrows(BadInputException.class, () -> simulation.run().estimate("latency.p90"))
            .getMessage());
    assertThrows(BadInputException.class, () -> simulation.measuring("latency.p9x"));
  }

  @Test
  void defaultsAreThoseOfItsDocumentation() {
    // A batch of 8 every 3 s, from time 0: no randomness, so the interval has no width.
    SimulationResults results =
        Simulation.of(new AllAtZero(), new Deterministic(3), new StandardBatching(8)).run();
    Estimate throughput = results.estimate("throughput");
    assertEquals(8 / 3.0, throughput.mean(), 1e-12);
    assertEquals(0, throughput.halfWidth(), 1e-12);
    assertEquals(9, throughput.degreesOfFreedom());
    assertEquals(3 * (100_000 / 8 + 1) / 2.0, results.estimate("latency.mean").mean(), 1e-6);
    assertEquals(3, results.theory("service.mean").value(), 1e-12);
    assertEquals("exact", results.theory("service.mean").kind());
  }

  @Test
  void infinitelyManyServersNeverKeepABatchWaiting() {
    SimulationResults results = SMALL.infinitelyManyServers().run();
    assertEquals(0, results.estimate("queueing.mean").mean());
  }

  /** Each request on its own, first come first served. */
  private record Alone() implements PolicySpec {
    @Override
    public int batchSize() {
      return 1;
    }

    @Override
    public BatchingPolicy create(PolicySetting setting) {
      Queue<QueuedRequest> queue = new ArrayDeque<>();
      return new BatchingPolicy() {
        @Override
        public void enqueue(QueuedRequest request) {
          queue.add(request);
        }

        @Override
        public Decision decide(double now, FreeServers free) {
          QueuedRequest first = queue.poll();
          return first == null
              ? Decision.WAIT
              : new Decision.Dispatch(
                  new Batch(new QueuedRequest[] {first}, 0, first.arrivalTime(), false));
        }

        @Override
        public void arrivalsEnded(double now) {}

        @Override
        public int waiting() {
          return queue.size();
        }
      };
    }
  }

  @Test
  void aPolicyOfOnesOwnRunsWithoutTheory() {
    Simulation simulation = SMALL.arrivals(new PoissonArrivals(0.05));
    SimulationResults own = simulation.policy(new Alone()).run();
    SimulationResults known = simulation.policy(new StandardBatching(1)).run();
    assertEquals(known.estimate("latency.mean"), own.estimate("latency.mean"));
    assertEquals("undefined", own.theory("throughput").kind());
  }

  @Test
  void refusesWhatDoesNotFit() {
    String message =
        assertThrows(
                BadInputException.class,
                () ->
                    SMALL
                        .vary(
                            "rate",
                            List.of(0.5),
                            (s, rate) -> s.arrivals(new PoissonArrivals(rate)))
                        .vary("requests", List.of(8, 4), (s, n) -> s.requests(n))
                        .run())
            .getMessage();
    assertTrue(message.startsWith("simulation: batchSize 8 is larger"), message);
    assertTrue(message.endsWith(", at 0.5, 4"), message);
    assertThrows(IllegalArgumentException.class, () -> SMALL.replications(0));
    assertEquals(
        "the sweep has an axis 'n' already",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    SMALL
                        .vary("n", List.of(8), (s, n) -> s.requests(n))
                        .vary("n", List.of(1), (s, n) -> s.servers(n)))
            .getMessage());
    SimulationResults results = SMALL.run();
    assertTrue(
        assertThrows(BadInputException.class, () -> results.estimate("latency.men"))
            .getMessage()
            .startsWith("unknown metric 'latency.men'; did you mean 'latency.mean'?"));
    SimulationResults sweep = SMALL.vary("requests", List.of(8, 16), (s, n) -> s.requests(n)).run();
    assertEquals(
        "this is a sweep over requests: its values are in table(metrics)",
        assertThrows(IllegalStateException.class, () -> sweep.theory("throughput")).getMessage());
  }
}
