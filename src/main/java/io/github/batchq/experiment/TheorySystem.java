package io.github.batchq.experiment;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.random.Law;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.theory.AffineService;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.workload.PredictorSpec;
import org.jspecify.annotations.Nullable;

/** A scenario as theory sees it. */
final class TheorySystem {
  private TheorySystem() {}

  /**
   * The system of full batches that the parts of a scenario make; null where theory does not cover
   * the policy, or the predictor's errors are not those of bins.
   */
  static @Nullable BatchSystem of(
      Law lengths,
      LongestRequest service,
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
   * the predictor's errors are not those of bins.
   */
  static @Nullable BatchSystem ofBins(
      Law lengths,
      LongestRequest service,
      PredictorSpec predictor,
      PolicySpec policy,
      BinBoundaries boundaries,
      Servers servers) {
    int bins = boundaries.bins();
    // With one bin it does not matter what is predicted.
    ConfusionMatrix confusion = bins == 1 ? ConfusionMatrix.identity(1) : predictor.confusion(bins);
    return confusion != null
        ? new BatchSystem(
            lengths,
            boundaries,
            policy.batchSize(),
            new AffineService(service.offset(), service.secondsPerUnit()),
            servers.count(),
            confusion)
        : null;
  }
}
