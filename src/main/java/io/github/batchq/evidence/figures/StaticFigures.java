package io.github.batchq.evidence.figures;

import io.github.batchq.file.data.ConfusionFile;
import io.github.batchq.file.data.CsvReader;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.EmpiricalSpec;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import io.github.batchq.random.Uniform;
import io.github.batchq.report.BoundaryChart;
import io.github.batchq.report.ChartStyle;
import io.github.batchq.report.HeatMapChart;
import io.github.batchq.report.PaperFigures;
import io.github.batchq.report.TimelineChart;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.EqualMass;
import io.github.batchq.theory.OptimalBoundaries;
import io.github.batchq.theory.Throughput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Draws and judges the figures and tables of the paper that need no queue. */
public final class StaticFigures {
  private static final Law UNIFORM = new Uniform(1, 20);

  /** Accuracies and rates of at most one bin off that Table 1 prints, in percent. */
  private static final double[] ACCURACIES = {86.14, 62.97, 42.29};

  private static final double[] NEAR = {Double.NaN, 95.91, 79.42};
  private static final int[] BINS = {2, 4, 8};

  private StaticFigures() {}

  static List<Figure> all() {
    return List.of(
        new Figure(
            "1a",
            "Tokens per second against the batch size: the affine time of a step, 0.03243 + 0.000641 b"
                + " s, fitted to the paper's 52 points.",
            List.of(),
            StaticFigures::figure1a),
        new Figure(
            "1b",
            "Four requests of 1, 5, 2 and 6 s in batches of two, standard and in two bins; the wasted"
                + " time is shaded.",
            List.of(),
            StaticFigures::figure1b),
        new Figure(
            "5",
            "Lengths of 7,255 answers of Phi-3.5 to GSM8K, with the boundaries of four equal-mass and of"
                + " four optimal bins for B = 8; the paper's linear model of their time in s against their tokens.",
            List.of(),
            StaticFigures::figure5),
        new Figure(
            "10",
            "Confusion matrices of the paper's BERT predictor on LMSYS-Chat-1M (Table 1).",
            List.of(),
            StaticFigures::figure10),
        new Figure(
            "11",
            "Gain over one bin against the number of bins, which are predicted with the matrices of Table 1.",
            List.of(),
            StaticFigures::figure11));
  }

  /** Seconds of a step in which a batch of b requests makes a token each. */
  static double stepSeconds(double batchSize) {
    return 0.03243 + 0.000641 * batchSize;
  }

  private static void figure1a(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    Curves curves =
        new Curves("batch size", "tokens per second", "line: batch size over step time");
    for (int b = 1; b <= 511; b += 10) {
      curves.line("affine step time", b, b / stepSeconds(b));
    }
    curves.point("the paper, first and last of 52 points", 1, 21.6, Double.NaN);
    curves.point("the paper, first and last of 52 points", 511, 1456, Double.NaN);
    into.add(curves.files("fig1a", style, false));
    into.number(
        "tokens per second at 1 request",
        21.6,
        1 / stepSeconds(1),
        0.05,
        "the affine fit is meant for large batches");
    into.number(
        "tokens per second at 511 requests",
        1456,
        511 / stepSeconds(511),
        0.05,
        "affine fit; agrees within 5 %");
  }

  private static void figure1b(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    into.add(
        new TimelineChart(
                List.of(
                    new TimelineChart.Row(
                        "standard", List.of(List.of(1.0, 5.0), List.of(2.0, 6.0))),
                    new TimelineChart.Row(
                        "two bins", List.of(List.of(1.0, 2.0), List.of(5.0, 6.0)))))
            .files("fig1b"));
    into.table(
        "fig1b",
        List.of("policy", "batch", "start", "request", "end"),
        List.of(
            List.of("standard", "1", "0", "1", "5"),
            List.of("standard", "1", "0", "5", "5"),
            List.of("standard", "2", "5", "2", "11"),
            List.of("standard", "2", "5", "6", "11"),
            List.of("two bins", "1", "0", "1", "2"),
            List.of("two bins", "1", "0", "2", "2"),
            List.of("two bins", "2", "2", "5", "8"),
            List.of("two bins", "2", "2", "6", "8")));
    into.number("time of all four, standard", 11, 5 + 6, 0, "max(1, 5) + max(2, 6)");
    into.number("time of all four, two bins", 8, 2 + 6, 0, "max(1, 2) + max(5, 6)");
  }

  static Empirical lengths() {
    return new EmpiricalSpec(
            DataFile.of("resource:phi35-gsm8k-lengths.csv", Path.of("")), "tokens", "count")
        .create();
  }

