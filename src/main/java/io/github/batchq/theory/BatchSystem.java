package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.model.Require;
import io.github.batchq.random.Law;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A multi-bin batching system as the base paper's theory sees it: independent lengths, one forming
 * batch for each bin, a batch leaves its bin when it holds exactly {@code batchSize} requests, full
 * batches are served first come first served, and the longest request holds its batch. One bin is
 * standard batching. A request joins the bin that is predicted for it, which the confusion matrix
 * draws from its true bin.
 *
 * <p>Means of its batches are integrals: each is computed when it is first asked for, and kept, so
 * that one system may be asked for many arrival rates. Immutable otherwise, and safe for use by
 * several threads.
 */
public final class BatchSystem {
  private final Law law;
  private final BinBoundaries boundaries;
  private final int batchSize;
  private final BatchTime service;
  private final int servers;
  private final ConfusionMatrix confusion;
  private @Nullable Double meanBatchSeconds;
  private double @Nullable [] binMasses;
  private LongestLength @Nullable [] longestLengths;

  /** Mean longest length of full batches by bin; NaN where it was not asked for yet. */
  private double @Nullable [] ofFull;

  /** The same of smaller batches, by bin and size. */
  private double @Nullable [][] ofPartial;

  /**
   * A system with a predictor of its bins.
   *
   * @param law law of the lengths, in the workload's unit
   * @param boundaries the bins, in the same unit
   * @param batchSize requests in a batch B, at least 1
   * @param service seconds of a batch
   * @param servers number of servers c, at least 1
   * @param confusion probabilities of the predicted bins, given the true one
   * @throws IllegalArgumentException if a number is out of its range, or the matrix is of another
   *     number of bins
   */
  public BatchSystem(
      Law law,
      BinBoundaries boundaries,
      int batchSize,
      BatchTime service,
      int servers,
      ConfusionMatrix confusion) {
    Require.ARGUMENT.atLeast("batchSize", batchSize, 1);
    Require.ARGUMENT.atLeast("servers", servers, 1);
    PredictionErrors.requireSize(boundaries, confusion);
    this.law = law;
    this.boundaries = boundaries;
    this.batchSize = batchSize;
    this.service = service;
    this.servers = servers;
    this.confusion = confusion;
  }

  /** A system whose predictions are true. */
  public BatchSystem(
      Law law, BinBoundaries boundaries, int batchSize, BatchTime service, int servers) {
    this(law, boundaries, batchSize, service, servers, ConfusionMatrix.identity(boundaries.bins()));
  }

  /** Law of the lengths, in the workload's unit. */
  public Law law() {
    return law;
  }

  /** The bins, in the unit of the lengths. */
  public BinBoundaries boundaries() {
    return boundaries;
  }

  /** Requests in a batch B. */
  public int batchSize() {
    return batchSize;
  }

  /** Seconds of a batch. */
  public BatchTime service() {
    return service;
  }

  /** Number of servers c. */
  public int servers() {
    return servers;
  }

  /** Probabilities of the predicted bins, given the true one. */
  public ConfusionMatrix confusion() {
    return confusion;
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
  public synchronized double meanBatchSeconds() {
    Double known = meanBatchSeconds;
    if (known == null) {
      known = integratedBatchSeconds();
      meanBatchSeconds = known;
    }
    return known;
  }

  private double integratedBatchSeconds() {
    if (law.mean() == Double.POSITIVE_INFINITY) {
      return meanOwnSeconds();
    }
    return service.seconds(
        batchSize,
        confusion.isIdentity()
            ? BatchMaximum.expectedBatchLength(law, boundaries, batchSize)
            : PredictionErrors.expectedBatchLength(law, boundaries, confusion, batchSize));
  }

  /** The share of requests that join each bin; not to be changed. */
  synchronized double[] binMasses() {
    double[] known = binMasses;
    if (known == null) {
      known =
          confusion.isIdentity()
              ? BatchMaximum.binProbabilities(law, boundaries)
              : PredictionErrors.predictedProbabilities(law, boundaries, confusion);
      binMasses = known;
    }
    return known;
  }

  /** The law of the longest length in a full batch of every bin that receives requests. */
  synchronized LongestLength[] longestLengths() {
    LongestLength[] known = longestLengths;
    if (known == null) {
      known = LongestLength.of(this);
      longestLengths = known;
    }
    return known;
  }

  /** Mean service seconds of a batch of the given size from a bin that receives requests. */
  double meanSeconds(int bin, int size) {
    return service.seconds(size, meanLongest(bin, size));
  }

  /**
   * Mean of the longest of some lengths, at most a full batch of them, in a bin that receives
   * requests.
   */
  synchronized double meanLongest(int bin, int size) {
    double[] known = size == batchSize ? ofFull() : ofPartial(bin);
    int place = size == batchSize ? bin : size;
    if (Double.isNaN(known[place])) {
      known[place] = integratedLongest(bin, size);
    }
    return known[place];
  }

  private double[] ofFull() {
    double[] known = ofFull;
    if (known == null) {
      known = unknown(boundaries.bins());
      ofFull = known;
    }
    return known;
  }

  private double[] ofPartial(int bin) {
    double[][] known = ofPartial;
    if (known == null) {
      known = new double[boundaries.bins()][0];
      ofPartial = known;
    }
    if (known[bin].length == 0) {
      known[bin] = unknown(batchSize);
    }
    return known[bin];
  }

  private static double[] unknown(int size) {
    double[] values = new double[size];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private double integratedLongest(int bin, int size) {
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
