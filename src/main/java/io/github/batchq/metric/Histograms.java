package io.github.batchq.metric;

/**
 * The histograms of a run. Runs that one thread makes one after the other may share them: fresh
 * memory would take a sixth of a run of a thousand requests.
 */
public final class Histograms {
  final LatencyHistogram latencies = new LatencyHistogram();
  final LatencyHistogram firstTokens = new LatencyHistogram();
  final LatencyHistogram perTokens = new LatencyHistogram();
  final LatencyHistogram slowdowns = new LatencyHistogram();

  /** Forgets a run: what is to be read of its statistics must have been. */
  void clear() {
    latencies.clear();
    firstTokens.clear();
    perTokens.clear();
    slowdowns.clear();
  }
}
