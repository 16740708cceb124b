package io.github.batchq.experiment;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.random.Law;
import io.github.batchq.service.AffineBatch;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.service.RangedService;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.workload.PredictorSpec;
import org.jspecify.annotations.Nullable;

/** A scenario as theory sees it. */
final class TheorySystem {
  private TheorySystem() {}

  /** A service model as theory sees it; null where theory does not cover it. */
  static @Nullable BatchTime batchTime(ServiceTimeModel service) {
    if (service instanceof LongestRequest longest) {
      return new BatchTime(longest.offset(), 0, longest.secondsPerUnit());
    }
    if (service instanceof RangedService ranged) {
      return batchTime(ranged.model());
    }
    return service instanceof AffineBatch affine
        ? new BatchTime(affine.alpha(), affine.beta(), affine.gamma(), affine.delta())
        : null;
  }

  /**
   * The system of full batches that the parts of a scenario make; null where theory does not cover
   * the policy or the service, or the predictor's errors are not those of bins.
   */
  static @Nullable BatchSystem of(
      Law lengths,
      ServiceTimeModel service,
      PredictorSpec predictor,
      PolicySpec policy,
      BinBoundaries boundaries,
      Servers servers) {
    return policy.fullBatches() == null
        ? null
        : ofBins(lengths, service, predictor, policy, boundaries, servers);
  }

  /**
   * The bins, batch size and servers of a scenario, whatever makes its batches leave; null where
   * theory does not cover the service, or the predictor's errors are not those of bins.
   */
  static @Nullable BatchSystem ofBins(
      Law lengths,
      ServiceTimeModel service,
      PredictorSpec predictor,
      PolicySpec policy,
      BinBoundaries boundaries,
      Servers servers) {
    int bins = boundaries.bins();
    // With one bin it does not matter what is predicted.
    ConfusionMatrix confusion = bins == 1 ? ConfusionMatrix.identity(1) : predictor.confusion(bins);
    BatchTime time = batchTime(service);
    return confusion != null && time != null
        ? new BatchSystem(lengths, boundaries, policy.batchSize(), time, servers.count(), confusion)
        : null;
  }
}
