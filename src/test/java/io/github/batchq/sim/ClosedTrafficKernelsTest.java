package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.PolicySetting;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.policy.StepRules;
import io.github.batchq.policy.WaitThreshold;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.workload.ArrivingRequests;
import io.github.batchq.workload.ClosedProcess;
import io.github.batchq.workload.LimitedRequests;
import io.github.batchq.workload.RoundProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import umontreal.ssj.rng.RandomStream;

/** Arrivals that departures cause, in the order of things at one instant and in merged steps. */
class ClosedTrafficKernelsTest {
  /** These processes draw nothing but what they are given. */
  private static RandomStream noStream(StreamName name) {
    throw new AssertionError("stream " + name);
  }

  private static ArrivingRequests clients(int number, Law think, Law lengths, int requests) {
    ClosedProcess process = new ClosedProcess(number, think, 0);
    return process.arriving(
        Run.source(new RandomStreams(5, 1), 0, think, lengths, Long.MAX_VALUE),
        requests,
        ClosedTrafficKernelsTest::noStream);
  }

  /** Writes down what happens. */
  private static final class Told implements SimulationListener {
    private final List<String> events = new ArrayList<>();

    @Override
    public void arrived(long id, double now) {
      events.add(now + " arrived " + id);
    }

    @Override
    public void dispatched(ServedBatch batch) {
      events.add(batch.startTime() + " dispatched " + batch.size());
    }

    @Override
    public void completed(ServedBatch batch, double now) {
      events.add(now + " completed " + batch.size());
    }

    @Override
    public void left(ServedRequest request, double now) {
      events.add(now + " left " + request.id());
    }
  }

  /** Completions of an instant come before the arrivals that they cause, and these are together. */
  @Test
  void causedArrivalsComeAfterAllCompletions() {
    // Zero gaps of the deaf source stand for pauses of no time.
    ArrivingRequests source =
        new ClosedProcess(4, new Deterministic(0), 0)
            .arriving(Run.source(new double[40], ones(40)), 8, ClosedTrafficKernelsTest::noStream);
    Told told = new Told();
    RequestCounts counts =
        new Kernel(
                source,
                new DynamicBatching(2, null, null).create(BinBoundaries.none()),
                LongestRequest.SECONDS,
                2,
                2,
                List.of(told))
            .run();
    assertEquals(
        List.of(
            "0.0 arrived 0",
            "0.0 arrived 1",
            "0.0 arrived 2",
            "0.0 arrived 3",
            "0.0 dispatched 2",
            "0.0 dispatched 2",
            "1.0 completed 2",
            "1.0 completed 2",
            "1.0 arrived 4",
            "1.0 arrived 5",
            "1.0 arrived 6",
            "1.0 arrived 7",
            "1.0 dispatched 2",
            "1.0 dispatched 2",
            "2.0 completed 2",
            "2.0 completed 2"),
        told.events);
    assertEquals(new RequestCounts(8, 0, 0, 8, 0), counts);
  }

  /** A request that its client held is sent after all that ends at this instant. */
  @Test
  void heldRequestsAreSentTogether() {
    Told told = new Told();
    new Kernel(
            new LimitedRequests(Run.source(new double[] {0, 0, 0, 0, 0.5, 1}, ones(6)), 4),
            new DynamicBatching(2, null, null).create(BinBoundaries.none()),
            LongestRequest.SECONDS,
            2,
            2,
            List.of(told))
        .run();
    assertEquals(
        List.of("0.5 arrived 4", "1.0 arrived 5", "1.0 completed 2", "1.0 completed 2"),
        told.events.subList(6, 10));
    assertEquals("1.0 dispatched 2", told.events.get(10));
  }

  private static double[] ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static List<String> steps(ArrivingRequests source, PolicySpec policy, boolean merge) {
    Told told = new Told();
    RequestCounts counts =
        new StepKernel(
                source,
                policy.create(PolicySetting.of(BinBoundaries.none())),
                new TokenCosts(0.5, 0.1, 0, 1, 0.05, 0, 0),
                StepRules.PLAIN,
                2,
                policy.batchSize(),
                merge,
                List.of(told))
            .run();
    assertEquals(0, counts.waiting() + counts.inService() + counts.lost());
    assertEquals(counts.arrived(), counts.completed());
    return told.events;
  }

  /** Whether steps are merged makes no difference, whatever is told of departures. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12})
  void mergedStepsTellDeparturesAtTheSameTimes(int batchSize) {
    Law lengths = new Exponential(0.05);
    Law think = new Exponential(0.02);
    for (PolicySpec policy :
        List.of(
            new ContinuousBatching(batchSize),
            new WaitThreshold(batchSize, 1, null, batchSize, null, null))) {
      List<String> merged = steps(clients(9, think, lengths, 700), policy, true);
      assertEquals(steps(clients(9, think, lengths, 700), policy, false), merged);
      assertEquals(1400, merged.size());
      List<String> limited =
          steps(new LimitedRequests(clients(9, think, lengths, 700), 4), policy, true);
      assertEquals(
          steps(new LimitedRequests(clients(9, think, lengths, 700), 4), policy, false), limited);
    }
  }

  /** A round is served to its end though its last requests are too few for a full batch. */
  @Test
  void roundsFlushWhatNobodyJoins() {
    ArrivingRequests source =
        new RoundProcess(5, new Deterministic(3))
            .arriving(
                Run.source(new double[] {3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3}, ones(11)),
                10,
                ClosedTrafficKernelsTest::noStream);
    Told told = new Told();
    new Kernel(
            source,
            new StandardBatching(4).create(BinBoundaries.none()),
            LongestRequest.SECONDS,
            1,
            4,
            List.of(told))
        .run();
    assertTrue(told.events.contains("1.0 dispatched 1"), told.events.toString());
    assertEquals("7.0 completed 1", told.events.get(told.events.size() - 1));
  }
}
