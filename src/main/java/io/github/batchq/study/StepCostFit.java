package io.github.batchq.study;

import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.service.TokenLevel;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresProblem;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.util.Pair;

/**
 * Finds the step costs with which a replay of a measured run comes nearest to it. No step is seen
 * in the times of requests, so the simulator itself is what is fitted: the whole run is replayed
 * with trial costs, and the errors of the requests that may be seen count. Of each of TTFT, time
 * per token and latency, the logarithm of its mean squared error counts, with that of its mean, as
 * is most likely where their scatter is not known: TTFT scatters more, by where in a step a request
 * arrives. What a replay gives is no smooth function of the costs, so their logarithms are searched
 * by CMA-ES (N. Hansen and A. Ostermeier, "Completely Derandomized Self-Adaptation in Evolution
 * Strategies", Evolutionary Computation 9, 2001) before Levenberg and Marquardt's method goes down
 * from the best of them.
 */
final class StepCostFit {
  /** The costs: step, per request, per token in memory, per prompt token, pass with prompts. */
  private static final int COSTS = 5;

  /** How far the memory may be from where the search begins, as a share of it. */
  private static final double MEMORY_SPREAD = 0.05;

  /** Where the search begins: which share of a measured token step each cost takes. */
  private static final double[] SHARES = {0.5, 0.25, 0.25, 0.5, 0.1};

  /** Costs of less than this share of a step are none. */
  private static final double NOTHING = 1e-4;

  private static final double LARGEST = 20;

  private static final int POPULATION = 10;

  /**
   * What a cost pays for being a factor e from where the search begins, so that costs which the run
   * cannot tell apart share a step instead of taking all of it or nothing.
   */
  private static final double DISTANCE = 5e-4;

  /** Squared errors below this are no worse than none. */
  private static final double FLOOR = 1e-4;

  /**
   * An error of this share of the mean is large: a request that only the server, or only the replay
   * preempts, say. Such ones tell little of the costs.
   */
  private static final double LARGE = 0.1;

  /** Weight of the error of a mean beside the mean squared error. */
  private static final double MEANS = 4;

  /** By how much the logarithm of a cost differs where a slope is taken. */
  private static final double DIFFERENCE = 0.02;

  private final RequestTimes measured;
  private final PreparedScenario scenario;
  private final int[] seen;
  private final double[] units;
  private final boolean findsMemory;

  /**
   * @param run the run
   * @param server what served it
   * @param fitted how many requests are seen, the first ones
   * @param findsMemory whether the memory of a continuous policy is near the true one and has to be
   *     found too
   */
  StepCostFit(MeasuredRun run, TwinServer server, int fitted, boolean findsMemory) {
    this.measured = run.times();
    this.seen = IntStream.range(0, fitted).toArray();
    this.units = units(run);
    this.findsMemory = findsMemory;
    this.scenario = server.replay(run.trace(), model(start()));
  }

  /**
   * What was found.
   *
   * @param model the costs
   * @param policy with the memory that was found
   * @param error how far its replay is from what was seen: the sum over TTFT, time per token and
   *     latency of the logarithm of the mean squared error, as a share of the measured mean
   */
  record Fit(TokenLevel model, PolicySpec policy, double error) {}

  /**
   * What a cost would be if it alone explained the time of a step, by what is seen of the requests.
   */
  private double[] units(MeasuredRun run) {
    double perToken = mean(measured::timePerToken);
    if (Double.isNaN(perToken)) {
      perToken = mean(i -> measured.latency(i) / measured.tokens()[i]);
    }
    if (Double.isNaN(perToken)) {
      perToken = mean(measured::firstTokenTime);
    }
    double prompt = Math.max(1, mean(i -> run.trace().promptTokens(i)));
    double held = prompt + mean(i -> measured.tokens()[i]) / 2;
    // By Little's law, of the requests that are seen.
    double span =
        Arrays.stream(RequestTimes.known(seen, i -> measured.ends()[i])).max().orElse(Double.NaN);
    double busy = mean(i -> measured.ends()[i] - measured.firsts()[i]) * seen.length;
    double running = Double.isNaN(busy / span) ? 1 : Math.max(1, busy / span);
    double[] first = RequestTimes.known(seen, measured::firstTokenTime);
    Arrays.sort(first);
    // Requests that had their first tokens early had hardly to wait.
    double prefill = first.length == 0 ? perToken : first[first.length / 10];
    perToken = Math.max(perToken, 1e-9);
    return new double[] {
      perToken,
      perToken / running,
      perToken / (running * held),
      Math.max(prefill, 1e-9) / prompt,
      perToken
    };
  }

