package io.github.batchq.study;

import io.github.batchq.file.LawText;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Law;
import io.github.batchq.random.Mixture;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.workload.ArrivalCounts;
import io.github.batchq.workload.ArrivalProcess;
import io.github.batchq.workload.BootstrapArrivals;
import io.github.batchq.workload.BulkArrivals;
import io.github.batchq.workload.PoissonAtLoad;
import io.github.batchq.workload.RenewalProcess;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.TraceClock;
import io.github.batchq.workload.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * Finds the arrival process that explains the arrivals of a trace. All candidates have its mean
 * rate; what tells them apart is the index of dispersion of the counts in windows of 1, 10, 100,
 * ... mean gaps. A process explains the trace if in all of these windows the index of the trace is
 * within three standard deviations of the mean over twenty simulated recordings of the same size (a
 * Monte Carlo test: G. A. Barnard, in the discussion of M. S. Bartlett, "The spectral analysis of
 * point processes", 1963). The first of these that does is taken:
 *
 * <ol>
 *   <li>independent gaps of the best law, Poisson arrivals if that is the exponential one;
 *   <li>where times are equal, a Poisson process of groups of the sizes that the trace has;
 *   <li>blocks of the trace, of the length whose index comes nearest to that of the trace.
 * </ol>
 *
 * <p>A trace with fewer than thirty windows of a mean gap tells too little to judge a law by, so it
 * is resampled in blocks.
 */
public final class ArrivalFit {
  /** How many recordings of each process are simulated. */
  public static final int RECORDINGS = 20;

  /**
   * How many standard deviations may lie between the index of the trace and that of a process that
   * explains it.
   */
  public static final double MOST_DEVIATIONS = 3;

  /** Longer recordings are cut to this number of requests, which shows as much. */
  private static final int MOST_REQUESTS = 1_000_000;

  /** A law of group sizes with more values than this would be too long for an experiment file. */
  private static final int MOST_SIZES = 30;

  private static final int BLOCK_FACTOR = 4;

  /** A recording holds at least this many blocks, so that recordings differ. */
  private static final int FEWEST_BLOCKS = 4;

  private final Trace trace;
  private final ArrivalCounts counts;
  private final List<Double> windows;
  private final RandomStreams streams;
  private final List<Agreement> agreements = new ArrayList<>();
  private final Candidate chosen;
  private final String reason;

  /**
   * The index of dispersion of a process beside that of the trace.
   *
   * @param process the process
   * @param seconds length of the windows
   * @param trace index of the trace
   * @param mean mean index over the recordings of the process
   * @param deviation its standard deviation over them
   */
  public record Agreement(
      String process, double seconds, double trace, double mean, double deviation) {
    /**
     * By how many standard deviations the index of the trace is above that of the process; 0 where
     * both are equal.
     */
    public double deviations() {
      return trace == mean ? 0 : (trace - mean) / deviation;
    }

    /** The distance of the two indices as a share of the larger one. */
    private double distance() {
      return trace == mean ? 0 : Math.abs(trace - mean) / Math.max(trace, mean);
    }
  }

  /**
   * A process that may explain the arrivals.
   *
   * @param label what it is called in the table
   * @param keys its keys in an experiment file
   * @param ofTrace whether the key {@code trace} is among those that are still to be added
   * @param process the process itself
   */
  private record Candidate(String label, String keys, boolean ofTrace, ArrivalProcess process) {
    static Candidate renewal(Law gap) {
      OptionalDouble rate = gap.exponentialRate();
      return rate.isPresent()
          ? new Candidate(
              "poisson",
              "process: poisson, rate: " + LawText.plain(rate.getAsDouble()),
              false,
              new RenewalProcess(gap))
          : new Candidate(
              "renewal, " + gap,
              "process: renewal, gap: " + LawText.block(gap),
              false,
              new RenewalProcess(gap));
    }

    static Candidate bulk(double rate, Law size) {
      return new Candidate(
          "bulk",
          "process: bulk, rate: " + LawText.plain(rate) + ", size: " + LawText.block(size),
          false,
          new BulkArrivals(rate, size).create(new Traces(), () -> Double.NaN));
    }

    static Candidate atLoad(double load) {
      return new Candidate(
          "poisson-at-load",
          "process: poisson-at-load, load: " + LawText.plain(load),
          false,
          new PoissonAtLoad(load).create(new Traces(), () -> 1));
    }

    static Candidate blocks(Trace trace, int block) {
      return new Candidate(
          "trace-bootstrap, block " + block,
          "process: trace-bootstrap, block: " + block,
          true,
          BootstrapArrivals.process(trace, block, 1));
    }
  }

  /**
   * Finds the process.
   *
   * @param trace a trace over some time
   * @param clock what its times can tell
   * @param gap the best law of its gaps, with its mean
   * @param seed seed of the recordings
   */
  ArrivalFit(Trace trace, TraceClock clock, Law gap, long seed) {
    this.trace = trace;
    this.counts = clock.counts();
    // The share of the trace's time that a recording takes.
    double share = Math.min(1, (double) MOST_REQUESTS / trace.size());
    double longest = share * trace.duration() / ArrivalCounts.FEWEST_WINDOWS;
    this.windows = counts.windows().stream().filter(seconds -> seconds <= longest).toList();
    this.streams = new RandomStreams(seed, RECORDINGS);
    Candidate renewal = Candidate.renewal(gap);
    if (gap.lower() == gap.upper()) {
      chosen = renewal;
      reason = "all gaps are equal";
    } else if (windows.isEmpty()) {
      chosen = nearestBlocks();
      reason =
          "the trace is shorter than "
              + ArrivalCounts.FEWEST_WINDOWS
              + (clock.tick() > 0 ? " mean gaps or ticks of its clock" : " mean gaps")
              + ", too few to judge a law of its arrivals by";
    } else if (explains(renewal)) {
      chosen = renewal;
      reason = explained();
    } else {
      Map<Integer, Integer> groups = clock.groups();
      Candidate bulk =
          clock.equal() > 0 && groups.size() <= MOST_SIZES
              ? Candidate.bulk(trace.rate(), LawText.rounded(sizes(groups)))
              : null;
      if (bulk != null && explains(bulk)) {
        chosen = bulk;
        reason = explained();
      } else {
        chosen = nearestBlocks();
        reason =
            "no law of gaps or groups has the trace's index of dispersion within "
                + (int) MOST_DEVIATIONS
                + " standard deviations in all windows; of the blocks tried, these come nearest";
      }
    }
  }

  /**
   * Takes Poisson arrivals for a trace that tells no arrival times.
   *
   * @param load their rate as a share of what the servers can carry
   */
  ArrivalFit(Trace trace, double load) {
    this.trace = trace;
    this.counts = new TraceClock(trace).counts();
    this.windows = List.of();
    this.streams = new RandomStreams(1, RECORDINGS);
    this.chosen = Candidate.atLoad(load);
    this.reason = "the trace tells no arrival times";
  }

  private static String explained() {
    return "the first process that has the trace's index of dispersion within "
        + (int) MOST_DEVIATIONS
        + " standard deviations in all windows";
  }

  private static Law sizes(Map<Integer, Integer> groups) {
    List<Double> weights = groups.values().stream().map(Integer::doubleValue).toList();
    List<Law> sizes = groups.keySet().stream().<Law>map(size -> new Deterministic(size)).toList();
    return sizes.size() == 1 ? sizes.get(0) : new Mixture(weights, sizes);
  }

  private boolean explains(Candidate candidate) {
    List<Agreement> found = agreements(candidate);
    agreements.addAll(found);
    return found.stream().allMatch(one -> Math.abs(one.deviations()) <= MOST_DEVIATIONS);
  }

  private Candidate nearestBlocks() {
    int block = (int) Math.round(Math.sqrt(trace.size()));
    Candidate nearest = Candidate.blocks(trace, block);
    List<Agreement> best = agreements(nearest);
    while ((long) block * BLOCK_FACTOR * FEWEST_BLOCKS <= trace.size() && !windows.isEmpty()) {
      block *= BLOCK_FACTOR;
      Candidate longer = Candidate.blocks(trace, block);
      List<Agreement> found = agreements(longer);
      if (distance(found) < distance(best)) {
        nearest = longer;
        best = found;
      }
    }
    agreements.addAll(best);
    return nearest;
  }

  private static double distance(List<Agreement> agreements) {
    return agreements.stream().mapToDouble(Agreement::distance).max().orElse(0);
  }

  private List<Agreement> agreements(Candidate candidate) {
    double[][] indices =
        IntStream.range(0, RECORDINGS)
            .parallel()
            .mapToObj(recording -> indices(candidate.process(), recording))
            .toArray(double[][]::new);
    List<Agreement> found = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      double sum = 0;
      for (double[] recording : indices) {
        sum += recording[i];
      }
      double mean = sum / RECORDINGS;
      double squares = 0;
      for (double[] recording : indices) {
        squares += (recording[i] - mean) * (recording[i] - mean);
      }
      double deviation = Math.sqrt(squares / (RECORDINGS - 1));
      double seconds = windows.get(i);
      double recorded = counts.dispersion(seconds).index();
      found.add(new Agreement(candidate.label(), seconds, recorded, mean, deviation));
    }
    return found;
  }

  /** The indices of a simulated recording, its first arrival at time 0. */
  private double[] indices(ArrivalProcess process, int recording) {
    DoubleSupplier arrivals = process.arrivalTimes(streams.stream(recording, StreamName.ARRIVALS));
    double[] times = new double[Math.min(trace.size(), MOST_REQUESTS)];
    double first = arrivals.getAsDouble();
    for (int i = 1; i < times.length; i++) {
      times[i] = arrivals.getAsDouble() - first;
    }
    ArrivalCounts simulated = new ArrivalCounts(i -> times[i], times.length, counts.tick());
    return windows.stream().mapToDouble(seconds -> simulated.dispersion(seconds).index()).toArray();
  }

  /**
   * How every process that was tried agrees with the trace in each window, in the order of trial.
   */
  public List<Agreement> agreements() {
    return List.copyOf(agreements);
  }

  /** What the process is called. */
  public String process() {
    return chosen.label();
  }

  /** Why it was taken. */
  public String reason() {
    return reason;
  }

  /** Whether the process resamples the trace. */
  boolean resamples() {
    return chosen.ofTrace();
  }

  /**
   * The block {@code arrivals} of an experiment file.
   *
   * @param traceKeys keys that say which part of which trace
   */
  String block(String traceKeys) {
    return "{" + chosen.keys() + (chosen.ofTrace() ? ", " + traceKeys : "") + "}";
  }
}
