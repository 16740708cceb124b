package io.github.batchq.workload;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The traces of an experiment: each is read once, however many points of a sweep replay it. */
public final class Traces {
  private final Map<TraceSpec, Trace> read = new ConcurrentHashMap<>();

  /**
   * The trace that a spec describes.
   *
   * @throws io.github.batchq.model.BadInputException if the file is missing or a line is malformed
   */
  public Trace get(TraceSpec spec) {
    return read.computeIfAbsent(spec, TraceSpec::read);
  }
}
