package io.github.batchq.evidence.statements;

import io.github.batchq.evidence.Verdict;
import io.github.batchq.metric.Estimate;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the findings of a check and pronounces their verdicts. Each method takes what is
 * expected, then what is found.
 */
public final class Findings {
  /** Confidence level of the intervals of simulations. */
  public static final double CONFIDENCE = 0.999;

  /** An interval whose half-width is a larger share of the expected value proves nothing. */
  private static final double WIDEST = 0.01;

  /** The same for a difference of two means of ten runs, whose length the paper has fixed. */
  private static final double WIDEST_OF_TEN_RUNS = 0.03;

  /** Rounding may carry a value over the bound that it attains, by this share of the bound. */
  private static final double ROUNDING = 1e-9;

  /** The same where the bound is 0. */
  private static final double ROUNDING_AT_ZERO = 1e-12;

  private final List<NumberFinding> findings = new ArrayList<>();

  /** What was collected, in order. */
  List<NumberFinding> list() {
    return List.copyOf(findings);
  }

  private void add(
      String quantity,
      FindingKind kind,
      double expected,
      double found,
      double tolerance,
      double printed,
      Verdict verdict) {
    findings.add(new NumberFinding(quantity, kind, expected, found, tolerance, printed, verdict));
  }

  /**
   * Compares two ways to the same number.
   *
   * @param relative largest difference as a share of the expected number; where that is 0, the
   *     largest difference itself
   */
  public void equal(
      FindingKind kind, String quantity, double expected, double found, double relative) {
    double tolerance = expected == 0 ? relative : Math.abs(expected) * relative;
    boolean agrees = Math.abs(found - expected) <= tolerance;
    add(quantity, kind, expected, found, tolerance, Double.NaN, Verdict.of(agrees));
  }

  /** Compares a closed form with the quadrature of what it integrates. */
  public void quadrature(String quantity, double closedForm, double quadrature) {
    equal(FindingKind.QUADRATURE, quantity, closedForm, quadrature, 1e-9);
  }

  /** Compares an upper bound with a value that must not exceed it. */
  public void atMost(String quantity, double bound, double value) {
    double tolerance = ROUNDING_AT_ZERO + ROUNDING * Math.abs(bound);
    boolean agrees = value - bound <= tolerance;
    add(quantity, FindingKind.BOUND, bound, value, tolerance, Double.NaN, Verdict.of(agrees));
  }

  /**
   * Compares a formula with a simulation of what it describes: it holds where the formula lies in
   * the {@value #CONFIDENCE} interval and the interval is narrow.
   *
   * @param simulated with intervals of that level
   */
  public void simulation(String quantity, double formula, Estimate simulated) {
    simulation(FindingKind.SIMULATION, quantity, formula, simulated, Double.NaN);
  }

  /** As {@link #simulation}, where the paper prints another value: the interval excludes that. */
  public void simulationAgainstPrint(
      String quantity, double formula, Estimate simulated, double printed) {
    simulation(FindingKind.SIMULATION, quantity, formula, simulated, printed);
  }

  /**
   * Compares a mean of simulations that the paper plots with the mean of as many of our own: their
   * difference has sqrt(2) times the error of one of them.
   *
   * @param simulated with intervals of the level {@value #CONFIDENCE}
   */
  public void reproduction(String quantity, double plotted, Estimate simulated) {
    Estimate ofBoth =
        new Estimate(
            simulated.mean(), Math.sqrt(2) * simulated.halfWidth(), simulated.degreesOfFreedom());
    simulation(FindingKind.REPRODUCTION, quantity, plotted, ofBoth, Double.NaN);
  }

  private void simulation(
      FindingKind kind, String quantity, double expected, Estimate simulated, double printed) {
    double tolerance = simulated.halfWidth();
    double widest = kind == FindingKind.REPRODUCTION ? WIDEST_OF_TEN_RUNS : WIDEST;
    boolean agrees =
        Math.abs(simulated.mean() - expected) <= tolerance
            && tolerance <= widest * Math.abs(expected);
    boolean misprint = Math.abs(simulated.mean() - printed) > tolerance;
    Verdict verdict =
        !agrees || !(Double.isNaN(printed) || misprint)
            ? Verdict.FAILS
            : misprint ? Verdict.CORRECTED : Verdict.HOLDS;
    add(quantity, kind, expected, simulated.mean(), tolerance, printed, verdict);
  }

  /**
   * Compares the truth with the correction of a wrong printed form.
   *
   * @param relative largest difference of truth and correction as a share of the truth; the printed
   *     form must differ by more
   */
  public void erratum(
      String quantity, double truth, double corrected, double printed, double relative) {
    double tolerance = Math.abs(truth) * relative;
    boolean holds =
        Math.abs(corrected - truth) <= tolerance && Math.abs(printed - truth) > tolerance;
    Verdict verdict = holds ? Verdict.CORRECTED : Verdict.FAILS;
    add(quantity, FindingKind.ERRATUM, truth, corrected, tolerance, printed, verdict);
  }

  /** Counts the violations of a statement that was tried on random cases; none are expected. */
  public void search(String quantity, long violations) {
    add(
        quantity,
        FindingKind.SEARCH,
        0,
        (double) violations,
        0,
        Double.NaN,
        Verdict.of(violations == 0));
  }
}
