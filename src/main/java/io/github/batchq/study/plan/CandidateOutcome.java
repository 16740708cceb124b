package io.github.batchq.study.plan;

/** What became of a candidate; tables show the texts. */
public enum CandidateOutcome {
  /** Theory says that it cannot carry the rate. */
  OVERLOADED_BY_THEORY("cannot carry the rate", "theory"),
  /** Theory says that it misses a requirement. */
  MISSES_BY_THEORY("misses a requirement", "theory"),
  /** More servers miss a requirement too, where more of them never do harm. */
  MISSES_WITH_MORE("misses a requirement", "more servers miss it"),
  /** Its runs show a queue that grows. */
  OVERLOADED("cannot carry the rate", "simulation"),
  /** Its runs show that it misses a requirement. */
  MISSES("misses a requirement", "simulation"),
  /** It misses nothing that can be told, and another is surely better. */
  WORSE("worse than another", "simulation"),
  /** Its runs could not tell whether it keeps the requirements. */
  OPEN("not decided", "simulation"),
  /** It kept the requirements in the race, and not when it was run again. */
  NOT_CONFIRMED("not confirmed", "fresh runs"),
  /** It keeps the requirements with the confidence asked for. */
  KEEPS("keeps the requirements", "simulation"),
  /** One of its family that costs less keeps the requirements; it was not run. */
  DEARER("costs more than another of its family", "cost"),
  /** Its family was not followed to so many servers; it was not run. */
  NOT_TRIED("not tried", "cost");

  private final String text;
  private final String decidedBy;

  CandidateOutcome(String text, String decidedBy) {
    this.text = text;
    this.decidedBy = decidedBy;
  }

  /** What decided: theory, simulation, or cost. */
  public String decidedBy() {
    return decidedBy;
  }

  @Override
  public String toString() {
    return text;
  }
}
