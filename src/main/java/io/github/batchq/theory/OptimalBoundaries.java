package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.random.Law;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The boundaries with the least mean batch length E_k, hence the largest capacity, that k bins can
 * have, in the unit of the law; they do not depend on an affine service time's coefficients.
 *
 * <p>Discrete laws: exact, by the dynamic programme over the atoms ({@link OptimalPartition}, where
 * atoms are many {@link NarrowedPartition}; an atom is not split). Laws with a density: the
 * first-order condition (our T32, {@link StationaryBoundaries}) from the boundaries of {@link
 * SqrtDensity} or from those of the programme over some 4,000 quantiles, whichever are better: a
 * law with several modes has several stationary points, and the programme finds the right one.
 * Where Newton's method finds none, as with boundaries in a gap of the support, the better start
 * stays, and E_k is above the least by the square of the distance between quantiles; up to 12 bins
 * of a law without variance are then searched by Nelder and Mead's method. Laws with atoms and a
 * density: the programme over the quantiles and the atoms, whose E_k is above the least by the
 * square of the distance between quantiles.
 */
public record OptimalBoundaries() implements BoundaryRule {
  private static final int CELLS = 2000;

  /** Cells for each halving of the mass that is left in a tail, and where they become fewer. */
  private static final int TAIL_CELLS = 8;

  private static final int NEAR_HALVINGS = 30;

  private static final int FAR_TAIL_CELLS = 2;

  private static final int FAR_HALVINGS = 900;

  /** Values farther up, in means, would cost the programme's sums too many digits. */
  private static final double FARTHEST = 1e9;

  /** Most bins that are searched without derivatives. */
  private static final int MOST_SEARCHED = 12;

  /** Relative difference of two means that may be their rounding errors. */
  private static final double ROUNDING = 1e-12;

  @Override
  public String name() {
    return "optimal";
  }

  @Override
  public String description() {
    return "the least mean batch time that k bins can have, for the given batch size; any law of"
        + " finite mean";
  }

  @Override
  public TheoryResult limitingLoss(Law law, int batchSize) {
    return LossBounds.optimalLimit(law, 1, batchSize);
  }

  @Override
  public boolean isMonotone() {
    return true;
  }

  /**
   * @throws IllegalArgumentException also if the law's mean is infinite
   */
  @Override
  public BinBoundaries boundaries(Law law, int bins, int batchSize) {
    return boundaries(law, bins, batchSize, share -> {});
  }

  /** One number of bins of a discrete law is searched from coarse to fine, where atoms are many. */
  @Override
  public BinBoundaries boundaries(Law law, int bins, int batchSize, DoubleConsumer progress) {
    BoundaryRules.requireCounts(bins, batchSize);
    AtomicLaw discrete = AtomicLaw.of(law);
    if (discrete != null) {
      int[] starts = NarrowedPartition.starts(discrete, bins, batchSize, progress);
      if (starts != null) {
        return atBins(starts, discrete.values());
      }
    }
    return boundaries(law, List.of(bins), batchSize).get(0);
  }