  private double mean(IntToDoubleFunction value) {
    return Arrays.stream(RequestTimes.known(seen, value)).average().orElse(Double.NaN);
  }

  /** Where the search begins: logarithms of shares, and of the memory as a multiple. */
  private double[] start() {
    double[] start = new double[findsMemory ? COSTS + 1 : COSTS];
    for (int c = 0; c < COSTS; c++) {
      start[c] = Math.log(SHARES[c]);
    }
    return start;
  }

  /**
   * Finds them: far and wide at first, then down the slope from the best that was found.
   *
   * @param replays how many replays it may take, at least 2
   * @param seed of the search
   */
  Fit fit(int replays, int seed) {
    Best best = new Best();
    searchWide(best, replays / 2, seed);
    descend(best, (replays - replays / 2) / (best.trial.length + 1));
    return new Fit(model(best.trial), policy(best.trial), best.error);
  }

  /** The best of the trials, which is what counts wherever a search ends. */
  private final class Best {
    private double[] trial = start();
    private double error = Double.POSITIVE_INFINITY;
    private double[] weights = new double[0];

    /** Makes a trial. */
    List<double[]> residuals(double[] logarithms) {
      List<double[]> residuals = StepCostFit.this.residuals(logarithms);
      double found = error(residuals, logarithms);
      if (found < error) {
        error = found;
        trial = logarithms.clone();
        weights =
            residuals.stream().mapToDouble(of -> 1 / Math.sqrt(FLOOR + squares(of))).toArray();
      }
      return residuals;
    }
  }

  private static double error(List<double[]> residuals, double[] logarithms) {
    double error = residuals.stream().mapToDouble(of -> Math.log(FLOOR + squares(of))).sum();
    for (int c = 0; c < COSTS; c++) {
      double distance = logarithms[c] - Math.log(SHARES[c]);
      error += DISTANCE * distance * distance;
    }
    return error;
  }

  private static double squares(double[] values) {
    return Arrays.stream(values).map(x -> x * x).sum();
  }

  private void searchWide(Best best, int replays, int seed) {
    double[] low = new double[best.trial.length];
    double[] high = new double[best.trial.length];
    double[] spreads = new double[best.trial.length];
    Arrays.fill(low, Math.log(NOTHING) - 1);
    Arrays.fill(high, Math.log(LARGEST));
    Arrays.fill(spreads, 1);
    if (findsMemory) {
      low[COSTS] = -10 * MEMORY_SPREAD;
      high[COSTS] = 10 * MEMORY_SPREAD;
      spreads[COSTS] = MEMORY_SPREAD;
    }
    CMAESOptimizer optimizer =
        new CMAESOptimizer(
            replays, 0, true, 0, 0, new MersenneTwister(seed), false, (i, was, is) -> false);
    try {
      optimizer.optimize(
          new MaxEval(replays),
          new ObjectiveFunction(trial -> error(best.residuals(trial), trial)),
          GoalType.MINIMIZE,
          new InitialGuess(best.trial),
          new SimpleBounds(low, high),
          new CMAESOptimizer.Sigma(spreads),
          new CMAESOptimizer.PopulationSize(POPULATION));
    } catch (TooManyEvaluationsException e) {
      // So many replays were asked for; the best of them counts.
    }
  }

  /** Levenberg and Marquardt's method, by differences of replays. */
  private void descend(Best best, int steps) {
    double[] weights = best.weights;
    LeastSquaresProblem problem =
        new LeastSquaresBuilder()
            .start(best.trial)
            .target(new double[COSTS + weights.length * (seen.length + 1)])
            .model(point -> slopes(best, weights, point.toArray()))
            .maxEvaluations(Math.max(1, steps))
            .maxIterations(Math.max(1, steps))
            .build();
    try {
      new LevenbergMarquardtOptimizer().optimize(problem);
    } catch (MathIllegalStateException e) {
      // It has taken its steps, or finds none that leads further; the best of them counts.
    }
  }

