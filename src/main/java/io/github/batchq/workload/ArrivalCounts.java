package io.github.batchq.workload;

import io.github.batchq.workload.TraceStatistics.Dispersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Arrivals counted in windows of a length, one after the other from the first arrival on.
 *
 * @param times arrival time of each request in seconds, 0 for the first one, none smaller than the
 *     one before it
 * @param requests how many there are, at least 2
 * @param tick tick of the clock in seconds; 0 where it is finer than the gaps. Windows begin half a
 *     tick before a tick, so that rounding moves no request from one to the next.
 */
public record ArrivalCounts(IntToDoubleFunction times, int requests, double tick) {
  /** A variance of counts is taken over at least so many windows. */
  public static final int FEWEST_WINDOWS = 30;

  private static final double ROUNDING = 1e-9;

  private double duration() {
    return times.applyAsDouble(requests - 1);
  }

  /**
   * Lengths of windows in seconds: 1, 10, 100, ... mean gaps, as long as there are 30 of them; in
   * whole ticks, since what happens within a tick is not known.
   */
  public List<Double> windows() {
    double seconds = duration() / (requests - 1);
    if (tick > 0) {
      seconds = tick * Math.ceil(seconds / tick - ROUNDING);
    }
    List<Double> windows = new ArrayList<>();
    while (seconds > 0 && duration() / seconds >= FEWEST_WINDOWS) {
      windows.add(seconds);
      seconds *= 10;
    }
    return windows;
  }

  /**
   * The index of dispersion of the counts.
   *
   * @param seconds length of a window, at most half of the time from the first arrival to the last
   */
  public Dispersion dispersion(double seconds) {
    int windows = (int) Math.floor(duration() / seconds);
    int request = 0;
    double sum = 0;
    double squares = 0;
    int most = 0;
    for (int window = 0; window < windows; window++) {
      int arrivals = 0;
      double end = (window + 1) * seconds - tick / 2;
      while (request < requests && times.applyAsDouble(request) < end) {
        arrivals++;
        request++;
      }
      sum += arrivals;
      squares += (double) arrivals * arrivals;
      most = Math.max(most, arrivals);
    }
    double mean = sum / windows;
    double variance = (squares - windows * mean * mean) / (windows - 1);
    return new Dispersion(seconds, windows, variance / mean, most / seconds);
  }
}
