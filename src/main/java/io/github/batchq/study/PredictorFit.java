package io.github.batchq.study;

import io.github.batchq.file.TraceChoice;
import io.github.batchq.file.trace.LearningMethod;
import io.github.batchq.file.trace.LearntPredictor;
import io.github.batchq.file.trace.LengthLearner;
import io.github.batchq.metric.Estimate;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ResultTable;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Uniform;
import io.github.batchq.scenario.LengthSpec;
import io.github.batchq.scenario.ObservedBoundaries;
import io.github.batchq.workload.AllAtZero;
import io.github.batchq.workload.EvenSample;
import io.github.batchq.workload.LearntLengths;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Trace.LengthUnit;
import io.github.batchq.workload.Traces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * Lets predictors learn from the first part of a trace and judges them by the rest: how they
 * confuse bins, and what that is worth beside bins of true lengths and no bins.
 */
public final class PredictorFit {
  private static final String RULE = "equal-mass";

  /** The rank correlation is computed from about this many requests. */
  private static final int RANKED = 100_000;

  private final Trace trace;
  private final double middle;
  private final Trace first;
  private final Trace rest;
  private final int bins;
  private final BinBoundaries boundaries;
  private final List<Learnt> learnt = new ArrayList<>();

  /**
   * What one method has learnt.
   *
   * @param method the method
   * @param counts requests by true bin (rows) and predicted bin (columns)
   * @param rightShare share of the requests in their true bin
   * @param nearShare share of the requests in it or next to it
   * @param rankCorrelation correlation of the ranks of true and predicted lengths
   * @param meanError mean distance of the learnt mean from the true length
   */
  public record Learnt(
      LearningMethod method,
      List<List<Double>> counts,
      double rightShare,
      double nearShare,
      double rankCorrelation,
      double meanError) {
    /** Its name in experiment files. */
    public String id() {
      return method.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Learns and judges.
   *
   * @param trace the trace
   * @param share of the requests to learn from, the first ones, in (0,1)
   * @param requests requests below which the tree does not divide any more, and neighbours
   * @param bins number of bins of equal mass, by the lengths of the first part
   * @throws BadInputException if there is nothing to learn
   */
  public PredictorFit(Trace trace, double share, int requests, int bins) {
    if (trace.unit() != LengthUnit.TOKENS) {
      throw new BadInputException(trace.name() + ": a predictor learns tokens, found seconds");
    }
    this.trace = trace;
    int split = (int) Math.max(1, Math.min(trace.size() - 1.0, Math.rint(share * trace.size())));
    this.middle = trace.arrivalTime(split);
    if (!(middle > 0)) {
      throw new BadInputException(
          trace.name()
              + ": a predictor learns from the requests before those that judge it, and the first "
              + (split + 1)
              + " arrive at one time");
    }
    this.bins = bins;
    Traces traces = new Traces();
    this.first = traces.get(trace, null, middle);
    this.rest = traces.get(trace, middle, null);
    double[] lengths = first.lengths(first.size());
    this.boundaries = ObservedBoundaries.ESTIMATOR.boundaries(RULE, lengths, bins, 1);
    for (LearningMethod method : LearningMethod.values()) {
      learnt.add(
          BadInputException.naming(
              trace.name(), () -> judge(method, LengthLearner.learn(first, method, requests))));
    }
  }

  private Learnt judge(LearningMethod method, LearntLengths lengths) {
    int size = boundaries.bins();
    double[][] counts = new double[size][size];
    double error = 0;
    for (int i = 0; i < rest.size(); i++) {
      double length = rest.length(i);
      double predicted = lengths.length(rest.promptTokens(i));
      counts[boundaries.binOf(length)][boundaries.binOf(predicted)]++;
      error += Math.abs(length - lengths.mean(rest.promptTokens(i)));
    }
    EvenSample ranked = new EvenSample(rest.size(), RANKED);
    double right = 0;
    double near = 0;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        right += i == j ? counts[i][j] : 0;
        near += Math.abs(i - j) <= 1 ? counts[i][j] : 0;
      }
    }
    return new Learnt(
        method,
        Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList(),
        right / rest.size(),
        near / rest.size(),
        new SpearmansCorrelation()
            .correlation(
                ranked.values(rest::length),
                ranked.values(i -> lengths.length(rest.promptTokens(i)))),
        error / rest.size());
  }

  /** What was learnt, by each method. */
  public List<Learnt> learnt() {
    return List.copyOf(learnt);
  }

