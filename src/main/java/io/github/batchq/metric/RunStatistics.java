package io.github.batchq.metric;

import io.github.batchq.sim.RequestCounts;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import io.github.batchq.sim.ServedSteps;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.sim.SimulationListener;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Everything that is measured in one run, in memory that does not grow with the number of requests.
 * Times are seconds.
 *
 * <p>Latencies go into a histogram: a quantile read from it is within 0.05 % of the exact sample
 * quantile (half a cell), or within 0.5 ns. Means are exact sums.
 */
public final class RunStatistics implements SimulationListener {
  /** Requests of a section at first, or as many as in a batch: MSER-5 has its name from it. */
  private static final int SMALLEST_SECTION = 5;

  private static final double SECONDS_PER_HOUR = 3600;

  private final int servers;
  private final double totalSpeed;
  private final int slots;
  private final long requestsOfRun;
  private final long firstMeasured;
  private final boolean fromFirstArrival;
  private double measuredFrom;

  private final LatencyHistogram latencies = new LatencyHistogram();
  private long requests;
  private double latency;
  private double formation;
  private double queueing;
  private double service;

  private long completedSince;
  private double lastCompletion;
  private double busySeconds;

  /** The same, weighted by the speeds of the servers. */
  private double workSeconds;

  private long lostMeasured;
  private long interruptedMeasured;
  private long lost;
  private int downServers;
  private double downSeconds;
  private double lastChange;

  private long batches;
  private long batchedRequests;
  private long flushedBatches;
  private double batchSeconds;
  private double squaredBatchSeconds;
  private double slotSeconds;
  private double ownSeconds;

  private long completed;
  private double backlogAtMiddle = Double.NaN;
  private double backlog = Double.NaN;
  private double middleArrival = Double.NaN;
  private double lastArrival = Double.NaN;
  private double totalLength;
  private long discarded;

  private double largestWait;
  private final double memoryLimit;
  private final double price;
  private final RunSections<RunSums> sections;
  private final TokenStatistics tokens;
  private final ServiceLevel level;

  /**
   * Statistics of a run whose number of requests is not known, so it does not tell the backlog.
   *
   * @param servers number of servers, for the utilization
   * @param warmUp what is not measured; not a rule
   */
  public RunStatistics(int servers, WarmUp warmUp) {
    this(servers, warmUp, 0, 1);
  }

  /**
   * @param servers number of servers, for the utilization
   * @param warmUp what is not measured; not a rule
   * @param requests number of requests that arrive; 0 if it is not known
   * @param batchSize most requests in a batch, or that run on a server
   */
  public RunStatistics(int servers, WarmUp warmUp, long requests, int batchSize) {
    this(ServerPool.of(servers), warmUp, requests, batchSize);
  }

  /**
   * @param pool the servers, for the utilization
   * @param warmUp what is not measured; not a rule
   * @param requests number of requests that arrive; 0 if it is not known
   * @param batchSize most requests in a batch, or that run on a server
   */
  public RunStatistics(ServerPool pool, WarmUp warmUp, long requests, int batchSize) {
    this(pool, warmUp, requests, batchSize, MeasurementTerms.TIMES);
  }

  /**
   * @param pool the servers, for the utilization
   * @param warmUp what is not measured; not a rule
   * @param requests number of requests that arrive; 0 if it is not known
   * @param batchSize most requests in a batch, or that run on a server
   * @param measurands what makes more than times measurable
   */
  public RunStatistics(
      ServerPool pool, WarmUp warmUp, long requests, int batchSize, MeasurementTerms measurands) {
    if (warmUp.detect() != null) {
      throw new IllegalArgumentException("the warm-up must be found before it can be left out");
    }
    this.servers = pool.count();
    this.totalSpeed = pool.totalSpeed();
    this.slots = batchSize;
    this.requestsOfRun = requests;
    Long warmUpRequests = warmUp.requests();
    Double warmUpTime = warmUp.time();
    this.firstMeasured = warmUpRequests == null ? 0 : warmUpRequests;
    this.fromFirstArrival = measurands.fromFirstArrival();
    boolean fromArrival = firstMeasured > 0 || fromFirstArrival;
    this.measuredFrom =
        warmUpTime != null ? warmUpTime : fromArrival ? Double.POSITIVE_INFINITY : 0;
    Double ofServer = measurands.price();
    this.memoryLimit = measurands.memory() == Long.MAX_VALUE ? Double.NaN : measurands.memory();
    this.price = ofServer == null || pool.infinite() ? Double.NaN : ofServer * pool.count();
    this.tokens = new TokenStatistics(measurands.tokens());
    this.level = new ServiceLevel(measurands);
    this.sections = new RunSections<>(sums(), Math.max(SMALLEST_SECTION, batchSize));
  }

