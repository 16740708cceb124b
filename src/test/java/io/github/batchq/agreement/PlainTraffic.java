package io.github.batchq.agreement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Requests that wait for answers, served by dynamic batching on one server: a plain and slow
 * simulator that looks at every client in every step, and shares nothing with the kernels.
 */
final class PlainTraffic {
  /** When a request was intended and sent, when its service began, and when it left. */
  record Served(double intended, double sent, double start, double end, double length) {}

  /** What decides when requests come. */
  interface Source {
    /** When the next request is intended, infinite where none is known. */
    double nextTime();

    /** Takes it; its number in the order of the draws. */
    int take();

    /** The request of a number in the order of the draws has left. */
    void left(int drawn, double now);
  }

  private PlainTraffic() {}

  /**
   * The requests in the order of arrival.
   *
   * @param most how many may be in flight
   */
  static List<Served> run(Source source, double[] lengths, int requests, int most, int batchSize) {
    List<Double> intended = new ArrayList<>();
    List<Integer> drawn = new ArrayList<>();
    double[] sent = new double[requests];
    double[] start = new double[requests];
    double[] end = new double[requests];
    ArrayDeque<Integer> held = new ArrayDeque<>();
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    List<Integer> batch = new ArrayList<>();
    double busyUntil = Double.POSITIVE_INFINITY;
    int inFlight = 0;
    int left = 0;
    while (left < requests) {
      double arrival = intended.size() < requests ? source.nextTime() : Double.POSITIVE_INFINITY;
      double now = Math.min(arrival, busyUntil);
      boolean changed = true;
      while (changed) {
        changed = false;
        while (intended.size() < requests && source.nextTime() <= now) {
          held.add(intended.size());
          intended.add(now);
          drawn.add(source.take());
          changed = true;
        }
        if (busyUntil <= now) {
          for (int i : batch) {
            end[i] = now;
            source.left(drawn.get(i), now);
            inFlight--;
            left++;
          }
          batch.clear();
          busyUntil = Double.POSITIVE_INFINITY;
          changed = true;
        }
        while (!held.isEmpty() && inFlight < most) {
          int i = held.remove();
          sent[i] = now;
          queue.add(i);
          inFlight++;
        }
      }
      if (batch.isEmpty() && !queue.isEmpty()) {
        double longest = 0;
        while (batch.size() < batchSize && !queue.isEmpty()) {
          int i = queue.remove();
          batch.add(i);
          start[i] = now;
          longest = Math.max(longest, lengths[drawn.get(i)]);
        }
        busyUntil = now + longest;
      }
    }
    List<Served> served = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      served.add(new Served(intended.get(i), sent[i], start[i], end[i], lengths[drawn.get(i)]));
    }
    return served;
  }

  /** Clients who send request j at the time of the answer to j - 1 and a pause. */
  static Source closed(int clients, double rampUp, double[] pauses) {
    double[] next = new double[clients];
    int[] sent = new int[clients];
    Arrays.setAll(next, client -> rampUp * client / clients);
    return new Source() {
      private int first() {
        int first = 0;
        for (int client = 1; client < clients; client++) {
          first = next[client] < next[first] ? client : first;
        }
        return first;
      }

      @Override
      public double nextTime() {
        return next[first()];
      }

      @Override
      public int take() {
        int client = first();
        next[client] = Double.POSITIVE_INFINITY;
        return clients * sent[client]++ + client;
      }

      @Override
      public void left(int drawn, double now) {
        int client = drawn % clients;
        next[client] = now + pauses[drawn + clients];
      }
    };
  }

  /** Requests at given times. */
  static Source open(double[] times) {
    return new Source() {
      private int taken;

      @Override
      public double nextTime() {
        return times[taken];
      }

      @Override
      public int take() {
        return taken++;
      }

      @Override
      public void left(int drawn, double now) {}
    };
  }

  /** Rounds, each a gap after the last answer of the one before. */
  static Source rounds(int size, double[] gaps) {
    return new Source() {
      private int taken;
      private int gone;
      private double time;

      @Override
      public double nextTime() {
        return taken == size * (gone / size + 1) ? Double.POSITIVE_INFINITY : time;
      }

      @Override
      public int take() {
        return taken++;
      }

      @Override
      public void left(int drawn, double now) {
        gone++;
        if (gone % size == 0) {
          time = now + gaps[gone / size];
        }
      }
    };
  }
}
