package io.github.batchq.theory;

import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** A law on finitely many values. Its arrays are shared, not copied: nobody writes to them. */
final class AtomicLaw {
  /** Two probabilities that differ by less are equal but for rounding. */
  private static final double ROUNDING = 1e-12;

  private final double[] values;
  private final double[] masses;

  /**
   * @param values the atoms, increasing
   * @param masses the mass of the atoms before each atom, and of all of them, in any unit and up to
   *     an additive constant: one more entry than there are values, increasing
   */
  AtomicLaw(double[] values, double[] masses) {
    this.values = values;
    this.masses = masses;
  }

  /** The law itself if it is discrete; null if part of its mass is not on atoms. */
  static @Nullable AtomicLaw of(Law law) {
    Empirical observations = law.observations();
    if (observations != null) {
      return of(observations);
    }
    double[] points = atoms(law);
    if (points.length == 0) {
      return null;
    }
    double[] masses = new double[points.length + 1];
    for (int i = 0; i < points.length; i++) {
      masses[i + 1] = masses[i] + law.atLeast(points[i]) - law.survival(points[i]);
    }
    return masses[points.length] > 1 - ROUNDING ? new AtomicLaw(points, masses) : null;
  }

  private static AtomicLaw of(Empirical law) {
    double[] values = new double[law.atoms()];
    double[] masses = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = law.atom(i);
      masses[i + 1] = law.cumulativeCount(i);
    }
    return new AtomicLaw(values, masses);
  }

  /** The points that carry mass, in increasing order. */
  static double[] atoms(Law law) {
    return DoubleStream.concat(
            DoubleStream.of(law.lower(), law.upper()), Arrays.stream(law.breakpoints()))
        .filter(x -> law.atLeast(x) - law.survival(x) > ROUNDING)
        .sorted()
        .distinct()
        .toArray();
  }

  /** The atoms, increasing. */
  double[] values() {
    return values;
  }

  /** The mass of the atoms before each atom, and of all of them, up to an additive constant. */
  double[] masses() {
    return masses;
  }

  /** Number of atoms. */
  int size() {
    return values.length;
  }
}