  @Override
  public boolean readsMembers() {
    return level.readsMembers();
  }

  @Override
  public long nextArrival(long from) {
    long next = Long.MAX_VALUE;
    if (from <= requestsOfRun - 1) {
      next = from <= middle() ? middle() : requestsOfRun - 1;
    }
    return from <= firstMeasured ? Math.min(firstMeasured, next) : next;
  }

  @Override
  public void arrived(long id, double now) {
    if (id == firstMeasured && measuredFrom == Double.POSITIVE_INFINITY) {
      measuredFrom = now;
    } else if (id == 0 && fromFirstArrival) {
      measuredFrom = Math.max(measuredFrom, now);
    }
    if (id == middle()) {
      backlogAtMiddle = id + 1 - completed - lost;
      middleArrival = now;
    }
    if (id == requestsOfRun - 1) {
      backlog = requestsOfRun - completed - lost;
      lastArrival = now;
    }
  }

  /** The request in the middle of the run; -1 where the number of requests is not known. */
  private long middle() {
    return (requestsOfRun + 1) / 2 - 1;
  }

  @Override
  public void dispatched(ServedBatch batch) {}

  @Override
  public void completed(ServedBatch batch, double now) {
    int size = batch.size();
    completed += size;
    totalLength += batch.totalLength();
    lastCompletion = now;
    if (batch.leavesEarly()) {
      takeFromBacklog(batch);
    }
    if (now < measuredFrom) {
      return;
    }
    completedSince += size;
    tokens.generated(batch.totalLength());
    worked(now - Math.max(batch.startTime(), measuredFrom), batch.speed());
    if (batch.leavesEarly()) {
      recordDepartures(batch);
    } else {
      recordRequests(batch, now);
    }
    if (batch.startTime() >= measuredFrom) {
      batches++;
      batchedRequests += size;
      double seconds = batch.seconds();
      batchSeconds += seconds;
      squaredBatchSeconds += seconds * seconds;
      slotSeconds += size * seconds;
      ownSeconds += batch.ownSeconds();
      if (batch.flushed()) {
        flushedBatches++;
      }
    }
    if (requests >= sections.nextEnd()) {
      sections.end(sums());
    }
  }

  private void worked(double seconds, double speed) {
    busySeconds += seconds;
    workSeconds += seconds * speed;
  }

  @Override
  public void interrupted(ServedBatch batch, boolean retry, double now) {
    if (now >= measuredFrom) {
      worked(now - Math.max(batch.startTime(), measuredFrom), batch.speed());
    }
    for (int i = 0; i < batch.size(); i++) {
      boolean measured = isMeasured(batch.id(i), batch.arrivalTime(i)) && now >= measuredFrom;
      if (batch.leavesEarly() && batch.departureTime(i) <= now) {
        departed(batch, i, measured);
      } else {
        interrupted(measured, retry);
      }
    }
  }

  @Override
  public void interrupted(ServedRequest request, boolean retry, double now) {
    interrupted(isMeasured(request.id(), request.arrivalTime()) && now >= measuredFrom, retry);
  }

  private boolean isMeasured(long id, double arrivalTime) {
    return id >= firstMeasured && arrivalTime >= measuredFrom;
  }

  private void interrupted(boolean measured, boolean retry) {
    lost += retry ? 0 : 1;
    lostMeasured += measured && !retry ? 1 : 0;
    interruptedMeasured += measured ? 1 : 0;
  }

