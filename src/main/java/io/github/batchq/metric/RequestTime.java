package io.github.batchq.metric;

import io.github.batchq.model.BatchShape;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import org.jspecify.annotations.Nullable;

/**
 * What is timed of a request: seconds, but for the slowdown, which is a ratio. Each is a family of
 * metrics: its quantiles, its least and largest value, and its standard deviation.
 */
enum RequestTime {
  /** From its arrival until it leaves. */
  LATENCY("latency", "time in system", true),
  /** From its arrival until its service starts. */
  WAIT("wait", "time from a request's arrival until its service starts", true),
  /** From its arrival until its batch is formed; 0 where requests join running batches. */
  FORMATION("formation", "time from a request's arrival until its batch is full", false),
  /** From the forming of its batch until its service starts. */
  QUEUEING("queueing", "time from the forming of a request's batch until its service starts", true),
  /** From the start of its service until it leaves. */
  SERVICE("service", "time from the start of a request's service until it leaves", false),
  /** From its arrival to its first token; none in a batch that is served whole. */
  TTFT("ttft", "time to the first token", true),
  /** Time per token after the first; none in a batch that is served whole. */
  TPOT("tpot", "time per token after the first, of requests with at least two", false),
  /** Time in system over the time that it takes alone; none where that is not known, or 0. */
  SLOWDOWN("slowdown", "time in system over the time that a request takes alone", true),
  /** From when its client sent it until it leaves; none where no client waits for answers. */
  SENT_LATENCY("latency.sent", "time from when the client sent a request until it leaves", false),
  /** From when its client sent it to its first token; none where no client waits for answers. */
  SENT_TTFT("ttft.sent", "time from when the client sent a request to its first token", false);

  private final String id;
  private final String description;
  private final boolean unbounded;

  RequestTime(String id, String description, boolean unbounded) {
    this.id = id;
    this.description = description;
    this.unbounded = unbounded;
  }

  /** The name of the family: what stands before the dot. */
  String id() {
    return id;
  }

  /** What it is. */
  String description() {
    return description;
  }

  /** Its unit. */
  String unit() {
    return this == SLOWDOWN ? "1" : "s";
  }

  /** Whether it grows without bound where more requests arrive than the servers can carry. */
  boolean isUnbounded() {
    return unbounded;
  }

  /**
   * That of a member of a batch which is served whole; NaN where it has none.
   *
   * @param alone how long a request takes alone; null where slowdowns are not measured
   */
  double of(ServedBatch batch, int member, @Nullable ServiceTimeModel alone) {
    double arrival = batch.arrivalTime(member);
    double end = batch.departureTime(member);
    return switch (this) {
      case LATENCY -> end - arrival;
      case WAIT -> batch.startTime() - arrival;
      case FORMATION -> batch.formedTime() - arrival;
      case QUEUEING -> batch.startTime() - batch.formedTime();
      case SERVICE -> end - batch.startTime();
      case TTFT, TPOT, SENT_TTFT -> Double.NaN;
      case SENT_LATENCY -> end - batch.sentTime(member);
      case SLOWDOWN -> alone == null ? Double.NaN : slowdown(batch, member, alone);
    };
  }

  private static double slowdown(ServedBatch batch, int member, ServiceTimeModel alone) {
    double length = batch.length(member);
    return ratio(
        batch.departureTime(member) - batch.arrivalTime(member),
        alone.seconds(new BatchShape(1, length, length, batch.promptTokens(member))));
  }

  /** That of a request which leaves a running batch; NaN where it has none. */
  double of(ServedRequest request, double now) {
    return switch (this) {
      case LATENCY -> now - request.arrivalTime();
      case WAIT, QUEUEING -> request.joinTime() - request.arrivalTime();
      case FORMATION -> 0;
      case SERVICE -> now - request.joinTime();
      case TTFT -> request.firstTokenTime() - request.arrivalTime();
      case TPOT ->
          request.tokens() > 1
              ? (now - request.firstTokenTime()) / (request.tokens() - 1)
              : Double.NaN;
      case SLOWDOWN -> ratio(now - request.arrivalTime(), request.secondsAlone());
      case SENT_LATENCY -> now - request.sentTime();
      case SENT_TTFT -> request.firstTokenTime() - request.sentTime();
    };
  }

  private static double ratio(double inSystem, double secondsAlone) {
    return secondsAlone > 0 ? inSystem / secondsAlone : Double.NaN;
  }
}
