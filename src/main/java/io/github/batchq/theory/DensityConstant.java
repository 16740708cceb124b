package io.github.batchq.theory;

import io.github.batchq.random.Erlang;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Gamma;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Truncated;
import io.github.batchq.random.Uniform;
import io.github.batchq.random.Weibull;

/**
 * S = (integral of the square root of the density)^2, in the unit of the law: the constant of the
 * optimal loss c_B S / k of k bins (our T6), the exponential of the Renyi entropy of order 1/2. At
 * most the length of the support, with equality for the uniform law.
 */
public final class DensityConstant {
  private static final String SOURCE = "T6, S = (integral of sqrt f)^2";

  private DensityConstant() {}

  /**
   * S in the unit of the law: a closed form where there is one, else by quadrature to a relative
   * 1e-11; undefined for a law with atoms and where the integral is infinite.
   */
  public static TheoryResult of(Law law) {
    try {
      double value = value(law);
      return value < Double.POSITIVE_INFINITY
          ? TheoryResult.exact(value, SOURCE)
          : new TheoryResult.Undefined("the integral is infinite for " + law, SOURCE);
    } catch (IllegalArgumentException e) {
      return new TheoryResult.Undefined(String.valueOf(e.getMessage()), SOURCE);
    }
  }

  private static double value(Law law) {
    if (law instanceof Uniform uniform) {
      return uniform.max() - uniform.min();
    }
    if (law instanceof Exponential exponential) {
      return 4 / exponential.rate();
    }
    if (law instanceof Erlang erlang) {
      return value(new Gamma(erlang.stages(), 1 / erlang.rate()));
    }
    if (law instanceof Gamma gamma) {
      double shape = gamma.shape();
      return gamma.scale()
          * Math.exp((shape + 1) * Math.log(2) + 2 * logGamma((shape + 1) / 2) - logGamma(shape));
    }
    if (law instanceof Lognormal lognormal) {
      return 2 * Math.sqrt(2 * Math.PI) * lognormal.sigma() * lognormal.mean();
    }
    if (law instanceof Weibull weibull) {
      double shape = weibull.shape();
      return weibull.scale()
          / shape
          * Math.exp((shape + 1) / shape * Math.log(2) + 2 * logGamma((shape + 1) / (2 * shape)));
    }
    if (law instanceof Pareto pareto) {
      double excess = pareto.shape() - 1;
      return excess > 0
          ? 4 * pareto.shape() * pareto.scale() / (excess * excess)
          : Double.POSITIVE_INFINITY;
    }
    if (law instanceof Truncated truncated) {
      Law companion = RootDensity.companion(truncated.law());
      if (companion != null) {
        return windowed(truncated, companion);
      }
    }
    double root = new RootDensity(law).total();
    return root * root;
  }

  /** A window multiplies the integral by its share of it, and the density by 1 / its mass. */
  private static double windowed(Truncated law, Law companion) {
    double share = mass(companion, law);
    return value(law.law()) * share * share / mass(law.law(), law);
  }

  private static double mass(Law law, Truncated window) {
    return new LawOnInterval(law, window.min(), window.max()).mass();
  }

  private static double logGamma(double x) {
    return org.apache.commons.math3.special.Gamma.logGamma(x);
  }
}
