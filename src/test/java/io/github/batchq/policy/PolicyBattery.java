package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.scenario.ObservedBoundaries;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.sim.ImpatienceAudit;
import io.github.batchq.sim.Kernel;
import io.github.batchq.sim.PlannedDrain;
import io.github.batchq.sim.RequestCounts;
import io.github.batchq.sim.Run;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.sim.SimulationListener;
import io.github.batchq.workload.ArrivalSpec;
import io.github.batchq.workload.BulkArrivals;
import io.github.batchq.workload.LengthPredictor;
import io.github.batchq.workload.PoissonArrivals;
import io.github.batchq.workload.RenewalProcess;
import io.github.batchq.workload.SymmetricError;
import io.github.batchq.workload.Traces;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every policy must pass. A test class implements {@link #specs()} and inherits the rest: the
 * counts balance at every event, a policy is asked when all of a moment have arrived, no batch is
 * too large, its members are in the order of arrival, the clock never runs back, requests of one
 * bin start in the order of their arrival (where the policy does not reorder them) and leave while
 * their batch is in service, its longest at the end, and equal specs behave alike.
 */
public interface PolicyBattery {
  /** Lengths of the battery's requests are U(1,20). */
  Uniform LENGTHS = new Uniform(1, 20);

  /** Requests of a run; most batches leave some over. */
  int REQUESTS = 5_003;

  /**
   * A spec with its evaluated boundaries.
   *
   * @param spec the policy
   * @param boundaries its bins
   */
  record Case(PolicySpec spec, BinBoundaries boundaries) {
    /** The policy of a run on so many servers. */
    BatchingPolicy create(int servers) {
      return spec.create(new PolicySetting(boundaries, servers, ObservedBoundaries.ESTIMATOR));
    }
  }

  /** Numbers of servers. */
  static List<Integer> servers() {
    return List.of(1, 3, 16, Kernel.INFINITE_SERVERS);
  }

  /** The specs to test. */
  List<Case> specs();

  /** The specs to test that can run on so many servers. */
  private List<Case> specs(int servers) {
    return specs().stream()
        .filter(tested -> servers != Kernel.INFINITE_SERVERS || !tested.spec().bindsServers())
        .toList();
  }

  /** Whether requests of one bin leave in the order of their arrival; true unless it is changed. */
  default boolean firstComeFirstServedInBins() {
    return true;
  }

  @ParameterizedTest
  @MethodSource("io.github.batchq.policy.PolicyBattery#servers")
  default void keepsTheInvariants(int servers) {
    for (Case tested : specs(servers)) {
      for (double rate : new double[] {0.05, 0.5, 5}) {
        RandomStreams streams = new RandomStreams(7, 1);
        double[] lengths =
            Run.draw(LENGTHS.sampler(streams.stream(0, StreamName.SERVICE)), REQUESTS);
        keepsTheInvariants(tested, servers, times(new PoissonArrivals(rate)), lengths);
        double[] groups = times(new BulkArrivals(rate, new Uniform(1, 9)));
        keepsTheInvariants(tested, servers, groups, lengths);
        // In whole seconds groups meet each other and the ends of batches.
        keepsTheInvariants(tested, servers, whole(groups), whole(lengths));
      }
    }
  }

  private static double[] times(ArrivalSpec arrivals) {
    return Run.draw(
        arrivals
            .create(new Traces(), () -> Double.NaN)
            .arrivalTimes(new RandomStreams(7, 1).stream(0, StreamName.ARRIVALS)),
        REQUESTS);
  }

  private static double[] whole(double[] times) {
    return DoubleStream.of(times).map(Math::floor).toArray();
  }

  private void keepsTheInvariants(Case tested, int servers, double[] times, double[] lengths) {
    Audit audit = new Audit(tested.spec(), firstComeFirstServedInBins());
    audit.times = times;
    Kernel kernel =
        new Kernel(
            Run.source(times, lengths),
            tested.create(servers),
            LongestRequest.SECONDS,
            servers,
            tested.spec().batchSize(),
            tested.spec().serving().leavesEarly(),
            List.of(audit));
    audit.kernel = kernel;
    RequestCounts end = kernel.run();
    audit.check();
    assertEquals(REQUESTS, end.arrived());
    assertEquals(0, end.inService());
    assertEquals(end.arrived(), end.waiting() + end.completed());
  }

  /** Thousands of failures on servers of different speeds, one of which is drained twice. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void booksBalanceThoughServersFail(boolean retry) {
    for (Case tested : specs()) {
      for (int servers : new int[] {1, 3}) {
        ServerPool pool =
            new ServerPool(
                servers,
                Stream.of(1.0, 0.5, 2.0).limit(servers).toList(),
                new ServerPool.Failures(new Exponential(0.04), new Exponential(0.2), retry),
                List.of(
                    new PlannedDrain(0, 100, 300.0),
                    new PlannedDrain(servers - 1, 1_000, 1_100.0)));
        RandomStreams streams = new RandomStreams(11, 1);
        Audit audit = new Audit(tested.spec(), firstComeFirstServedInBins() && !retry);
        Kernel kernel =
            new Kernel(
                Run.source(streams, 0, new Exponential(0.3), LENGTHS, REQUESTS),
                tested.create(servers),
                LongestRequest.SECONDS,
                pool,
                streams.stream(0, StreamName.FAILURES),
                tested.spec().batchSize(),
                tested.spec().serving().leavesEarly(),
                List.of(audit));
        audit.kernel = kernel;
        RequestCounts end = kernel.run();
        audit.check();
        if (end.waiting() < end.arrived()) {
          assertTrue(audit.failures > 500 * servers, "only " + audit.failures + " failures");
          assertTrue(audit.interrupted > 50, "only " + audit.interrupted + " were interrupted");
        }
        assertEquals(REQUESTS, end.arrived());
        assertEquals(0, end.inService());
        assertEquals(retry ? 0 : audit.interrupted, end.lost());
        assertEquals(end.arrived(), end.waiting() + end.completed() + end.lost());
      }
    }
  }

  /**
   * Clients give up in the queue or anywhere, ask again or not, on servers that fail or not, and
   * more of them come than are let in. Every policy meets the same patience.
   */
  @ParameterizedTest
  @EnumSource(ImpatienceAudit.Kind.class)
  default void booksBalanceThoughClientsGiveUp(ImpatienceAudit.Kind kind) {
    int requests = 1_503;
    RandomStreams streams = new RandomStreams(19, 1);
    double[] lengths = Run.draw(LENGTHS.sampler(streams.stream(0, StreamName.SERVICE)), requests);
    for (Case tested : specs()) {
      long givenUp = 0;
      long answered = 0;
      for (int variant = 0; variant < 8; variant++) {
        boolean whole = variant % 2 == 1;
        int servers = variant % 4 < 2 ? 1 : 3;
        boolean fail = variant >= 4;
        double[] times =
            Arrays.copyOf(times(new BulkArrivals(0.3 * servers, new Uniform(1, 5))), requests);
        double[] arrivals = whole ? whole(times) : times;
        double[] own = whole ? whole(lengths) : lengths;
        ImpatienceAudit audit = new ImpatienceAudit(kind, arrivals, own, 60, whole, fail);
        ServerPool pool =
            fail
                ? new ServerPool(
                    servers,
                    List.of(),
                    new ServerPool.Failures(
                        new Exponential(0.02), new Exponential(0.1), variant < 6),
                    List.of())
                : ServerPool.of(servers);
        Kernel kernel =
            new Kernel(
                audit.source(
                    Run.source(arrivals, own),
                    variant == 3 || variant == 4 ? 40 : Integer.MAX_VALUE),
                tested.create(servers),
                LongestRequest.SECONDS,
                pool,
                fail ? streams.stream(0, StreamName.FAILURES) : null,
                tested.spec().batchSize(),
                tested.spec().serving().leavesEarly(),
                List.of(audit));
        audit.of(kernel::counts);
        audit.end(kernel.run(), tested.spec() + ", variant " + variant);
        givenUp += audit.givenUp();
        answered += audit.answered();
      }
      // Of a window of thousands somebody always gives up.
      assertTrue(answered > 100 || tested.spec().leastCompany() > 1_000, tested.spec().toString());
      assertTrue(givenUp > 100, tested.spec() + ": only " + givenUp + " gave up");
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.batchq.policy.PolicyBattery#servers")
  default void equalSpecsBehaveAlikeAndShareNothing(int servers) {
    for (Case tested : specs(servers)) {
      BatchingPolicy first = tested.create(servers);
      BatchingPolicy second = tested.create(servers);
      assertEquals(tested.spec().bindsServers(), first.choosesServers());
      assertNotSame(first, second);
      double[] times = new double[503];
      double[] lengths = new double[times.length];
      for (int i = 0; i < times.length; i++) {
        times[i] = i;
        lengths[i] = 1 + (i * 7) % 19;
      }
      assertArrayEquals(
          Run.kernelLatencies(times, lengths, first, servers, tested.spec().batchSize()),
          Run.kernelLatencies(times, lengths, second, servers, tested.spec().batchSize()));
    }
  }

  /**
   * A policy that does not say that it reads lengths does with predicted bins alone, which are
   * right, what it does with lengths that are right; one that says so is refused if it asks.
   */
  @ParameterizedTest
  @MethodSource("io.github.batchq.policy.PolicyBattery#servers")
  default void predictedBinsAreEnoughUnlessItSaysThatItReadsLengths(int servers) {
    RandomStreams streams = new RandomStreams(13, 1);
    int requests = 1_003;
    double[] times =
        Run.draw(
            new RenewalProcess(new Exponential(0.5))
                .arrivalTimes(streams.stream(0, StreamName.ARRIVALS)),
            requests);
    double[] lengths = Run.draw(LENGTHS.sampler(streams.stream(0, StreamName.SERVICE)), requests);
    for (Case tested : specs(servers)) {
      int batchSize = tested.spec().batchSize();
      LengthPredictor bins =
          new SymmetricError(0)
              .create(streams.stream(0, StreamName.PREDICTION), tested.boundaries());
      Supplier<double[]> ofBins =
          () ->
              Run.kernelLatencies(
                  Run.source(times, lengths, bins),
                  requests,
                  tested.create(servers),
                  servers,
                  batchSize);
      double[] found;
      try {
        found = ofBins.get();
      } catch (IllegalStateException e) {
        assertTrue(tested.spec().readsLengths(), tested.spec() + ": " + e.getMessage());
        continue;
      }
      assertArrayEquals(
          Run.kernelLatencies(times, lengths, tested.create(servers), servers, batchSize),
          found,
          tested.spec().toString());
    }
  }

  /** Times in system of requests of the battery, Poisson with a rate, to compare policies by. */
  static double[] latencies(double rate, BatchingPolicy policy, int servers, int batchSize) {
    RandomStreams streams = new RandomStreams(3, 1);
    int requests = REQUESTS;
    return Run.kernelLatencies(
        Run.draw(
            new RenewalProcess(new Exponential(rate))
                .arrivalTimes(streams.stream(0, StreamName.ARRIVALS)),
            requests),
        Run.draw(LENGTHS.sampler(streams.stream(0, StreamName.SERVICE)), requests),
        policy,
        servers,
        batchSize);
  }

  /** Checks the invariants at every event. */
  final class Audit implements SimulationListener {
    private final PolicySpec spec;
    private final boolean inOrder;
    private final Map<Integer, Long> lastOfBin = new HashMap<>();
    private Kernel kernel;
    private double[] times = {};
    private double now;
    private int failures;
    private int interrupted;

    @SuppressWarnings("NullAway.Init")
    Audit(PolicySpec spec, boolean inOrder) {
      this.spec = spec;
      this.inOrder = inOrder;
    }

    private void at(double time) {
      assertTrue(time >= now, "the clock ran back from " + now + " to " + time);
      now = time;
    }

    private void check() {
      RequestCounts counts = kernel.counts();
      assertEquals(
          counts.arrived(),
          counts.waiting() + counts.inService() + counts.completed() + counts.lost());
    }

    @Override
    public void arrived(long id, double time) {
      at(time);
    }

    @Override
    public void dispatched(ServedBatch batch) {
      at(batch.startTime());
      check();
      int arrived = (int) kernel.counts().arrived();
      assertTrue(
          arrived >= times.length || times[arrived] > now, "request " + arrived + " was not seen");
      assertTrue(batch.size() <= spec.batchSize());
      assertTrue(batch.formedTime() <= batch.startTime());
      for (int i = 0; i < batch.size(); i++) {
        long id = batch.id(i);
        assertTrue(i == 0 || batch.id(i - 1) < id, "members are not in the order of arrival");
        Long last = lastOfBin.put(batch.bin(), id);
        assertTrue(
            !inOrder || last == null || last < id, "request " + id + " left its bin after " + last);
        assertTrue(batch.arrivalTime(i) <= batch.formedTime());
      }
    }

    @Override
    public void serverFailed(int server, double time) {
      at(time);
      check();
      failures++;
    }

    @Override
    public void serverRepaired(int server, double time) {
      at(time);
      check();
    }

    @Override
    public void interrupted(ServedBatch batch, boolean retry, double time) {
      at(time);
      check();
      for (int i = 0; i < batch.size(); i++) {
        interrupted += batch.departureTime(i) > time ? 1 : 0;
      }
    }

    @Override
    public void completed(ServedBatch batch, double time) {
      at(time);
      check();
      assertEquals(spec.serving().leavesEarly(), batch.leavesEarly());
      double last = 0;
      for (int i = 0; i < batch.size(); i++) {
        double departureTime = batch.departureTime(i);
        assertTrue(departureTime >= batch.startTime() && departureTime <= time);
        assertTrue(spec.serving().leavesEarly() || departureTime == time);
        last = Math.max(last, departureTime);
      }
      assertEquals(time, last, "nobody stays to the end");
    }
  }
}
