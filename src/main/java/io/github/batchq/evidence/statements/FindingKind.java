package io.github.batchq.evidence.statements;

/** What a finding compares: first what is expected, then what is found. */
public enum FindingKind {
  /** A closed form against the adaptive quadrature of the defining integral. */
  QUADRATURE("closed form v quadrature"),
  /** A value of theory against an algorithm that shares nothing with it. */
  ALGORITHM("theory v algorithm"),
  /** A bound against a value that must not exceed it. */
  BOUND("upper bound v value"),
  /** A limit against a value near it. */
  LIMIT("limit v value"),
  /** An approximation against the mean of simulations, with the error that it is stated to have. */
  APPROXIMATION("simulation v approximation"),
  /** A value of theory against the mean of independent simulations. */
  SIMULATION("theory v simulation"),
  /** A mean of simulations that the paper plots against the mean of as many of our own. */
  REPRODUCTION("plotted v simulation"),
  /** A number that is printed or plotted against what it should be. */
  PRINTED("printed v computed"),
  /** Violations that a search over random cases found, of which none are expected. */
  SEARCH("violations in a search"),
  /** A printed form that is wrong: the truth against the corrected form. */
  ERRATUM("truth v corrected form");

  private final String label;

  FindingKind(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
