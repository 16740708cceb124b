package io.github.batchq.metric;

import io.github.batchq.sim.GroupMember;
import io.github.batchq.sim.RequestCounts;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import io.github.batchq.sim.ServedSteps;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.sim.SimulationListener;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured in one run, in memory that does not grow with the number of requests:
 * what happens is told to the statistics of each subject, from which a {@link Metric} is read.
 * Times are seconds.
 *
 * <p>Times go into histograms: a quantile read from one is within 0.05 % of the exact sample
 * quantile (half a cell), or within 0.5 ns. Means are exact sums.
 */
public final class RunStatistics implements SimulationListener {
  /** Requests of a section at first, or as many as in a batch: MSER-5 has its name from it. */
  private static final int SMALLEST_SECTION = 5;

  final RequestStatistics requests;
  final BatchStatistics batches = new BatchStatistics();
  final ServerStatistics servers;
  final BacklogStatistics backlog;
  final TokenStatistics tokens;
  final ServiceLevel level;
  final SentStatistics sent = new SentStatistics();
  final RoundStatistics rounds;
  private final @Nullable GroupStatistics groups;
  private final boolean inRounds;
  final MeasuredPeriod period;
  private final @Nullable TimeSpreads spreads;
  private final int slots;
  private final @Nullable RunSections sections;

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
   * @param terms what makes more than times measurable
   */
  public RunStatistics(
      ServerPool pool, WarmUp warmUp, long requests, int batchSize, MeasurementTerms terms) {
    this(pool, warmUp, requests, batchSize, terms, new Histograms(), true, List.of());
  }

  /**
   * @param pool the servers, for the utilization
   * @param warmUp what is not measured; not a rule
   * @param requests number of requests that arrive; 0 if it is not known
   * @param batchSize most requests in a batch, or that run on a server
   * @param terms what makes more than times measurable
   * @param histograms those of an earlier run, whose statistics are not read any more
   * @param inSections whether it is cut into sections, for batch means and MSER-5, which costs a
   *     short run a tenth of its time
   * @param metrics what will be asked of it, as far as that is not measured of every run
   */
  public RunStatistics(
      ServerPool pool,
      WarmUp warmUp,
      long requests,
      int batchSize,
      MeasurementTerms terms,
      Histograms histograms,
      boolean inSections,
      List<Metric> metrics) {
    histograms.clear();
    this.requests = new RequestStatistics(histograms.latencies);
    this.period = new MeasuredPeriod(warmUp, terms.fromFirstArrival());
    this.slots = batchSize;
    this.backlog = new BacklogStatistics(requests);
    this.servers = new ServerStatistics(pool, period, terms.price());
    this.tokens = new TokenStatistics(terms, servers, histograms);
    this.spreads = TimeSpreads.of(metrics, terms.alone());
    this.rounds = new RoundStatistics(terms.roundSize(), pool);
    this.inRounds = terms.roundSize() > 0;
    this.groups = terms.groups() == null ? null : new GroupStatistics(terms.groups());
    this.level = new ServiceLevel(terms, this.requests, servers, histograms.slowdowns);
    this.sections =
        inSections
            ? new RunSections(
                Math.max(SMALLEST_SECTION, batchSize),
                List.of(
                    this.requests.sums(),
                    batches.sums(),
                    servers.sums(),
                    tokens.sums(),
                    level.sums(),
                    sent.sums()))
            : null;
  }

  @Override
  public boolean readsMembers() {
    return level.readsMembers() || (groups != null && groups.readsMembers());
  }

  @Override
  public long nextArrival(long from) {
    if (groups != null) {
      return from;
    }
    long next = Math.min(backlog.nextArrival(from), rounds.nextArrival(from));
    return from <= period.firstRequest() ? Math.min(period.firstRequest(), next) : next;
  }

  @Override
  public void arrivedInGroup(GroupMember member) {
    if (groups != null) {
      groups.arrived(member, period.includes(member.id(), member.arrivalTime()));
    }
  }

