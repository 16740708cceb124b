package io.github.batchq.agreement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Groups of requests on servers that serve one request at a time, first come first served: a plain
 * simulator that shares nothing with the kernels.
 */
final class NaiveGroups {
  /** Seconds of a token. */
  private final double perToken;

  private final int first;
  private final boolean cancel;
  private final boolean inSteps;
  private final boolean scored;

  /** When each server is free. */
  private final double[] free;

  private final Job[] served;
  private final ArrayDeque<Job> queue = new ArrayDeque<>();

  /** Time of each group that has ended. */
  final List<Double> latencies = new ArrayList<>();

  final List<Double> spreads = new ArrayList<>();
  int cancelled;
  int siblingsGone;

  private static final class Group {
    private final double start;
    private final int size;
    private int answers;
    private double firstAnswer;

    Group(double start, int size) {
      this.start = start;
      this.size = size;
    }
  }

  private static final class Job {
    private final Group group;
    private final double length;
    private final boolean pass;
    private double begun;
    private boolean unwanted;

    Job(Group group, double length, boolean pass) {
      this.group = group;
      this.length = length;
      this.pass = pass;
    }
  }

  NaiveGroups(
      int servers, double perToken, int first, boolean cancel, boolean inSteps, boolean scored) {
    this.free = new double[servers];
    this.served = new Job[servers];
    this.perToken = perToken;
    this.first = first;
    this.cancel = cancel;
    this.inSteps = inSteps;
    this.scored = scored;
    Arrays.fill(free, Double.POSITIVE_INFINITY);
  }

  /** Runs until so many requests have been sent and are gone. */
  void run(double[] starts, int[] sizes, double[] lengths, int requests) {
    int sent = 0;
    int group = 0;
    int drawn = 0;
    while (true) {
      int server = 0;
      for (int i = 1; i < free.length; i++) {
        server = free[i] < free[server] ? i : server;
      }
      double arrival = sent < requests ? starts[group] : Double.POSITIVE_INFINITY;
      double now = Math.min(arrival, free[server]);
      if (now == Double.POSITIVE_INFINITY) {
        return;
      }
      if (arrival <= free[server]) {
        Group coming = new Group(now, sizes[group]);
        for (int i = 0; i < sizes[group] && sent < requests; i++, sent++) {
          queue.add(new Job(coming, lengths[drawn++], false));
        }
        group++;
      } else {
        Job job = served[server];
        served[server] = null;
        free[server] = Double.POSITIVE_INFINITY;
        if (!job.unwanted && leave(job, now) && sent < requests) {
          queue.add(new Job(job.group, 1, true));
          sent++;
        }
      }
      for (int i = 0; i < free.length && !queue.isEmpty(); i++) {
        if (served[i] == null) {
          Job job = queue.remove();
          job.begun = now;
          served[i] = job;
          double tokens = inSteps ? Math.ceil(job.length) : job.length;
          free[i] = now + tokens * perToken;
        }
      }
    }
  }

  /** A job is done; true if its group is to be scored now. */
  private boolean leave(Job job, double now) {
    Group group = job.group;
    if (job.pass) {
      latencies.add(now - group.start);
      return false;
    }
    siblingsGone++;
    group.answers++;
    if (group.answers == 1) {
      group.firstAnswer = now;
    }
    if (group.answers != Math.min(first, group.size)) {
      return false;
    }
    spreads.add(now - group.firstAnswer);
    if (!scored) {
      latencies.add(now - group.start);
    }
    if (cancel) {
      int before = queue.size();
      queue.removeIf(other -> other.group == group && !other.pass);
      gone(before - queue.size());
      for (int i = 0; i < served.length; i++) {
        Job other = served[i];
        // What is done at this very instant is an answer.
        boolean done = free[i] <= now;
        if (other != null && other.group == group && !other.unwanted && !done) {
          other.unwanted = true;
          gone(1);
          if (inSteps) {
            double steps = Math.ceil((now - other.begun) / perToken);
            free[i] = Math.min(free[i], other.begun + steps * perToken);
          }
        }
      }
    }
    return scored;
  }

  private void gone(int jobs) {
    cancelled += jobs;
    siblingsGone += jobs;
  }
}
