package io.github.batchq.evidence.figures;

import io.github.batchq.metric.Estimate;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Uniform;
import io.github.batchq.report.ChartStyle;
import io.github.batchq.report.PaperFigures;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.EqualMass;
import io.github.batchq.theory.ExponentialBins;
import io.github.batchq.theory.Latency;
import io.github.batchq.theory.Throughput;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Draws and judges the figures of the paper that need a simulated queue. */
final class SimulatedFigures {
  private static final Law UNIFORM = new Uniform(1, 20);
  private static final Law EXPONENTIAL = new Exponential(0.1);
  private static final int[] POWERS = {1, 2, 4, 8, 16, 32};

  private SimulatedFigures() {}

  static List<Figure> all() {
    return List.of(
        new Figure(
            "3",
            "Throughput of k-bin batching against the arrival rate: U(1,20), B = 128, one server,"
                + " 128,000 requests, 10 runs.",
            List.of("fig3"),
            SimulatedFigures::figure3),
        new Figure(
            "4",
            "Mean latency against the arrival rate, one server; lines: infinitely many servers"
                + " (Lemma 5.1), a lower bound.",
            List.of("fig4"),
            SimulatedFigures::figure4),
        new Figure(
            "6",
            "Mean latency of eight servers against the arrival rate, B = 8, equal-mass bins. The"
                + " paper's lengths are another sample than its Figure 5: once Figure 5's lengths at 0.00702 s per token, once a"
                + " lognormal law of mean 1.546 s with sigma 0.48.",
            List.of("fig6-phi", "fig6-lognormal"),
            SimulatedFigures::figure6),
        new Figure(
            "7",
            "Throughput of an offline job, and as a multiple of that of one bin, against the number of"
                + " bins: all requests present at time 0, B = 8, Phi-3.5's lengths with Figure 1a's step time. The paper ran the model itself.",
            List.of("fig7"),
            SimulatedFigures::figure7),
        new Figure(
            "8",
            "Throughput against the probability of symmetric prediction errors: U(1,20), B = 128, simulation of a finite"
                + " run with its theory; the paper plots the exact formula of the steady state.",
            List.of("fig8"),
            SimulatedFigures::figure8),
        new Figure(
            "9a",
            "Throughput against the arrival rate: exponential lengths (mean 10), B = 200, boundaries of Lemma A.1.",
            List.of("fig9a"),
            SimulatedFigures::figure9a),
        new Figure(
            "9b",
            "Mean latency against the arrival rate: exponential lengths, one server; lines: infinitely many servers, exact.",
            List.of("fig9b"),
            SimulatedFigures::figure9b));
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

  private static BatchSystem uniform(int k) {
    return BatchSystem.of(UNIFORM, new EqualMass().boundaries(UNIFORM, k, 128), 128);
  }

  private static BatchSystem exponential(int k) {
    return BatchSystem.of(EXPONENTIAL, new ExponentialBins().boundaries(EXPONENTIAL, k, 200), 200);
  }

  private static void figure3(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    CurveJudge curves = new CurveJudge(draw(simulated, "fig3", style, into), "throughput");
    for (int k = 1; k <= 5; k++) {
      curves.judge(into, "fig3", "k=" + k, Integer.toString(k), 12, "");
    }
    double ceiling = Throughput.maximum(uniform(1)).value();
    into.number(
        "c_max, printed as about 12.3", 12.3, ceiling, 5e-3, "128 / 10.5 (T35.6); a misprint");
    double reached = new PaperFigures().at("fig3", "k=5", 12) / ceiling;
    into.finding(
        "\"approaching the maximum capacity when k=5\"",
        "near 1",
        Reproduction.digits(reached),
        false,
        "the paper's own last point as a share of c_max (T35.6)");
  }

  private static void figure4(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    CurveJudge curves = new CurveJudge(draw(simulated, "fig4", style, into), "latency.mean");
    PaperFigures paper = new PaperFigures();
    for (int k = 1; k <= 3; k++) {
      curves.judge(into, "fig4", "one server, k=" + k, Integer.toString(k), 6, "");
    }
    for (int k = 1; k <= 3; k++) {
      into.number(
          "infinite servers, k=" + k + ", at 8",
          paper.at("fig4", "infinite servers, k=" + k, 8),
          Latency.infiniteServers(uniform(k), 8).value(),
          1e-6,
          "Lemma 5.1, exact");
    }
  }

  private static void figure6(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    for (String name : List.of("fig6-phi", "fig6-lognormal")) {
      Simulated one = draw(simulated, name, style, into);
      boolean phi = name.equals("fig6-phi");
      String lengths = phi ? "Figure 5's lengths" : "lognormal law";
      PaperFigures paper = new PaperFigures();
      for (int p = 0; p < POWERS.length; p++) {
        int k = POWERS[p];
        into.number(
            "capacity, k=" + k + ", " + lengths,
            paper.value("fig6", "thresholds", "k=" + k),
            Throughput.capacity(system(one, k)).value(),
            0.013,
            phi
                ? "64 / E_k; the paper's ratio of last to first threshold, 1.7461, is more than these"
                    + " lengths allow, 1.7183 (T35.4)"
                : "64 / E_k");
      }
      for (int k : POWERS) {
        lowest(one, paper, k, lengths, into);
      }
    }
  }

  private static BatchSystem system(Simulated one, int k) {
    var scenario =
        one.experiment().points().stream()
            .filter(point -> point.values().get(0).equals(Integer.toString(k)))
            .findFirst()
            .orElseThrow()
            .scenario();
    return new BatchSystem(
        scenario.lengthLaw(),
        scenario.boundaries(),
        scenario.policy().batchSize(),
        Objects.requireNonNull(scenario.batchTime()),
        scenario.servers().count());
  }

  private static void lowest(
      Simulated one, PaperFigures paper, int k, String lengths, Reproduction into) {
    double plotted =
        paper.series("fig6", "k=" + k).stream()
            .mapToDouble(PaperFigures.PlottedPoint::y)
            .min()
            .orElseThrow();
    double least = Double.POSITIVE_INFINITY;
    String shown = "";
    for (int p = 0; p < one.experiment().points().size(); p++) {
      if (one.experiment().points().get(p).values().get(0).equals(Integer.toString(k))) {
        Estimate estimate = one.results().estimate(p, Simulated.metric("latency.mean"));
        if (estimate.mean() < least) {
          least = estimate.mean();
          shown = CurveJudge.withInterval(estimate);
        }
      }
    }
    into.finding(
        "least mean latency, k=" + k + ", " + lengths,
        Reproduction.digits(plotted),
        shown,
        Math.abs(least - plotted) <= 0.03 * plotted,
        String.format(
            Locale.ROOT,
            "%+.1f %%; agrees within 3 %%: another sample, rates one apart",
            100 * (least / plotted - 1)));
  }

  private static void figure7(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    Simulated one = draw(simulated, "fig7", style, into);
    Curves curves =
        new Curves(
            "number of bins",
            "throughput over that of one bin",
            "simulation with 95 % CI; the paper timed the model");
    PaperFigures paper = new PaperFigures();
    double base = one.at("throughput", "1").mean();
    double plottedBase = paper.value("fig7", "bars", "k=1");
    for (int k : POWERS) {
      Estimate estimate = one.at("throughput", Integer.toString(k));
      Estimate ratio =
          new Estimate(
              estimate.mean() / base, estimate.halfWidth() / base, estimate.degreesOfFreedom());
      double plotted = paper.value("fig7", "bars", "k=" + k) / plottedBase;
      curves.point("simulation", k, ratio.mean(), k == 1 ? Double.NaN : ratio.halfWidth());
      curves.point("the paper, Phi-3.5", k, plotted, Double.NaN);
      into.finding(
          "throughput over that of one bin, k=" + k,
          Reproduction.digits(plotted),
          k == 1 ? "1" : CurveJudge.withInterval(ratio),
          Math.abs(ratio.mean() - plotted) <= 0.07 * plotted,
          String.format(
              Locale.ROOT,
              "%+.1f %%; agrees within 7 %%: the paper timed the model itself",
              100 * (ratio.mean() / plotted - 1)));
    }
    into.add(curves.files("fig7-ratio", style, true));
  }

  private static void figure8(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    Simulated one = draw(simulated, "fig8", style, into);
    PaperFigures paper = new PaperFigures();
    for (int k : new int[] {2, 4, 8}) {
      double largest = 0;
      double shown = 0;
      for (PaperFigures.PlottedPoint point : paper.series("fig8", "k=" + k)) {
        double exact =
            Throughput.capacity(uniform(k).withErrors(ConfusionMatrix.symmetric(k, point.x())))
                .value();
        largest = Math.max(largest, Math.abs(exact / point.y() - 1));
        shown = Math.abs(point.x() - 0.1) < 1e-6 ? exact : shown;
      }
      into.finding(
          "exact theory, k=" + k + ", at 0.1",
          Reproduction.digits(plotted(paper, k, 0.1)),
          Reproduction.digits(shown),
          largest < 1e-6,
          String.format(
              Locale.ROOT,
              "all 11 points within %.1g of the exact formula: the text says simulations, the figure"
                  + " shows theory (T35.2)",
              largest));
    }
    for (int k : new int[] {2, 4, 8}) {
      Estimate estimate = one.at("throughput", Integer.toString(k), "0.1");
      double plotted = plotted(paper, k, 0.1);
      into.finding(
          "simulation, k=" + k + ", at 0.1",
          Reproduction.digits(plotted),
          CurveJudge.withInterval(estimate),
          Math.abs(estimate.mean() - plotted) <= CurveJudge.allowed(estimate),
          String.format(
              Locale.ROOT,
              "%+.2f %%: a run of 128,000 requests ends with bins that are not full (T27)",
              100 * (estimate.mean() / plotted - 1)));
    }
    into.number(
        "no binning",
        paper.value("fig8", "noBinning"),
        Throughput.capacity(BatchSystem.of(UNIFORM, BinBoundaries.none(), 128)).value(),
        1e-6,
        "B / E_1, exact");
  }

  private static double plotted(PaperFigures paper, int k, double rate) {
    return paper.series("fig8", "k=" + k).stream()
        .filter(point -> Math.abs(point.x() - rate) < 1e-6)
        .findFirst()
        .orElseThrow()
        .y();
  }

  private static void figure9a(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    CurveJudge curves = new CurveJudge(draw(simulated, "fig9a", style, into), "throughput");
    for (int k = 1; k <= 5; k++) {
      double capacity = Throughput.capacity(exponential(k)).value();
      double bound = 20 / ExponentialBins.recursion(k, 200);
      curves.judge(
          into,
          "fig9a",
          "k=" + k,
          Integer.toString(k),
          18,
          "exact capacity "
              + Reproduction.digits(capacity)
              + ", Lemma A.1's bound of it "
              + Reproduction.digits(bound));
    }
  }

  private static void figure9b(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    CurveJudge curves = new CurveJudge(draw(simulated, "fig9b", style, into), "latency.mean");
    PaperFigures paper = new PaperFigures();
    double[] shown = {3, 5, 8, 8};
    for (int k = 1; k <= 4; k++) {
      curves.judge(into, "fig9b", "one server, k=" + k, Integer.toString(k), shown[k - 1], "");
    }
    for (int k = 1; k <= 4; k++) {
      into.number(
          "infinite servers, k=" + k + ", at 8",
          paper.at("fig9b", "infinite servers, k=" + k, 8),
          Latency.infiniteServers(exponential(k), 8).value(),
          1e-6,
          k == 1
              ? "exact"
              : "the paper's line has the upper bound L_k / mu for the mean service time"
                  + " (T35.3)");
    }
  }
}
