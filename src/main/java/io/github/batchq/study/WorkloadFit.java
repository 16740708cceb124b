package io.github.batchq.study;

import io.github.batchq.file.LawText;
import io.github.batchq.file.TraceChoice;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Law;
import io.github.batchq.random.LawFamily;
import io.github.batchq.random.LawFit;
import io.github.batchq.random.Mixture;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.Throughput;
import io.github.batchq.workload.EvenSample;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Trace.LengthUnit;
import io.github.batchq.workload.TraceClock;
import io.github.batchq.workload.TraceStatistics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Fits laws to the gaps, lengths and prompts of a trace, finds the process of its arrivals, and
 * writes an experiment with them, in which all means are those of the trace.
 */
public final class WorkloadFit {
  /** Laws are fitted to at most this many values, evenly spaced over the trace. */
  public static final int MOST_VALUES = 1_000_000;

  private static final double LOAD = 0.8;
  private static final int FEWEST_REQUESTS = 3;

  private final Trace trace;
  private final TraceClock clock;
  private final List<Part> parts = new ArrayList<>();
  private final ArrivalFit arrivals;

  /** The gaps, the lengths or the prompts of a trace, with the laws that were fitted to them. */
  public static final class Part {
    private final String of;
    private final String unit;
    private final double[] values;
    private final int zeros;
    private final List<LawFit> fits;
    private final List<LawFit> kept;

    /**
     * @param of gaps, lengths or prompts
     * @param unit unit of the values
     * @param all the values, at least 0 and not all 0
     * @param mean mean of the positive ones in the whole trace
     */
    Part(String of, String unit, double[] all, double mean) {
      this.of = of;
      this.unit = unit;
      this.values = Arrays.stream(all).filter(value -> value > 0).sorted().toArray();
      this.zeros = all.length - values.length;
      boolean equal = values[0] == values[values.length - 1];
      this.fits = equal ? List.of() : LawFit.all(values);
      this.kept = equal ? List.of() : LawFit.withMean(values, mean);
    }

    /** Gaps, lengths or prompts. */
    public String of() {
      return of;
    }

    /** Unit of the values. */
    public String unit() {
      return unit;
    }

    /** The positive values in increasing order, as a copy. */
    public double[] values() {
      return values.clone();
    }

    /** How many values are 0. */
    public int zeros() {
      return zeros;
    }

    /** All laws of the positive values, the best one first; none where these are all equal. */
    public List<LawFit> fits() {
      return fits;
    }

    /** The criterion of the law of a family that keeps the mean; NaN where there is none. */
    private double kept(LawFamily family) {
      return kept.stream()
          .filter(fit -> fit.family() == family)
          .mapToDouble(LawFit::aic)
          .findFirst()
          .orElse(Double.NaN);
    }

    /** The law of the values, zeros included: the best one with their mean, in six digits. */
    public Law law() {
      Law positive = kept.isEmpty() ? new Deterministic(values[0]) : kept.get(0).law();
      double none = (double) zeros / (zeros + values.length);
      return LawText.rounded(
          zeros == 0
              ? positive
              : new Mixture(List.of(none, 1 - none), List.of(new Deterministic(0), positive)));
    }
  }

  /**
   * Fits the laws and finds the process.
   *
   * @param trace the trace
   * @param seed seed of what is simulated on the way
   * @throws BadInputException if the trace has fewer than three requests, or all at one time
   */
  public WorkloadFit(Trace trace, long seed) {
    if (trace.size() < FEWEST_REQUESTS || !(trace.duration() > 0)) {
      throw new BadInputException(
          trace.name()
              + ": a workload is fitted to at least three requests at two different times, found "
              + trace.size()
              + " requests over "
              + trace.duration()
              + " s");
    }
    this.trace = trace;
    this.clock = new TraceClock(trace);
    String unit = trace.unit() == LengthUnit.TOKENS ? "tokens" : "s";
    if (trace.hasArrivalTimes()) {
      parts.add(new Part("gaps", "s", gaps(seed), 1 / trace.rate()));
    }
    add("lengths", unit, trace::length);
    if (new TraceStatistics(trace).hasPrompts()) {
      add("prompts", "tokens", trace::promptTokens);
    }
    this.arrivals =
        trace.hasArrivalTimes()
            ? new ArrivalFit(trace, clock, law("gaps"), seed)
            : new ArrivalFit(trace, LOAD);
  }

