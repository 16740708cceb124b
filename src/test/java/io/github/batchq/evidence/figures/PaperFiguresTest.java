package io.github.batchq.evidence.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchq.ReferenceValues;
import io.github.batchq.engine.Runner;
import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Validation: the shipped experiments for Figures 3 and 4 of arXiv:2412.04504, on every fourth of
 * their arrival rates, against the points that the paper plots (read off the vector paths of its
 * PDF; paper-figures.json).
 *
 * <p>The paper's points are means over 10 runs as ours are, so the difference of two has a standard
 * error of sqrt(2) times ours. A single difference may be as large as the 99.9 % quantile of t with
 * 9 degrees of freedom allows, and their root mean square must be near 1: larger means a bias,
 * smaller an interval that is too wide.
 */
@Tag("long")
class PaperFiguresTest {
  private static final int RUNS = 10;
  private static final double T9_AT_97_5 = 2.262157;
  private static final double T9_AT_99_95 = 4.780913;

  private static JsonNode paper() throws IOException {
    try (InputStream stream =
        PaperFiguresTest.class.getResourceAsStream("/io/github/batchq/data/paper-figures.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(stream));
    }
  }

  /** Plotted points of one figure by "bins rate". */
  private static Map<String, Double> points(JsonNode figure, String prefix) {
    Map<String, Double> points = new HashMap<>();
    for (JsonNode series : figure.path("series")) {
      String name = series.path("name").asText();
      if (name.startsWith(prefix)) {
        String bins = name.substring(name.indexOf("k=") + 2);
        for (int i = 0; i < series.path("x").size(); i++) {
          points.put(
              bins + " " + series.path("x").path(i).asDouble(),
              series.path("y").path(i).asDouble());
        }
      }
    }
    return points;
  }

  private static double[] standardisedDifferences(
      String file, Metric metric, Map<String, Double> paper) throws InterruptedException {
    Experiment experiment =
        ExperimentFile.read(
            Path.of("experiments", file),
            Map.of("sweep.arrivals.rate", "{from: 4, to: 12, step: 0.8}"));
    assertEquals(RUNS, experiment.replications());
    RunResults results = Runner.run(experiment, 2, (runs, allRuns, requests) -> {});
    double[] differences = new double[experiment.points().size()];
    int compared = 0;
    for (int p = 0; p < differences.length; p++) {
      Experiment.Point point = experiment.points().get(p);
      Double plotted =
          paper.get(point.values().get(0) + " " + Double.parseDouble(point.values().get(1)));
      if (plotted == null) {
        continue;
      }
      Estimate ours = results.estimate(p, metric);
      double standardError = ours.halfWidth() / T9_AT_97_5;
      differences[compared++] = (ours.mean() - plotted) / (Math.sqrt(2) * standardError);
    }
    return java.util.Arrays.copyOf(differences, compared);
  }

  private static void assertSameLaw(double[] differences, int least) {
    assertTrue(differences.length >= least, "only " + differences.length + " points were compared");
    double squares = 0;
    for (double difference : differences) {
      assertTrue(Math.abs(difference) < T9_AT_99_95, "a point is off by " + difference);
      squares += difference * difference;
    }
    double rootMeanSquare = Math.sqrt(squares / differences.length);
    assertTrue(rootMeanSquare > 0.6 && rootMeanSquare < 1.5, "root mean square " + rootMeanSquare);
  }

  @Test
  void figure3() throws IOException, InterruptedException {
    assertSameLaw(
        standardisedDifferences(
            "paper/fig3.yaml", Metric.ALL.get(0), points(paper().path("fig3"), "k=")),
        55);
  }

  @Test
  void figure4() throws IOException, InterruptedException {
    assertSameLaw(
        standardisedDifferences(
            "paper/fig4.yaml", Metric.ALL.get(1), points(paper().path("fig4"), "one server")),
        15);
  }

  /**
   * At lambda = 12 all systems are overloaded: N / T is the capacity less the deficit of a finite
   * run that starts empty.
   */
  @Test
  void saturatedThroughputIsTheCapacityLessTheFiniteRunDeficit() throws InterruptedException {
    JsonNode known = ReferenceValues.values("theory/laws.json", "uniform_1_20");
    Experiment experiment =
        ExperimentFile.read(
            Path.of("experiments", "paper", "fig3.yaml"), Map.of("sweep.arrivals.rate", "[12]"));
    RunResults results = Runner.run(experiment, 2, (runs, allRuns, requests) -> {});
    for (int bins = 1; bins <= 5; bins++) {
      Estimate throughput = results.estimate(bins - 1, Metric.ALL.get(0));
      double capacity = known.requiredAt("/B128/k" + bins + "/throughput").asDouble();
      assertEquals(
          capacity,
          TheoryOverlay.of(experiment.points().get(bins - 1).scenario())
              .get(Metric.named("throughput"))
              .value(),
          1e-12);
      // T27: the flush costs about a share k B / (2 N); the first batch forms after less
      // than k B / lambda.
      double flushed = bins == 1 ? 1 : 1 + bins * 128 / (2.0 * 128_000);
      double longest = flushed + bins * 128 / 12.0 / (128_000 / capacity);
      assertTrue(throughput.mean() - throughput.halfWidth() < capacity / flushed, "bins " + bins);
      assertTrue(throughput.mean() + throughput.halfWidth() > capacity / longest, "bins " + bins);
      assertTrue(throughput.halfWidth() < 0.001 * capacity, "bins " + bins);
    }
  }
}
