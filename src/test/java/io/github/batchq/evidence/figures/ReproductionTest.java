package io.github.batchq.evidence.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.metric.Estimate;
import io.github.batchq.model.BadInputException;
import io.github.batchq.report.ChartStyle;
import io.github.batchq.report.PaperFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The figures of the paper: which of its numbers are met, and which are known not to be. */
@Tag("long")
class ReproductionTest {
  private static final Path EXPERIMENTS = Path.of("experiments", "paper");

  private static Reproduction reproduce(String id, Map<String, Experiment> experiments)
      throws InterruptedException {
    return Figures.reproduce(
        Figures.named(Figures.all(), List.of(id)).get(0),
        experiments,
        2,
        ChartStyle.PAPER,
        (runs, allRuns, requests) -> {});
  }

  private static List<String> disagreeing(Reproduction reproduction) {
    return reproduction.evidence().failing();
  }

  @Test
  void figuresWithoutAQueue() throws InterruptedException {
    assertEquals(List.of("tokens per second at 1 request"), disagreeing(reproduce("1a", Map.of())));
    assertEquals(List.of(), disagreeing(reproduce("1b", Map.of())));
    assertEquals(List.of(), disagreeing(reproduce("5", Map.of())));
    assertEquals(List.of(), disagreeing(reproduce("10", Map.of())));
    assertEquals(
        List.of(
            "gain over one bin, k=2",
            "gain over one bin, k=4",
            "gain of four oracle bins, printed as 45 %"),
        disagreeing(reproduce("11", Map.of())));
  }

  /** Table 1 prints 86.14, 62.97 and 42.29 %, and 95.91 and 79.42 % for one bin off. */
  @Test
  void accuraciesFromCounts() {
    assertEquals(86.146, StaticFigures.within(StaticFigures.counts(2), 0), 5e-4);
    assertEquals(62.973, StaticFigures.within(StaticFigures.counts(4), 0), 5e-4);
    assertEquals(42.295, StaticFigures.within(StaticFigures.counts(8), 0), 5e-4);
    assertEquals(79.42, StaticFigures.within(StaticFigures.counts(8), 1), 5e-3);
  }

  @Test
  void figure3OnFewRates() throws InterruptedException {
    Experiment few =
        ExperimentFile.read(
            EXPERIMENTS.resolve("fig3.yaml"), Map.of("sweep.arrivals.rate", "[5, 9, 12]"));
    Reproduction figure = reproduce("3", Map.of("fig3", few));
    assertEquals(
        List.of("c_max, printed as about 12.3", "\"approaching the maximum capacity when k=5\""),
        disagreeing(figure));
    assertEquals("8.4125", figure.evidence().findings().get(1).expected());
    assertTrue(figure.evidence().findings().get(1).why().startsWith("3 of 3 points"));
    assertEquals(List.of("fig3.png"), figure.pictures());
    assertTrue(figure.files().keySet().containsAll(List.of("fig3.pdf", "fig3.svg", "fig3.csv")));
  }

  /** A simulator that is off by half a percent does not pass. */
  @Test
  void aDifferenceIsSeen() throws InterruptedException {
    Experiment wrong =
        ExperimentFile.read(
            EXPERIMENTS.resolve("fig3.yaml"),
            Map.of("sweep.arrivals.rate", "[11, 11.4, 11.8, 12]", "scenario.service.max", "20.15"));
    List<String> disagreeing = disagreeing(reproduce("3", Map.of("fig3", wrong)));
    assertTrue(disagreeing.contains("k=1, at 12"), disagreeing.toString());
    assertTrue(disagreeing.contains("k=5, at 12"), disagreeing.toString());
  }

  @Test
  void theAllowedDifferenceCountsBothMeans() {
    // t(9) at 99.95 % is 4.780913, at 97.5 % 2.262157; both means are of ten runs.
    assertEquals(
        4.780913 / 2.262157 * Math.sqrt(2), CurveJudge.allowed(new Estimate(5, 1, 9)), 1e-5);
    assertEquals("5 ± 0.12", CurveJudge.withInterval(new Estimate(5, 0.1234, 9)));
  }

  @Test
  void figuresHaveNumbersAndExperiments() throws IOException {
    assertEquals(
        List.of("1a", "1b", "3", "4", "5", "6", "7", "8", "9a", "9b", "10", "11"),
        Figures.named(Figures.all(), List.of()).stream().map(Figure::id).toList());
    assertTrue(
        String.valueOf(
                assertThrows(
                        BadInputException.class, () -> Figures.named(Figures.all(), List.of("2")))
                    .getMessage())
            .startsWith("there is no figure '2'; allowed: 1a, 1b, 3"));
    for (Figure figure : Figures.all()) {
      Figures.experiments(figure, EXPERIMENTS, true)
          .forEach((name, experiment) -> assertEquals(name, experiment.name()));
    }
  }

  @Test
  void thePageShowsPicturesAndVerdicts() throws InterruptedException {
    String page = new PaperReport(List.of(reproduce("11", Map.of()))).paper();
    assertTrue(page.contains("## Figure 11"), page);
    assertTrue(page.contains("| gain over one bin, k=4 | 1.0796 | 1.1691 | **no** | "), page);
    assertFalse(page.contains("null"));
  }

  /** All of what goes beyond the paper but for the trace, which is not part of the repository. */
  @Test
  void beyondThePaper() throws InterruptedException {
    for (String id : List.of("sqrt-loss", "accuracy", "switch")) {
      Reproduction one =
          Figures.reproduce(
              Figures.named(Figures.beyond(), List.of(id)).get(0),
              Map.of(),
              2,
              ChartStyle.PAPER,
              (runs, allRuns, requests) -> {});
      assertEquals(List.of(), disagreeing(one));
      assertFalse(one.evidence().findings().isEmpty());
      assertEquals(List.of(id + ".png"), one.pictures());
    }
  }

  @Test
  void curvesCross() {
    List<PaperFigures.PlottedPoint> falling =
        List.of(new PaperFigures.PlottedPoint(0, 4), new PaperFigures.PlottedPoint(4, 0));
    List<PaperFigures.PlottedPoint> flat =
        List.of(new PaperFigures.PlottedPoint(0, 1), new PaperFigures.PlottedPoint(4, 1));
    assertEquals(3, BeyondFigures.crossing(flat, falling), 1e-12);
    assertTrue(Double.isNaN(BeyondFigures.crossing(falling, flat)));
  }

  /** Made by {@code ./batchq reproduce}; made again when figures change. */
  @Test
  void theCommittedPageIsComplete() throws IOException {
    String page = Files.readString(Path.of("results", "paper", "README.md"));
    for (Figure figure : Figures.all()) {
      assertTrue(page.contains("## Figure " + figure.id() + "\n"), figure.id());
      assertTrue(page.contains(figure.statement().claim()), figure.id());
    }
  }
}
