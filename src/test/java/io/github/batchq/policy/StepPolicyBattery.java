package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.scenario.ObservedBoundaries;
import io.github.batchq.sim.ImpatienceAudit;
import io.github.batchq.sim.RequestCounts;
import io.github.batchq.sim.Run;
import io.github.batchq.sim.ServedRequest;
import io.github.batchq.sim.ServedSteps;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.sim.StepKernel;
import io.github.batchq.sim.StepScenario;
import io.github.batchq.workload.LengthPredictor;
import io.github.batchq.workload.SymmetricError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every policy must pass by which requests join and leave running batches. A test class
 * implements {@link #specs()} and inherits the rest: the counts balance at every event, no server
 * runs more requests or holds more tokens than it can, servers do one thing at a time, each token
 * is generated once, and equal specs behave alike, steps taken together or not.
 */
public interface StepPolicyBattery {
  /** A limit of memory for specs; some requests of the battery need nearly as much. */
  long MEMORY = 500;

  /**
   * A spec with its evaluated boundaries.
   *
   * @param spec the policy
   * @param boundaries its bins
   */
  record Case(PolicySpec spec, BinBoundaries boundaries) {}

  /** The specs to test. */
  List<Case> specs();

  private void forEach(java.util.function.Consumer<StepScenario> test) {
    for (Case tested : specs()) {
      for (int servers : new int[] {1, 2, 5}) {
        for (long seed = 0; seed < 40; seed++) {
          StepScenario scenario =
              StepScenario.random(seed).with(tested.spec(), tested.boundaries(), servers);
          test.accept(seed % 2 == 0 ? scenario : scenario.inGroups());
        }
      }
    }
  }

  @Test
  default void keepsTheInvariants() {
    forEach(
        scenario -> {
          Audit audit = new Audit(scenario);
          StepKernel kernel = scenario.kernel(true, audit);
          audit.kernel = kernel;
          RequestCounts end = kernel.run();
          audit.check();
          assertEquals(scenario.lengths().size(), end.arrived());
          assertEquals(0, end.inService());
          assertEquals(audit.tokensOfRequests, audit.tokensOfSteps);
        });
  }

  @Test
  default void equalSpecsBehaveAlike() {
    forEach(
        scenario ->
            StepScenario.assertSame(
                scenario.run(false), scenario.run(true), 0, scenario.policy().toString()));
  }

  /**
   * As {@link PolicyBattery} has it, steps taken together or not, which makes no difference. Some
   * requests are preempted.
   */
  @ParameterizedTest
  @EnumSource(ImpatienceAudit.Kind.class)
  default void booksBalanceThoughClientsGiveUp(ImpatienceAudit.Kind kind) {
    long[] sums = new long[2];
    forEach(
        scenario -> {
          int servers = scenario.servers();
          boolean fail = servers == 5;
          double[] arrivals = scenario.arrivals().stream().mapToDouble(time -> time).toArray();
          double[] lengths = scenario.lengths().stream().mapToDouble(length -> length).toArray();
          RequestCounts merged = null;
          for (boolean merge : new boolean[] {false, true}) {
            ImpatienceAudit audit =
                new ImpatienceAudit(kind, arrivals, lengths, 30, servers == 2, fail);
            StepKernel kernel =
                new StepKernel(
                    audit.source(scenario.source(), servers == 1 ? Integer.MAX_VALUE : 20),
                    scenario
                        .policy()
                        .create(
                            new PolicySetting(
                                scenario.boundaries(), servers, ObservedBoundaries.ESTIMATOR)),
                    scenario.costs(),
                    scenario.rules(),
                    new ServerPool(
                        servers,
                        List.of(),
                        fail
                            ? new ServerPool.Failures(
                                new Exponential(0.02),
                                new Exponential(0.1),
                                scenario.lengths().size() % 2 == 0)
                            : null,
                        List.of()),
                    fail ? new RandomStreams(19, 1).stream(0, StreamName.FAILURES) : null,
                    scenario.policy().batchSize(),
                    merge,
                    List.of(audit));
            audit.of(kernel::counts);
            RequestCounts end = kernel.run();
            audit.end(end, scenario.policy().toString());
            assertTrue(!merge || end.equals(merged), scenario.policy().toString());
            merged = end;
            sums[0] += audit.givenUp();
            sums[1] += audit.answered();
          }
        });
    assertTrue(sums[0] > 1_000 && sums[1] > 1_000, sums[0] + " gave up, " + sums[1] + " did not");
  }

  /** As {@link PolicyBattery} has it; requests that were preempted included. */
  @Test
  default void predictedBinsAreEnoughUnlessItSaysThatItReadsLengths() {
    forEach(
        scenario -> {
          LengthPredictor bins =
              new SymmetricError(0)
                  .create(
                      new RandomStreams(13, 1).stream(0, StreamName.PREDICTION),
                      scenario.boundaries());
          if (scenario.policy().readsLengths()) {
            assertThrows(IllegalStateException.class, () -> scenario.run(true, bins));
          } else {
            StepScenario.assertSame(
                scenario.run(true), scenario.run(true, bins), 0, scenario.policy().toString());
          }
        });
  }

  /** Checks the invariants at every event. */
  final class Audit extends Run.Recorder {
    private final StepScenario scenario;
    private final Map<Integer, Double> ends = new HashMap<>();
    private StepKernel kernel;
    private double now;
    private long tokensOfSteps;
    private long tokensOfRequests;

    @SuppressWarnings("NullAway.Init")
    Audit(StepScenario scenario) {
      this.scenario = scenario;
    }

    private void check() {
      RequestCounts counts = kernel.counts();
      assertEquals(counts.arrived(), counts.waiting() + counts.inService() + counts.completed());
    }

    private void at(double time) {
      assertTrue(time >= now, "the clock ran back from " + now + " to " + time);
      now = time;
    }

    @Override
    public void arrived(long id, double time) {
      at(time);
    }

    @Override
    public void stepped(ServedSteps steps) {
      check();
      at(steps.startTime() + steps.seconds());
      assertTrue(steps.running() >= 1 && steps.running() <= scenario.policy().batchSize());
      assertTrue(steps.decoding() <= steps.running());
      assertTrue(steps.memory() <= scenario.rules().memoryLimit(), "memory " + steps.memory());
      Double before = ends.put(steps.server(), now);
      assertTrue(before == null || before <= steps.startTime());
      assertTrue(steps.server() < scenario.servers());
      tokensOfSteps += steps.steps() * steps.decoding();
    }

    @Override
    public void left(ServedRequest request, double time) {
      check();
      at(time);
      assertTrue(request.arrivalTime() <= request.joinTime());
      assertTrue(request.joinTime() < request.firstTokenTime());
      assertTrue(request.firstTokenTime() <= time);
      assertTrue(time - request.joinTime() >= request.secondsAlone() * (1 - 1e-9) - sharedJoin());
      tokensOfRequests += request.tokens();
    }

    /** What a request saves at most by joining together with others. */
    private double sharedJoin() {
      return scenario.costs().joinSeconds();
    }
  }
}
