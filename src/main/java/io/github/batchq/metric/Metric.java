package io.github.batchq.metric;

import io.github.batchq.model.NearestName;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A quantity of a run. */
public final class Metric {
  private static final String SLOWDOWN = "slowdown.";

  private static final String MSER5 = "warmup.mser5";

  private static final List<String> OF_TOKENS = List.of("ttft.", "tpot.", "itl.");

  private static final String FIRST_IS_LAST =
      "; where batches are served whole, the first token comes with the last, at the end";

  private static final String OF_WAITING_CLIENTS =
      "; only where clients wait for answers, as with concurrency";

  private static final String OF_GROUPS = "; only where requests come in groups";

  /**
   * The metrics that are measured where none are named. There are more by name: see {@link
   * #named(String)}.
   */
  public static final List<Metric> ALL =
      List.of(
          mean(
              "throughput",
              Direction.HIGHER_IS_BETTER,
              "req/s",
              "completed requests over the time of the last completion, of a finite run since the first"
                  + " arrival",
              (run, part) -> run.servers.throughput(part)),
          mean(
                  "latency.mean",
                  Direction.LOWER_IS_BETTER,
                  "s",
                  "mean time in system",
                  (run, part) -> run.requests.meanLatency(part))
              .unbounded(),
          quantile(RequestTime.LATENCY, "latency.p50", "median time in system", 0.50),
          quantile(RequestTime.LATENCY, "latency.p95", "95 % quantile of the time in system", 0.95),
          quantile(RequestTime.LATENCY, "latency.p99", "99 % quantile of the time in system", 0.99),
          mean(
              "formation.mean",
              Direction.LOWER_IS_BETTER,
              "s",
              "mean time from a request's arrival until its batch is full",
              (run, part) -> run.requests.meanFormation(part)),
          mean(
                  "queueing.mean",
                  Direction.LOWER_IS_BETTER,
                  "s",
                  "mean time from the forming of a request's batch until its service starts",
                  (run, part) -> run.requests.meanQueueing(part))
              .unbounded(),
          mean(
              "service.mean",
              Direction.LOWER_IS_BETTER,
              "s",
              "mean time from the start of a request's service until it leaves",
              (run, part) -> run.requests.meanService(part)),
          mean(
              "utilization",
              Direction.NEITHER,
              "1",
              "busy share of server time",
              (run, part) -> run.servers.utilization(part)),
          mean(
              "padding",
              Direction.LOWER_IS_BETTER,
              "1",
              "share of slot time after the slot's request is done, until its batch is",
              (run, part) -> run.batches.padding(part)),
          mean(
              "batch.size.mean",
              Direction.HIGHER_IS_BETTER,
              "requests",
              "mean number of requests in a batch, or of those that get a token in a step",
              (run, part) -> run.batches.meanSize(part)),
          mean(
              "batch.time.variation",
              Direction.NEITHER,
              "1",
              "squared coefficient of variation of the service time of a batch, or of a request alone",
              (run, part) -> run.batches.timeVariation(part)),
          ofWholeRun(
              "batches.flushed",
              Direction.NEITHER,
              "batches",
              "partial batches served because arrivals had ended",
              run -> run.batches.flushed()),
          ofWholeRun(
              "requests.discarded",
              Direction.LOWER_IS_BETTER,
              "requests",
              "requests that were never served",
              run -> run.backlog.discarded()),
          mean(
              "capacity.seen",
              Direction.HIGHER_IS_BETTER,
              "req/s",
              "completed requests per second in which all servers (all slots) are busy",
              (run, part) -> run.servers.capacity(part)),
          ofWholeRun(
              "gap.mean",
              Direction.NEITHER,
              "s",
              "mean gap between arrivals, in the whole run",
              run -> run.backlog.meanGap()),
          ofWholeRun(
              "length.mean",
              Direction.NEITHER,
              "tokens or s",
              "mean true length of requests, in the whole run",
              run -> run.backlog.meanLength()),
          ofWholeRun(
              "backlog",
              Direction.LOWER_IS_BETTER,
              "requests",
              "requests in the system when the last one has arrived",
              run -> run.backlog.atEnd()),
          ofWholeRun(
              "backlog.growth",
              Direction.LOWER_IS_BETTER,
              "1",
              "growth of the backlog for each arrival, in the second half of the run",
              run -> run.backlog.growth()),
          ofWholeRun(
              MSER5,
              Direction.NEITHER,
              "requests",
              "first requests that the rule MSER-5 would leave out",
              RunStatistics::mser5),
          mean(
                  "ttft.mean",
                  Direction.LOWER_IS_BETTER,
                  "s",
                  "mean time from arrival to the first token",
                  (run, part) -> run.tokens.meanFirstToken(part))
              .unbounded(),
          quantile(RequestTime.TTFT, "ttft.p50", "median time to the first token", 0.50),
          quantile(
              RequestTime.TTFT, "ttft.p95", "95 % quantile of the time to the first token", 0.95),
          quantile(
              RequestTime.TTFT, "ttft.p99", "99 % quantile of the time to the first token", 0.99),
          mean(
              "tpot.mean",
              Direction.LOWER_IS_BETTER,
              "s",
              "mean time per token after the first one, of requests with at least two",
              (run, part) -> run.tokens.meanPerToken(part)),
          quantile(
              RequestTime.TPOT,
              "tpot.p50",
              "median over requests of the time per token after the first",
              0.50),
          quantile(
              RequestTime.TPOT,
              "tpot.p95",
              "95 % quantile of the time per token after the first",
              0.95),
          quantile(
              RequestTime.TPOT,
              "tpot.p99",
              "99 % quantile of the time per token after the first",
              0.99),
          mean(
              "itl.mean",
              Direction.LOWER_IS_BETTER,
              "s",
              "mean time between a token and the next of its request, over all tokens",
              (run, part) -> run.tokens.meanBetweenTokens(part)),
          mean(
              "preemptions",
              Direction.LOWER_IS_BETTER,
              "1",
              "how often a request loses its place for want of memory, on average",
              (run, part) -> run.tokens.meanPreemptions(part)),
          ofWholeRun(
              "memory.peak",
              Direction.LOWER_IS_BETTER,
              "tokens",
              "most tokens in the memory of a server",
              run -> run.tokens.peakMemory()),
          mean(
              "memory.mean",
              Direction.NEITHER,
              "tokens",
              "mean number of tokens in the memory of a server",
              (run, part) -> run.tokens.meanMemory(part)),
          mean(
              "memory.occupancy",
              Direction.NEITHER,
              "1",
              "mean share of a server's memory that is taken",
              (run, part) -> run.tokens.occupancy(part)),
          ofWholeRun(
              "lost.share",
              Direction.LOWER_IS_BETTER,
              "1",
              "share of requests that were lost because their server failed",
              run -> run.requests.lostShare()),
          ofWholeRun(
              "interruptions",
              Direction.LOWER_IS_BETTER,
              "1",
              "how often a request loses its server because it fails, on average",
              run -> run.requests.meanInterruptions()),
          ofWholeRun(
              "availability",
              Direction.HIGHER_IS_BETTER,
              "1",
              "share of server time in which servers are not down for repair",
              run -> run.servers.availability()),
          ofWholeRun(
                  "wait.max",
                  Direction.LOWER_IS_BETTER,
                  "s",
                  "longest time from the arrival of a request until its service starts",
                  run -> run.requests.largestWait())
              .unbounded(),
          mean(
              "tokens.throughput",
              Direction.HIGHER_IS_BETTER,
              "tokens/s",
              "generated tokens over the same time as the throughput",
              (run, part) -> run.tokens.throughput(part)),
          mean(
              "slo.attainment",
              Direction.HIGHER_IS_BETTER,
              "1",
              "share of requests, those lost or given up among them, that kept all limits"
                  + FIRST_IS_LAST,
              (run, part) -> run.level.attainment(part)),
          mean(
              "goodput",
              Direction.HIGHER_IS_BETTER,
              "req/s",
              "completed requests that kept all limits, over the same time as the throughput"
                  + FIRST_IS_LAST,
              (run, part) -> run.level.goodput(part)),
          mean(
                  SLOWDOWN + "mean",
                  Direction.LOWER_IS_BETTER,
                  "1",
                  "mean over requests of the time in system over the time that one takes alone",
                  (run, part) -> run.level.meanSlowdown(part))
              .unbounded(),
          quantile(
              RequestTime.SLOWDOWN,
              SLOWDOWN + "p99",
              "99 % quantile of the time in system over the time that a request takes alone",
              0.99),
          mean(
              SLOWDOWN + "jain",
              Direction.HIGHER_IS_BETTER,
              "1",
              "Jain's index of the slowdowns: 1 if all are equal, 1/n if one of n bears all",
              (run, part) -> run.level.jainsIndex(part)),
          mean(
              "cost.per.million.tokens",
              Direction.LOWER_IS_BETTER,
              "price",
              "price of the servers for the time of a million generated tokens",
              (run, part) -> run.tokens.costPerMillion(part)));

