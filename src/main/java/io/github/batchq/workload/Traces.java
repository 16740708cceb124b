package io.github.batchq.workload;

import io.github.batchq.model.BadRows;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The traces of an experiment: each is read once, however many points of a sweep use it. Several
 * threads may ask.
 */
public final class Traces {
  private final Map<TraceSpec, Trace> read = new HashMap<>();
  private final Map<Window, Trace> slices = new HashMap<>();
  private final BadRows bad;

  /** Of files without malformed lines. */
  public Traces() {
    this(BadRows.none());
  }

  /**
   * @param bad what becomes of malformed lines
   */
  public Traces(BadRows bad) {
    this.bad = bad;
  }

  /**
   * The trace that a spec describes.
   *
   * @throws io.github.batchq.model.BadInputException if the file is missing or a line is malformed
   */
  public synchronized Trace get(TraceSpec spec) {
    return read.computeIfAbsent(spec, found -> found.read(bad));
  }

  /**
   * A part of a trace.
   *
   * @param from start in seconds after the first arrival, at least 0; the first arrival when null
   * @param to end, after the start; the last arrival when null
   * @throws IllegalArgumentException if the window is none
   * @throws io.github.batchq.model.BadInputException if the file is missing, a line is malformed or
   *     fewer than two requests arrive in the window
   */
  public synchronized Trace get(TraceSpec spec, @Nullable Double from, @Nullable Double to) {
    if (from == null && to == null) {
      return get(spec);
    }
    Window window =
        new Window(spec, from == null ? 0 : from, to == null ? Double.POSITIVE_INFINITY : to);
    return slices.computeIfAbsent(window, key -> get(spec).slice(key.from, key.to));
  }

  private record Window(TraceSpec spec, double from, double to) {
    Window {
      if (!(from >= 0 && from < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "from must be a number of seconds of at least 0, found " + from);
      }
      if (!(to > from)) {
        throw new IllegalArgumentException("to must be more than from, " + from + ", found " + to);
      }
    }
  }
}
