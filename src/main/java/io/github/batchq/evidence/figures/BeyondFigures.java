package io.github.batchq.evidence.figures;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.metric.Estimate;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Gamma;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Uniform;
import io.github.batchq.report.ChartStyle;
import io.github.batchq.report.PaperFigures;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.BatchMaximum;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BestBins;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.EqualMass;
import io.github.batchq.theory.PredictionErrors;
import io.github.batchq.theory.SqrtDensity;
import io.github.batchq.theory.Throughput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Draws and judges what the paper does not show, in the form of its figures. */
public final class BeyondFigures {
  private static final int[] BINS = {2, 4, 8};

  private BeyondFigures() {}

  static List<Figure> all() {
    return List.of(
        new Figure(
            "boundaries",
            "Optimal, sqrt-density and equal-mass boundaries on real lengths: generated tokens of the"
                + " Azure conversation trace, 0.02 s per token, four bins, B = 16, eight servers.",
            List.of("azure-boundaries"),
            BeyondFigures::boundaries),
        new Figure(
            "sqrt-loss",
            "k times the loss of sqrt-density bins over its limit c_B S (T6), B = 8.",
            List.of(),
            BeyondFigures::loss),
        new Figure(
            "best-bins",
            "Mean latency against the number of bins with infinitely many servers: U(1,20), B = 8.",
            List.of("best-bins"),
            BeyondFigures::bestBins),
        new Figure(
            "accuracy",
            "What accuracy is worth: capacity over that of one bin against the share of requests in"
                + " their true bin, symmetric errors, Phi-3.5's lengths, B = 8, equal-mass bins.",
            List.of(),
            BeyondFigures::accuracy),
        new Figure(
            "switch",
            "Where two bins overtake one, and four overtake two, in mean latency: T11 against the"
                + " crossing of the paper's curves in Figure 6. (Its curve for eight bins crosses that"
                + " for four only where four bins reach their capacity.)",
            List.of(),
            BeyondFigures::switching));
  }

  private static Simulated draw(
      Map<String, Simulated> simulated, String name, ChartStyle style, Reproduction into) {
    Simulated one = simulated.get(name);
    if (one == null) {
      throw new IllegalStateException("experiment " + name + " was not run");
    }
    into.add(one.charts(style));
    return one;
  }

  /** The overloaded end of the sweep measures the capacity. */
  private static void boundaries(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    Simulated one = draw(simulated, "azure-boundaries", style, into);
    for (String rule : List.of("equal-mass", "sqrt-density", "optimal")) {
      Experiment.Point last =
          one.experiment().points().stream()
              .filter(point -> point.values().get(0).equals(rule))
              .reduce((first, second) -> second)
              .orElseThrow();
      PreparedScenario scenario = last.scenario();
      double capacity =
          Throughput.capacity(
                  new BatchSystem(
                      scenario.lengthLaw(),
                      scenario.boundaries(),
                      scenario.policy().batchSize(),
                      Objects.requireNonNull(scenario.batchTime()),
                      scenario.servers().count()))
              .value();
      Estimate estimate = one.at("throughput", last.values().toArray(String[]::new));
      double expected = Math.min(capacity, scenario.arrivals().rate());
      into.finding(
          "throughput at " + last.values().get(1) + " req/s, " + rule,
          Reproduction.digits(expected),
          CurveJudge.withInterval(estimate),
          Math.abs(estimate.mean() - expected) <= CurveJudge.allowed(estimate) + 0.005 * expected,
          "capacity "
              + Reproduction.digits(capacity)
              + "; the run after its warm-up ends with bins that are not full, at most 0.5 %");
    }
  }

  private static void loss(Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    Map<String, Law> laws = new LinkedHashMap<>();
    laws.put("exponential", new Exponential(0.1));
    laws.put("gamma, shape 0.5", new Gamma(0.5, 20));
    laws.put("lognormal, sigma 1", new Lognormal(1.8, 1));
    Curves curves =
        new Curves("number of bins", "loss over its limit", "lines: exact over limit, B = 8");
    laws.forEach(
        (name, law) -> {
          double limit = new SqrtDensity().limitingLoss(law, 8).value();
          double last = 0;
          for (int k = 1; k <= 256; k *= 2) {
            double loss =
                BatchMaximum.expectedBatchLength(law, new SqrtDensity().boundaries(law, k, 8), 8)
                    - law.mean();
            last = k * loss / limit;
            curves.line(name, k, last);
          }
          into.number(
              "k (E_k - E[l]) over c_B S, 256 bins, " + name, 1, last, 0.05, "limit 1 (T6)");
        });
    into.add(curves.files("sqrt-loss", style, true));
  }

