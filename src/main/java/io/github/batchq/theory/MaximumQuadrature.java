package io.github.batchq.theory;

import io.github.batchq.random.Law;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The law of the longest of b lengths as points with weights, for expectations of functions that
 * are smooth between the law's breakpoints.
 *
 * <p>The expectation over the longest length M is an integral over v = P(M &le; x). Between two
 * breakpoints of the law it is taken by the double-exponential rule (v runs through a logistic
 * function of pi sinh t, equal steps in t), whose error falls exponentially whatever happens at the
 * two ends; atoms are summed. All weights are positive, so nothing is lost by cancellation.
 */
final class MaximumQuadrature {
  /** exp(-pi sinh 6) = 1e-275: the rule reaches that far into either tail. */
  private static final double FARTHEST = 6;

  private final Law law;
  private final int requests;
  private final List<Part> parts = new ArrayList<>();

  /**
   * @param requests number of lengths b, at least 1
   */
  MaximumQuadrature(Law law, int requests) {
    this.law = law;
    this.requests = requests;
    double[] points =
        Arrays.stream(law.breakpoints()).filter(x -> x > law.lower() && x < law.upper()).toArray();
    atom(law.lower());
    double from = law.lower();
    for (double point : points) {
      piece(from, point);
      atom(point);
      from = point;
    }
    if (law.upper() > law.lower()) {
      piece(from, law.upper());
      atom(law.upper());
    }
  }

  /** Atoms and the pieces between them that have mass, in the order of the lengths. */
  List<Part> parts() {
    return parts;
  }

  private void atom(double x) {
    if (x < Double.POSITIVE_INFINITY) {
      double mass = aboveOf(law.atLeast(x)) - aboveOf(law.survival(x));
      if (mass > 0) {
        parts.add(new Atom(x, mass));
      }
    }
  }

  private void piece(double from, double to) {
    double rest = to < Double.POSITIVE_INFINITY ? aboveOf(law.atLeast(to)) : 0;
    double lowerRest = aboveOf(law.survival(from));
    double mass = lowerRest - rest;
    if (mass > 0) {
      double below = lowerRest >= 1 ? 0 : Math.pow(1 - law.survival(from), requests);
      parts.add(new Piece(law, requests, from, to, below, rest, mass));
    }
  }

  /** 1 - F^b from 1 - F. */
  private double aboveOf(double survival) {
    return survival >= 1 ? 1 : -Math.expm1(requests * Math.log1p(-survival));
  }

  /** Hears of the points of a rule. */
  interface Sink {
    /** A longest length with its weight. */
    void add(double longest, double weight);
  }

  /** A part of the law. */
  sealed interface Part {
    /** Its probability. */
    double mass();
  }

  /** A length that is the longest with positive probability. */
  record Atom(double length, double mass) implements Part {}

  /**
   * An open interval between two neighbouring breakpoints.
   *
   * @param below probability of a shorter longest length
   * @param rest probability of a longer one
   */
  record Piece(
      Law law, int requests, double from, double to, double below, double rest, double mass)
      implements Part {
    /** The nodes at start, start + step, ... and at their negatives, each with weight step. */
    void nodes(double start, double step, Sink sink) {
      for (int i = 0; start + i * step <= FARTHEST; i++) {
        double t = start + i * step;
        node(t, step, sink);
        if (t > 0) {
          node(-t, step, sink);
        }
      }
    }

    private void node(double t, double step, Sink sink) {
      double power = Math.PI * Math.sinh(t);
      double low = 1 / (1 + Math.exp(-power));
      double high = 1 / (1 + Math.exp(power));
      double weight = mass * step * Math.PI * Math.cosh(t) * low * high;
      if (weight > 0) {
        double v = below + mass * low;
        double logarithm = v < 0.5 ? Math.log(v) : Math.log1p(-(rest + mass * high));
        double survival = -Math.expm1(logarithm / requests);
        double x =
            survival <= 0.5
                ? law.upperQuantile(survival)
                : law.quantile(Math.exp(logarithm / requests));
        sink.add(Math.min(to, Math.max(from, x)), weight);
      }
    }
  }
}