  /** A member that had left before its server failed. */
  private void departed(ServedBatch batch, int member, boolean measured) {
    double departureTime = batch.departureTime(member);
    completed++;
    totalLength += batch.length(member);
    takeFromBacklog(departureTime);
    if (departureTime >= measuredFrom) {
      completedSince++;
      tokens.generated(batch.length(member));
      lastCompletion = Math.max(lastCompletion, departureTime);
    }
    if (measured) {
      double inSystem = departureTime - batch.arrivalTime(member);
      requests++;
      formation += batch.formedTime() - batch.arrivalTime(member);
      queueing += batch.startTime() - batch.formedTime();
      service += departureTime - batch.startTime();
      latency += inSystem;
      latencies.record(inSystem);
      largestWait = Math.max(largestWait, batch.startTime() - batch.arrivalTime(member));
      if (level.readsRequests()) {
        level.record(batch, member, inSystem);
      }
    }
  }

  @Override
  public void serverFailed(int server, double now) {
    passDownTime(now);
    downServers++;
  }

  @Override
  public void serverRepaired(int server, double now) {
    passDownTime(now);
    downServers--;
  }

  private void passDownTime(double now) {
    downSeconds += downServers * Math.max(0, now - Math.max(lastChange, measuredFrom));
    lastChange = now;
  }

  /** The first member that counts; those after it, which arrived later, count too. */
  private int firstMeasured(ServedBatch batch) {
    int first = 0;
    while (first < batch.size() && !isMeasured(batch.id(first), batch.arrivalTime(first))) {
      first++;
    }
    return first;
  }

  private void recordRequests(ServedBatch batch, double now) {
    int size = batch.size();
    int first = firstMeasured(batch);
    double arrivalTimes = 0;
    double inSystem = 0;
    for (int i = first; i < size; i++) {
      double arrivalTime = batch.arrivalTime(i);
      arrivalTimes += arrivalTime;
      inSystem += now - arrivalTime;
      latencies.record(now - arrivalTime);
    }
    int measured = size - first;
    recordWaits(batch, first, arrivalTimes);
    latency += inSystem;
    service += measured * (now - batch.startTime());
    if (level.readsRequests()) {
      for (int i = first; i < size; i++) {
        level.record(batch, i, now - batch.arrivalTime(i));
      }
    }
  }

  private void recordWaits(ServedBatch batch, int first, double arrivalTimes) {
    int measured = batch.size() - first;
    if (measured > 0) {
      largestWait = Math.max(largestWait, batch.startTime() - batch.arrivalTime(first));
    }
    requests += measured;
    formation += measured * batch.formedTime() - arrivalTimes;
    queueing += measured * (batch.startTime() - batch.formedTime());
  }

  /** Members that leave one by one; a loop of its own, since few policies pay for it. */
  private void recordDepartures(ServedBatch batch) {
    int size = batch.size();
    int first = firstMeasured(batch);
    double arrivalTimes = 0;
    double inSystem = 0;
    for (int i = first; i < size; i++) {
      double arrivalTime = batch.arrivalTime(i);
      double departureTime = batch.departureTime(i);
      arrivalTimes += arrivalTime;
      inSystem += departureTime - arrivalTime;
      latencies.record(departureTime - arrivalTime);
      service += departureTime - batch.startTime();
      if (level.readsRequests()) {
        level.record(batch, i, departureTime - arrivalTime);
      }
    }
    recordWaits(batch, first, arrivalTimes);
    latency += inSystem;
  }