  /** The metrics that are measured only where they are named, beside those of families. */
  public static final List<Metric> BY_NAME =
      List.of(
          mean(
                  "wait.mean",
                  Direction.LOWER_IS_BETTER,
                  "s",
                  "mean time from a request's arrival until its service starts",
                  (run, part) -> run.requests.meanFormation(part) + run.requests.meanQueueing(part))
              .unbounded(),
          mean(
              "latency.sent.mean",
              Direction.LOWER_IS_BETTER,
              "s",
              "mean time from when the client sent a request until it leaves" + OF_WAITING_CLIENTS,
              (run, part) -> run.sent.meanLatency(part)),
          mean(
              "ttft.sent.mean",
              Direction.LOWER_IS_BETTER,
              "s",
              "mean time from when the client sent a request to its first token"
                  + OF_WAITING_CLIENTS,
              (run, part) -> run.sent.meanFirstToken(part)),
          mean(
              "abandoned.share",
              Direction.LOWER_IS_BETTER,
              "1",
              "share of requests that left without an answer since their clients gave up",
              (run, part) -> run.requests.abandonedShare(part)),
          mean(
              "tries.mean",
              Direction.LOWER_IS_BETTER,
              "1",
              "how often a request is sent on average, since clients who gave up ask again",
              (run, part) -> run.requests.meanTries(part)),
          ofWholeRun(
              "round.mean",
              Direction.LOWER_IS_BETTER,
              "s",
              "mean time from when a round comes until its last answer",
              run -> run.rounds.mean()),
          ofWholeRun(
              "round.p50",
              Direction.LOWER_IS_BETTER,
              "s",
              "median time of a round",
              run -> run.rounds.quantile(0.50)),
          ofWholeRun(
              "round.p95",
              Direction.LOWER_IS_BETTER,
              "s",
              "95 % quantile of the time of a round",
              run -> run.rounds.quantile(0.95)),
          ofWholeRun(
              "round.p99",
              Direction.LOWER_IS_BETTER,
              "s",
              "99 % quantile of the time of a round",
              run -> run.rounds.quantile(0.99)),
          ofWholeRun(
              "rounds.throughput",
              Direction.HIGHER_IS_BETTER,
              "rounds/s",
              "rounds over the time from the first one to the last answer of the last one",
              run -> run.rounds.throughput()),
          ofWholeRun(
              "straggler.share",
              Direction.LOWER_IS_BETTER,
              "1",
              "share of server time, while a round waits for its last answers, in which servers are"
                  + " idle",
              run -> run.rounds.idleShare()),
          ofWholeRun(
              "prefix.hit.share",
              Direction.HIGHER_IS_BETTER,
              "1",
              "share of prompt tokens that needed no processing, since siblings shared them, they were"
                  + " said before, or a server had kept them",
              run -> run.tokens.foundShare()),
          ofWholeRun(
              "group.latency.mean",
              Direction.LOWER_IS_BETTER,
              "s",
              "mean time from when a group of requests comes until it has the answers that it needs"
                  + " and they are scored"
                  + OF_GROUPS,
              run -> run.groups().mean()),
          ofWholeRun(
              "group.latency.p50",
              Direction.LOWER_IS_BETTER,
              "s",
              "median time of a group" + OF_GROUPS,
              run -> run.groups().quantile(0.50)),
          ofWholeRun(
              "group.latency.p95",
              Direction.LOWER_IS_BETTER,
              "s",
              "95 % quantile of the time of a group" + OF_GROUPS,
              run -> run.groups().quantile(0.95)),
          ofWholeRun(
              "group.latency.p99",
              Direction.LOWER_IS_BETTER,
              "s",
              "99 % quantile of the time of a group" + OF_GROUPS,
              run -> run.groups().quantile(0.99)),
          ofWholeRun(
              "group.spread.mean",
              Direction.LOWER_IS_BETTER,
              "s",
              "mean time from the first answer of a group to the last one that it needs"
                  + OF_GROUPS,
              run -> run.groups().meanSpread()),
          ofWholeRun(
              "groups.throughput",
              Direction.HIGHER_IS_BETTER,
              "groups/s",
              "groups over the time from the first one to the end of the last one" + OF_GROUPS,
              run -> run.groups().throughput()),
          ofWholeRun(
              "groups.failed",
              Direction.LOWER_IS_BETTER,
              "1",
              "share of groups that never have the answers that they need, since requests were lost"
                  + " or given up"
                  + OF_GROUPS,
              run -> run.groups().failedShare()),
          ofWholeRun(
              "cancelled.share",
              Direction.NEITHER,
              "1",
              "share of the requests of groups that were called back" + OF_GROUPS,
              run -> run.groups().cancelledShare()));

