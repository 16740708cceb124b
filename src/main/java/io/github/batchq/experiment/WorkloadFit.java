package io.github.batchq.experiment;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import io.github.batchq.random.LawFit;
import io.github.batchq.random.LawSpec;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.Throughput;
import io.github.batchq.workload.EvenSample;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Trace.LengthUnit;
import io.github.batchq.workload.TraceStatistics;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The laws of the gaps, lengths and prompts of a trace, and an experiment with them. */
public final class WorkloadFit {
  /** Laws are fitted to at most so many values, evenly spaced over the trace. */
  public static final int MOST_VALUES = 1_000_000;

  private static final double LOAD = 0.8;
  private static final double MEAN_TOLERANCE = 0.1;
  private static final int DIGITS = 6;

  private final Trace trace;
  private final List<Part> parts;

  /** What is fitted: gaps, lengths or prompts. */
  public static final class Part {
    private final String of;
    private final String unit;
    private final double[] values;
    private final int zeros;
    private final List<LawFit> fits;

    Part(String of, String unit, double[] values, int zeros, List<LawFit> fits) {
      this.of = of;
      this.unit = unit;
      this.values = values;
      this.zeros = zeros;
      this.fits = List.copyOf(fits);
    }

    /** Gaps, lengths or prompts. */
    public String of() {
      return of;
    }

    /** Unit of the values. */
    public String unit() {
      return unit;
    }

    /** The values in increasing order, zeros moved to half the smallest other one, as a copy. */
    public double[] values() {
      return values.clone();
    }

    /** How many of them were 0. */
    public int zeros() {
      return zeros;
    }

    /** All laws, the best one first. */
    public List<LawFit> fits() {
      return fits;
    }

    /** Mean of the values. */
    public double mean() {
      return Arrays.stream(values).average().orElseThrow();
    }

