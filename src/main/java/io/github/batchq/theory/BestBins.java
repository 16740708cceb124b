package io.github.batchq.theory;

import io.github.batchq.model.Require;
import io.github.batchq.random.Law;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * The number of bins with the least mean latency: more bins shorten batches, and take longer to
 * fill (our T11). Where servers are never scarce the mean latency with k bins that all receive
 * requests is
 *
 * <pre>S(B, E_k) + k (B-1) / (2 rate)</pre>
 *
 * with S of {@link BatchTime}; secondsPerUnit below is that of batches of B. With some servers a
 * full batch waits, and too few bins may not even carry the rate: {@link #onServers}.
 */
public final class BestBins {
  private BestBins() {}

  /**
   * The best number of bins that a rule places, the smaller of equals.
   *
   * <p>E_k of optimal bins is convex in k (our T12), so the first k with secondsPerUnit * (E_k -
   * E_{k+1}) at most (B-1) / (2 rate) is best of all; it is found by halving, or for a discrete law
   * by the programme that gives E_k bin by bin. Bins of another rule are tried in turn, until even
   * batches without any padding could not make up for their forming. That ends the search for all k
   * if every bin of a later k receives requests, as those of {@code equal-mass} and {@code
   * sqrt-density} do for a law without atoms. Else a later k might leave bins empty and form as
   * fast as a smaller one; then all k up to {@code most} are tried and the source says so.
   *
   * @param rate arrival rate, requests per second, positive and finite
   * @param most largest number of bins to try, at least 1
   * @param tried hears of each number of bins that was tried
   * @return exact; undefined where the law's mean is infinite or more than {@code most} bins would
   *     have to be tried
   * @throws IllegalArgumentException if a number is out of its range or the rule does not cover the
   *     law
   */
  public static TheoryResult exact(
      BoundaryRule rule,
      Law law,
      int batchSize,
      double rate,
      BatchTime service,
      int most,
      IntConsumer tried) {
    BoundaryRules.requireCounts(most, batchSize);
    Require.ARGUMENT.positiveFinite("the arrival rate", rate);
    if (law.mean() == Double.POSITIVE_INFINITY) {
      return new TheoryResult.Undefined(Moments.noMean(law, ""), "T11");
    }
    if (batchSize == 1) {
      return TheoryResult.exact(1, "T11, a batch of one waits for nobody");
    }
    Search search = new Search(rule, law, batchSize, rate, service, tried);
    return rule.isMonotone() ? search.convex(most) : search.inTurn(most);
  }

  /**
   * The best number of bins for a number of servers, by {@link BatchWait#estimatedLatency}, the
   * smallest of equals. Only numbers of bins that carry the rate are ranked. They are tried in turn
   * until even batches without padding or wait could not make up for their forming; all up to
   * {@code most} where a rule may leave bins empty.
   *
   * @param rate arrival rate, requests per second, positive and finite
   * @param servers number of servers, at least 1
   * @param most largest number of bins to try, at least 1
   * @param tried hears of each number of bins that was tried
   * @return as exact as the latency with the best number is: an approximation but for batches of
   *     one; undefined where no number of bins carries the rate, or its waits have no mean
   * @throws IllegalArgumentException if a number is out of its range or the rule does not cover the
   *     law
   */
  public static TheoryResult onServers(
      BoundaryRule rule,
      Law law,
      int batchSize,
      double rate,
      BatchTime service,
      int servers,
      int most,
      IntConsumer tried) {
    BoundaryRules.requireCounts(most, batchSize);
    String source = "T11 and T17, search among the stable";
    if (law.mean() == Double.POSITIVE_INFINITY) {
      return new TheoryResult.Undefined(Moments.noMean(law, ""), source);
    }
    double own = service.seconds(batchSize, law.mean());
    double ceiling = (double) servers * batchSize / own;
    if (rate >= ceiling) {
      return new TheoryResult.Undefined(
          "unstable: no number of bins carries more than " + ceiling + " requests per second",
          source);
    }
    boolean full = !rule.mayLeaveBinsEmpty(law);
    double formingOfOneBin = (batchSize - 1) / (2 * rate);
    TheoryResult best =
        new TheoryResult.Undefined("no number of bins up to " + most + " carries the rate", source);
    double least = Double.POSITIVE_INFINITY;
    double before = Double.POSITIVE_INFINITY;
    for (int bins = 1;
        bins <= (batchSize == 1 ? 1 : most) && !(full && own + bins * formingOfOneBin >= least);
        bins++) {
      tried.accept(bins);
      BatchSystem system =
          new BatchSystem(law, rule.boundaries(law, bins, batchSize), batchSize, service, servers);
      double withoutWait = Latency.infiniteServers(system, rate).value();
      boolean grows = withoutWait >= before;
      before = withoutWait;
      if (withoutWait >= least) {
        if (grows && rule.isMonotone()) {
          // It is convex (T12): what has begun to grow stays beyond what was found.
          break;
        }
        continue;
      }
      BatchWait waits = BatchWait.of(system, rate);
      TheoryResult latency = waits.estimatedLatency();
      if (waits.load() < 1 && latency instanceof TheoryResult.Undefined) {
        return latency;
      }
      if (!(latency instanceof TheoryResult.LowerBound) && latency.value() < least) {
        best = latency.with(bins, source + ": " + latency.source());
        least = latency.value();
      }
    }
    // One bin may have an exact wait, but it was compared with approximations.
    return best instanceof TheoryResult.Exact && batchSize > 1
        ? TheoryResult.approximation(
            best.value(), "ranks where the waits of several bins are approximate", best.source())
        : best;
  }

  /**
   * The rule of thumb k* = sqrt(rate * secondsPerUnit * C / (B+1)), where the loss of k bins comes
   * near c_B C / k (our T5, T6): C is the range of a bounded law for equal-mass and equal-width
   * bins, and S = (integral of sqrt f)^2 for optimal and sqrt-density bins.
   *
   * @param rate arrival rate, requests per second, positive
   * @return an approximation, not rounded; undefined where no such constant is known
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static TheoryResult approximate(
      BoundaryRule rule, Law law, int batchSize, double rate, BatchTime service) {
    if (batchSize == 1) {
      return new TheoryResult.Undefined("a batch of one waits for nobody", "T11, k* rule");
    }
    TheoryResult loss = rule.limitingLoss(law, batchSize);
    if (!(loss instanceof TheoryResult.Approximation approximation)) {
      return loss;
    }
    double best =
        Math.sqrt(2 * rate * service.secondsPerUnit(batchSize) * loss.value() / (batchSize - 1));
    return TheoryResult.approximation(
        best, approximation.regime(), "T11, sqrt(rate C / (B+1)) with " + loss.source());
  }

  /** One search. */
  private record Search(
      BoundaryRule rule,
      Law law,
      int batchSize,
      double rate,
      BatchTime service,
      IntConsumer tried) {
    double latency(int bins) {
      return Latency.infiniteServers(system(bins), rate).value();
    }

    BatchSystem system(int bins) {
      return new BatchSystem(law, rule.boundaries(law, bins, batchSize), batchSize, service, 1);
    }

    double formingOfOneBin() {
      return (batchSize - 1) / (2 * rate);
    }

    TheoryResult convex(int most) {
      // One programme gives the optimal bins of a discrete law, bin by bin.
      int found =
          AtomicLaw.of(law) == null
              ? FirstNumber.byHalving(k -> gainsNothing(k, length(k), length(k + 1)), most)
              : FirstNumber.inTurn(lastWithoutGain(), most);
      return found <= most
          ? TheoryResult.exact(found, "T11, first k without a gain; E_k is convex (T12)")
          : tooMany(most);
    }

    private double length(int bins) {
      return BatchMaximum.expectedBatchLength(
          law, rule.boundaries(law, bins, batchSize), batchSize);
    }

    private IntPredicate lastWithoutGain() {
      DoubleSupplier lengths = rule.meanLengths(law, batchSize);
      double[] length = {lengths.getAsDouble()};
      return k -> {
        double before = length[0];
        length[0] = lengths.getAsDouble();
        return gainsNothing(k, before, length[0]);
      };
    }

    /** Whether the k+1st bin shortens batches by no more than it delays their forming. */
    private boolean gainsNothing(int k, double length, double shorter) {
      tried.accept(k);
      return service.secondsPerUnit(batchSize) * (length - shorter) <= formingOfOneBin();
    }

    TheoryResult inTurn(int most) {
      boolean full = !rule.mayLeaveBinsEmpty(law);
      double own = service.seconds(batchSize, law.mean());
      int best = 1;
      double least = latency(1);
      int bins = 1;
      while (bins < most && !(full && own + (bins + 1) * formingOfOneBin() >= least)) {
        bins++;
        tried.accept(bins);
        double latency = latency(bins);
        if (latency < least) {
          best = bins;
          least = latency;
        }
      }
      if (full && bins == most && own + (most + 1) * formingOfOneBin() < least) {
        return tooMany(most);
      }
      return TheoryResult.exact(
          best, "T11, search over " + (full ? "all numbers of bins" : "1 to " + most + " bins"));
    }

    private static TheoryResult tooMany(int most) {
      return new TheoryResult.Undefined(
          "more than " + most + " bins would have to be tried", "T11, search");
    }
  }
}