  /** The metric {@code throughput}. */
  public static final Metric THROUGHPUT = named("throughput");

  /** The metric {@code latency.mean}. */
  public static final Metric LATENCY_MEAN = named("latency.mean");

  /** The metric {@code latency.p50}. */
  public static final Metric LATENCY_P50 = named("latency.p50");

  /** The metric {@code latency.p95}. */
  public static final Metric LATENCY_P95 = named("latency.p95");

  /** The metric {@code latency.p99}. */
  public static final Metric LATENCY_P99 = named("latency.p99");

  /** The metric {@code formation.mean}. */
  public static final Metric FORMATION_MEAN = named("formation.mean");

  /** The metric {@code queueing.mean}. */
  public static final Metric QUEUEING_MEAN = named("queueing.mean");

  /** The metric {@code service.mean}. */
  public static final Metric SERVICE_MEAN = named("service.mean");

  /** The metric {@code utilization}. */
  public static final Metric UTILIZATION = named("utilization");

  /** The metric {@code padding}. */
  public static final Metric PADDING = named("padding");

  /** The metric {@code batch.size.mean}. */
  public static final Metric BATCH_SIZE_MEAN = named("batch.size.mean");

  /** The metric {@code gap.mean}. */
  public static final Metric GAP_MEAN = named("gap.mean");

