package io.github.batchq.study;

import io.github.batchq.model.Numerals;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.service.TokenLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * What the difference of a measured run from its replay looks like: for each cost, the change of it
 * alone with which the replay differs most like the run, and how much of the squared difference it
 * explains. So what a longer step does to requests that wait behind it counts too.
 *
 * @param what the mechanism
 * @param figure how much more of it the run has than the replay, in seconds
 * @param explained share of the squared difference that it explains, 0 to 1
 */
record MissingCost(String what, double figure, double explained) {
  /** By how much a cost is changed at first, as a share of a token step. */
  private static final double CHANGE = 0.1;

  private static final int TRIALS = 8;

  /** A cost is never lowered by all of it: a step must take time. */
  private static final double MOST_OF_IT = 0.99;

  /** A shape that explains less than this share explains little. */
  private static final double CLEAR = 0.5;

  /** The first part of a run: one request of so many. */
  private static final int FIRST_PART = 10;

  /**
   * The shapes, that which explains most first.
   *
   * @param of the times that differ: TTFT, TPOT or latency
   * @param compared the requests that count
   * @param costs the costs of the replay
   */
  static List<MissingCost> of(
      TwinMetric.Subject of,
      int[] compared,
      MeasuredRun run,
      RequestTimes replayed,
      TwinServer server,
      TokenCosts costs) {
    double[] difference = minus(of, compared, run.times(), replayed);
    double[] concurrency = replayed.running(replayed.firsts());
    double running = 1;
    double prompt = 1;
    double answer = 1;
    for (int i : compared) {
      running += concurrency[i] / compared.length;
      prompt += (double) run.trace().promptTokens(i) / compared.length;
      answer += replayed.tokens()[i] / compared.length;
    }
    double held = running * (prompt + answer / 2);
    double step = costs.stepSeconds((int) running, (long) held);
    TokenLevel model = model(costs);
    List<MissingCost> shapes = new ArrayList<>();
    for (Cost cost : Cost.values()) {
      double change =
          CHANGE
              * switch (cost) {
                case STEP -> step;
                case REQUEST -> step / running;
                case PROMPT -> step / prompt;
                case MEMORY -> step / held;
              };
      shapes.add(
          of(
              cost,
              change,
              difference,
              by ->
                  minus(
                      of,
                      compared,
                      Replay.of(
                          server.replay(run.trace(), cost.raised(model, by)),
                          new RandomStreams(1, 1),
                          0),
                      replayed),
              -MOST_OF_IT * cost.value(model)));
    }
    double[] first = new double[compared.length];
    for (int c = 0; c < compared.length; c++) {
      first[c] = compared[c] < run.size() / FIRST_PART ? 1 : 0;
    }
    double constant = share(difference, first);
    shapes.add(new MissingCost("first part only", constant, gone(difference, first, constant)));
    shapes.sort(Comparator.comparingDouble(MissingCost::explained).reversed());
    return shapes;
  }

  /** Changes one cost until the replay differs by as much as the run does. */
  private static MissingCost of(
      Cost cost,
      double change,
      double[] difference,
      DoubleFunction<double[]> replayed,
      double least) {
    MissingCost best = new MissingCost(cost.what, 0, 0);
    double by = change;
    for (int trial = 0; trial < TRIALS && by != 0; trial++) {
      double[] shape = replayed.apply(by);
      double explained = gone(difference, shape, 1);
      if (explained > best.explained) {
        best = new MissingCost(cost.what, by, explained);
      }
      by = Math.max(least, by * share(difference, shape));
    }
    return best;
  }

  /** How often a shape is in a difference, by least squares. */
  private static double share(double[] difference, double[] shape) {
    double together = 0;
    double own = 0;
    for (int i = 0; i < shape.length; i++) {
      together += difference[i] * shape[i];
      own += shape[i] * shape[i];
    }
    return own == 0 ? 0 : together / own;
  }

  /** Share of a squared difference that is gone without so many times a shape; at least 0. */
  private static double gone(double[] difference, double[] shape, double times) {
    double all = 0;
    double left = 0;
    for (int i = 0; i < shape.length; i++) {
      double rest = difference[i] - times * shape[i];
      all += difference[i] * difference[i];
      left += rest * rest;
    }
    return all == 0 ? 0 : Math.max(0, 1 - left / all);
  }

  /** A cost that a step may have more of. */
  private enum Cost {
    STEP("constant per step"),
    REQUEST("per running request and step"),
    PROMPT("per prompt token"),
    MEMORY("per token in memory and step");

    private final String what;

    Cost(String what) {
      this.what = what;
    }

    double value(TokenLevel costs) {
      return switch (this) {
        case STEP -> costs.step();
        case REQUEST -> costs.perRequest();
        case PROMPT -> costs.prefillPerToken();
        case MEMORY -> costs.perContextToken();
      };
    }

    TokenLevel raised(TokenLevel costs, double by) {
      return new TokenLevel(
          costs.prefill(),
          costs.prefillPerToken() + (this == PROMPT ? by : 0),
          costs.freePromptTokens(),
          costs.step() + (this == STEP ? by : 0),
          costs.perRequest() + (this == REQUEST ? by : 0),
          costs.freeRequests(),
          costs.perContextToken() + (this == MEMORY ? by : 0));
    }
  }

  private static TokenLevel model(TokenCosts costs) {
    return new TokenLevel(
        costs.joinSeconds(),
        costs.prefillSecondsPerToken(),
        costs.freePromptTokens(),
        costs.stepSeconds(),
        costs.stepSecondsPerRequest(),
        costs.freeRequests(),
        costs.stepSecondsPerContextToken());
  }

  /** One run minus another, 0 where one of them does not know. */
  private static double[] minus(
      TwinMetric.Subject of, int[] compared, RequestTimes one, RequestTimes other) {
    double[] difference = new double[compared.length];
    for (int c = 0; c < compared.length; c++) {
      double found =
          of.of(one).applyAsDouble(compared[c]) - of.of(other).applyAsDouble(compared[c]);
      difference[c] = Double.isNaN(found) ? 0 : found;
    }
    return difference;
  }

  /** What the shapes tell, the best one and the next. */
  static String words(List<MissingCost> shapes) {
    return shapes.get(0).words()
        + "; next "
        + shapes.get(1).words()
        + (shapes.get(0).explained < CLEAR ? "; none explains most of it" : "");
  }

  private String words() {
    return what
        + ", "
        + (figure < 0 ? "-" : "+")
        + Numerals.digits(Math.abs(figure), 3)
        + " s, explains "
        + Math.round(100 * explained)
        + " % of the squared difference";
  }
}
