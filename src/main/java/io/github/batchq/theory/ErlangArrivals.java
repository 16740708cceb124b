package io.github.batchq.theory;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.complex.Complex;
import org.jspecify.annotations.Nullable;

/**
 * Mean wait in a queue with one server whose customers come at every B-th point of a Poisson
 * process of rate lambda, E_B/G/1: the full batches of one bin. With the transform phi of the
 * service time S (our T16),
 *
 * <pre>
 * E[W] = (E[S^2] - B (B-1) / lambda^2) / (2 (B / lambda - E[S])) + sum of 1 / (lambda (1 - z_j)),
 * </pre>
 *
 * z_1, ..., z_{B-1} being the roots of z^B = phi(lambda (1 - z)) inside the unit disc; for B = 1 it
 * is the formula of Pollaczek and Khinchine, which needs the moments alone.
 *
 * <p>At lambda = 0 the roots are those of unity. Each is followed from there to lambda in steps, a
 * first-order prediction and Newton's method in log z, with the logarithm of z^B / phi taken near
 * its root, so that no branch is chosen. They count as found if they are B - 1 different points
 * inside the disc at each of which |z^B - phi| is at most {@value #RESIDUAL}: by Rouché's theorem
 * there are no others.
 */
final class ErlangArrivals {
  private static final String SOURCE = "E_B/G/1 (T16)";

  /** The largest batch whose roots are followed. */
  private static final int MOST = 2048;

  private static final double RESIDUAL = 1e-12;

  /** Roots closer than this to each other or to 1 count as the same. */
  private static final double DISTINCT = 1e-9;

  /** A step is taken if it ends within this share of 1/B of the prediction, in log z. */
  private static final double NEAR = 0.5;

  private static final double FIRST_STEP = 1.0 / 16;
  private static final double LEAST_STEP = 1e-5;

  /** So often roots that were lost are followed again, with more points. */
  private static final int MOST_TRIES = 2;

  private static final int MOST_ITERATIONS = 12;

  /** Relative movement of a root that rounding explains. */
  private static final double ROUNDING = 1e-14;

  /** What twice the quadrature points may move the wait by, as a share of B / lambda and of it. */
  private static final double SETTLED = 1e-11;

  private final int batchSize;
  private final double rate;
  private final ServiceTransform service;

  private ErlangArrivals(int batchSize, double rate, ServiceTransform service) {
    this.batchSize = batchSize;
    this.rate = rate;
    this.service = service;
  }

  /**
   * Mean wait in seconds, to an absolute 1e-9 of the time between customers or so; undefined where
   * the roots cannot be told to be right.
   *
   * @param batchSize points of the Poisson process for each customer B, at least 1
   * @param rate rate of the Poisson process; rate * mean must be less than B
   * @param mean mean service time, finite
   * @param variance its variance, finite
   * @param service its transform, which is not asked for B = 1
   */
  static TheoryResult meanWait(
      int batchSize, double rate, double mean, double variance, ServiceTransform service) {
    double between = batchSize / rate;
    double drift =
        (mean * mean + variance - between * (between - 1 / rate)) / (2 * (between - mean));
    if (batchSize == 1) {
      return TheoryResult.exact(drift, SOURCE);
    }
    if (batchSize > MOST) {
      return undefined("the roots are followed for batches of at most " + MOST + " requests");
    }
    List<Complex> roots = null;
    double before = Double.NaN;
    int tries = 0;
    for (ServiceTransform phi = service; phi != null; phi = phi.finer()) {
      ErlangArrivals queue = new ErlangArrivals(batchSize, rate, phi);
      // With too few points the transform may be far off, and its roots be lost.
      roots = queue.right(roots == null ? queue.followed() : queue.polished(roots));
      if (roots == null && tries++ == MOST_TRIES) {
        break;
      }
      double wait = roots == null ? Double.NaN : drift + queue.sum(roots);
      if (Math.abs(wait - before) <= SETTLED * (between + wait)
          || (phi.isClosed() && !Double.isNaN(wait))) {
        return TheoryResult.exact(Math.max(0, wait), SOURCE);
      }
      before = wait;
    }
    return undefined(
        roots == null
            ? "not all " + (batchSize - 1) + " roots of z^B = E[exp(-lambda (1-z) S)] were found"
            : "the quadrature of the service time did not settle");
  }

  private static TheoryResult undefined(String reason) {
    return new TheoryResult.Undefined(reason, SOURCE);
  }