  /** The metric {@code length.mean}. */
  public static final Metric LENGTH_MEAN = named("length.mean");

  /** The metric {@code backlog}. */
  public static final Metric BACKLOG = named("backlog");

  /** The metric {@code lost.share}. */
  public static final Metric LOST_SHARE = named("lost.share");

  /** The metric {@code availability}. */
  public static final Metric AVAILABILITY = named("availability");

  /** The metric {@code interruptions}. */
  public static final Metric INTERRUPTIONS = named("interruptions");

  private final String id;
  private final Direction direction;
  private final String unit;
  private final String description;
  private final ToDoubleFunction<RunStatistics> value;
  private final @Nullable ToDoubleBiFunction<RunStatistics, RunPart> mean;
  private final @Nullable TimeStatistic timeStatistic;
  private final boolean unbounded;

  private Metric(
      String id,
      Direction direction,
      String unit,
      String description,
      ToDoubleFunction<RunStatistics> value,
      @Nullable ToDoubleBiFunction<RunStatistics, RunPart> mean,
      @Nullable TimeStatistic timeStatistic,
      boolean unbounded) {
    this.id = id;
    this.direction = direction;
    this.unit = unit;
    this.description = description;
    this.value = value;
    this.mean = mean;
    this.timeStatistic = timeStatistic;
    this.unbounded = unbounded;
  }

  private static Metric mean(
      String id,
      Direction direction,
      String unit,
      String description,
      ToDoubleBiFunction<RunStatistics, RunPart> mean) {
    return new Metric(
        id,
        direction,
        unit,
        description,
        run -> mean.applyAsDouble(run, RunPart.WHOLE),
        mean,
        null,
        false);
  }

  private static Metric quantile(RequestTime time, String id, String description, double level) {
    return of(TimeStatistic.quantile(time, level), id, description);
  }

  private static Metric of(TimeStatistic statistic, String id, String description) {
    return new Metric(
        id,
        Direction.LOWER_IS_BETTER,
        statistic.time().unit(),
        description,
        run -> run.of(statistic),
        null,
        statistic,
        statistic.isUnbounded());
  }

  private static Metric ofWholeRun(
      String id,
      Direction direction,
      String unit,
      String description,
      ToDoubleFunction<RunStatistics> value) {
    return new Metric(id, direction, unit, description, value, null, null, false);
  }

  private Metric unbounded() {
    return new Metric(id, direction, unit, description, value, mean, timeStatistic, true);
  }

