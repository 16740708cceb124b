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
 * @param rent price of the servers for the time of the part; NaN without one, or where they are
 *     infinitely many
 * @param servers number of servers, which a part shares with its run
 * @param memoryLimit tokens for which a server has memory; NaN without a limit
 * @param tokens what is known of the tokens of requests
 * @param level how well single requests were served
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
    double rent,
    int servers,
    double memoryLimit,
    TokenSums tokens,
    ServiceLevelSums level) {
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
        rent - earlier.rent,
        servers,
        memoryLimit,
        tokens.since(earlier.tokens),
        level.since(earlier.level));
  }

  double throughput() {
    return completed / time;
  }

  /** Tokens generated in a second. */
  double tokenThroughput() {
    return tokens.generated() / time;
  }

  /** Share of the requests, those that were lost among them, that kept all limits. */
  double attainment() {
    return level.within() / (requests + level.lost());
  }

  /** Completed requests that kept all limits, per second. */
  double goodput() {
    return level.within() / requests * throughput();
  }

  /** Price of the servers for a million tokens. */
  double tokenCost() {
    return rent / tokens.generated() * 1e6;
  }

  /** Mean number of tokens in the memory of a server, idle or not. */
  double meanMemory() {
    return tokens.memory() / (servers * time);
  }

  /** Mean share of the memory of the servers that is taken. */
  double occupancy() {
    return meanMemory() / memoryLimit;
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
