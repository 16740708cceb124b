package io.github.batchq.random;

import static io.github.batchq.random.Parameters.BELOW_ONE;
import static io.github.batchq.random.Parameters.plain;
import static io.github.batchq.random.Parameters.requireProbability;

import io.github.batchq.model.Require;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * A mixture: law i with probability weight i, F(x) = sum_i w_i F_i(x).
 *
 * <p>Sampled by composition from one uniform number u: it falls into the share of one component,
 * and its place within that share, again uniform on [0,1), feeds the {@linkplain Law#transform
 * transform} of that component. Each component's draws are monotone in u, the mixture's are not,
 * unless the components' supports follow each other. Quantiles are found by bisection of the
 * distribution function between those of the components, to the last digit and exactly at atoms.
 *
 * @param weights positive and finite; scaled to sum to 1 where they do not
 * @param laws the components, as many as weights
 */
public record Mixture(List<Double> weights, List<Law> laws) implements Law {
  /** Weights whose sum is this close to 1 are kept as they are. */
  private static final double ROUNDING = 1e-12;

  /** Checks the parts and scales the weights. */
  public Mixture {
    weights = scaled(weights, laws.size());
    laws = List.copyOf(laws);
  }

  /**
   * Weights scaled to sum 1.
   *
   * @throws IllegalArgumentException unless there are {@code size} positive finite weights, at
   *     least one
   */
  static List<Double> scaled(List<Double> weights, int size) {
    if (weights.size() != size || size == 0) {
      throw new IllegalArgumentException(
          "weights must be as many as laws and at least one, found "
              + weights.size()
              + " weights and "
              + size
              + " laws");
    }
    weights.forEach(weight -> Require.ARGUMENT.positiveFinite("weight", weight));
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    Require.ARGUMENT.positiveFinite("sum of the weights", sum);
    return Math.abs(sum - 1) <= ROUNDING
        ? List.copyOf(weights)
        : weights.stream().map(weight -> weight / sum).toList();
  }

  private double average(ToDoubleFunction<Law> value) {
    double sum = 0;
    for (int i = 0; i < laws.size(); i++) {
      sum += weights.get(i) * value.applyAsDouble(laws.get(i));
    }
    return sum;
  }

  @Override
  public double cdf(double x) {
    return x >= upper() ? 1 : Math.min(1, average(law -> law.cdf(x)));
  }

  @Override
  public double survival(double x) {
    return x < lower() ? 1 : Math.min(1, average(law -> law.survival(x)));
  }

  @Override
  public double atLeast(double x) {
    return x <= lower() ? 1 : Math.min(1, average(law -> law.atLeast(x)));
  }

  /** Where a component has an atom, the probability of that point alone. */
  @Override
  public double density(double x) {
    double atom = average(law -> hasAtom(law, x) ? law.density(x) : 0);
    return atom > 0 ? atom : average(law -> law.density(x));
  }

  private static boolean hasAtom(Law law, double x) {
    boolean candidate =
        x == law.lower() || x == law.upper() || Arrays.binarySearch(law.breakpoints(), x) >= 0;
    return candidate && law.atLeast(x) > law.survival(x);
  }

  @Override
  public double quantile(double p) {
    requireProbability(p);
    return p == 0
        ? lower()
        : p == 1
            ? upper()
            : Bisection.smallest(
                laws.stream().mapToDouble(law -> law.quantile(p)).min().orElseThrow(),
                laws.stream().mapToDouble(law -> law.quantile(p)).max().orElseThrow(),
                x -> cdf(x) >= p);
  }

  @Override
  public double upperQuantile(double q) {
    requireProbability(q);
    return q == 0
        ? upper()
        : q == 1
            ? lower()
            : Bisection.smallest(
                laws.stream().mapToDouble(law -> law.upperQuantile(q)).min().orElseThrow(),
                laws.stream().mapToDouble(law -> law.upperQuantile(q)).max().orElseThrow(),
                x -> survival(x) <= q);
  }

  @Override
  public double mean() {
    return average(Law::mean);
  }

  /** sum_i w_i (Var_i + (m_i - m)^2). */
  @Override
  public double variance() {
    double mean = mean();
    return Double.isInfinite(mean)
        ? mean
        : average(law -> law.variance() + (law.mean() - mean) * (law.mean() - mean));
  }

  @Override
  public boolean momentDiverges(int order) {
    return laws.stream().anyMatch(law -> law.momentDiverges(order));
  }

  @Override
  public double lower() {
    return laws.stream().mapToDouble(Law::lower).min().orElseThrow();
  }

  @Override
  public double upper() {
    return laws.stream().mapToDouble(Law::upper).max().orElseThrow();
  }

  /** The components' breakpoints and the finite ends of their supports. */
  @Override
  public double[] breakpoints() {
    return laws.stream()
        .flatMapToDouble(
            law ->
                DoubleStream.concat(
                    DoubleStream.of(law.breakpoints()), DoubleStream.of(law.lower(), law.upper())))
        .filter(Double::isFinite)
        .sorted()
        .distinct()
        .toArray();
  }

  /** The root of a sum is at most the sum of the roots, and at least each of them. */
  @Override
  public DensityRoot densityRoot() {
    if (laws.size() == 1) {
      return laws.get(0).densityRoot();
    }
    Set<DensityRoot.Integral> integrals = EnumSet.noneOf(DensityRoot.Integral.class);
    laws.forEach(law -> integrals.add(law.densityRoot().integral()));
    return integrals.contains(DensityRoot.Integral.INFINITE)
        ? DensityRoot.INFINITE
        : integrals.contains(DensityRoot.Integral.UNKNOWN)
            ? DensityRoot.UNKNOWN
            : DensityRoot.FINITE;
  }

  @Override
  public List<Law> parts() {
    return laws.stream().flatMap(law -> law.parts().stream()).toList();
  }

  @Override
  public DoubleUnaryOperator transform() {
    int last = laws.size() - 1;
    DoubleUnaryOperator[] transforms =
        laws.stream().map(Law::transform).toArray(DoubleUnaryOperator[]::new);
    double[] share = weights.stream().mapToDouble(Double::doubleValue).toArray();
    return u -> {
      int i = 0;
      double rest = u;
      while (i < last && rest >= share[i]) {
        rest -= share[i];
        i++;
      }
      return transforms[i].applyAsDouble(Math.min(rest / share[i], BELOW_ONE));
    };
  }

  @Override
  public String toString() {
    return label(weights, laws);
  }

  /** The call that denotes a mixture: weights and laws in turn. */
  static String label(List<Double> weights, List<? extends LawSpec> laws) {
    StringBuilder text = new StringBuilder("mixture(");
    for (int i = 0; i < laws.size(); i++) {
      text.append(i == 0 ? "" : ",").append(plain(weights.get(i))).append(',').append(laws.get(i));
    }
    return text.append(')').toString();
  }
}