  @Override
  public void arrived(long id, double now) {
    period.arrived(id, now);
    backlog.arrived(id, now);
    rounds.arrived(id, now, period.includes(id, now));
  }

  @Override
  public void dispatched(ServedBatch batch) {}

  @Override
  public void completed(ServedBatch batch, double now) {
    backlog.completed(batch);
    if (inRounds) {
      rounds.worked(batch.seconds());
      rounds.left(batch.size(), now);
    }
    if (groups != null) {
      groups.completed(batch);
    }
    boolean answered = batch.size() > 0;
    if (answered) {
      servers.completedAt(now);
    }
    if (now < period.start()) {
      return;
    }
    servers.completed(batch.size());
    if (answered) {
      servers.worked(batch.startTime(), now, batch.speed());
    } else {
      servers.workedForNobody(batch.startTime(), now, batch.speed());
    }
    tokens.generated(batch.totalLength());
    int first = period.firstMember(batch);
    if (batch.leavesEarly()) {
      requests.completedOneByOne(batch, first);
    } else {
      requests.completed(batch, first, now);
    }
    level.completed(batch, first);
    sent.completed(batch, first);
    if (spreads != null) {
      spreads.completed(batch, first);
    }
    if (batch.startTime() >= period.start()) {
      batches.completed(batch);
      tokens.completed(batch);
    }
    if (sections != null) {
      sections.advance(requests.served());
    }
  }

  @Override
  public void interrupted(ServedBatch batch, boolean retry, double now) {
    boolean measuring = now >= period.start();
    rounds.worked(now - batch.startTime());
    if (measuring) {
      servers.worked(batch.startTime(), now, batch.speed());
    }
    for (int i = 0; i < batch.size(); i++) {
      boolean measured = measuring && period.includes(batch.id(i), batch.arrivalTime(i));
      if (batch.leavesEarly() && batch.departureTime(i) <= now) {
        departed(batch, i, measured);
      } else {
        interrupted(batch.id(i), measured, retry, now);
      }
    }
  }

  /** A member had left before its server failed. */
  private void departed(ServedBatch batch, int member, boolean measured) {
    backlog.departed(batch, member);
    if (groups != null) {
      groups.departed(batch, member);
    }
    rounds.left(1, batch.departureTime(member));
    double time = batch.departureTime(member);
    if (time >= period.start()) {
      servers.departedAt(time);
      tokens.generated(batch.length(member));
    }
    if (measured) {
      requests.departed(batch, member);
      level.departed(batch, member);
      sent.departed(batch, member);
      if (spreads != null) {
        spreads.departed(batch, member);
      }
    }
  }

  @Override
  public void interrupted(ServedRequest request, boolean retry, double now) {
    interrupted(
        request.id(),
        now >= period.start() && period.includes(request.id(), request.arrivalTime()),
        retry,
        now);
  }

  private void interrupted(long id, boolean measured, boolean retry, double now) {
    if (!retry) {
      if (groups != null) {
        groups.lost(id);
      }
      backlog.unanswered();
      rounds.left(1, now);
    }
    if (measured) {
      requests.interrupted(retry);
    }
  }

  @Override
  public void withdrawn(long id, double arrivalTime, boolean gaveUp, boolean again, double now) {
    if (!again) {
      backlog.unanswered();
      rounds.left(1, now);
      if (groups != null) {
        groups.withdrawn(id, !gaveUp);
      }
    }
    if (gaveUp && period.includes(id, arrivalTime)) {
      requests.abandoned(again);
    }
  }

  @Override
  public void serverFailed(int server, double now) {
    servers.failed(now);
  }

  @Override
  public void serverRepaired(int server, double now) {
    servers.repaired(now);
  }

  @Override
  public void stepped(ServedSteps steps) {
    double end = steps.startTime() + steps.seconds();
    if (inRounds) {
      rounds.worked(steps.seconds());
    }
    if (end < period.start()) {
      return;
    }
    double seconds = end - Math.max(steps.startTime(), period.start());
    servers.stepped(steps, seconds, slots);
    tokens.stepped(steps, seconds);
    if (steps.startTime() >= period.start()) {
      batches.stepped(steps);
    }
  }