  private static void bestBins(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    Simulated one = draw(simulated, "best-bins", style, into);
    Law law = new Uniform(1, 20);
    for (String rate : List.of("1", "2", "4", "8", "16", "32", "64")) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int k = 1; k <= 16; k++) {
        double mean = one.at("latency.mean", rate, Integer.toString(k)).mean();
        if (mean < least) {
          least = mean;
          best = k;
        }
      }
      double lambda = Double.parseDouble(rate);
      double exact =
          BestBins.exact(new EqualMass(), law, 8, lambda, BatchTime.LONGEST, 1024, tried -> {})
              .value();
      double rule =
          BestBins.approximate(new EqualMass(), law, 8, lambda, BatchTime.LONGEST).value();
      into.finding(
          "best number of bins at " + rate + " req/s",
          Reproduction.digits(exact),
          Integer.toString(best),
          best == (int) exact,
          String.format(Locale.ROOT, "rule of thumb sqrt(lambda R / (B+1)) = %.2f", rule));
    }
  }

  private static void accuracy(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    Law law = StaticFigures.lengths();
    Curves curves =
        new Curves(
            "accuracy",
            "capacity over that of one bin",
            "lines: exact theory for symmetric errors");
    double one = Throughput.capacity(BatchSystem.of(law, BinBoundaries.none(), 8)).value();
    for (int k : BINS) {
      BinBoundaries bins = new EqualMass().boundaries(law, k, 8);
      BatchSystem oracle = BatchSystem.of(law, bins, 8);
      double half = 0;
      for (int step = 0; step <= 50; step++) {
        ConfusionMatrix errors = ConfusionMatrix.symmetric(k, step / 100.0);
        double gain = Throughput.capacity(oracle.withErrors(errors)).value() / one;
        curves.line("k = " + k, PredictionErrors.accuracy(law, bins, errors), gain);
        half = step == 5 ? gain : half;
      }
      double full = Throughput.capacity(oracle).value() / one;
      into.finding(
          "gain of " + k + " bins that errs in 5 % towards either neighbour",
          Reproduction.digits(full) + " without errors",
          Reproduction.digits(half),
          half < full,
          String.format(Locale.ROOT, "keeps %.0f %% of the gain", 100 * (half - 1) / (full - 1)));
    }
    into.add(curves.files("accuracy", style, false));
  }

  private static void switching(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    Law lognormal = new Lognormal(0.320, 0.48);
    BatchTime phi = new BatchTime(0, 0, 0.00702);
    Curves curves =
        new Curves(
            "arrival rate [req/s]",
            "mean latency [s]",
            "lines: infinitely many servers, lengths of Figure 5 at 0.00702 s");
    for (int k : new int[] {1, 2, 4, 8}) {
      for (int step = 0; step <= 32; step++) {
        double rate = 4 + step / 2.0;
        curves.line(
            "k = " + k, rate, seconds(StaticFigures.lengths(), phi, k) + k * 7 / (2 * rate));
      }
    }
    into.add(curves.files("switch", style, false));
    PaperFigures paper = new PaperFigures();
    double plotted = crossing(paper.series("fig6", "k=2"), paper.series("fig6", "k=4"));
    into.number(
        "4 bins overtake 2, lognormal law",
        plotted,
        rateOfSwitch(lognormal, BatchTime.LONGEST, 2),
        0.1,
        "the paper's curves cross there; k (B-1) / (2 (E_k - E_2k)) by T11, with Figure 5's lengths "
            + Reproduction.digits(rateOfSwitch(StaticFigures.lengths(), phi, 2))
            + "; agrees within 10 %: eight servers wait a little");
    into.finding(
        "two bins overtake one",
        "below 8, where the paper's curves begin",
        Reproduction.digits(rateOfSwitch(lognormal, BatchTime.LONGEST, 1)),
        rateOfSwitch(lognormal, BatchTime.LONGEST, 1) < 8,
        "a matter of the rate, B and the scale, not of the kind of law as section 6.1 supposes"
            + " (T35.5): U(1,20) with B = 128 switches at "
            + Reproduction.digits(127 / (2 * (19.852713178295 - 15.176356589147))));
  }

  private static double seconds(Law law, BatchTime service, int k) {
    return service.seconds(
        8,
        BatchMaximum.expectedBatchLength(
            law, BoundaryRules.named("equal-mass").boundaries(law, k, 8), 8));
  }

  /** The rate from which 2k bins have less mean latency than k, with infinitely many servers. */
  private static double rateOfSwitch(Law law, BatchTime service, int k) {
    return k * 7 / (2 * (seconds(law, service, k) - seconds(law, service, 2 * k)));
  }

  /** Where the second of two plotted curves falls below the first, by linear interpolation. */
  public static double crossing(
      List<PaperFigures.PlottedPoint> first, List<PaperFigures.PlottedPoint> second) {
    for (int i = 1; i < second.size(); i++) {
      double before = second.get(i - 1).y() - at(first, second.get(i - 1).x());
      double after = second.get(i).y() - at(first, second.get(i).x());
      if (before > 0 && after <= 0) {
        double share = before / (before - after);
        return second.get(i - 1).x() + share * (second.get(i).x() - second.get(i - 1).x());
      }
    }
    return Double.NaN;
  }

  private static double at(List<PaperFigures.PlottedPoint> curve, double x) {
    for (int i = 1; i < curve.size(); i++) {
      if (x <= curve.get(i).x()) {
        double share = (x - curve.get(i - 1).x()) / (curve.get(i).x() - curve.get(i - 1).x());
        return curve.get(i - 1).y() + share * (curve.get(i).y() - curve.get(i - 1).y());
      }
    }
    return Double.NaN;
  }
}
