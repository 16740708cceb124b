package io.github.batchq.study;

import io.github.batchq.engine.Parallel;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.study.ResampledRuns.Interval;
import io.github.batchq.study.TwinMetric.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A measured run beside its replay: the whole run is replayed from its first arrival, and the
 * requests are compared that a fit has not seen. Beside the replay stands where 95 % of simulated
 * runs of the same traffic are, whose requests are drawn as blocks of consecutive ones with their
 * gaps.
 */
public final class TwinRun {
  private static final String NO_ITL =
      "not told: of each request only the times of its first and last tokens are read";

  private final MeasuredRun run;
  private final Calibration calibration;
  private final int[] compared;
  private final RequestTimes measured;
  private final RequestTimes replayed;
  private final int block;
  private final ResampledRuns resampled;

  /**
   * Replays a run.
   *
   * @param block requests of a block
   * @param replications how many simulated runs the intervals are of, at least 2; none of a run
   *     with fewer requests than {@link MeasuredRun#FEWEST}
   * @param seed of what is drawn
   */
  public TwinRun(
      MeasuredRun run,
      Calibration calibration,
      int block,
      int replications,
      long seed,
      Parallel threads)
      throws InterruptedException {
    this.run = run;
    this.calibration = calibration;
    this.block = block;
    this.compared = IntStream.range(calibration.fitted(), run.size()).toArray();
    this.measured = run.times();
    TwinServer server = calibration.server();
    this.replayed =
        Replay.of(server.replay(run.trace(), calibration.model()), new RandomStreams(seed, 1), 0);
    this.resampled =
        ResampledRuns.of(
            server.resampled(run.trace(), block, calibration.model()),
            compared,
            run.size() < MeasuredRun.FEWEST ? 0 : replications,
            seed,
            threads);
  }

  /** How many requests are compared. */
  public int compared() {
    return compared.length;
  }

  /** The run. */
  public MeasuredRun run() {
    return run;
  }

  /** What it was replayed with. */
  public Calibration calibration() {
    return calibration;
  }

  /** What the run cannot tell, and what can still be compared, a sentence each. */
  public List<String> limits() {
    return run.limits().stream().map(limit -> limit + ".").toList();
  }

  RequestTimes measured() {
    return measured;
  }

  RequestTimes replayed() {
    return replayed;
  }

  int[] requests() {
    return compared.clone();
  }

  /** The replay, as far as the measured times of the same requests are known. */
  private RequestTimes comparable() {
    return TwinMetric.asKnown(replayed, measured);
  }

  /**
   * One row for each metric: its unit, measured, replayed, their difference as a share, where 95 %
   * of the simulated runs are, whether the measured one is inside, and why there is nothing.
   */
  public ResultTable table() {
    double[] found = TwinMetric.values(measured, compared);
    double[] simulated = TwinMetric.values(comparable(), compared);
    List<List<String>> rows = new ArrayList<>();
    for (int m = 0; m < found.length; m++) {
      TwinMetric metric = TwinMetric.ALL.get(m);
      Interval interval = resampled.interval(m);
      boolean known = !Double.isNaN(found[m]);
      rows.add(
          List.of(
              metric.id(),
              metric.of().unit(),
              ResultTable.cell(found[m]),
              ResultTable.cell(simulated[m]),
              ResultTable.cell(100 * (simulated[m] / found[m] - 1)),
              known ? ResultTable.cell(interval.low()) : "",
              known ? ResultTable.cell(interval.high()) : "",
              verdict(found[m], interval),
              known ? "" : reason(metric.of())));
    }
    return new ResultTable(
        List.of(
            "metric",
            "unit",
            "measured",
            "replayed",
            "difference [%]",
            "low",
            "high",
            "verdict",
            "remark"),
        rows);
  }

  private static String verdict(double found, Interval interval) {
    if (Double.isNaN(found) || Double.isNaN(interval.low())) {
      return "";
    }
    return interval.holds(found) ? "inside" : "outside";
  }

  private static String reason(Subject of) {
    return switch (of) {
      case ITL -> NO_ITL;
      case TPOT -> "not told: needs first and last tokens of answers of two tokens or more";
      case TTFT -> "not told: needs the times of first tokens";
      case LATENCY -> "not told: needs the times of last tokens";
      case THROUGHPUT -> "not told: needs the time of the last token of every request";
    };
  }

  /**
   * For each of TTFT, TPOT and latency that is outside at the mean or a quantile, what its
   * difference looks like, one sentence each.
   */
  public List<String> shapes() {
    TokenCosts costs = calibration.model().create().tokenCosts();
    double[] found = TwinMetric.values(measured, compared);
    Set<Subject> outside = EnumSet.noneOf(Subject.class);
    for (int m = 0; m < found.length; m++) {
      if (verdict(found[m], resampled.interval(m)).equals("outside")) {
        outside.add(TwinMetric.ALL.get(m).of());
      }
    }
    if (outside.remove(Subject.THROUGHPUT) && outside.isEmpty()) {
      outside.add(Subject.LATENCY);
    }
    List<String> sentences = new ArrayList<>();
    for (Subject of : outside) {
      sentences.add(
          of.id()
              + " is outside"
              + (costs == null
                  ? "; the model has no costs of steps that could be changed"
                  : ", measured less replayed, by its shape: "
                      + MissingCost.words(
                          MissingCost.of(
                              of, compared, run, replayed, calibration.server(), costs))));
    }
    return sentences;
  }