  /**
   * The roots of the upper half plane and, for an even B, the negative one, which comes last; those
   * of the lower half plane are their conjugates. Null where one is lost.
   */
  private @Nullable List<Complex> followed() {
    List<Complex> roots = new ArrayList<>();
    for (int j = 1; 2 * j <= batchSize; j++) {
      Complex root = followed(j);
      if (root == null) {
        return null;
      }
      roots.add(root);
    }
    return polished(roots);
  }

  private @Nullable Complex followed(int j) {
    Complex z = isReal(j) ? Complex.ONE.negate() : unity(j);
    double at = 0;
    double step = FIRST_STEP * rate;
    while (at < rate) {
      double next = Math.min(rate, at + step);
      Complex predicted = z.multiply(velocity(z, at).multiply(next - at).exp());
      Complex found = root(predicted, next, NEAR / batchSize);
      if (found != null && found.divide(predicted).log().abs() <= NEAR / batchSize) {
        z = found;
        at = next;
        step *= 2;
      } else {
        step /= 2;
        if (step < LEAST_STEP * rate) {
          return null;
        }
      }
    }
    return z;
  }

  private Complex unity(int j) {
    double angle = 2 * Math.PI * j / batchSize;
    return new Complex(Math.cos(angle), Math.sin(angle));
  }

  private boolean isReal(int j) {
    return 2 * j == batchSize;
  }

  /** d log z / d lambda along a root: (1 - z) phi'/phi over B + lambda z phi'/phi. */
  private Complex velocity(Complex z, double lambda) {
    Complex rest = Complex.ONE.subtract(z);
    Complex slope = service.at(rest.multiply(lambda)).slope();
    return rest.multiply(slope).divide(z.multiply(slope).multiply(lambda).add(batchSize));
  }

  /** Newton's method in log z from a point near a root; null where a movement exceeds a bound. */
  private @Nullable Complex root(Complex start, double lambda, double bound) {
    Complex z = start;
    for (int i = 0; i < MOST_ITERATIONS; i++) {
      ServiceTransform.Value phi = service.at(Complex.ONE.subtract(z).multiply(lambda));
      Complex movement =
          excess(z, phi).divide(z.multiply(phi.slope()).multiply(lambda).add(batchSize));
      double size = movement.abs();
      if (!(size <= bound)) {
        return null;
      }
      z = z.multiply(movement.negate().exp());
      if (size <= ROUNDING) {
        return z;
      }
    }
    return z;
  }

  /** log (z^B / phi) on the branch that vanishes at the root. */
  private Complex excess(Complex z, ServiceTransform.Value phi) {
    Complex difference = z.log().multiply(batchSize).subtract(phi.logarithm());
    return new Complex(
        difference.getReal(), Math.IEEEremainder(difference.getImaginary(), 2 * Math.PI));
  }

  private @Nullable List<Complex> polished(List<Complex> roots) {
    List<Complex> polished = new ArrayList<>();
    for (Complex root : roots) {
      Complex found = root(root, rate, Double.MAX_VALUE);
      if (found == null) {
        return null;
      }
      polished.add(found);
    }
    return polished;
  }

  /** The roots if they are all there is, else null. */
  private @Nullable List<Complex> right(@Nullable List<Complex> roots) {
    return roots != null && areRight(roots) ? roots : null;
  }

  private boolean areRight(List<Complex> roots) {
    for (int i = 0; i < roots.size(); i++) {
      Complex z = roots.get(i);
      ServiceTransform.Value phi = service.at(Complex.ONE.subtract(z).multiply(rate));
      Complex ratio = excess(z, phi).exp();
      double residual = ratio.subtract(1).abs() * Math.exp(Math.min(0, phi.logarithm().getReal()));
      boolean isOnItsSide =
          isReal(i + 1) ? Math.abs(z.getImaginary()) < DISTINCT : z.getImaginary() > DISTINCT;
      if (!(residual <= RESIDUAL && z.abs() < 1 && isApart(z, Complex.ONE) && isOnItsSide)) {
        return false;
      }
      for (int other = 0; other < i; other++) {
        if (!isApart(z, roots.get(other))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isApart(Complex one, Complex other) {
    return one.subtract(other).abs() > DISTINCT;
  }

  private double sum(List<Complex> roots) {
    double sum = 0;
    for (int i = 0; i < roots.size(); i++) {
      double term = Complex.ONE.subtract(roots.get(i)).reciprocal().getReal();
      sum += isReal(i + 1) ? term : 2 * term;
    }
    return sum / rate;
  }
}
