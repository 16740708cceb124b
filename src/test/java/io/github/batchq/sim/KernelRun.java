package io.github.batchq.sim;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.policy.PolicySetting;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.workload.RequestSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * A run of the event kernel for tests. Unless something else is said there is one server of speed 1
 * that never fails, and a batch takes as many seconds as its longest request is long.
 */
public final class KernelRun {
  private final RequestSource source;
  private final BatchingPolicy policy;
  private final int largestBatch;
  private final boolean leavesEarly;
  private ServiceTimeModel service = LongestRequest.SECONDS;
  private ServerPool servers = ServerPool.of(1);
  private @Nullable RandomStream failures;

  private KernelRun(
      RequestSource source, BatchingPolicy policy, int largestBatch, boolean leavesEarly) {
    this.source = source;
    this.policy = policy;
    this.largestBatch = largestBatch;
    this.leavesEarly = leavesEarly;
  }

  /** Serves requests by a policy of a test's own, in which they stay until their batch ends. */
  public static KernelRun of(RequestSource source, BatchingPolicy policy, int largestBatch) {
    return new KernelRun(source, policy, largestBatch, false);
  }

  /** Serves requests by a policy without boundaries. */
  public static KernelRun of(RequestSource source, PolicySpec policy) {
    return of(source, policy, BinBoundaries.none());
  }

  /** Serves requests by a policy with boundaries. */
  public static KernelRun of(RequestSource source, PolicySpec policy, BinBoundaries boundaries) {
    return of(source, policy, PolicySetting.of(boundaries));
  }

  /** Serves requests by a policy in a setting. */
  public static KernelRun of(RequestSource source, PolicySpec policy, PolicySetting setting) {
    return new KernelRun(
        source, policy.create(setting), policy.batchSize(), policy.serving().leavesEarly());
  }

  /** How long a batch takes on a server of speed 1. */
  public KernelRun service(ServiceTimeModel model) {
    this.service = model;
    return this;
  }

  /** How many servers there are. */
  public KernelRun servers(int count) {
    this.servers = ServerPool.of(count);
    return this;
  }

  /**
   * The servers, which may differ and fail.
   *
   * @param seed of their failures
   */
  public KernelRun servers(ServerPool pool, long seed) {
    this.servers = pool;
    this.failures = new RandomStreams(seed, 1).stream(0, StreamName.FAILURES);
    return this;
  }

  /** Runs, tells the listeners, and returns where the requests are at the end. */
  public RequestCounts tell(SimulationListener... listeners) {
    return new Kernel(
            source,
            policy,
            service,
            servers,
            failures,
            largestBatch,
            leavesEarly,
            List.of(listeners))
        .run();
  }
}
