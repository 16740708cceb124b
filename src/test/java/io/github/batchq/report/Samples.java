package io.github.batchq.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ResultTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Summaries for charts like those of the base paper. */
final class Samples {
  private static final double[] CAPACITY = {6.4475, 8.4342, 9.3996, 9.9703, 10.3472};

  private Samples() {}

  /**
   * The paper's Fig 3, five series of 41 points, with theory min(rate, capacity) and an invented
   * half-width of 0.4 %.
   */
  static ResultTable throughput() {
    List<List<String>> rows = new ArrayList<>();
    JsonNode series = figure("fig3").get("series");
    for (int k = 1; k <= 5; k++) {
      JsonNode one = series.get(k - 1);
      for (int i = 0; i < one.get("x").size(); i++) {
        double rate = one.get("x").get(i).asDouble();
        double y = one.get("y").get(i).asDouble();
        rows.add(
            List.of(
                String.valueOf(k),
                ResultTable.cell(rate),
                ResultTable.cell(y),
                ResultTable.cell(0.004 * y),
                ResultTable.cell(Math.min(rate, CAPACITY[k - 1])),
                "exact"));
      }
    }
    return summary("throughput", rows);
  }

  /**
   * Invented latencies in the shape of the paper's Fig 4: three series that leave the chart near
   * their capacities, above the lines of infinitely many servers (Lemma 5.1).
   */
  static ResultTable latency() {
    List<List<String>> rows = new ArrayList<>();
    double[] batch = {19.85, 15.18, 13.62};
    for (int k = 1; k <= 3; k++) {
      for (double rate = 4; rate < 12.01; rate += 0.2) {
        double theory = batch[k - 1] + k * 127 / (2 * rate);
        double load = rate / CAPACITY[k - 1];
        double y = load < 0.99 ? theory + 0.8 * load / (1 - load) : 400 * load;
        rows.add(
            List.of(
                String.valueOf(k),
                String.format(Locale.ROOT, "%.1f", rate),
                ResultTable.cell(y),
                ResultTable.cell(0.01 * y * (1 + load)),
                ResultTable.cell(theory),
                "lower-bound"));
      }
    }
    return summary("latency.mean", rows);
  }

  /** A chart of a metric against the arrival rate, one series for each number of bins. */
  static ChartSpec spec(String file, String y) {
    return new ChartSpec(
        file,
        "arrivals.rate",
        y,
        "policy.bins",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static ResultTable summary(String metric, List<List<String>> rows) {
    return new ResultTable(
        List.of(
            "policy.bins",
            "arrivals.rate",
            metric,
            metric + ".ci95",
            metric + ".theory",
            metric + ".theory.kind"),
        rows);
  }

  private static JsonNode figure(String name) {
    try (InputStream in =
        Samples.class.getResourceAsStream("/io/github/batchq/data/paper-figures.json")) {
      return new ObjectMapper().readTree(in).get(name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