  @Override
  public void left(ServedRequest request, double now) {
    backlog.left(request);
    if (inRounds) {
      rounds.left(1, now);
    }
    if (groups != null) {
      groups.left(request, now);
    }
    servers.completedAt(now);
    if (now < period.start()) {
      return;
    }
    servers.completed(1);
    tokens.generated((double) request.tokens());
    if (period.includes(request.id(), request.arrivalTime())) {
      requests.left(request, now);
      batches.left(request);
      tokens.left(request, now);
      level.left(request, now);
      sent.left(request, now);
      if (spreads != null) {
        spreads.left(request, now);
      }
    }
    if (sections != null) {
      sections.advance(requests.served());
    }
  }

  @Override
  public void ended(RequestCounts counts) {
    backlog.ended(counts);
  }

  /** When the last request arrived, in seconds; NaN where the number of requests is not known. */
  public double lastArrival() {
    return backlog.lastArrival();
  }

  /** Whether the warm-up took the whole run, so that no request arrived after it. */
  public boolean measuresNothing() {
    return lastArrival() < period.start();
  }

  /** Number of measured requests that were served. */
  public long requests() {
    return (long) requests.served();
  }

  /**
   * Quantile of the time in system, within 0.05 %.
   *
   * @param level in (0,1]
   */
  public double latencyQuantile(double level) {
    return requests.latencyQuantile(level);
  }

  /** The groups of the run. */
  GroupStatistics groups() {
    return Objects.requireNonNull(groups, "requests of this run come in no groups");
  }

  /** Whether its requests come in groups. */
  boolean isInGroups() {
    return groups != null;
  }

  /** A statistic of the times of requests; NaN where no request has such a time. */
  double of(TimeStatistic statistic) {
    if (statistic.isCountedApart()) {
      return Objects.requireNonNull(spreads, "this run counts no times apart").of(statistic);
    }
    return switch (statistic.time()) {
      case TTFT -> tokens.firstTokenQuantile(statistic.level());
      case TPOT -> tokens.perTokenQuantile(statistic.level());
      case SLOWDOWN -> level.slowdownQuantile(statistic.level());
      default -> requests.latencyQuantile(statistic.level());
    };
  }

  /** The mean that the standard deviation of a time is about; NaN for other statistics. */
  double centre(TimeStatistic statistic) {
    return statistic.kind() == TimeStatistic.Kind.STD
        ? Objects.requireNonNull(spreads, "this run counts no times apart").mean(statistic.time())
        : Double.NaN;
  }

  /**
   * Number of first requests that the rule MSER-5 would leave out, after those that are left out
   * already; NaN where it finds no steady state in the first half. The rule looks at the mean times
   * in system of sections of five requests, or as many as a batch has if that is more, and in long
   * runs of 2, 4, 8, ... times as many, so that there are at most 1,024 sections.
   */
  public double mser5() {
    RunSections sections = sections();
    int sectionsToDelete = Mser.truncation(sections.means(requests::meanLatency));
    return sectionsToDelete < 0 ? Double.NaN : (double) sectionsToDelete * sections.length();
  }

  private RunSections sections() {
    if (sections == null) {
      throw new IllegalStateException("this run was not cut into sections");
    }
    return sections;
  }

  /**
   * The steady-state value of a mean from this run alone, by batch means; no interval where the run
   * is too short for one.
   *
   * @param confidence two-sided confidence level, in (0,1)
   */
  Estimate batchMeans(ToDoubleFunction<RunPart> mean, double confidence) {
    Estimate estimate = BatchMeans.estimate(sections().means(mean), confidence);
    return new Estimate(
        mean.applyAsDouble(RunPart.WHOLE), estimate.halfWidth(), estimate.degreesOfFreedom());
  }
}
