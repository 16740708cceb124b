package io.github.batchq.evidence.statements;

import io.github.batchq.evidence.statements.Recursion.FullBatch;
import io.github.batchq.theory.BatchTime;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.DoubleSupplier;

/** Simulates queues of batches as plain loops, without the kernel. Times are seconds. */
final class QueueRecursions {
  private QueueRecursions() {}

  /**
   * What a run of dynamic batching shows.
   *
   * @param queueing mean wait of a request until its batch starts
   * @param latency mean time in system
   * @param batchSize mean number of requests in a batch
   */
  record DynamicRun(double queueing, double latency, double batchSize) {}

  /**
   * Simulates one server that starts when at least {@code least} requests wait and takes at most B.
   */
  static DynamicRun dynamic(
      double[] arrivalTimes, double[] lengths, int least, int batchSize, BatchTime time) {
    int next = 0;
    int batches = 0;
    double free = 0;
    double queueing = 0;
    double latency = 0;
    while (next + least <= lengths.length) {
      double start = Math.max(free, arrivalTimes[next + least - 1]);
      int end = next;
      double longest = 0;
      double arrivals = 0;
      while (end < lengths.length && end - next < batchSize && arrivalTimes[end] <= start) {
        longest = Math.max(longest, lengths[end]);
        arrivals += arrivalTimes[end];
        end++;
      }
      free = start + time.seconds(end - next, longest);
      queueing += (end - next) * start - arrivals;
      latency += (end - next) * free - arrivals;
      batches++;
      next = end;
    }
    return new DynamicRun(queueing / next, latency / next, (double) next / batches);
  }

  /**
   * What a run of one server over given batches shows.
   *
   * @param work sum over the batches of service time times wait
   * @param latency mean time in system of a request
   * @param throughput requests that were completed by the last arrival, over that time
   */
  record OrderRun(double work, double latency, double throughput) {}

  /**
   * Simulates one server that takes the shortest waiting batch, or the one that was formed first.
   */
  static OrderRun inOrder(List<FullBatch> batches, double horizon, boolean shortestFirst) {
    Comparator<FullBatch> order =
        shortestFirst
            ? Comparator.comparingDouble(FullBatch::longest)
            : Comparator.comparingDouble(FullBatch::formed);
    PriorityQueue<FullBatch> waiting = new PriorityQueue<>(order);
    double now = 0;
    double work = 0;
    double latency = 0;
    long requests = 0;
    long completed = 0;
    int next = 0;
    while (next < batches.size() || !waiting.isEmpty()) {
      if (waiting.isEmpty()) {
        now = Math.max(now, batches.get(next).formed());
      }
      while (next < batches.size() && batches.get(next).formed() <= now) {
        waiting.add(batches.get(next++));
      }
      FullBatch batch = waiting.remove();
      work += batch.longest() * (now - batch.formed());
      now += batch.longest();
      latency += batch.requests() * now - batch.arrivalTimes();
      requests += batch.requests();
      completed += now <= horizon ? batch.requests() : 0;
    }
    return new OrderRun(work, latency / requests, completed / horizon);
  }

  /**
   * Simulates continuous batching and returns the mean time in system: while n requests are active
   * each of them advances by one token in tau0 + alpha n.
   */
  static double sharing(
      double[] arrivalTimes, double[] lengths, double tau0, double alpha, int slots) {
    // All active requests advance alike, so they leave in the order of progress at entry plus
    // length.
    PriorityQueue<Double> leaving = new PriorityQueue<>();
    double progress = 0;
    double now = 0;
    double area = 0;
    int arrived = 0;
    int entered = 0;
    while (arrived < lengths.length || !leaving.isEmpty()) {
      double step = tau0 + alpha * leaving.size();
      double arrival = arrived < lengths.length ? arrivalTimes[arrived] : Double.POSITIVE_INFINITY;
      Double first = leaving.peek();
      double departure = first == null ? Double.POSITIVE_INFINITY : now + (first - progress) * step;
      double event = Math.min(arrival, departure);
      area += (arrived - entered + leaving.size()) * (event - now);
      if (first != null && departure <= arrival) {
        progress = first;
        leaving.remove();
      } else {
        progress += (event - now) / step;
        arrived++;
      }
      now = event;
      while (entered < arrived && leaving.size() < slots) {
        leaving.add(progress + lengths[entered++]);
      }
    }
    return area / lengths.length;
  }

  /**
   * What a run of batches with a timeout shows.
   *
   * @param size mean number of requests in a batch
   * @param forming mean wait of a request until its batch closes
   * @param seconds mean longest length of the batch of a request
   */
  record TimeoutRun(double size, double forming, double seconds) {}

  /** Simulates batches that close at B requests or {@code timeout} after the first one. */
  static TimeoutRun timeout(
      DoubleSupplier gaps, DoubleSupplier lengths, int batchSize, double timeout, long requests) {
    long members = 0;
    long batches = 0;
    double waits = 0;
    double seconds = 0;
    while (members < requests) {
      // The process has no memory: the time to the next batch's first request does not matter.
      int size = 1;
      double age = 0;
      double ages = 0;
      double longest = lengths.getAsDouble();
      double closes = timeout;
      while (size < batchSize) {
        age += gaps.getAsDouble();
        if (age > timeout) {
          break;
        }
        size++;
        ages += age;
        longest = Math.max(longest, lengths.getAsDouble());
        closes = size == batchSize ? age : timeout;
      }
      members += size;
      batches++;
      waits += size * closes - ages;
      seconds += size * longest;
    }
    return new TimeoutRun((double) members / batches, waits / members, seconds / members);
  }
}