  /** How the intervals were made, one sentence. */
  public String howIntervals() {
    return resampled.figures().isEmpty()
        ? "no intervals: " + tooFew()
        : "low and high: 95 % of "
            + resampled.figures().size()
            + " simulated runs of "
            + run.size()
            + " requests, drawn from the run in blocks of "
            + block
            + " consecutive ones with their gaps, prompts and answers; of each the same "
            + compared.length
            + " places in the order of arrival count; throughput is that of whole runs";
  }

  private String tooFew() {
    return run.size() < MeasuredRun.FEWEST
        ? "the run has fewer than " + MeasuredRun.FEWEST + " requests"
        : "no simulated runs were asked for";
  }

  /** What each request had, measured and replayed, in order of arrival, in seconds. */
  public ResultTable requestTable() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < run.size(); i++) {
      rows.add(
          List.of(
              String.valueOf(i),
              i < calibration.fitted() ? "fitted" : "compared",
              ResultTable.cell(measured.arrivals()[i]),
              String.valueOf(run.trace().promptTokens(i)),
              ResultTable.cell(measured.tokens()[i]),
              ResultTable.cell(measured.firsts()[i]),
              ResultTable.cell(measured.ends()[i]),
              ResultTable.cell(replayed.firsts()[i]),
              ResultTable.cell(replayed.ends()[i])));
    }
    return new ResultTable(
        List.of(
            "request",
            "part",
            "arrival [s]",
            "prompt tokens",
            "generated tokens",
            "measured first token [s]",
            "measured end [s]",
            "replayed first token [s]",
            "replayed end [s]"),
        rows);
  }

  /** The very requests under other servers, all of them compared with the replay. */
  public ResultTable whatIf(
      List<Alternative> alternatives, int replications, long seed, Parallel threads)
      throws InterruptedException {
    int[] all = IntStream.range(0, run.size()).toArray();
    int runs = run.size() < MeasuredRun.FEWEST ? 0 : replications;
    double[] base = TwinMetric.values(replayed, all);
    ResampledRuns bases = resample(calibration.server(), all, runs, seed, threads);
    List<List<String>> rows = new ArrayList<>();
    for (Alternative alternative : alternatives) {
      PreparedScenario scenario = alternative.server().replay(run.trace(), calibration.model());
      double[] other = TwinMetric.values(Replay.of(scenario, new RandomStreams(seed, 1), 0), all);
      ResampledRuns others = resample(alternative.server(), all, runs, seed, threads);
      for (int m = 0; m < base.length; m++) {
        TwinMetric metric = TwinMetric.ALL.get(m);
        boolean whole = !alternative.server().policy().serving().inSteps();
        if (metric.of() == Subject.ITL || (metric.of() == Subject.TPOT && whole)) {
          continue;
        }
        Interval interval = others.difference(bases, m);
        rows.add(
            List.of(
                alternative.name(),
                metric.id(),
                metric.of().unit(),
                ResultTable.cell(base[m]),
                ResultTable.cell(other[m]),
                ResultTable.cell(other[m] - base[m]),
                ResultTable.cell(100 * (other[m] / base[m] - 1)),
                ResultTable.cell(interval.low()),
                ResultTable.cell(interval.high())));
      }
    }
    return new ResultTable(
        List.of(
            "alternative",
            "metric",
            "unit",
            "as it was",
            "what if",
            "difference",
            "difference [%]",
            "low",
            "high"),
        rows);
  }

  private ResampledRuns resample(
      TwinServer server, int[] counted, int runs, long seed, Parallel threads)
      throws InterruptedException {
    return ResampledRuns.of(
        server.resampled(run.trace(), block, calibration.model()), counted, runs, seed, threads);
  }

  /** How the differences and their intervals were made, and what they leave out. */
  public String howDifferences(List<Alternative> alternatives) {
    boolean whole =
        alternatives.stream().anyMatch(other -> !other.server().policy().serving().inSteps());
    boolean told =
        alternatives.stream()
            .anyMatch(
                other ->
                    other.server().predictor() == null
                        && (whole || other.server().policy().readsLengths()));
    return "difference: the very "
        + run.size()
        + " requests, replayed as it was and under the alternative; low and high: 95 % of the"
        + " differences of pairs of simulated runs, both of the same requests, drawn from the run in"
        + " blocks of "
        + block
        + (whole
            ? ". Batches that are served whole give all tokens at their end: TTFT is the time in"
                + " system, and there is no TPOT"
            : "")
        + (told ? ". Without a predictor, policies are told the true lengths" : "")
        + (resampled.figures().isEmpty() ? ". No intervals: " + tooFew() : "");
  }

  /**
   * Another way to serve the requests.
   *
   * @param name what it is called
   * @param server what serves them
   */
  public record Alternative(String name, TwinServer server) {}
}
