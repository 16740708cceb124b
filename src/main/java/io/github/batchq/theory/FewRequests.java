package io.github.batchq.theory;

import io.github.batchq.model.Require;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What c servers with batches of what waits can do when there are few requests. A server with
 * batches of b completes f(b) = b / E[S_b] a second and has g(b) requests in service, b of them, or
 * f(b) E[S(b, L)] where each leaves when its own tokens are done. So with x requests in service in
 * the mean over time no mixture of batches completes more than
 *
 * <pre>c F(x / c),  F the least concave function that is nowhere below 0 at 0 and f(b) at g(b),
 * </pre>
 *
 * and goes on as its highest value. In a closed loop N - X Z requests are there, so X is at most
 * the root of X = c F((N - X Z) / c), which is never above the bounds of T42. T50 of
 * docs/theory.md.
 *
 * @param system one bin, its batches and the number of servers
 * @param least fewest requests that start a batch a, from 1 to B
 * @param elastic whether requests leave when their own tokens are done; else with their batch
 */
public record FewRequests(BatchSystem system, int least, boolean elastic) {
  private static final String SOURCE = "T50, batches of few requests";

  private static final int HALVINGS = 200;

  public FewRequests {
    Require.ARGUMENT.atLeast("least", least, 1);
    Require.ARGUMENT.atMost("least", least, system.batchSize());
  }

  /**
   * A throughput that is not exceeded with at most so many requests in flight.
   *
   * @param requests at least 1
   */
  public TheoryResult capacity(int requests) {
    return TheoryResult.upperBound(hull(requests).at(requests), SOURCE);
  }

  /**
   * A throughput that a closed loop does not exceed.
   *
   * @param clients N, at least 1
   * @param think mean think time Z in seconds, at least 0 and finite
   */
  public TheoryResult throughput(int clients, double think) {
    return TheoryResult.upperBound(root(clients, think), SOURCE);
  }

  /** A mean time in system below which that of a closed loop does not fall: N / X - Z. */
  public TheoryResult latency(int clients, double think) {
    return TheoryResult.lowerBound(clients / root(clients, think) - think, SOURCE);
  }

  /** Mean seconds of a batch of so many requests, at most a full one, of one bin. */
  public static double batchSeconds(BatchSystem system, int requests) {
    return system.meanSeconds(0, requests);
  }

  private double root(int clients, double think) {
    Require.ARGUMENT.notNegativeFinite("think", think);
    Hull hull = hull(clients);
    double low = 0;
    double high = hull.at(clients);
    if (think == 0) {
      return high;
    }
    for (int i = 0; i < HALVINGS && high > low; i++) {
      double middle = (low + high) / 2;
      if (hull.at(clients - middle * think) > middle) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private Hull hull(int requests) {
    Require.ARGUMENT.atLeast("requests", requests, 1);
    int most = Math.max(least, Math.min(requests, system.batchSize()));
    List<Corner> points =
        IntStream.rangeClosed(least, most)
            .mapToObj(this::corner)
            .sorted(Comparator.comparingDouble(Corner::there).thenComparingDouble(Corner::rate))
            .toList();
    List<Corner> corners = new ArrayList<>();
    corners.add(new Corner(0, 0));
    for (Corner point : points) {
      int last = corners.size() - 1;
      if (point.rate() > corners.get(last).rate()) {
        while (last > 0 && corners.get(last).isBelow(corners.get(last - 1), point)) {
          corners.remove(last);
          last--;
        }
        corners.add(point);
      }
    }
    return new Hull(List.copyOf(corners), system.servers());
  }

  private Corner corner(int batch) {
    double rate = batch / system.meanSeconds(0, batch);
    double own = system.service().seconds(batch, system.law().mean());
    return new Corner(elastic ? rate * own : batch, rate);
  }

  /**
   * A server that has batches of one size.
   *
   * @param there mean number of requests in service
   * @param rate requests per second
   */
  private record Corner(double there, double rate) {
    /** Whether the line between two others passes above. */
    boolean isBelow(Corner left, Corner right) {
      return (rate - left.rate) * (right.there - left.there)
          <= (right.rate - left.rate) * (there - left.there);
    }
  }

  /** The concave function, as its corners. */
  private record Hull(List<Corner> corners, int servers) {
    /** What all servers do with so many requests in service. */
    double at(double requests) {
      double each = Math.max(0, requests / servers);
      for (int i = 1; i < corners.size(); i++) {
        Corner right = corners.get(i);
        if (each < right.there()) {
          Corner left = corners.get(i - 1);
          return servers
              * (left.rate()
                  + (each - left.there())
                      / (right.there() - left.there())
                      * (right.rate() - left.rate()));
        }
      }
      return servers * corners.get(corners.size() - 1).rate();
    }
  }
}