    /**
     * The best law whose mean is within a tenth of that of the values, since the load of the
     * servers depends on it; the exponential law has their mean exactly.
     */
    public Law best() {
      double mean = mean();
      return fits.stream()
          .map(LawFit::law)
          .filter(law -> Math.abs(law.mean() - mean) <= MEAN_TOLERANCE * mean)
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * Fits the laws.
   *
   * @throws BadInputException if gaps or lengths are all equal
   */
  public WorkloadFit(Trace trace) {
    this.trace = trace;
    this.parts = new ArrayList<>();
    String unit = trace.unit() == LengthUnit.TOKENS ? "tokens" : "s";
    add("gaps", "s", trace.size() - 1, i -> trace.arrivalTime(i + 1) - trace.arrivalTime(i));
    add("lengths", unit, trace.size(), trace::length);
    if (new TraceStatistics(trace).hasPrompts()) {
      add("prompts", "tokens", trace.size(), trace::promptTokens);
    }
  }

  private void add(String of, String unit, int size, IntToDoubleFunction value) {
    double[] values = new EvenSample(size, MOST_VALUES).values(value);
    Arrays.sort(values);
    int zeros = 0;
    while (zeros < values.length && values[zeros] == 0) {
      zeros++;
    }
    if (zeros < values.length) {
      // A clock that ticks too slowly, or no prompt at all: logarithms need positive values.
      Arrays.fill(values, 0, zeros, values[zeros] / 2);
    }
    try {
      parts.add(new Part(of, unit, values, zeros, LawFit.all(values)));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(trace.name() + ", " + of + ": " + e.getMessage(), e);
    }
  }

  /** Gaps, lengths, and prompts where the trace has some. */
  public List<Part> parts() {
    return List.copyOf(parts);
  }

  private Law best(String of) {
    return parts.stream()
        .filter(part -> part.of().equals(of))
        .findFirst()
        .map(Part::best)
        .orElseThrow();
  }

  private boolean hasPrompts() {
    return parts.size() > 2;
  }

  /** Columns: what is fitted, the law, criterion, and the two tests. */
  public ResultTable table(int samples, long seed) {
    List<String> columns = new ArrayList<>();
    columns.addAll(List.of("of", "law", "mean", "AIC", "more than best"));
    columns.addAll(List.of("D", "p(D) at most", "A^2", "p(A^2) at most"));
    if (samples > 0) {
      columns.addAll(List.of("p(D)", "p(A^2)"));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Part part : parts) {
      double least = part.fits().get(0).aic();
      for (LawFit fit : part.fits()) {
        List<String> row = new ArrayList<>();
        row.add(part.of());
        row.add(rounded(fit.law()).toString());
        row.add(ResultTable.cell(fit.law().mean()));
        row.add(ResultTable.cell(fit.aic()));
        row.add(ResultTable.cell(fit.aic() - least));
        row.add(ResultTable.cell(fit.kolmogorovSmirnov()));
        row.add(ResultTable.cell(fit.kolmogorovSmirnovAtMost()));
        row.add(ResultTable.cell(fit.andersonDarling()));
        row.add(ResultTable.cell(fit.andersonDarlingAtMost()));
        if (samples > 0) {
          fit.bootstrap(samples, seed).forEach(p -> row.add(ResultTable.cell(p)));
        }
        rows.add(row);
      }
    }
    return new ResultTable(columns, rows);
  }

  /**
   * An experiment file that is ready to run: the best laws, standard batching beside 2, 4 and 8
   * bins, and servers for a load of at most 0.8 of one bin.
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
    Law gaps = rounded(best("gaps"));
    Law lengths = rounded(best("lengths"));
    StringBuilder part = new StringBuilder();
    Double from = window.get(0);
    Double to = window.get(1);
    part.append(from == null ? "" : ", from: " + plain(from));
    part.append(to == null ? "" : ", to: " + plain(to));
    return """
        # Laws of maximum likelihood for %s: %d requests in %s s.
        # Of each kind the one with the least AIC whose mean is within a tenth of that of the trace:
        # mean gap %s s, %s s in the trace; mean length %s, %s in the trace.
        # Independent gaps know of no bursts that last; the recorded ones would be
        #   arrivals: {process: trace-bootstrap, trace: %s%s}
        name: fitted-workload
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
            plain(trace.duration()),
            plain(gaps.mean()),
            plain(1 / trace.rate()),
            plain(lengths.mean()),
            plain(Arrays.stream(trace.lengths(trace.size())).average().orElseThrow()),
            choice.block(folder),
            part,
            arrivals(gaps),
            service(lengths, secondsPerToken),
            batchSize,
            servers(gaps, lengths, secondsPerToken, batchSize),
            plain(LOAD),
            Math.max(10_000, Math.min(100_000, trace.size())));
  }

  private static String arrivals(Law gaps) {
    OptionalDouble rate = gaps.exponentialRate();
    return rate.isPresent()
        ? "{process: poisson, rate: " + plain(rate.getAsDouble()) + "}"
        : "{process: renewal, gap: " + block(gaps) + "}";
  }

  private String service(Law lengths, double secondsPerToken) {
    if (trace.unit() == LengthUnit.SECONDS) {
      return "  service: " + block(lengths) + "\n";
    }
    return "  service:\n    tokens: "
        + block(lengths)
        + "\n"
        + (hasPrompts() ? "    prompts: " + block(rounded(best("prompts"))) + "\n" : "")
        + "    secondsPerToken: "
        + plain(secondsPerToken)
        + "   # or a model that 'batchq fit service' makes of your measurements\n";
  }

  /** How many servers one bin needs for the load. */
  private int servers(Law gaps, Law lengths, double secondsPerToken, int batchSize) {
    double seconds = trace.unit() == LengthUnit.TOKENS ? secondsPerToken : 1;
    BatchSystem one =
        new BatchSystem(lengths, BinBoundaries.none(), batchSize, new BatchTime(0, 0, seconds), 1);
    double needed = 1 / (gaps.mean() * LOAD * Throughput.capacity(one).value());
    return (int) Math.max(1, Math.min(1e6, Math.ceil(needed)));
  }

  /** A law with parameters of six digits: what the file says and what the table shows. */
  private static Law rounded(Law law) {
    return LawCall.parse(rounded(law.toString()), Path.of("")).create();
  }

  private static String rounded(String call) {
    StringBuilder text = new StringBuilder(call.substring(0, call.indexOf('(') + 1));
    String[] arguments = call.substring(call.indexOf('(') + 1, call.length() - 1).split(",", -1);
    for (int i = 0; i < arguments.length; i++) {
      text.append(i == 0 ? "" : ",").append(plain(Double.parseDouble(arguments[i])));
    }
    return text.append(')').toString();
  }

  /** The block of an experiment file that denotes a law. */
  private static String block(Law law) {
    Catalogue.Kind<? extends LawSpec> kind =
        Catalogue.LAWS.kinds().stream()
            .filter(known -> known.type() == law.getClass())
            .findFirst()
            .orElseThrow();
    StringBuilder text = new StringBuilder("{law: " + kind.name());
    for (RecordComponent component : kind.type().getRecordComponents()) {
      try {
        double value = ((Number) component.getAccessor().invoke(law)).doubleValue();
        text.append(", ").append(component.getName()).append(": ").append(plain(value));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a law tells its parameters", e);
      }
    }
    return text.append('}').toString();
  }

  private static String plain(double value) {
    return value == 0 || Double.isInfinite(value)
        ? ResultTable.cell(value)
        : new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros().toPlainString();
  }
}
