package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Key;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.model.Require;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Multi-bin batching that learns its boundaries: it starts with one bin, remembers the true lengths
 * of the last W requests that were completed, and after every E completions bounds its bins by a
 * rule for these lengths. Requests that wait for company move to their new bins; batches that were
 * formed stay, so where a queue has built up, new boundaries take effect behind it. The batch
 * formed first is served first.
 *
 * <p>Boundary i of equal masses is the sample quantile i/k of W lengths: with a density f its
 * standard error is about sqrt(i/k (1 - i/k) / W) / f.
 *
 * @param bins most bins k, at least 2; there are fewer while the lengths have too few different
 *     values
 * @param batchSize B, at least 1
 * @param rule name of the boundary rule, such as {@code equal-mass} or {@code optimal}; {@code
 *     equal-mass} when absent
 * @param window completed requests that are remembered W, at least 1
 * @param every completed requests between two estimates E, at least 1
 * @param drain what happens to partial batches when arrivals have ended; {@link Drain#FLUSH} when
 *     absent
 */
public record AdaptiveBins(
    @Key(
            about = "most bins k; fewer while lengths have too few values",
            unit = "bins",
            range = "at least 2",
            example = "4")
        int bins,
    @Key(about = "requests in a batch B", unit = "requests", range = "at least 1", example = "8")
        int batchSize,
    @Key(
            about = "name of the rule that bounds the bins for the lengths seen",
            absent = "equal-mass",
            example = "optimal")
        @Nullable String rule,
    @Key(
            about = "completed requests whose lengths are remembered",
            unit = "requests",
            range = "at least 1",
            example = "2000")
        int window,
    @Key(
            about = "completed requests between two estimates of the boundaries",
            unit = "requests",
            range = "at least 1",
            example = "500")
        int every,
    @Key(
            about =
                "what becomes of partial batches when arrivals have ended: they are served, or discarded",
            absent = "flush",
            example = "discard")
        @Nullable Drain drain)
    implements PolicySpec {
  public AdaptiveBins {
    FullBatches.checkBatchSize(batchSize);
    Require.ARGUMENT.atLeast("bins", bins, 2);
    BinBoundaries.requireBins(bins);
    Require.ARGUMENT.atLeast("window", window, 1);
    Require.ARGUMENT.atLeast("every", every, 1);
  }

  @Override
  public String learnsBy() {
    return rule == null ? "equal-mass" : rule;
  }

  @Override
  public boolean readsLengths() {
    return true;
  }

  @Override
  public long leastCompany() {
    return batchSize;
  }

  @Override
  public boolean flushes() {
    return drain != Drain.DISCARD;
  }

  @Override
  public BatchingPolicy create(PolicySetting setting) {
    return new LearnedBins(this, setting.estimator());
  }

  /** The bins of one run, and what it has seen. */
  private static final class LearnedBins implements BatchingPolicy {
    private final AdaptiveBins spec;
    private final BoundaryEstimator estimator;
    private final Queue<Batch> formed = new ArrayDeque<>();

    /**
     * The lengths of the last requests that were completed, a ring once it has grown to the window.
     */
    private double[] lengths;

    private int remembered;
    private int oldest;
    private int untilDue;
    private boolean due;
    private BinBoundaries boundaries = BinBoundaries.none();
    private FormingBatch[] forming;
    private int waiting;

    LearnedBins(AdaptiveBins spec, BoundaryEstimator estimator) {
      this.spec = spec;
      this.estimator = estimator;
      this.lengths = new double[Math.min(spec.window, 1024)];
      this.untilDue = spec.every;
      this.forming = FormingBatch.bins(1, spec.batchSize);
    }

    @Override
    public void enqueue(QueuedRequest request) {
      add(request, request.arrivalTime());
      waiting++;
    }

    private void add(QueuedRequest request, double now) {
      FormingBatch bin = forming[boundaries.binOf(request.predictedLength())];
      if (bin.add(request)) {
        formed.add(bin.close(now, false));
      }
    }

    @Override
    public boolean observesLengths() {
      return true;
    }

    @Override
    public void completed(QueuedRequest request, double length) {
      if (remembered < spec.window) {
        if (remembered == lengths.length) {
          lengths = Arrays.copyOf(lengths, (int) Math.min(spec.window, 2L * remembered));
        }
        lengths[remembered++] = length;
      } else {
        lengths[oldest++] = length;
        oldest = oldest == spec.window ? 0 : oldest;
      }
      untilDue--;
      if (untilDue == 0) {
        untilDue = spec.every;
        due = true;
      }
    }

    @Override
    public Decision decide(double now, FreeServers free) {
      if (due) {
        due = false;
        learn(now);
      }
      Batch batch = formed.poll();
      if (batch == null) {
        return Decision.WAIT;
      }
      waiting -= batch.size();
      return new Decision.Dispatch(batch);
    }

    /** Bounds the bins anew, and moves the requests that wait for company. */
    private void learn(double now) {
      boundaries =
          estimator.boundaries(
              spec.learnsBy(), Arrays.copyOf(lengths, remembered), spec.bins, spec.batchSize);
      List<QueuedRequest> moved = new ArrayList<>();
      for (FormingBatch bin : forming) {
        bin.moveTo(moved);
      }
      moved.sort(QueuedRequest.BY_ARRIVAL);
      forming = FormingBatch.bins(boundaries.bins(), spec.batchSize);
      for (QueuedRequest request : moved) {
        add(request, now);
      }
    }

    @Override
    public void arrivalsEnded(double now) {
      if (spec.drain != Drain.DISCARD) {
        formed.addAll(FormingBatch.flush(forming, now));
      }
    }

    @Override
    public void companyEnded(double now) {
      arrivalsEnded(now);
    }

    @Override
    public void withdraw(QueuedRequest request, double now) {
      if (!forming[boundaries.binOf(request.predictedLength())].remove(request)) {
        FormedBatches.remove(request, formed);
      }
      waiting--;
    }

    @Override
    public int waiting() {
      return waiting;
    }
  }
}
