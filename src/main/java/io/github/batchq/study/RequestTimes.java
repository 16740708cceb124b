package io.github.batchq.study;

import io.github.batchq.model.SortedNumbers;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * When the requests of one run arrived and had their first and last tokens, in order of arrival, in
 * seconds; NaN for a time that is not known.
 *
 * @param arrivals when they arrived
 * @param firsts when they had their first tokens
 * @param ends when they had their last tokens
 * @param tokens how many they generated
 */
@SuppressWarnings("ArrayRecordComponent")
record RequestTimes(double[] arrivals, double[] firsts, double[] ends, double[] tokens) {
  /** Times of so many requests, none of which is known yet. */
  static RequestTimes unknown(int requests) {
    RequestTimes times =
        new RequestTimes(
            new double[requests], new double[requests], new double[requests], new double[requests]);
    Arrays.fill(times.firsts, Double.NaN);
    Arrays.fill(times.ends, Double.NaN);
    return times;
  }

  int size() {
    return arrivals.length;
  }

  /** From arrival to first token; NaN where that is not known. */
  double firstTokenTime(int i) {
    return firsts[i] - arrivals[i];
  }

  /** Mean time of each token after the first; NaN where there is none, or where not known. */
  double timePerToken(int i) {
    return tokens[i] > 1 ? (ends[i] - firsts[i]) / (tokens[i] - 1) : Double.NaN;
  }

  /** From arrival to last token; NaN where that is not known. */
  double latency(int i) {
    return ends[i] - arrivals[i];
  }

  /** The known values of some requests. */
  static double[] known(int[] requests, IntToDoubleFunction value) {
    return IntStream.of(requests)
        .mapToDouble(value)
        .filter(found -> !Double.isNaN(found))
        .toArray();
  }

  /** How many requests are between their first and last tokens at some times. */
  double[] running(double[] times) {
    double[] starts = Arrays.stream(firsts).filter(x -> !Double.isNaN(x)).sorted().toArray();
    double[] stops =
        IntStream.range(0, size())
            .filter(i -> !Double.isNaN(firsts[i]) && !Double.isNaN(ends[i]))
            .mapToDouble(i -> ends[i])
            .sorted()
            .toArray();
    double[] running = new double[times.length];
    for (int t = 0; t < times.length; t++) {
      running[t] = SortedNumbers.atMost(starts, times[t]) - SortedNumbers.atMost(stops, times[t]);
    }
    return running;
  }
}
