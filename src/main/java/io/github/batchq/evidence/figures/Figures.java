package io.github.batchq.evidence.figures;

import io.github.batchq.engine.RunProgress;
import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.model.BadInputException;
import io.github.batchq.report.ChartStyle;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lists the figures and tables of the paper that are reproduced, and reproduces them. */
public final class Figures {
  /** With three replications a run takes a third of its time and still has intervals. */
  private static final Map<String, String> QUICK = Map.of("replications", "3");

  private Figures() {}

  /** The figures in the order of the paper. */
  public static List<Figure> all() {
    return Stream.concat(StaticFigures.all().stream(), SimulatedFigures.all().stream())
        .sorted(
            Comparator.comparingInt(
                    (Figure figure) -> Integer.parseInt(figure.id().replaceAll("[a-z]", "")))
                .thenComparing(Figure::id))
        .toList();
  }

  /** What goes beyond the paper, in the same form. */
  public static List<Figure> beyond() {
    return BeyondFigures.all();
  }

  /**
   * Chooses figures by name, in their own order; without a name, all of them.
   *
   * @param figures to choose from
   * @throws BadInputException if there is no such figure
   */
  public static List<Figure> named(List<Figure> figures, List<String> ids) {
    List<String> known = figures.stream().map(Figure::id).toList();
    for (String id : ids) {
      if (!known.contains(id)) {
        throw new BadInputException(
            "there is no figure '" + id + "'; allowed: " + String.join(", ", known));
      }
    }
    return figures.stream().filter(figure -> ids.isEmpty() || ids.contains(figure.id())).toList();
  }

  /**
   * Reads the experiments of a figure.
   *
   * @param folder where the experiment files are
   * @param quick whether three replications are enough
   * @throws BadInputException if a file is missing or malformed
   */
  public static Map<String, Experiment> experiments(Figure figure, Path folder, boolean quick) {
    Map<String, Experiment> experiments = new LinkedHashMap<>();
    for (String name : figure.experiments()) {
      experiments.put(
          name, ExperimentFile.read(folder.resolve(name + ".yaml"), quick ? QUICK : Map.of()));
    }
    return experiments;
  }

  /** Runs the experiments of a figure, draws it and judges it. */
  public static Reproduction reproduce(
      Figure figure,
      Map<String, Experiment> experiments,
      int threads,
      ChartStyle style,
      RunProgress progress)
      throws InterruptedException {
    Map<String, Simulated> simulated = new LinkedHashMap<>();
    for (Map.Entry<String, Experiment> entry : experiments.entrySet()) {
      Experiment experiment = entry.getValue();
      simulated.put(
          entry.getKey(), new Simulated(experiment, Runner.run(experiment, threads, progress)));
    }
    Reproduction reproduction = new Reproduction(figure);
    figure.judge().judge(simulated, style, reproduction);
    return reproduction;
  }
}
