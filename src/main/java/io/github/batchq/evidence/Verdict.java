package io.github.batchq.evidence;

/** Whether what was found is what was expected. */
public enum Verdict {
  /** What is found agrees with what is expected. */
  HOLDS("holds"),
  /** The corrected form agrees with the truth, and the printed one does not. */
  CORRECTED("printed form wrong, corrected form holds"),
  /** What is found does not agree with what is expected. */
  FAILS("fails");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** {@link #HOLDS} or {@link #FAILS}. */
  public static Verdict of(boolean agrees) {
    return agrees ? HOLDS : FAILS;
  }

  @Override
  public String toString() {
    return label;
  }
}
