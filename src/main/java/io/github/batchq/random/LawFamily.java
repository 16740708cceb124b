package io.github.batchq.random;

import java.util.Arrays;
import java.util.Locale;
import umontreal.ssj.probdist.ExponentialDist;
import umontreal.ssj.probdist.GammaDist;
import umontreal.ssj.probdist.LognormalDist;
import umontreal.ssj.probdist.ParetoDist;
import umontreal.ssj.probdist.UniformDist;
import umontreal.ssj.probdist.WeibullDist;

/** Families of laws whose parameters SSJ finds by maximum likelihood. */
public enum LawFamily {
  /** One parameter. */
  EXPONENTIAL(1) {
    @Override
    Law fitScaled(double[] values, double scale) {
      return new Exponential(ExponentialDist.getMLE(values, values.length)[0] / scale);
    }
  },
  /** Shape and scale. */
  GAMMA(2) {
    @Override
    Law fitScaled(double[] values, double scale) {
      double[] found = GammaDist.getMLE(values, values.length);
      return new Gamma(found[0], scale / found[1]);
    }
  },
  /** Number of stages and rate. */
  ERLANG(2) {
    /**
     * For k stages the likelihood is largest at the rate k / mean, and it is unimodal in k, so the
     * best k is next to the shape of the gamma law. SSJ rounds that shape but keeps the rate that
     * belongs to it, which is no maximum.
     */
    @Override
    Law fitScaled(double[] values, double scale) {
      double shape = GammaDist.getMLE(values, values.length)[0];
      int below = (int) Math.min(MOST_STAGES, Math.max(1, Math.floor(shape)));
      Law fewer = new Erlang(below, below / scale);
      Law more = new Erlang(below + 1, (below + 1) / scale);
      return logLikelihood(fewer, values, scale) >= logLikelihood(more, values, scale)
          ? fewer
          : more;
    }

    private double logLikelihood(Law law, double[] values, double scale) {
      double sum = 0;
      for (double value : values) {
        sum += Math.log(law.density(value * scale));
      }
      return sum;
    }
  },
  /** Mean and deviation of the logarithm. */
  LOGNORMAL(2) {
    @Override
    Law fitScaled(double[] values, double scale) {
      double[] found = LognormalDist.getMLE(values, values.length);
      return new Lognormal(found[0] + Math.log(scale), found[1]);
    }

    @Override
    public Law fit(double[] values, double mean) {
      return new FixedMeanFit(values, mean).lognormal();
    }
  },
  /** Shape and scale. */
  WEIBULL(2) {
    @Override
    Law fitScaled(double[] values, double scale) {
      double[] found = WeibullDist.getMLE(values, values.length);
      return new Weibull(found[0], scale / found[1]);
    }

    @Override
    public Law fit(double[] values, double mean) {
      return new FixedMeanFit(values, mean).weibull(((Weibull) fit(values)).shape());
    }
  },
  /** Shape and smallest value. */
  PARETO(2) {
    @Override
    Law fitScaled(double[] values, double scale) {
      return new Pareto(ParetoDist.getMLE(values, values.length)[0], scale);
    }

    /** In units of the smallest value, which no rounding may move. */
    @Override
    double unit(double[] values) {
      return Arrays.stream(values).min().orElseThrow();
    }

    @Override
    public Law fit(double[] values, double mean) {
      return new FixedMeanFit(values, mean).pareto();
    }
  },
  /** Smallest and largest value. */
  UNIFORM(2) {
    @Override
    Law fitScaled(double[] values, double scale) {
      double[] found = UniformDist.getMLE(values, values.length);
      return new Uniform(found[0], found[1]);
    }

    @Override
    double unit(double[] values) {
      return 1;
    }

    @Override
    public Law fit(double[] values, double mean) {
      return new FixedMeanFit(values, mean).uniform();
    }
  };

  private static final double MOST_STAGES = 1e6;

  private final int parameters;

  LawFamily(int parameters) {
    this.parameters = parameters;
  }

  /** Its name in experiment files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Number of its parameters. */
  public int parameters() {
    return parameters;
  }

  /**
   * The law of maximum likelihood. Values are divided by a unit before the fit, so that powers of
   * them stay within the range of numbers.
   *
   * @param values positive, finite, not all equal
   * @throws IllegalArgumentException if the family has no such law
   */
  public Law fit(double[] values) {
    double unit = unit(values);
    double[] scaled = new double[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = values[i] / unit;
    }
    return fitScaled(scaled, unit);
  }

  /**
   * The law of maximum likelihood among those of the family that have a given mean. Where the law
   * of maximum likelihood has the mean of the values, that of the values scaled to the given one.
   *
   * @param values positive, finite, not all equal
   * @param mean the mean, between the smallest and the largest value
   * @throws IllegalArgumentException if the family has no such law
   */
  public Law fit(double[] values, double mean) {
    double factor = mean / average(values);
    return fit(Arrays.stream(values).map(value -> value * factor).toArray());
  }

  /** What values are divided by: their mean. */
  double unit(double[] values) {
    return average(values);
  }

  private static double average(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  abstract Law fitScaled(double[] values, double scale);
}