  private static void figure5(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    Empirical lengths = lengths();
    Map<String, BinBoundaries> rules = new LinkedHashMap<>();
    rules.put("equal-mass", new EqualMass().boundaries(lengths, 4, 8));
    rules.put("optimal", new OptimalBoundaries().boundaries(lengths, 4, 8));
    into.add(new BoundaryChart(lengths, rules).files("fig5"));
    List<List<String>> counts = new ArrayList<>();
    for (int i = 0; i < lengths.atoms(); i++) {
      long before = i == 0 ? 0 : lengths.cumulativeCount(i - 1);
      counts.add(
          List.of(
              ResultTable.cell(lengths.atom(i)),
              Long.toString(lengths.cumulativeCount(i) - before)));
    }
    into.table("fig5", List.of("tokens", "count"), counts);
    Curves time =
        new Curves(
            "generated tokens",
            "inference time [s]",
            "lines of the paper's points, read off Figure 5");
    for (double tokens : new double[] {lengths.lower(), lengths.upper()}) {
      time.line("printed: 0.0366 s per token", tokens, 0.0366 * tokens);
      time.line(
          "least squares: 0.036699 s per token + 0.01345 s", tokens, 0.036699 * tokens + 0.01345);
    }
    into.add(time.files("fig5-time", style, false));
    into.number("number of lengths", 7255, (double) lengths.total(), 0, "exact");
    into.number("mean", 233.567, lengths.mean(), 3e-6, "to the digits read off");
    into.number(
        "standard deviation",
        102.392,
        Math.sqrt(lengths.variance()),
        5e-6,
        "to the digits read off");
    into.number("median", 212, lengths.quantile(0.5), 0, "exact");
    into.number(
        "seconds per token, printed and by least squares through 0",
        0.0366,
        0.036747,
        5e-3,
        "of the paper's points");
  }

  private static DataFile matrixFile(int bins) {
    return DataFile.of("resource:confusion-lmsys-k" + bins + ".csv", Path.of(""));
  }

  /** Test requests of Figure 10 by true and predicted bin. */
  public static List<List<Double>> counts(int bins) {
    List<List<Double>> rows = new ArrayList<>();
    try (CsvReader reader = CsvReader.open(matrixFile(bins))) {
      while (reader.next()) {
        List<Double> row = new ArrayList<>();
        for (int j = 0; j < reader.width(); j++) {
          row.add(reader.number(j));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /**
   * The share, in percent, of the test requests that are predicted at most {@code off} bins off.
   */
  public static double within(List<List<Double>> counts, int off) {
    double near = 0;
    double all = 0;
    for (int i = 0; i < counts.size(); i++) {
      for (int j = 0; j < counts.size(); j++) {
        double count = counts.get(i).get(j);
        all += count;
        near += Math.abs(i - j) <= off ? count : 0;
      }
    }
    return 100 * near / all;
  }

  private static void figure10(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    for (int i = 0; i < BINS.length; i++) {
      List<List<Double>> counts = counts(BINS[i]);
      into.add(
          new HeatMapChart(
                  counts,
                  String.format(
                      Locale.ROOT, "%d bins, accuracy %.1f %%", BINS[i], within(counts, 0)))
              .files("fig10-k" + BINS[i]));
      into.table(
          "fig10-k" + BINS[i],
          IntStream.rangeClosed(1, BINS[i]).mapToObj(j -> "predicted" + j).toList(),
          counts.stream()
              .map(row -> row.stream().map(count -> String.valueOf(Math.round(count))).toList())
              .toList());
      into.number(
          "accuracy in %, k=" + BINS[i],
          ACCURACIES[i],
          within(counts, 0),
          2e-4,
          "the table truncates; the title of Figure 10 prints 0.86 % for 86 % (T35.8)");
      if (!Double.isNaN(NEAR[i])) {
        into.number(
            "at most one bin off in %, k=" + BINS[i], NEAR[i], within(counts, 1), 2e-4, "exact");
      }
    }
  }

  private static void figure11(
      Map<String, Simulated> simulated, ChartStyle style, Reproduction into) {
    Curves curves =
        new Curves(
            "number of bins",
            "throughput over that of one bin",
            "lines: exact theory, U(1,20), B = 8");
    PaperFigures paper = new PaperFigures();
    double base = paper.value("fig11", "bars", "k=1");
    for (int k : BINS) {
      BatchSystem oracle = BatchSystem.of(UNIFORM, new EqualMass().boundaries(UNIFORM, k, 8), 8);
      double one = Throughput.capacity(BatchSystem.of(UNIFORM, BinBoundaries.none(), 8)).value();
      double gain =
          Throughput.capacity(oracle.withErrors(ConfusionFile.read(matrixFile(k)))).value() / one;
      String best =
          String.format(
              Locale.ROOT,
              "U(1,20), B = 8, errors that do not depend on the length within a bin; oracle bins"
                  + " %.4f",
              Throughput.capacity(oracle).value() / one);
      double plotted = paper.value("fig11", "bars", "k=" + k) / base;
      curves.line("oracle bins", k, Throughput.capacity(oracle).value() / one);
      curves.line("predicted bins", k, gain);
      if (!Double.isNaN(plotted)) {
        curves.point("the paper, Vicuna-13B", k, plotted, Double.NaN);
      }
      if (Double.isNaN(plotted)) {
        into.finding(
            "predicted gain over one bin, k=" + k,
            "not shown",
            Reproduction.digits(gain),
            true,
            best);
      } else {
        into.number("gain over one bin, k=" + k, plotted, gain, 0.05, best + "; agrees within 5 %");
      }
    }
    into.add(curves.files("fig11", style, true));
    into.number(
        "gain of four oracle bins, printed as 45 %",
        1.45,
        paper.value("fig7", "bars", "k=4") / paper.value("fig7", "bars", "k=1"),
        0.02,
        "the paper's own Figure 7, 37.9 %; its Figure 6 gives 40.5 % (T35.7)");
  }
}
