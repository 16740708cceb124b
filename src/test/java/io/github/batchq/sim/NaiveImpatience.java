package io.github.batchq.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First come, first served by clients who give up and may ask again, as plain lists that are looked
 * through for whatever happens next. It shares nothing with the kernels and knows no event list:
 * each moment is looked at as a whole.
 */
final class NaiveImpatience {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  /** How requests are served. */
  enum Serving {
    /** As many as wait, up to the slots of a server. */
    WHATEVER_WAITS,
    /** Batches that were full when they were formed. */
    FULL,
    /** Between two passes. */
    STEPS
  }

  /**
   * What is served.
   *
   * @param arrivals arrival times, not decreasing
   * @param lengths lengths
   * @param numbers of each request its patience, and for each further try the pause and the
   *     patience
   * @param inService whether clients give up in service too
   * @param servers number of servers
   * @param slots of a server
   * @param seconds of a batch beside the longest length in it, or of a pass
   * @param secondsPerMember more seconds for each request in it
   */
  record Setting(
      List<Double> arrivals,
      List<Double> lengths,
      List<double[]> numbers,
      boolean inService,
      int servers,
      int slots,
      Serving serving,
      double seconds,
      double secondsPerMember) {}

  /** A request as it is sent once. */
  private static final class Sending {
    final int number;
    final int tries;
    final double time;
    double givesUp = NEVER;
    long order = -1;
    long tokens;
    boolean served;
    boolean awaited = true;

    Sending(int number, int tries, double time) {
      this.number = number;
      this.tries = tries;
      this.time = time;
    }
  }

  /** A server: what it works for, and when the batch or the pass ends. */
  private static final class Server {
    final List<Sending> members = new ArrayList<>();
    double start;
    double pass;
    int passes;
    double end = NEVER;
  }

  private final Setting setting;
  private final List<Sending> coming = new ArrayList<>();
  private final List<Sending> there = new ArrayList<>();
  private final List<List<Sending>> queue = new ArrayList<>();
  private final List<Server> servers = new ArrayList<>();
  private long orders;

  /** When each request was answered; NaN where its client gave up. */
  final double[] answered;

  /** When the service of each request started, in its last try; NaN where it did not. */
  final double[] started;

  /** When each client gave up for good; NaN where it did not. */
  final double[] gone;

  /** How often each request was sent. */
  final int[] sent;

  NaiveImpatience(Setting setting) {
    this.setting = setting;
    int n = setting.arrivals().size();
    answered = new double[n];
    started = new double[n];
    gone = new double[n];
    sent = new int[n];
    Arrays.fill(answered, Double.NaN);
    Arrays.fill(started, Double.NaN);
    Arrays.fill(gone, Double.NaN);
    for (int i = 0; i < n; i++) {
      coming.add(new Sending(i, 0, setting.arrivals().get(i)));
    }
    for (int s = 0; s < setting.servers(); s++) {
      servers.add(new Server());
    }
    queue.add(new ArrayList<>());
    double now = next();
    while (now < NEVER) {
      at(now);
      now = next();
    }
  }

  private double next() {
    double next = NEVER;
    for (Sending sending : coming) {
      next = Math.min(next, sending.time);
    }
    for (Sending sending : there) {
      next = Math.min(next, sending.givesUp);
    }
    for (Server server : servers) {
      next = Math.min(next, server.end);
    }
    return next;
  }

  private void at(double now) {
    arrive(now);
    for (Server server : servers) {
      if (server.end == now) {
        end(server, now);
      }
    }
    Sending first = firstToGiveUp(now);
    while (first != null) {
      giveUp(first, now);
      arrive(now);
      first = firstToGiveUp(now);
    }
    serve(now);
  }