  /** One programme serves every number of bins. */
  @Override
  public List<BinBoundaries> boundaries(Law law, List<Integer> bins, int batchSize) {
    bins.forEach(k -> BoundaryRules.requireCounts(k, batchSize));
    if (law.mean() == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          Moments.noMean(law, ", so no boundaries make the mean batch time finite"));
    }
    int most = Collections.max(bins);
    AtomicLaw discrete = AtomicLaw.of(law);
    if (discrete != null) {
      int[][] starts = OptimalPartition.starts(discrete, most, batchSize);
      return bins.stream().map(k -> atBins(starts[k - 1], discrete.values())).toList();
    }
    if (batchSize == 1) {
      // A batch of one waits for nobody: all boundaries are as good.
      return new EqualMass().boundaries(law, bins, batchSize);
    }
    Grid grid = new Grid(law);
    int[][] starts = OptimalPartition.starts(grid.cells, most, batchSize);
    boolean smooth = AtomicLaw.atoms(law).length == 0;
    return bins.stream()
        .map(
            k -> {
              BinBoundaries coarse = atBins(starts[k - 1], grid.edges);
              return smooth && k > 1 ? polished(coarse, law, batchSize) : coarse;
            })
        .toList();
  }

  /** For a discrete law one programme, bin by bin. */
  @Override
  public DoubleSupplier meanLengths(Law law, int batchSize) {
    AtomicLaw discrete = AtomicLaw.of(law);
    return discrete == null
        ? BoundaryRule.super.meanLengths(law, batchSize)
        : OptimalPartition.meanLengths(discrete, batchSize);
  }

  /** Each bin begins at the point of its first atom; an empty one after the last point. */
  private static BinBoundaries atBins(int[] starts, double[] points) {
    return BinBoundaries.of(
        IntStream.of(starts)
            .mapToDouble(
                i -> i < points.length ? points[i] : Math.nextUp(points[points.length - 1]))
            .toArray());
  }

  /**
   * The stationary point near the better of two starts, the start itself if there is none. Where
   * the tail is so heavy that the quantiles of the programme are too far apart, Newton's method
   * goes on from other starts, and for a few bins a search without derivatives goes on from all of
   * them.
   */
  private static BinBoundaries polished(BinBoundaries coarse, Law law, int batchSize) {
    List<BinBoundaries> starts = new ArrayList<>();
    starts.add(coarse);
    if (law.densityRoot().law() != null) {
      starts.add(new SqrtDensity().boundaries(law, coarse.bins(), batchSize));
    }
    ToDoubleFunction<BinBoundaries> length =
        boundaries -> BatchMaximum.expectedBatchLength(law, boundaries, batchSize);
    starts.sort(Comparator.comparingDouble(length));
    boolean heavy = law.variance() == Double.POSITIVE_INFINITY;
    if (heavy) {
      starts.add(new EqualMass().boundaries(law, coarse.bins(), batchSize));
    }
    double least = length.applyAsDouble(starts.get(0));
    for (BinBoundaries start : heavy ? starts : starts.subList(0, 1)) {
      BinBoundaries solution = StationaryBoundaries.from(start, law, batchSize);
      if (solution != null && length.applyAsDouble(solution) <= least * (1 + ROUNDING)) {
        return solution;
      }
    }
    return heavy && coarse.bins() <= MOST_SEARCHED
        ? BoundariesUnderErrors.search(
            law, starts, ConfusionMatrix.identity(coarse.bins()), batchSize)
        : starts.get(0);
  }

  /** A law cut into cells at quantiles that are closer together in the tails. */
  private static final class Grid {
    /** Where each cell begins. */
    private final double[] edges;

    /**
     * A discrete law with the median of each cell, but the mean of an unbounded one, for the cell's
     * mass.
     */
    private final AtomicLaw cells;

    Grid(Law law) {
      double end = Math.min(law.upper(), FARTHEST * law.mean());
      DoubleStream body =
          IntStream.range(1, CELLS).mapToDouble(i -> law.quantile((double) i / CELLS));
      DoubleStream tails =
          IntStream.range(1, TAIL_CELLS * NEAR_HALVINGS)
              .mapToDouble(i -> Math.pow(2, -(double) i / TAIL_CELLS) / CELLS)
              .flatMap(q -> DoubleStream.of(law.quantile(q), law.upperQuantile(q)));
      // Of a law such as Pareto with exponent 1.05 most of the mean is up there.
      DoubleStream farTail =
          law.upper() < Double.POSITIVE_INFINITY
              ? DoubleStream.empty()
              : IntStream.range(FAR_TAIL_CELLS * NEAR_HALVINGS, FAR_TAIL_CELLS * FAR_HALVINGS)
                  .mapToDouble(i -> Math.pow(2, -(double) i / FAR_TAIL_CELLS) / CELLS)
                  .map(law::upperQuantile);
      DoubleStream aroundAtoms =
          Arrays.stream(AtomicLaw.atoms(law)).flatMap(x -> DoubleStream.of(x, Math.nextUp(x)));
      DoubleStream inner =
          DoubleStream.concat(
                  DoubleStream.concat(body, tails), DoubleStream.concat(farTail, aroundAtoms))
              .filter(x -> x > law.lower() && x < end);
      this.edges =
          DoubleStream.concat(DoubleStream.of(law.lower()), inner).sorted().distinct().toArray();
      double[] values = new double[edges.length];
      // Counted from above, so that the cells of the upper tail keep their digits.
      double[] masses = new double[edges.length + 1];
      for (int i = edges.length - 1; i >= 0; i--) {
        double next = i + 1 < edges.length ? edges[i + 1] : Double.POSITIVE_INFINITY;
        LawOnInterval cell = new LawOnInterval(law, i == 0 ? 0 : edges[i], next);
        values[i] = Math.max(cell.upperQuantile(0.5), edges[i]);
        masses[i] = masses[i + 1] - cell.mass();
      }
      if (law.upper() == Double.POSITIVE_INFINITY) {
        int last = edges.length - 1;
        double from = last == 0 ? 0 : edges[last];
        values[last] = BatchMaximum.expectedMaximum(law, 1, from, Double.POSITIVE_INFINITY);
      }
      this.cells = new AtomicLaw(values, masses);
    }
  }
}
