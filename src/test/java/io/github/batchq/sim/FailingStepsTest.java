package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.policy.PolicySetting;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.workload.RequestSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that join and leave running batches on servers that differ and fail, with memory,
 * chunks, prompts and bins: the counts balance at every event, nobody is served twice or forgotten,
 * and steps that are taken together end as steps that are taken one by one.
 */
@Tag("long")
class FailingStepsTest {
  private static final int SCENARIOS = 70;

  /** Watches the counts. */
  private static final class Watch extends Run.Recorder {
    private final StepScenario scenario;
    private final double[] departures;
    private final int[] interruptions;
    private final boolean[] lost;
    private @Nullable StepKernel kernel;
    private long failures;
    private long down;
    private double generated;
    private double lastFailure = Double.NEGATIVE_INFINITY;

    Watch(StepScenario scenario) {
      this.scenario = scenario;
      int requests = scenario.lengths().size();
      departures = new double[requests];
      interruptions = new int[requests];
      lost = new boolean[requests];
    }

    private void balance(long beforeThePolicy) {
      RequestCounts counts = Objects.requireNonNull(kernel).counts();
      assertEquals(
          counts.arrived(),
          counts.waiting()
              + counts.inService()
              + counts.completed()
              + counts.lost()
              + beforeThePolicy,
          counts.toString());
      assertTrue(counts.waiting() >= 0 && counts.inService() >= 0, counts.toString());
    }

    @Override
    public void arrived(long id, double now) {
      // It is given to the policy next.
      balance(1);
    }

    @Override
    public void stepped(ServedSteps steps) {
      generated += (double) steps.steps() * steps.decoding();
      assertTrue(steps.memory() >= 0 && steps.memory() <= scenario.rules().memoryLimit());
      assertTrue(steps.running() <= scenario.policy().batchSize());
    }

    @Override
    public void left(ServedRequest request, double now) {
      int id = (int) request.id();
      assertEquals(0, departures[id], "served twice");
      assertTrue(!lost[id], "served though it is lost");
      assertEquals(interruptions[id], request.interruptions());
      assertTrue(request.joinTime() >= request.arrivalTime());
      assertTrue(request.firstTokenTime() > request.joinTime() && request.firstTokenTime() <= now);
      departures[id] = now;
      balance(0);
    }

    @Override
    public void interrupted(ServedRequest request, boolean retry, double now) {
      int id = (int) request.id();
      assertEquals(lastFailure, now, "only where a server fails");
      assertEquals(0, departures[id], "interrupted after it was served");
      interruptions[id]++;
      lost[id] = !retry;
    }

    @Override
    public void serverFailed(int server, double now) {
      failures++;
      down++;
      lastFailure = now;
      assertTrue(down <= scenario.servers());
    }

    @Override
    public void serverRepaired(int server, double now) {
      down--;
      balance(0);
    }
  }

  private static Watch run(StepScenario scenario, long seed, boolean retry, boolean merge) {
    Random random = new Random(seed);
    List<Double> speeds = new ArrayList<>();
    for (int server = 0; server < scenario.servers(); server++) {
      speeds.add(0.5 + random.nextDouble());
    }
    // A request alone takes some tens of seconds here.
    ServerPool pool =
        new ServerPool(
            scenario.servers(),
            speeds,
            new ServerPool.Failures(
                new Exponential(0.01 * (1 + random.nextInt(3))), new Uniform(1, 30), retry),
            List.of());
    Watch watch = new Watch(scenario);
    StepKernel kernel =
        new StepKernel(
            new RequestSource(
                supplier(scenario.arrivals()),
                supplier(scenario.lengths()),
                (length, promptTokens) -> length,
                scenario.prompts().stream().mapToInt(prompt -> prompt).iterator()::nextInt,
                scenario.lengths().size()),
            scenario
                .policy()
                .create(
                    new PolicySetting(
                        scenario.boundaries(),
                        scenario.servers(),
                        PolicySetting.of(scenario.boundaries()).estimator())),
            scenario.costs(),
            scenario.rules(),
            pool,
            new RandomStreams(seed, 1).stream(0, StreamName.FAILURES),
            scenario.policy().batchSize(),
            merge,
            List.of(watch));
    watch.kernel = kernel;
    RequestCounts counts = kernel.run();
    assertEquals(counts.arrived(), counts.completed() + counts.lost());
    assertEquals(0, counts.inService());
    assertEquals(counts.completed(), DoubleStream.of(watch.departures).filter(t -> t > 0).count());
    return watch;
  }

  private static DoubleSupplier supplier(List<Double> values) {
    int[] next = {0};
    return () -> values.get(next[0]++);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theBooksBalanceOverThousandsOfFailures(boolean retry) {
    long failures = 0;
    long interrupted = 0;
    for (long seed = 0; seed < SCENARIOS; seed++) {
      StepScenario random = StepScenario.random(seed);
      StepScenario scenario = seed % 2 == 0 ? random : random.inGroups();
      Watch merged = run(scenario, seed, retry, true);
      Watch single = run(scenario, seed, retry, false);
      double tokens = 0;
      for (int i = 0; i < merged.departures.length; i++) {
        assertEquals(merged.departures[i], single.departures[i], 1e-9 * (1 + merged.departures[i]));
        assertEquals(merged.interruptions[i], single.interruptions[i]);
        assertEquals(merged.departures[i] == 0, merged.lost[i], "lost or served");
        tokens += merged.lost[i] ? 0 : Math.max(1, Math.ceil(scenario.lengths().get(i)));
        interrupted += merged.interruptions[i];
      }
      // Whoever was served got all tokens; those who lost their server got some in vain.
      assertTrue(merged.generated >= tokens, merged.generated + " of " + tokens);
      failures += merged.failures;
    }
    assertTrue(failures > 2_000, failures + " failures");
    assertTrue(interrupted > 1_000, interrupted + " interruptions");
  }
}
