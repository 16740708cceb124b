package io.github.batchq.metric;

/**
 * What the means of a run, or of a part of it, are made of. Times are seconds.
 *
 * @param requests measured requests that were served
 * @param latency sum of their times in system
 * @param formation sum of their times from arrival until their batch was formed
 * @param queueing sum of their times from the forming of their batch until its service
 * @param service sum of their times from the start of service until they left: the service times of
 *     their batches, or less
 * @param completed requests that were served, measured or not
 * @param time length of the part
 * @param busyServers server time that was busy, over the number of servers; NaN where they are
 *     infinitely many
 * @param takenServers the same where the share of the slots that are taken counts, not only whether
 *     one is
 * @param batches batches that were served, or token steps
 * @param batchedRequests requests in them
 * @param batchSeconds sum of their service times; where requests join and leave batches, of those
 *     that measured requests would have alone
 * @param squaredBatchSeconds sum of the squares of these
 * @param slotSeconds sum of size times service time
 * @param ownSeconds sum over their requests of what the batch would take if that one were its
 *     longest
 * @param tokens what is known of their tokens
 */
record RunSums(
    double requests,
    double latency,
    double formation,
    double queueing,
    double service,
    double completed,
    double time,
    double busyServers,
    double takenServers,
    double batches,
    double batchedRequests,
    double batchSeconds,
    double squaredBatchSeconds,
    double slotSeconds,
    double ownSeconds,
    TokenSums tokens) {
  /** The part between an earlier moment and this one. */
  RunSums since(RunSums earlier) {
    return new RunSums(
        requests - earlier.requests,
        latency - earlier.latency,
        formation - earlier.formation,
        queueing - earlier.queueing,
        service - earlier.service,
        completed - earlier.completed,
        time - earlier.time,
        busyServers - earlier.busyServers,
        takenServers - earlier.takenServers,
        batches - earlier.batches,
        batchedRequests - earlier.batchedRequests,
        batchSeconds - earlier.batchSeconds,
        squaredBatchSeconds - earlier.squaredBatchSeconds,
        slotSeconds - earlier.slotSeconds,
        ownSeconds - earlier.ownSeconds,
        tokens.since(earlier.tokens));
  }

  double throughput() {
    return completed / time;
  }

  double meanLatency() {
    return latency / requests;
  }

  double meanFormation() {
    return formation / requests;
  }

  double meanQueueing() {
    return queueing / requests;
  }

  double meanService() {
    return service / requests;
  }

  double utilization() {
    return busyServers / time;
  }

  /**
   * What the servers carry while all of them, and all their slots, are busy; requests per second.
   */
  double capacity() {
    return completed / takenServers;
  }

  double padding() {
    return 1 - ownSeconds / slotSeconds;
  }

  double meanBatchSize() {
    return batchedRequests / batches;
  }

  /** Squared coefficient of variation of the service times. */
  double batchVariation() {
    double times = tokens.requests() > 0 ? tokens.requests() : batches;
    double mean = batchSeconds / times;
    return Math.max(0, squaredBatchSeconds / times / (mean * mean) - 1);
  }
}