  /**
   * The gaps between arrivals, after arrivals with equal times were spread over the tick of the
   * clock.
   */
  private double[] gaps(long seed) {
    DoubleSupplier gaps =
        clock.spreadGaps(new RandomStreams(seed, 1).stream(0, StreamName.PREDICTION));
    EvenSample sample = new EvenSample(trace.size() - 1, MOST_VALUES);
    double[] values = new double[sample.size()];
    for (int i = 0; i < sample.requests(); i++) {
      double gap = gaps.getAsDouble();
      if (i % sample.step() == 0) {
        values[i / sample.step()] = gap;
      }
    }
    return values;
  }

  private EvenSample sample() {
    return new EvenSample(trace.size(), MOST_VALUES);
  }

  private void add(String of, String unit, IntToDoubleFunction value) {
    double mean =
        IntStream.range(0, trace.size())
            .mapToDouble(value)
            .filter(one -> one > 0)
            .average()
            .orElseThrow();
    parts.add(new Part(of, unit, sample().values(value), mean));
  }

  /** Gaps, lengths and prompts, where the trace has some. */
  public List<Part> parts() {
    return List.copyOf(parts);
  }

  /** Sentences on what the laws were fitted to. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (trace.size() > MOST_VALUES) {
      notes.add("laws are fitted to one request in " + sample().step() + ", evenly spaced");
    }
    if (clock.tick() > 0) {
      notes.add(
          clock.equal()
              + " requests have the time of the one before them: for the law of gaps, times are"
              + " spread over a tick of "
              + LawText.plain(clock.tick())
              + " s");
    }
    for (Part part : parts) {
      if (part.zeros() > 0) {
        notes.add(
            part.zeros()
                + " "
                + part.of()
                + " of 0 stay what they are: the laws are those of the others");
      }
      if (part.fits().isEmpty()) {
        notes.add("all " + part.of() + " are " + LawText.plain(part.values[0]) + " " + part.unit());
      }
    }
    return notes;
  }

  /** The process of the arrivals. */
  public ArrivalFit arrivals() {
    return arrivals;
  }

  private Law law(String of) {
    return parts.stream()
        .filter(part -> part.of().equals(of))
        .findFirst()
        .map(Part::law)
        .orElseThrow();
  }

  private boolean hasPrompts() {
    return parts.size() > 2;
  }

  /**
   * Columns: what is fitted, the law, criterion, the two tests, and the criterion of the likeliest
   * law of the family with the mean of the trace, empty where there is none with a finite variance.
   */
  public ResultTable table(int samples, long seed) {
    List<String> columns = new ArrayList<>();
    columns.addAll(List.of("of", "law", "mean", "AIC", "more than best"));
    columns.addAll(List.of("D", "p(D) at most", "A^2", "p(A^2) at most", "AIC, mean kept"));
    if (samples > 0) {
      columns.addAll(List.of("p(D)", "p(A^2)"));
    }
    List<Supplier<List<String>>> rows = new ArrayList<>();
    for (Part part : parts) {
      part.fits().forEach(fit -> rows.add(() -> row(part, fit, samples, seed)));
    }
    return new ResultTable(columns, rows.parallelStream().map(Supplier::get).toList());
  }

  private static List<String> row(Part part, LawFit fit, int samples, long seed) {
    double least = part.fits().get(0).aic();
    List<String> row = new ArrayList<>();
    row.add(part.of());
    row.add(LawText.rounded(fit.law()).toString());
    row.add(ResultTable.cell(fit.law().mean()));
    row.add(ResultTable.cell(fit.aic()));
    row.add(ResultTable.cell(fit.aic() - least));
    row.add(ResultTable.cell(fit.kolmogorovSmirnov()));
    row.add(ResultTable.cell(fit.kolmogorovSmirnovAtMost()));
    row.add(ResultTable.cell(fit.andersonDarling()));
    row.add(ResultTable.cell(fit.andersonDarlingAtMost()));
    row.add(ResultTable.cell(part.kept(fit.family())));
    if (samples > 0) {
      fit.bootstrap(samples, seed).forEach(p -> row.add(ResultTable.cell(p)));
    }
    return row;
  }

