package io.github.batchq.scenario;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.random.Law;
import io.github.batchq.random.Truncated;
import io.github.batchq.service.AffineBatch;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.workload.PredictorSpec;
import org.jspecify.annotations.Nullable;

/**
 * A prepared scenario without its arrivals: the requests and all that serves them, whatever the
 * rate at which they come. It is what a capacity depends on.
 *
 * @param lengthLaw law of the true lengths
 * @param promptLaw law of the prompts; null where requests have none
 * @param service service time of a batch
 * @param predictor what the policy is told
 * @param policy the policy
 * @param boundaries its bins, as far as they are known beforehand
 * @param servers the servers
 */
public record ScenarioWithoutArrivals(
    Law lengthLaw,
    @Nullable Law promptLaw,
    ServiceTimeModel service,
    PredictorSpec predictor,
    PolicySpec policy,
    BinBoundaries boundaries,
    ServerPool servers) {

  /** The same on one server of speed 1 that is always there. */
  public ScenarioWithoutArrivals onOneServer() {
    return new ScenarioWithoutArrivals(
        lengthLaw, promptLaw, service, predictor, policy, boundaries, ServerPool.of(1));
  }

  /** The service as theory sees it; null where theory does not cover it. */
  public @Nullable BatchTime batchTime() {
    AffineBatch affine = service.affine();
    return affine == null
        ? null
        : new BatchTime(affine.alpha(), affine.beta(), affine.gamma(), affine.delta());
  }

  /**
   * The system of full batches that this is; null where the policy is another, or theory does not
   * cover the service, or the predictor's errors are not those of bins.
   */
  public @Nullable BatchSystem fullBatches() {
    return policy.serving().inFullBatches() ? bins() : null;
  }

  /**
   * The bins, batch size and servers, whatever makes batches leave; null where theory does not
   * cover the service, or the predictor's errors are not those of bins.
   */
  public @Nullable BatchSystem bins() {
    return bins(boundaries);
  }

  /** As {@link #bins()}, with all requests in one bin. */
  public @Nullable BatchSystem oneBin() {
    return bins(BinBoundaries.none());
  }

  /** As {@link #bins()}, with other boundaries. */
  public @Nullable BatchSystem bins(BinBoundaries others) {
    int bins = others.bins();
    // With one bin it does not matter what is predicted.
    ConfusionMatrix confusion = bins == 1 ? ConfusionMatrix.identity(1) : predictor.confusion(bins);
    BatchTime time = batchTime();
    return confusion != null && time != null
        ? new BatchSystem(lengthLaw, others, policy.batchSize(), time, servers.count(), confusion)
        : null;
  }

  /** Share of the requests whose length is in a bin. */
  public double binMass(int bin) {
    return lengthLaw.atLeast(boundaries.lower(bin)) - lengthLaw.atLeast(boundaries.upper(bin));
  }

  /** Law of the lengths in a bin that receives requests. */
  public Law binLaw(int bin) {
    double upper = boundaries.upper(bin);
    return boundaries.bins() == 1
        ? lengthLaw
        : new Truncated(
            lengthLaw,
            boundaries.lower(bin),
            // A bin does not hold its upper end, a truncated law does.
            upper == Double.POSITIVE_INFINITY ? upper : Math.nextDown(upper));
  }
}