  /** New ones first, then those that come again, the one first that had come first before. */
  private void arrive(double now) {
    List<Sending> arriving = new ArrayList<>(coming);
    arriving.removeIf(sending -> sending.time != now);
    arriving.sort(
        Comparator.<Sending>comparingInt(sending -> Math.min(1, sending.tries))
            .thenComparingLong(sending -> sending.order)
            .thenComparingInt(sending -> sending.number));
    coming.removeAll(arriving);
    for (Sending sending : arriving) {
      sending.order = orders++;
      sending.givesUp = now + setting.numbers().get(sending.number)[2 * sending.tries];
      sending.tokens = Math.max(1, (long) Math.ceil(setting.lengths().get(sending.number)));
      sent[sending.number]++;
      there.add(sending);
      List<Sending> last = queue.get(queue.size() - 1);
      last.add(sending);
      if (setting.serving() == Serving.FULL && last.size() == setting.slots()) {
        queue.add(new ArrayList<>());
      }
    }
  }

  private @Nullable Sending firstToGiveUp(double now) {
    return there.stream()
        .filter(sending -> sending.givesUp == now)
        .min(Comparator.comparingLong(sending -> sending.order))
        .orElse(null);
  }

  private void giveUp(Sending sending, double now) {
    sending.givesUp = NEVER;
    if (sending.served && !setting.inService()) {
      return;
    }
    there.remove(sending);
    sending.awaited = false;
    for (List<Sending> batch : queue) {
      batch.remove(sending);
    }
    // Only the last may be empty: it is the one that forms.
    List<Sending> forming = queue.get(queue.size() - 1);
    queue.removeIf(batch -> batch != forming && batch.isEmpty());
    if (setting.serving() == Serving.STEPS) {
      for (Server server : servers) {
        if (server.end == NEVER) {
          server.passes = server.members.remove(sending) ? 0 : server.passes;
        }
      }
    }
    double[] numbers = setting.numbers().get(sending.number);
    int tries = sending.tries + 1;
    if (2 * tries < numbers.length) {
      Sending again = new Sending(sending.number, tries, now + numbers[2 * tries - 1]);
      again.order = sending.order;
      coming.add(again);
    } else {
      gone[sending.number] = now;
      started[sending.number] = Double.NaN;
    }
  }

  private void end(Server server, double now) {
    server.end = NEVER;
    if (setting.serving() == Serving.STEPS) {
      server.members.forEach(sending -> sending.tokens--);
      server.passes++;
    }
    List<Sending> done = new ArrayList<>();
    for (Sending sending : server.members) {
      boolean isDone = setting.serving() != Serving.STEPS || sending.tokens == 0;
      if (isDone && sending.awaited) {
        answered[sending.number] = now;
        sending.givesUp = NEVER;
        there.remove(sending);
      }
      if (isDone || !sending.awaited) {
        done.add(sending);
        server.passes = 0;
      }
    }
    server.members.removeAll(done);
  }

  private void serve(double now) {
    if (setting.serving() == Serving.STEPS) {
      for (Server server : servers) {
        if (server.members.isEmpty()) {
          take(server, now);
        }
      }
      for (Server server : servers) {
        if (server.end == NEVER) {
          take(server, now);
          proceed(server, now);
        }
      }
      return;
    }
    for (Server server : servers) {
      List<Sending> first = queue.get(0);
      boolean formed = setting.serving() != Serving.FULL || queue.size() > 1;
      if (server.end == NEVER && formed && !first.isEmpty()) {
        take(server, now);
        if (setting.serving() == Serving.FULL) {
          queue.remove(first);
        }
        double longest = 0;
        for (Sending sending : server.members) {
          longest = Math.max(longest, setting.lengths().get(sending.number));
        }
        server.end =
            now
                + (setting.seconds()
                    + setting.secondsPerMember() * server.members.size()
                    + longest);
      }
    }
  }

  private void take(Server server, double now) {
    List<Sending> first = queue.get(0);
    while (!first.isEmpty() && server.members.size() < setting.slots()) {
      Sending sending = first.remove(0);
      sending.served = true;
      started[sending.number] = now;
      server.members.add(sending);
      server.passes = 0;
    }
  }

  /** Passes that are alike are counted from where the first of them started. */
  private void proceed(Server server, double now) {
    if (server.members.isEmpty()) {
      return;
    }
    if (server.passes == 0) {
      server.start = now;
      server.pass = setting.seconds() + setting.secondsPerMember() * server.members.size();
    }
    server.end = server.start + (server.passes + 1) * server.pass;
  }
}
