package io.github.batchq.study;

/** What is timed of a request whose moments are known, in seconds. */
public enum RequestDuration {
  /** From arrival to end. */
  LATENCY("time in system"),
  /** From arrival to the start of service. */
  WAIT("time until service starts"),
  /** From arrival until the batch is formed. */
  FORMATION("time until the batch is full"),
  /** From the forming of the batch to the start of service. */
  QUEUEING("time from full batch to service"),
  /** From the start of service to the end. */
  SERVICE("time in service"),
  /** From arrival to the first token. */
  TTFT("time to first token"),
  /** Per token after the first. */
  TPOT("time per token after the first");

  private final String label;

  RequestDuration(String label) {
    this.label = label;
  }

  /** What an axis calls it. */
  public String label() {
    return label;
  }

  /**
   * The time of a request; NaN where it has none, as one that was lost.
   *
   * @param arrival when it arrived, s
   * @param formed when its batch was formed, s
   * @param start when its service began, s
   * @param firstToken when it had its first token, s; NaN in a batch that is served whole
   * @param end when it left, s; NaN where it never did
   * @param length its length, in tokens where times per token are asked for
   */
  public double of(
      double arrival, double formed, double start, double firstToken, double end, double length) {
    if (Double.isNaN(end)) {
      return Double.NaN;
    }
    double later = Math.ceil(length) - 1;
    return switch (this) {
      case LATENCY -> end - arrival;
      case WAIT -> start - arrival;
      case FORMATION -> formed - arrival;
      case QUEUEING -> start - formed;
      case SERVICE -> end - start;
      case TTFT -> firstToken - arrival;
      case TPOT -> later > 0 ? (end - firstToken) / later : Double.NaN;
    };
  }
}
