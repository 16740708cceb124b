package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Law of the longest length in a full batch from one bin of a {@link BatchSystem}, in the unit of
 * the lengths. The lengths are those of the requests that join the bin: with prediction errors a
 * mixture of the laws in the true bins.
 */
final class LongestLength {
  /** Probabilities of a longer batch at which integrals over the law are split. */
  private static final double[] SPLITS = {1 - 1e-9, 0.99, 0.5, 0.01, 1e-6};

  private final Law law;
  private final int batchSize;
  private final double share;
  private final double[] weights;
  private final LawOnInterval[] parts;
  private final double mean;
  private final double[] atoms;
  private final double[] masses;
  private @Nullable Double variance;

  private LongestLength(BatchSystem system, int bin, LawOnInterval[] trueBins) {
    double[] joining = new double[trueBins.length];
    Arrays.setAll(joining, i -> trueBins[i].mass() * system.confusion().probability(i, bin));
    int[] from = IntStream.range(0, joining.length).filter(i -> joining[i] > 0).toArray();
    this.law = system.law();
    this.batchSize = system.batchSize();
    this.share = Arrays.stream(joining).sum();
    this.parts = Arrays.stream(from).mapToObj(i -> trueBins[i]).toArray(LawOnInterval[]::new);
    this.weights = Arrays.stream(from).mapToDouble(i -> joining[i] / share).toArray();
    this.mean =
        isUnbounded() && law.mean() == Double.POSITIVE_INFINITY
            ? Double.POSITIVE_INFINITY
            : system.meanLongest(bin, batchSize);
    AtomicLaw discrete = AtomicLaw.of(law);
    double[] values = discrete == null ? new double[0] : discrete.values();
    double[] probabilities = probabilities(values);
    int[] kept = IntStream.range(0, values.length).filter(i -> probabilities[i] > 0).toArray();
    this.atoms = Arrays.stream(kept).mapToDouble(i -> values[i]).toArray();
    this.masses = Arrays.stream(kept).mapToDouble(i -> probabilities[i]).toArray();
  }

  /** One for every bin that receives requests, in the order of the bins. */
  static LongestLength[] of(BatchSystem system) {
    BinBoundaries boundaries = system.boundaries();
    LawOnInterval[] trueBins = new LawOnInterval[boundaries.bins()];
    Arrays.setAll(
        trueBins, i -> new LawOnInterval(system.law(), boundaries.lower(i), boundaries.upper(i)));
    double[] shares = system.binMasses();
    return IntStream.range(0, shares.length)
        .filter(bin -> shares[bin] > 0)
        .mapToObj(bin -> new LongestLength(system, bin, trueBins))
        .toArray(LongestLength[]::new);
  }

  /** The share of requests that join the bin. */
  double binMass() {
    return share;
  }

  /** P(longest &gt; x). */
  double exceeds(double x) {
    double longer = 0;
    for (int i = 0; i < parts.length; i++) {
      longer += weights[i] * parts[i].survival(x);
    }
    return -Math.expm1(batchSize * Math.log1p(-Math.min(1, longer)));
  }

  /** Rounding error of {@link #exceeds}, absolute. */
  double rounding() {
    double sum = 0;
    for (int i = 0; i < parts.length; i++) {
      sum += weights[i] * parts[i].rounding();
    }
    return batchSize * sum;
  }

  /** Left end of the support, at worst a lower bound of it. */
  double lower() {
    return parts[0].lower();
  }

  /** Right end of the support, at worst an upper bound of it; may be infinite. */
  double upper() {
    return parts[parts.length - 1].upper();
  }

  private boolean isUnbounded() {
    return upper() == Double.POSITIVE_INFINITY;
  }

  /** Whether the law takes finitely many values, {@link #atoms} with {@link #masses}. */
  boolean isDiscrete() {
    return atoms.length > 0;
  }

  double[] atoms() {
    return atoms;
  }

  double[] masses() {
    return masses;
  }

  private double[] probabilities(double[] values) {
    double[] probabilities = new double[values.length];
    double before = 1;
    for (int i = 0; i < values.length; i++) {
      double after = i == values.length - 1 ? 0 : exceeds(values[i]);
      probabilities[i] = Math.max(0, before - after);
      before = after;
    }
    return probabilities;
  }

  /** The mean; infinite where that of the lengths is. */
  double mean() {
    return mean;
  }

  /**
   * The variance; infinite where that of the lengths is. For a law with a density
   *
   * <pre>2 integral over x &gt; m of (x - m) P(longest &gt; x) dx
   *  + 2 integral over x &lt; m of (m - x) P(longest &le; x) dx,</pre>
   *
   * m being the mean: nothing cancels. It is computed when it is first asked for.
   */
  synchronized double variance() {
    Double known = variance;
    if (known == null) {
      known = integratedVariance();
      variance = known;
    }
    return known;
  }

  private double integratedVariance() {
    if (isUnbounded() && law.variance() == Double.POSITIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    if (isDiscrete()) {
      for (int i = 0; i < atoms.length; i++) {
        sum += masses[i] * (atoms[i] - mean) * (atoms[i] - mean);
      }
      return sum;
    }
    double lower = lower();
    double last = isUnbounded() ? Math.max(mean, reach()) : upper();
    Quadrature below =
        new Quadrature(x -> 2 * (mean - x) * (1 - exceeds(x)), 2 * (mean - lower) * rounding());
    Quadrature above =
        new Quadrature(x -> 2 * (x - mean) * exceeds(x), 2 * (last - mean) * rounding());
    double[] edges = edges();
    sum += below.over(between(edges, lower, mean), 0);
    sum += above.over(between(edges, mean, last), sum);
    return isUnbounded() ? sum + above.toInfinity(last, sum) : sum;
  }

  /** Where the last of the splits lies. */
  private double reach() {
    return Arrays.stream(edges()).max().orElse(mean);
  }

  /** Points at which the law bends or between which its bulk lies, in no order. */
  double[] edges() {
    DoubleStream ends =
        Arrays.stream(parts).flatMapToDouble(part -> DoubleStream.of(part.lower(), part.upper()));
    DoubleStream quantiles =
        Arrays.stream(parts)
            .flatMapToDouble(
                part ->
                    Arrays.stream(SPLITS)
                        .map(q -> part.upperQuantile(-Math.expm1(Math.log1p(-q) / batchSize))));
    return DoubleStream.concat(
            DoubleStream.concat(ends, quantiles), Arrays.stream(law.breakpoints()))
        .filter(x -> x < Double.POSITIVE_INFINITY)
        .toArray();
  }

  /** The points of a list between two others, and these two, in order. */
  static double[] between(double[] points, double from, double to) {
    return DoubleStream.concat(
            DoubleStream.of(from, to), Arrays.stream(points).filter(x -> x > from && x < to))
        .sorted()
        .distinct()
        .toArray();
  }
}
