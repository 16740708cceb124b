package io.github.batchq.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.batchq.expectation.PolicyTheory;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.policy.Decision;
import io.github.batchq.policy.FreeServers;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.PolicySetting;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.Uniform;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.workload.LognormalNoise;
import io.github.batchq.workload.PoissonArrivals;
import io.github.batchq.workload.Request;
import io.github.batchq.workload.Trace.LengthUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever the policy does, a replication gives it the same requests. */
class CommonRandomNumbersTest {
  private static final long REQUESTS = 5000;

  /** What a request is. */
  private record Seen(long id, double arrivalTime, double length, double predictedLength) {}

  /** A policy that writes down what arrives, and else does what another does. */
  private record Recording(PolicySpec policy, List<Seen> seen) implements PolicySpec {
    @Override
    public int batchSize() {
      return policy.batchSize();
    }

    @Override
    public int bins() {
      return policy.bins();
    }

    @Override
    public @Nullable BoundaryChoice boundaries() {
      return policy.boundaries();
    }

    @Override
    public BatchingPolicy create(PolicySetting setting) {
      BatchingPolicy inner = policy.create(setting);
      return new BatchingPolicy() {
        @Override
        public void enqueue(QueuedRequest request) {
          double length = ((Request) request).length();
          seen.add(
              new Seen(request.id(), request.arrivalTime(), length, request.predictedLength()));
          inner.enqueue(request);
        }

        @Override
        public Decision decide(double now, FreeServers free) {
          return inner.decide(now, free);
        }

        @Override
        public void arrivalsEnded(double now) {
          inner.arrivalsEnded(now);
        }

        @Override
        public int waiting() {
          return inner.waiting();
        }
      };
    }
  }

  private static List<Seen> requests(
      PolicySpec policy, int servers, RandomStreams streams, int replication) {
    List<Seen> seen = new ArrayList<>();
    Scenario scenario =
        new Scenario(
            new PoissonArrivals(0.5),
            new ServiceSpec(
                new LengthSpec.FromLaw(new Uniform(1, 20)),
                LengthUnit.SECONDS,
                LongestRequest.SECONDS),
            new LognormalNoise(0.5),
            new Recording(policy, seen),
            new ServerSpec(servers),
            REQUESTS,
            WarmUp.NONE);
    PreparedScenario prepared =
        PreparedScenario.of(
            scenario, new Inputs(BadRows.none(), PolicyTheory::knownCapacity), "test", "");
    new Replication(prepared, streams, replication).run();
    assertEquals(REQUESTS, seen.size());
    return seen;
  }

  @Test
  void allPoliciesMeetTheSameRequests() {
    RandomStreams streams = new RandomStreams(3, 3);
    for (int replication = 0; replication < 3; replication++) {
      List<Seen> standard = requests(new StandardBatching(8), 1, streams, replication);
      assertEquals(
          standard,
          requests(new MultiBinBatching(4, "equal-mass", 8), 1, streams, replication),
          "request by request");
      assertEquals(standard, requests(new StandardBatching(64), 3, streams, replication));
      // More streams, as a selection lays them out, do not change the first ones.
      assertEquals(
          standard, requests(new StandardBatching(8), 1, new RandomStreams(3, 1000), replication));
    }
    assertNotEquals(
        requests(new StandardBatching(8), 1, streams, 0),
        requests(new StandardBatching(8), 1, streams, 1));
  }
}
