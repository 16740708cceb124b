package io.github.batchq.evidence.statements;

import io.github.batchq.metric.Estimate;
import java.util.ArrayList;
import java.util.List;

/** Collects the comparisons of a check and pronounces their verdicts. */
public final class Comparisons {
  /** Confidence level of the intervals of simulations. */
  public static final double CONFIDENCE = 0.999;

  /** An interval whose half-width is a larger share of the expected value proves nothing. */
  private static final double WIDEST = 0.01;

  /** The same for a difference of two means of ten runs, whose length the paper has fixed. */
  private static final double WIDEST_OF_TEN_RUNS = 0.03;

  /** A bound that is attained may be exceeded by that share of itself, by rounding. */
  private static final double ROUNDING = 1e-9;

  /** The same where the bound is 0. */
  private static final double ROUNDING_AT_ZERO = 1e-12;

  private final List<Comparison> rows = new ArrayList<>();

  /** What was collected, in order. */
  List<Comparison> rows() {
    return List.copyOf(rows);
  }

  /**
   * Two ways to the same number.
   *
   * @param relative largest difference as a share of the expected number; where that is 0, absolute
   */
  public void equal(Kind kind, String what, double expected, double found, double relative) {
    double tolerance = expected == 0 ? relative : Math.abs(expected) * relative;
    Verdict verdict = Math.abs(found - expected) <= tolerance ? Verdict.HOLDS : Verdict.FAILS;
    rows.add(new Comparison(what, kind, expected, found, tolerance, Double.NaN, verdict));
  }

  /** A closed form and the quadrature of what it integrates. */
  public void quadrature(String what, double closedForm, double quadrature) {
    equal(Kind.QUADRATURE, what, closedForm, quadrature, 1e-9);
  }

  /** A value that must not exceed a bound. */
  public void atMost(String what, double bound, double value) {
    double tolerance = ROUNDING_AT_ZERO + ROUNDING * Math.abs(bound);
    Verdict verdict = value - bound <= tolerance ? Verdict.HOLDS : Verdict.FAILS;
    rows.add(new Comparison(what, Kind.BOUND, bound, value, tolerance, Double.NaN, verdict));
  }

  /**
   * A formula and a simulation of what it describes: it holds where the formula lies in the {@value
   * #CONFIDENCE} interval and the interval is narrow.
   *
   * @param simulated with intervals of that level
   */
  public void simulation(String what, double formula, Estimate simulated) {
    simulation(Kind.SIMULATION, what, formula, simulated, Double.NaN);
  }

  /** A simulation that agrees with the formula and not with what is printed. */
  public void simulationAgainstPrint(
      String what, double formula, Estimate simulated, double printed) {
    simulation(Kind.SIMULATION, what, formula, simulated, printed);
  }

  /**
   * A mean of simulations that the paper plots, and the mean of as many of our own: their
   * difference has sqrt(2) times the error of one of them.
   *
   * @param simulated with intervals of the level {@value #CONFIDENCE}
   */
  public void reproduction(String what, double plotted, Estimate simulated) {
    Estimate ofBoth =
        new Estimate(
            simulated.mean(), Math.sqrt(2) * simulated.halfWidth(), simulated.degreesOfFreedom());
    simulation(Kind.REPRODUCTION, what, plotted, ofBoth, Double.NaN);
  }

  private void simulation(
      Kind kind, String what, double expected, Estimate simulated, double printed) {
    double tolerance = simulated.halfWidth();
    double widest = kind == Kind.REPRODUCTION ? WIDEST_OF_TEN_RUNS : WIDEST;
    boolean agrees =
        Math.abs(simulated.mean() - expected) <= tolerance
            && tolerance <= widest * Math.abs(expected);
    boolean misprint = Math.abs(simulated.mean() - printed) > tolerance;
    Verdict verdict =
        !agrees || !(Double.isNaN(printed) || misprint)
            ? Verdict.FAILS
            : misprint ? Verdict.CORRECTED : Verdict.HOLDS;
    rows.add(new Comparison(what, kind, expected, simulated.mean(), tolerance, printed, verdict));
  }

  /**
   * A wrong printed form beside its correction.
   *
   * @param relative largest difference of truth and correction as a share of the truth, and least
   *     difference of truth and print
   */
  public void erratum(
      String what, double truth, double corrected, double printed, double relative) {
    double tolerance = Math.abs(truth) * relative;
    boolean holds =
        Math.abs(corrected - truth) <= tolerance && Math.abs(printed - truth) > tolerance;
    rows.add(
        new Comparison(
            what,
            Kind.ERRATUM,
            truth,
            corrected,
            tolerance,
            printed,
            holds ? Verdict.CORRECTED : Verdict.FAILS));
  }

  /** A statement tried on random cases. */
  public void search(String what, long violations) {
    Verdict verdict = violations == 0 ? Verdict.HOLDS : Verdict.FAILS;
    rows.add(new Comparison(what, Kind.SEARCH, 0, violations, 0, Double.NaN, verdict));
  }
}
