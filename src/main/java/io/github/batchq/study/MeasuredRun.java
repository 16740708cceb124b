package io.github.batchq.study;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Numerals;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Trace.LengthUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A run that was measured: when each request arrived, its prompt and its answer in tokens, and when
 * it had its first and last tokens, as far as the file tells.
 */
public final class MeasuredRun {
  /** Fewer requests than this leave too little for a fit, and for an interval over runs. */
  public static final int FEWEST = 50;

  /** Clocks of one machine may differ by this much, in seconds. */
  private static final double CLOCK = 1e-3;

  private static final int DIGITS = 4;

  private final Trace trace;
  private final RequestTimes times;

  /**
   * @param trace the requests
   * @throws BadInputException if it cannot be replayed, or tells nothing to compare a replay with
   */
  public MeasuredRun(Trace trace) {
    this.trace = trace;
    if (!trace.hasArrivalTimes()) {
      throw cannot(
          "tells no arrival times, so its run cannot be replayed",
          "its lengths can still serve other runs, as service: {tokens: {sample: ...}}");
    }
    if (trace.unit() == LengthUnit.SECONDS) {
      throw cannot(
          "tells service times and no numbers of tokens, so no step costs can be found",
          "policies can still be compared on it by 'batchq run' and 'batchq compare'");
    }
    this.times = RequestTimes.unknown(trace.size());
    for (int i = 0; i < trace.size(); i++) {
      times.arrivals()[i] = trace.arrivalTime(i);
      times.firsts()[i] = trace.firstToken(i);
      times.ends()[i] = trace.end(i);
      times.tokens()[i] = Math.ceil(trace.length(i));
      check(i);
    }
    if (!knowsFirsts() && !knowsEnds()) {
      throw cannot(
          "tells no times of first or last tokens, so nothing of a replay can be compared with it",
          "name them by --column firstToken=NAME --column end=NAME if it has them; its arrivals and"
              + " lengths can still be replayed by 'batchq run' with step costs that are known");
    }
  }

  private BadInputException cannot(String why, String what) {
    return new BadInputException(trace.name() + " " + why + "; " + what);
  }

  private void check(int i) {
    double first = times.firstTokenTime(i);
    double decoding = times.ends()[i] - times.firsts()[i];
    double latency = times.latency(i);
    if (first < -CLOCK || decoding < -CLOCK || latency < -CLOCK) {
      boolean early = first < -CLOCK;
      double by = early ? first : decoding < -CLOCK ? decoding : latency;
      throw new BadInputException(
          trace.name()
              + ": request "
              + (i + 1)
              + " in order of arrival has its "
              + (early ? "first" : "last")
              + " token "
              + Numerals.digits(-by, DIGITS)
              + " s before "
              + (early || !(decoding < -CLOCK) ? "it arrives" : "its first")
              + ": the times must be of one clock and in one unit");
    }
  }

  /** The requests. */
  public Trace trace() {
    return trace;
  }

  /** Number of requests. */
  public int size() {
    return trace.size();
  }

  /** Requests of a block where nobody says it: the root of their number, rounded. */
  public static int block(int requests) {
    return (int) Math.round(Math.sqrt(requests));
  }

  RequestTimes times() {
    return times;
  }

  private boolean knowsFirsts() {
    return IntStream.range(0, size()).anyMatch(i -> !Double.isNaN(times.firsts()[i]));
  }

  private boolean knowsEnds() {
    return IntStream.range(0, size()).anyMatch(i -> !Double.isNaN(times.ends()[i]));
  }

  /** What the file cannot tell, and what can still be compared: sentences. */
  List<String> limits() {
    List<String> limits = new ArrayList<>();
    if (!knowsFirsts()) {
      limits.add(
          trace.name()
              + " tells no times of first tokens: throughput and latency can be compared, TTFT and"
              + " TPOT cannot");
    } else if (!knowsEnds()) {
      limits.add(
          trace.name() + " tells no times of last tokens: TTFT can be compared, and nothing else");
    }
    if (trace.failures() > 0) {
      limits.add(
          trace.failures()
              + (trace.failures() == 1 ? " request" : " requests")
              + " failed and left no times: the other "
              + size()
              + " are replayed and compared without the load of these, so times beside them may be"
              + " longer than replayed ones");
    }
    if (size() < FEWEST) {
      limits.add(
          "with "
              + size()
              + " requests, fewer than "
              + FEWEST
              + ", means and quantiles are compared without an interval and a verdict");
    }
    return limits;
  }
}