  private Pair<RealVector, RealMatrix> slopes(Best best, double[] weights, double[] trial) {
    double[] here = weighted(best.residuals(trial), weights, trial);
    double[][] slopes = new double[here.length][trial.length];
    for (int c = 0; c < trial.length; c++) {
      double[] beside = trial.clone();
      beside[c] += DIFFERENCE;
      double[] there = weighted(best.residuals(beside), weights, beside);
      for (int r = 0; r < here.length; r++) {
        slopes[r][c] = (there[r] - here[r]) / DIFFERENCE;
      }
    }
    return Pair.create(new ArrayRealVector(here, false), new Array2DRowRealMatrix(slopes, false));
  }

  /** What squares add up to the error near the trial that the weights are of. */
  private double[] weighted(List<double[]> residuals, double[] weights, double[] trial) {
    double[] all = new double[COSTS + weights.length * (seen.length + 1)];
    for (int c = 0; c < COSTS; c++) {
      all[c] = Math.sqrt(DISTANCE) * (trial[c] - Math.log(SHARES[c]));
    }
    int next = COSTS;
    for (int k = 0; k < weights.length; k++) {
      for (double residual : residuals.get(k)) {
        all[next++] = weights[k] * residual;
      }
    }
    return all;
  }

  private TokenLevel model(double[] logarithms) {
    double[] costs = new double[COSTS];
    for (int c = 0; c < COSTS; c++) {
      double share = Math.exp(logarithms[c]);
      costs[c] = share < NOTHING ? 0 : share * units[c];
    }
    return new TokenLevel(costs[4], costs[3], costs[0], costs[1], 0, costs[2]);
  }

  private PolicySpec policy(double[] logarithms) {
    if (findsMemory
        && scenario.policy() instanceof ContinuousBatching given
        && given.memory() != null) {
      long memory = Math.max(1, Math.round(given.memory() * Math.exp(logarithms[COSTS])));
      return new ContinuousBatching(
          given.batchSize(), memory, given.chunk(), given.bins(), given.boundaries());
    }
    return scenario.policy();
  }

  /** How far the replay is from what is seen, for each sort of times. */
  private List<double[]> residuals(double[] logarithms) {
    PreparedScenario trial =
        new PreparedScenario(
            scenario.traffic(),
            model(logarithms),
            scenario.predictor(),
            policy(logarithms),
            scenario.boundaries(),
            scenario.servers(),
            scenario.runSetup());
    RequestTimes replayed = Replay.of(trial, new RandomStreams(1, 1), 0);
    return List.of(
        residuals(measured::firstTokenTime, replayed::firstTokenTime),
        residuals(measured::timePerToken, replayed::timePerToken),
        residuals(measured::latency, replayed::latency));
  }

  /** Those of the requests, 0 where a time is not known, and that of their mean. */
  private double[] residuals(IntToDoubleFunction found, IntToDoubleFunction replayed) {
    double scale = mean(found);
    double[] residuals = new double[seen.length + 1];
    double sum = 0;
    int known = 0;
    for (int i : seen) {
      double error = (replayed.applyAsDouble(i) - found.applyAsDouble(i)) / scale;
      if (!Double.isNaN(error)) {
        residuals[i] = root(error);
        sum += error;
        known++;
      }
    }
    for (int i = 0; i < seen.length && known > 0; i++) {
      residuals[i] /= Math.sqrt(known);
    }
    residuals[seen.length] = known == 0 ? 0 : Math.sqrt(MEANS) * sum / known;
    return residuals;
  }

  /** An error whose square grows only linearly beyond {@link #LARGE} (Charbonnier's loss). */
  private static double root(double error) {
    double share = error / LARGE;
    return Math.copySign(LARGE * Math.sqrt(2 * (Math.sqrt(1 + share * share) - 1)), error);
  }
}