  /** The index of dispersion of the arrivals by window, of the trace and of what was tried. */
  public ResultTable agreements() {
    return new ResultTable(
        List.of(
            "process",
            "window [s]",
            "index of the trace",
            "of the process",
            "standard deviation",
            "deviations"),
        arrivals.agreements().stream()
            .map(
                one ->
                    List.of(
                        one.process(),
                        ResultTable.cell(one.seconds()),
                        ResultTable.cell(one.trace()),
                        ResultTable.cell(one.mean()),
                        ResultTable.cell(one.deviation()),
                        ResultTable.cell(one.deviations())))
            .toList());
  }

  /**
   * An experiment file that is ready to run: the process and the best laws, standard batching
   * beside 2, 4 and 8 bins, and servers for a load of at most 0.8 of one bin.
   *
   * @param choice the trace, as the command line names it
   * @param folder where the file will stand
   * @param window the part of the trace, {@code from} and {@code to}, each perhaps null
   * @param secondsPerToken seconds of a token step
   * @param batchSize requests in a batch
   */
  public String experiment(
      TraceChoice choice,
      Path folder,
      List<@Nullable Double> window,
      double secondsPerToken,
      int batchSize) {
    Law lengths = law("lengths");
    boolean timed = trace.hasArrivalTimes();
    StringBuilder recorded = new StringBuilder("trace: ").append(choice.block(folder));
    Double from = window.get(0);
    Double to = window.get(1);
    recorded.append(from == null ? "" : ", from: " + LawText.plain(from));
    recorded.append(to == null ? "" : ", to: " + LawText.plain(to));
    return """
        # Fitted to %s: %d requests%s.
        # What follows has %s, %s %s.
        # Laws: of each kind the one of least AIC among the likeliest that have the mean of the
        # trace and a finite variance.
        # Arrivals, %s:
        # %s.
        %sname: fitted-workload
        scenario:
          arrivals: %s
        %s  policy: {type: multi-bin, bins: 1, boundaries: equal-mass, batchSize: %d}
          servers: %d   # for a load of at most %s with one bin
          requests: %d
          warmUp: {detect: mser5}
        sweep:
          policy.bins: [1, 2, 4, 8]
        replications: 5
        seed: 1
        metrics: [throughput, latency.mean, latency.p50, latency.p95, latency.p99, utilization, padding]
        charts:
          - {file: latency, x: policy.bins, y: latency.mean}
        """
        .formatted(
            trace.name(),
            trace.size(),
            timed ? " in " + LawText.plain(trace.duration()) + " s" : "",
            timed
                ? "the rate of the trace, "
                    + LawText.plain(trace.rate())
                    + " requests/s, and its mean length"
                : "the mean length of the trace",
            LawText.plain(lengths.mean()),
            trace.unit() == LengthUnit.TOKENS ? "tokens" : "s",
            arrivals.process(),
            arrivals.reason(),
            arrivals.resamples() || !timed
                ? ""
                : "# Independent gaps or groups know of no bursts that last; the recorded ones are\n"
                    + "#   arrivals: {process: trace-bootstrap, "
                    + recorded
                    + "}\n",
            arrivals.block(recorded.toString()),
            service(lengths, secondsPerToken),
            batchSize,
            servers(lengths, secondsPerToken, batchSize),
            LawText.plain(LOAD),
            Math.max(10_000, Math.min(100_000, trace.size())));
  }

  private String service(Law lengths, double secondsPerToken) {
    if (trace.unit() == LengthUnit.SECONDS) {
      return "  service: " + LawText.block(lengths) + "\n";
    }
    return "  service:\n    tokens: "
        + LawText.block(lengths)
        + "\n"
        + (hasPrompts() ? "    prompts: " + LawText.block(law("prompts")) + "\n" : "")
        + "    secondsPerToken: "
        + LawText.plain(secondsPerToken)
        + "   # or a model that 'batchq fit service' makes of your measurements\n";
  }

  /** How many servers standard batching needs for the load. */
  private int servers(Law lengths, double secondsPerToken, int batchSize) {
    if (!trace.hasArrivalTimes()) {
      return 1;
    }
    double seconds = trace.unit() == LengthUnit.TOKENS ? secondsPerToken : 1;
    BatchSystem one =
        new BatchSystem(lengths, BinBoundaries.none(), batchSize, new BatchTime(0, 0, seconds), 1);
    double needed = trace.rate() / (LOAD * Throughput.capacity(one).value());
    return (int) Math.max(1, Math.min(1e6, Math.ceil(needed)));
  }
}