  /** How many requests it was learnt from. */
  public int requestsToLearnFrom() {
    return first.size();
  }

  /** How many requests it is judged by. */
  public int requestsToJudgeBy() {
    return rest.size();
  }

  /** The bins. */
  public BinBoundaries boundaries() {
    return boundaries;
  }

  /** Mean distance of the lengths from the mean length of the first part: no prompts at all. */
  public double errorWithoutPrompts() {
    double mean = Empirical.of(first.lengths(first.size())).mean();
    return Arrays.stream(rest.lengths(rest.size()))
        .map(length -> Math.abs(length - mean))
        .average()
        .orElseThrow();
  }

  /**
   * What each predictor is worth: requests per second that busy servers complete, for requests of
   * the rest of the trace, drawn at random.
   *
   * @param batchSize requests in a batch
   * @param secondsPerToken seconds of a token step
   * @param requests requests of a run, at least {@code batchSize}
   * @param size requests below which the tree does not divide any more, and neighbours
   * @param seed seed of the runs
   * @return columns: predictor, bins, throughput with its interval, its ratio to that of no bins
   */
  public ResultTable worth(
      int batchSize, double secondsPerToken, long requests, int size, long seed) {
    Simulation none =
        Simulation.of(new AllAtZero(), new Uniform(1, 2), new StandardBatching(batchSize))
            .sampled(new LengthSpec.Sampled(trace, middle, null), secondsPerToken)
            .requests(requests)
            .replications(10)
            .seed(seed);
    List<List<String>> rows = new ArrayList<>();
    Estimate throughput = none.run().estimate("throughput");
    double base = throughput.mean();
    rows.add(row("no bins", 1, throughput, base));
    Simulation binned = none.policy(new MultiBinBatching(bins, RULE, batchSize));
    for (Learnt one : learnt) {
      PredictorSpec predictor = new LearntPredictor(trace, one.method(), size, null, middle);
      throughput = binned.predictor(predictor).run().estimate("throughput");
      rows.add(row(one.id(), bins, throughput, base));
    }
    throughput = binned.predictor(new Oracle()).run().estimate("throughput");
    rows.add(row("oracle", bins, throughput, base));
    return new ResultTable(
        List.of("predictor", "bins", "throughput", "ci95", "over no bins"), rows);
  }

  private static List<String> row(String name, int bins, Estimate throughput, double base) {
    return List.of(
        name,
        Integer.toString(bins),
        ResultTable.cell(throughput.mean()),
        ResultTable.cell(throughput.halfWidth()),
        ResultTable.cell(throughput.mean() / base));
  }

  /**
   * An experiment file that compares the predictors on the rest of the trace, resampled.
   *
   * @param choice the trace, as the command line names it
   * @param folder where the file will stand
   * @param batchSize requests in a batch
   * @param secondsPerToken seconds of a token step
   * @param size requests below which the tree does not divide any more, and neighbours
   */
  public String experiment(
      TraceChoice choice, Path folder, int batchSize, double secondsPerToken, int size) {
    String trace = choice.block(folder);
    StringBuilder predictors = new StringBuilder("    - {type: oracle, label: oracle}\n");
    for (Learnt one : learnt) {
      predictors
          .append("    - {type: learnt, method: ")
          .append(one.id())
          .append(", requests: ")
          .append(size)
          .append(", trace: ")
          .append(trace)
          .append(", to: ")
          .append(middle)
          .append(", label: ")
          .append(one.id())
          .append("}\n");
    }
    return """
        # Predictors learnt from the first %d requests of %s, on requests drawn from the other %d:
        # what busy servers complete. With one bin nothing is predicted.
        name: learnt-predictor
        scenario:
          arrivals: {process: all-at-zero}
          service: {tokens: {sample: %s, from: %s}, secondsPerToken: %s}
          policy: {type: multi-bin, bins: %d, boundaries: %s, batchSize: %d}
          requests: 100000
        sweep:
          predictor:
        %s  policy.bins: [1, 2, 4, 8]
        replications: 10
        seed: 1
        metrics: [throughput, padding]
        charts:
          - {file: throughput, x: policy.bins, y: throughput, series: predictor, joined: true, theory: false, xScale: log}
        """
        .formatted(
            first.size(),
            rest.name().replaceAll(" from .*", ""),
            rest.size(),
            trace,
            middle,
            secondsPerToken,
            bins,
            RULE,
            batchSize,
            predictors);
  }
}
