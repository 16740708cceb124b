package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.model.Require;
import io.github.batchq.random.Law;

/**
 * A multi-bin batching system as the base paper's theory sees it: independent lengths, one forming
 * batch for each bin, a batch leaves its bin when it holds exactly {@code batchSize} requests, full
 * batches are served first come first served, and the longest request holds its batch. One bin is
 * standard batching. A request joins the bin that is predicted for it, which the confusion matrix
 * draws from its true bin.
 *
 * @param law law of the lengths, in the workload's unit
 * @param boundaries the bins, in the same unit
 * @param batchSize requests in a batch B, at least 1
 * @param service seconds of a batch
 * @param servers number of servers c, at least 1
 * @param confusion probabilities of the predicted bins, given the true one
 */
public record BatchSystem(
    Law law,
    BinBoundaries boundaries,
    int batchSize,
    BatchTime service,
    int servers,
    ConfusionMatrix confusion) {
  public BatchSystem {
    Require.ARGUMENT.atLeast("batchSize", batchSize, 1);
    Require.ARGUMENT.atLeast("servers", servers, 1);
    PredictionErrors.requireSize(boundaries, confusion);
  }

  /** A system whose predictions are true. */
  public BatchSystem(
      Law law, BinBoundaries boundaries, int batchSize, BatchTime service, int servers) {
    this(law, boundaries, batchSize, service, servers, ConfusionMatrix.identity(boundaries.bins()));
  }

  /** The same system with a predictor of its bins that errs. */
  public BatchSystem withErrors(ConfusionMatrix errors) {
    return new BatchSystem(law, boundaries, batchSize, service, servers, errors);
  }

  /** The base paper's system: one server, and lengths that are service times in seconds. */
  public static BatchSystem of(Law law, BinBoundaries boundaries, int batchSize) {
    return new BatchSystem(law, boundaries, batchSize, BatchTime.LONGEST, 1);
  }

  /**
   * Mean service time of a batch in seconds: S(B, E_k) of {@link BatchTime} with E_k of equation
   * (2), over predicted bins; infinite where the law's mean is, NaN where that is beyond the range
   * of a double.
   */
  public double meanBatchSeconds() {
    if (law.mean() == Double.POSITIVE_INFINITY) {
      return meanOwnSeconds();
    }
    return service.seconds(
        batchSize,
        confusion.isIdentity()
            ? BatchMaximum.expectedBatchLength(law, boundaries, batchSize)
            : PredictionErrors.expectedBatchLength(law, boundaries, confusion, batchSize));
  }

  /** The share of requests that join each bin. */
  double[] binMasses() {
    return confusion.isIdentity()
        ? BatchMaximum.binProbabilities(law, boundaries)
        : PredictionErrors.predictedProbabilities(law, boundaries, confusion);
  }

  /** Mean service seconds of a batch of the given size from a bin that receives requests. */
  double meanSeconds(int bin, int size) {
    return service.seconds(size, meanLongest(bin, size));
  }

  /** Mean of the longest of some lengths in a bin that receives requests. */
  double meanLongest(int bin, int size) {
    return confusion.isIdentity()
        ? BatchMaximum.expectedMaximum(law, size, boundaries.lower(bin), boundaries.upper(bin))
        : PredictionErrors.expectedMaximum(law, boundaries, confusion, bin, size);
  }

  /**
   * Mean seconds that a request would hold a full batch in which no other request is longer, S(B,
   * E[length]).
   */
  public double meanOwnSeconds() {
    boolean isUnknown = Double.isInfinite(law.mean()) && !law.momentDiverges(1);
    return service.seconds(batchSize, isUnknown ? Double.NaN : law.mean());
  }
}