  /**
   * The metric of a name: one of {@link #ALL} or {@link #BY_NAME}, or a quantile, the least or
   * largest value, or the standard deviation of a time of requests, such as {@code latency.p99.9}
   * and {@code ttft.std}.
   *
   * @throws IllegalArgumentException if there is none; the message names the nearest, and all
   */
  public static Metric named(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown metric '"
                        + id
                        + "'; "
                        + NearestName.hint(
                            id,
                            Stream.concat(
                                    Stream.concat(ids().stream(), idsByName()),
                                    TimeStatistic.near(id))
                                .toList(),
                            String.join(", ", ids())
                                + ", wait.mean, and "
                                + TimeStatistic.forms())));
  }

  /** The metric of a name, if there is one. */
  private static Optional<Metric> find(String id) {
    return Stream.concat(ALL.stream(), BY_NAME.stream())
        .filter(metric -> metric.id.equals(id))
        .findFirst()
        .or(
            () ->
                TimeStatistic.named(id)
                    .map(statistic -> of(statistic, id, statistic.description(id))));
  }

  /** Whether there is a metric of a name. */
  public static boolean isNamed(String id) {
    try {
      return find(id).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The families of metrics beside {@link #ALL}, one for each time of a request, as the form of a
   * name, unit and description: any quantile, the least and largest value and the standard
   * deviation.
   */
  public static List<List<String>> families() {
    return Stream.of(RequestTime.values())
        .map(
            time ->
                List.of(
                    time.id() + ".pQ",
                    time.unit(),
                    "Q % quantile, for any Q above 0 and below 100 such as p99.9, and .min, .max"
                        + " and .std (over requests) in its place: "
                        + time.description()))
        .toList();
  }

  private static Stream<String> idsByName() {
    return BY_NAME.stream().map(Metric::id);
  }

  /** The names of all metrics. */
  public static List<String> ids() {
    return ALL.stream().map(Metric::id).toList();
  }

  /** Name in experiment files and column of the results. */
  public String id() {
    return id;
  }

  /**
   * The unit: s, req/s, rounds/s, groups/s, requests, batches, tokens, tokens/s, 1 for a ratio, or
   * that of the price of a server.
   */
  public String unit() {
    return unit;
  }

  /** Unit of the metric of a name, empty where it is a share of 1 or unknown. */
  public static String unitOf(String name) {
    return isNamed(name) ? named(name).unit : "";
  }

  /** Which values of it are good. */
  public Direction direction() {
    return direction;
  }

  /** What it is, in one line. */
  public String description() {
    return description
        + (isOfTokens() ? "; no value where batches are served whole: see latency" : "");
  }

  /** Whether it grows without bound where more requests arrive than the servers can carry. */
  public boolean isUnbounded() {
    return unbounded;
  }

  /** Whether it needs what each request would take alone, so that runs with it take longer. */
  public boolean isSlowdown() {
    return id.startsWith(SLOWDOWN);
  }

  /**
   * Whether it is about when the tokens of a request come. It has no value where batches are served
   * whole, whose requests get all of their tokens when they leave.
   */
  public boolean isOfTokens() {
    return OF_TOKENS.stream().anyMatch(id::startsWith);
  }

  /** Whether it is read from the sections of a run. */
  public boolean isOfSections() {
    return id.equals(MSER5);
  }

  /** The level of the quantile of the time in system that it is, such as 0.99; else NaN. */
  public double latencyQuantileLevel() {
    return timeStatistic != null && timeStatistic.time() == RequestTime.LATENCY
        ? timeStatistic.level()
        : Double.NaN;
  }

  /** What it is of the times of requests; null where it is something else. */
  @Nullable TimeStatistic timeStatistic() {
    return timeStatistic;
  }

  /** Its value in a run; NaN where it is not defined. */
  public double of(RunStatistics run) {
    return value.applyAsDouble(run);
  }

  /**
   * Its steady-state value from one long run by batch means; without an interval where the run is
   * too short, and for what is no mean over requests, batches or time.
   *
   * @param confidence two-sided confidence level, in (0,1)
   */
  public Estimate batchMeans(RunStatistics run, double confidence) {
    ToDoubleBiFunction<RunStatistics, RunPart> ofPart = mean;
    return ofPart == null
        ? new Estimate(of(run), Double.NaN, 0)
        : run.batchMeans(part -> ofPart.applyAsDouble(run, part), confidence);
  }

  /** Metrics are told apart by their names. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Metric metric && id.equals(metric.id));
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id;
  }
}