  /**
   * Members that had left when the backlog was counted, though their batch was still in service. At
   * the same time, arrivals come before departures.
   */
  private void takeFromBacklog(ServedBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      takeFromBacklog(batch.departureTime(i));
    }
  }

  private void takeFromBacklog(double departureTime) {
    backlogAtMiddle -= departureTime < middleArrival ? 1 : 0;
    backlog -= departureTime < lastArrival ? 1 : 0;
  }

  /** A step counts as a batch of the requests that get a token in it, none of which waits. */
  @Override
  public void stepped(ServedSteps steps) {
    double end = steps.startTime() + steps.seconds();
    if (end < measuredFrom) {
      return;
    }
    double busy = end - Math.max(steps.startTime(), measuredFrom);
    worked(busy, steps.speed());
    tokens.record(steps, busy, slots);
    if (steps.startTime() >= measuredFrom) {
      batches += steps.steps();
      batchedRequests += steps.steps() * steps.decoding();
      double taken = steps.running() * steps.seconds();
      slotSeconds += taken;
      ownSeconds += taken;
    }
  }

  @Override
  public void left(ServedRequest request, double now) {
    completed++;
    totalLength += request.length();
    lastCompletion = now;
    if (now < measuredFrom) {
      return;
    }
    completedSince++;
    tokens.generated((double) request.tokens());
    if (isMeasured(request.id(), request.arrivalTime())) {
      record(request, now);
    }
    if (requests >= sections.nextEnd()) {
      sections.end(sums());
    }
  }

  private void record(ServedRequest request, double now) {
    double arrivalTime = request.arrivalTime();
    requests++;
    latency += now - arrivalTime;
    latencies.record(now - arrivalTime);
    queueing += request.joinTime() - arrivalTime;
    service += now - request.joinTime();
    double alone = request.secondsAlone();
    batchSeconds += alone;
    squaredBatchSeconds += alone * alone;
    largestWait = Math.max(largestWait, request.joinTime() - arrivalTime);
    tokens.record(request, now);
    level.record(request, now);
  }

  @Override
  public void ended(RequestCounts books) {
    discarded = books.waiting();
  }

  RunSums sums() {
    double time = Math.max(0, lastCompletion - measuredFrom);
    return new RunSums(
        requests,
        latency,
        formation,
        queueing,
        service,
        completedSince,
        time,
        servers == Integer.MAX_VALUE ? Double.NaN : busySeconds / servers,
        servers == Integer.MAX_VALUE
            ? Double.NaN
            : (workSeconds - tokens.freeSlotSeconds()) / totalSpeed,
        batches,
        batchedRequests,
        batchSeconds,
        squaredBatchSeconds,
        slotSeconds,
        ownSeconds,
        price * time / SECONDS_PER_HOUR,
        servers,
        memoryLimit,
        tokens.sums(),
        level.sums(lostMeasured));
  }

  /** When the last request arrived, in seconds; NaN where the number of requests is not known. */
  public double lastArrival() {
    return lastArrival;
  }

  /** Whether the warm-up took the whole run, so that no request arrived after it. */
  public boolean measuresNothing() {
    return lastArrival < measuredFrom;
  }

  /** Number of measured requests that were served. */
  public long requests() {
    return requests;
  }

  /**
   * Number of first requests that the rule MSER-5 would leave out, after those that are left out
   * already; NaN where it finds no steady state in the first half. The rule looks at the mean times
   * in system of sections of five requests, or as many as a batch has if that is more, and in long
   * runs of 2, 4, 8, ... times as many, so that there are at most 1,024 sections.
   */
  public double mser5() {
    int sectionsToDelete = Mser.truncation(sectionValues(RunSums::meanLatency));
    return sectionsToDelete < 0 ? Double.NaN : (double) sectionsToDelete * sections.length();
  }

  /**
   * The steady-state value of a metric from this run alone, by batch means; no interval where the
   * run is too short for one.
   *
   * @param metric a metric that is a ratio of sums, not a quantile or a count
   * @param confidence two-sided confidence level, in (0,1)
   */
  Estimate batchMeans(ToDoubleFunction<RunSums> metric, double confidence) {
    Estimate estimate = BatchMeans.estimate(sectionValues(metric), confidence);
    return new Estimate(
        metric.applyAsDouble(sums()), estimate.halfWidth(), estimate.degreesOfFreedom());
  }

  private double[] sectionValues(ToDoubleFunction<RunSums> metric) {
    List<RunSums> ends = sections.ends();
    double[] values = new double[ends.size() - 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = metric.applyAsDouble(ends.get(i + 1).since(ends.get(i)));
    }
    return values;
  }

  /** Mean gap between arrivals over the whole run, the one before the first request among them. */
  public double meanGap() {
    return lastArrival / requestsOfRun;
  }

  /** Mean true length of the requests of the whole run that were served, in the workload's unit. */
  public double meanLength() {
    return totalLength / completed;
  }

  /**
   * Requests in the system when the last one has arrived, itself among them. One that left before
   * its batch ended is not among them.
   */
  public double backlog() {
    return backlog;
  }

  /**
   * Requests by which the backlog grows for each request that arrives, in the second half of the
   * run: near 0 in steady state, and 1 - capacity / rate where queues grow without bound.
   */
  public double backlogGrowth() {
    return (backlog - backlogAtMiddle) / (requestsOfRun - 1 - middle());
  }

  /**
   * Requests completed after the warm-up over the time from its end to the last completion, in
   * requests per second; as arXiv:2412.04504 measures it where there is no warm-up.
   */
  public double throughput() {
    return sums().throughput();
  }

  /** Mean time in system. */
  public double meanLatency() {
    return sums().meanLatency();
  }

  /**
   * Quantile of the time in system, within 0.05 %.
   *
   * @param share in (0,1]
   */
  public double latencyQuantile(double share) {
    if (requests == 0) {
      return Double.NaN;
    }
    return latencies.quantile(share);
  }

  /**
   * Quantile of the time from arrival to the first token, within 0.05 %; NaN where tokens are not
   * seen.
   *
   * @param share in (0,1]
   */
  public double firstTokenQuantile(double share) {
    return tokens.firstTokenQuantile(share);
  }

  /**
   * Quantile of the time per token after the first, of requests with at least two, within 0.05 %;
   * NaN where tokens are not seen.
   *
   * @param share in (0,1]
   */
  public double perTokenQuantile(double share) {
    return tokens.perTokenQuantile(share);
  }

  /**
   * Quantile of the time in system over the time that the request would take alone, within 0.05 %;
   * NaN where that is not measured.
   *
   * @param share in (0,1]
   */
  public double slowdownQuantile(double share) {
    return level.slowdownQuantile(share);
  }

  /** Longest time from the arrival of a request until its service starts. */
  public double largestWait() {
    return requests == 0 ? Double.NaN : largestWait;
  }

  /** Most tokens in the memory of a server; NaN where tokens are not seen. */
  public double peakMemory() {
    return tokens.peakMemory();
  }

  /** Mean time from a request's arrival until its batch is formed. */
  public double meanFormation() {
    return sums().meanFormation();
  }

  /** Mean time from the forming of a request's batch until its service starts. */
  public double meanQueueing() {
    return sums().meanQueueing();
  }

  /**
   * Mean time from the start of a request's service until it leaves: the service time of its batch,
   * or less where it leaves early. So a request's mean times of formation, queueing and service
   * always add up to its mean time in system.
   */
  public double meanService() {
    return sums().meanService();
  }

  /** Busy share of the servers' time after the warm-up; NaN where servers are infinitely many. */
  public double utilization() {
    return sums().utilization();
  }

  /**
   * Share of slot time after the slot's request is done, until its batch is: the wait for the
   * longest request, or where requests leave early, the time in which their slots are empty.
   */
  public double padding() {
    return sums().padding();
  }

  /** Mean number of requests in a batch. */
  public double meanBatchSize() {
    return sums().meanBatchSize();
  }

  /** Number of partial batches that were flushed when arrivals had ended. */
  public double flushedBatches() {
    return flushedBatches;
  }

  /** Share of the measured requests that were lost because their server failed. */
  public double lostShare() {
    return (double) lostMeasured / (requests + lostMeasured);
  }

  /**
   * How often a measured request lost its server, on average over those that were served or lost.
   */
  public double meanInterruptions() {
    return (double) interruptedMeasured / (requests + lostMeasured);
  }

  /**
   * Share of the servers' time after the warm-up that they were not down for repair, up to the last
   * completion, failure or repair.
   */
  public double availability() {
    double end = Math.max(lastCompletion, lastChange);
    double down = downSeconds + downServers * (end - Math.max(lastChange, measuredFrom));
    return servers == Integer.MAX_VALUE ? 1 : 1 - down / (servers * (end - measuredFrom));
  }

  /** Number of requests of the whole run that were never served. */
  public double discardedRequests() {
    return discarded;
  }
}
