package io.github.batchq.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import umontreal.ssj.probdist.AndersonDarlingDistQuick;
import umontreal.ssj.probdist.KolmogorovSmirnovDistQuick;

/**
 * A law that was fitted to observed values by maximum likelihood, and how well it describes them.
 *
 * @param family its family
 * @param law the law
 * @param values number of observed values
 * @param logLikelihood logarithm of their likelihood
 * @param kolmogorovSmirnov the largest distance D between the two distribution functions
 * @param andersonDarling A², which looks harder at the tails
 */
public record LawFit(
    LawFamily family,
    Law law,
    int values,
    double logLikelihood,
    double kolmogorovSmirnov,
    double andersonDarling) {
  private static final double LEAST = 1e-15;

  /**
   * Fits every family that can be fitted, the best one by {@link #aic} first.
   *
   * @param values positive and finite, at least two of them different
   * @throws IllegalArgumentException if a value is not positive and finite, or all are equal
   */
  public static List<LawFit> all(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    if (sorted.length < 2 || sorted[0] == sorted[sorted.length - 1]) {
      throw new IllegalArgumentException(
          "laws are fitted to at least two different values, found "
              + sorted.length
              + " equal ones");
    }
    if (!(sorted[0] > 0) || !(sorted[sorted.length - 1] < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "laws are fitted to positive and finite values, found "
              + sorted[0]
              + " to "
              + sorted[sorted.length - 1]);
    }
    List<LawFit> fits = new ArrayList<>();
    for (LawFamily family : LawFamily.values()) {
      LawFit fit;
      try {
        fit = of(family, sorted);
      } catch (IllegalArgumentException e) {
        // The likelihood has no maximum within the family.
        continue;
      }
      fits.add(fit);
    }
    fits.sort(Comparator.comparingDouble(LawFit::aic));
    return fits;
  }

  private static LawFit of(LawFamily family, double[] sorted) {
    return of(family, family.fit(sorted), sorted);
  }

  private static LawFit of(LawFamily family, Law law, double[] sorted) {
    int n = sorted.length;
    double logLikelihood = 0;
    double distance = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double share = law.cdf(sorted[i]);
      logLikelihood += Math.log(law.density(sorted[i]));
      distance = Math.max(distance, Math.max((i + 1.0) / n - share, share - (double) i / n));
      squares +=
          (2 * i + 1) * Math.log(share) + (2 * (n - i) - 1) * Math.log(law.survival(sorted[i]));
    }
    return new LawFit(family, law, n, logLikelihood, distance, -n - squares / n);
  }

  /**
   * The likeliest laws among those of the families that have a given mean and a finite variance,
   * without which there is no mean wait, the best one by {@link #aic} first. A value that cannot be
   * under a law excludes it.
   *
   * @param values positive and finite, at least two of them different
   * @param mean the mean, between the smallest and the largest value
   */
  public static List<LawFit> withMean(double[] values, double mean) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    List<LawFit> fits = new ArrayList<>();
    for (LawFamily family : LawFamily.values()) {
      LawFit fit;
      try {
        fit = of(family, family.fit(sorted, mean), sorted);
      } catch (IllegalArgumentException e) {
        // No law of the family has this mean and these values.
        continue;
      }
      if (fit.law.variance() < Double.POSITIVE_INFINITY
          && fit.logLikelihood > Double.NEGATIVE_INFINITY) {
        fits.add(fit);
      }
    }
    fits.sort(Comparator.comparingDouble(LawFit::aic));
    return fits;
  }

  /**
   * Akaike's information criterion, twice the number of parameters less twice the log-likelihood:
   * the smaller, the better.
   */
  public double aic() {
    return 2 * family.parameters() - 2 * logLikelihood;
  }

  /**
   * The probability of a larger D if the law had been known beforehand. Its parameters come from
   * the same values, so the true probability is smaller. 0 where it is below 1e-15.
   */
  public double kolmogorovSmirnovAtMost() {
    return orZero(KolmogorovSmirnovDistQuick.barF(values, kolmogorovSmirnov));
  }

  /** The same for A². */
  public double andersonDarlingAtMost() {
    return orZero(AndersonDarlingDistQuick.barF(values, andersonDarling));
  }

  /** What is smaller than the rounding of a number near 1 is no probability to tell. */
  private static double orZero(double probability) {
    return probability < LEAST ? 0 : probability;
  }

  /**
   * The probabilities of a larger D and of a larger A² if the values come from this family, by the
   * parametric bootstrap: samples of the fitted law are fitted in their turn. One that is hit by
   * none of n samples is 1 / (n + 1).
   *
   * @param samples how many samples, at least 1
   * @param seed seed of their random numbers
   * @return the two probabilities
   */
  public List<Double> bootstrap(int samples, long seed) {
    RandomStreams streams = new RandomStreams(Generator.LFSR258, seed, samples);
    boolean[][] larger =
        IntStream.range(0, samples)
            .mapToObj(sample -> larger(law.sampler(streams.stream(sample, StreamName.SERVICE))))
            .toArray(boolean[][]::new);
    double distances = 1;
    double squares = 1;
    for (boolean[] one : larger) {
      distances += one[0] ? 1 : 0;
      squares += one[1] ? 1 : 0;
    }
    return List.of(distances / (samples + 1), squares / (samples + 1));
  }

  private boolean[] larger(Sampler sampler) {
    double[] sample = new double[values];
    sampler.fill(sample, values);
    Arrays.sort(sample);
    LawFit again = of(family, sample);
    return new boolean[] {
      again.kolmogorovSmirnov >= kolmogorovSmirnov, again.andersonDarling >= andersonDarling
    };
  }
}
