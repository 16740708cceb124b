package io.github.batchq.cli;

import io.github.batchq.engine.RunFunction;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.model.BadInputException;
import io.github.batchq.report.TimelineChart;
import io.github.batchq.report.TimelineChart.Bar;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.RequestRow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code batchq timeline}: draws what servers do in the first seconds of a run. */
@Command(
    name = "timeline",
    mixinStandardHelpOptions = true,
    description =
        "Draw what servers do in the first seconds of a run: a bar for each request, and in grey"
            + " the time that it holds its place after it is done, as Figure 1(b) of"
            + " arXiv:2412.04504.",
    footerHeading = "%nExample:%n",
    footer = "  batchq timeline experiments/quickstart.yaml --point 1 --seconds 60")
final class TimelineCommand implements Callable<Integer> {
  /** Requests that are drawn where no number of seconds is given. */
  private static final int FIRST = 40;

  /** More bars, and more places for them, than this cannot be told apart. */
  private static final int MOST_BARS = 4000;

  private static final int MOST_PLACES = 256;

  /** Colours of bins, whose neighbours differ in brightness, for a print in grey. */
  private static final List<Integer> BRIGHTNESS = List.of(0, 5, 4, 6, 1, 2, 3);

  private static final String NAME = "timeline";

  @Mixin private ExperimentOptions options;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "where the chart ends, in seconds since the start of the run (default: when the first"
              + " forty requests have been served)")
  private @Nullable Double seconds;

  @Mixin private PointOptions chosen;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder of the chart (default: results/<name>-timeline)")
  private @Nullable Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (seconds != null && !(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new BadInputException("--seconds takes a positive number, found " + seconds);
    }
    Experiment experiment = options.read();
    int point = chosen.points(experiment, 1).get(0);
    if (experiment.varianceReduction().runs() > 1) {
      throw new BadInputException(
          "a timeline is of one run, and with Sobol points a replication has several");
    }
    Path folder = out == null ? Path.of("results", experiment.name() + "-timeline") : out;
    ResultFolder.check(folder);
    List<RequestRow> served = new ArrayList<>();
    RunFunction.of(experiment, null)
        .record(
            new Pair(point, 0),
            row -> {
              if (seconds == null ? served.size() < MOST_BARS : row.start() < seconds) {
                served.add(row);
              }
            });
    Map<String, byte[]> files =
        chart(experiment.points().get(point).scenario(), served).files(NAME);
    ResultFolder.write(folder, files);
    PrintWriter console = spec.commandLine().getOut();
    console.println(folder + ": " + String.join(", ", files.keySet()));
    console.flush();
    return 0;
  }

  private TimelineChart chart(PreparedScenario scenario, List<RequestRow> rows) {
    List<RequestRow> served =
        rows.stream()
            .filter(row -> row.server() >= 0)
            .sorted(Comparator.comparingDouble(RequestRow::start).thenComparing(RequestRow::id))
            .toList();
    double end = seconds == null ? firstServed(served) : seconds;
    List<RequestRow> drawn = served.stream().filter(row -> row.start() < end).toList();
    if (drawn.isEmpty()) {
      throw new BadInputException(
          "no request is served in the first " + end + " s: draw more by --seconds");
    }
    if (drawn.size() > MOST_BARS) {
      throw new BadInputException(
          drawn.size()
              + " requests begin to be served in the first "
              + end
              + " s, and a chart can show "
              + MOST_BARS
              + ": draw fewer --seconds");
    }
    boolean inSteps = scenario.policy().serving().inSteps();
    boolean bins = drawn.stream().anyMatch(row -> row.bin() > 0);
    int servers = 1 + drawn.stream().mapToInt(RequestRow::server).max().orElse(0);
    return new TimelineChart(
        IntStream.range(0, servers).mapToObj(server -> "server " + server).toList(),
        bars(drawn, bins, servers),
        end,
        (inSteps
                ? "bars: requests, from joining to the last token"
                : "bars: requests (number); grey: waiting for the longest of the batch")
            + (bins ? "; colours: bins" : ""));
  }

  /** When the first requests have been served. */
  private static double firstServed(List<RequestRow> served) {
    return 1.02 * served.stream().limit(FIRST).mapToDouble(RequestRow::released).max().orElse(1);
  }

  /** Each request takes the first free place of its server. */
  private static List<Bar> bars(List<RequestRow> rows, boolean bins, int servers) {
    List<List<Double>> free = new ArrayList<>();
    IntStream.range(0, servers).forEach(server -> free.add(new ArrayList<>()));
    List<Bar> bars = new ArrayList<>();
    int most = 0;
    for (RequestRow row : rows) {
      List<Double> places = free.get(row.server());
      int lane = 0;
      while (lane < places.size() && places.get(lane) > row.start()) {
        lane++;
      }
      if (lane == places.size()) {
        places.add(row.released());
      } else {
        places.set(lane, row.released());
      }
      most = Math.max(most, lane + 1);
      bars.add(
          new Bar(
              row.server(),
              lane,
              row.start(),
              row.done(),
              row.released(),
              Long.toString(row.id()),
              bins ? BRIGHTNESS.get(row.bin() % BRIGHTNESS.size()) : 0));
    }
    if (most * servers > MOST_PLACES) {
      throw new BadInputException(
          servers
              + " servers with up to "
              + most
              + " requests at once have more places than the "
              + MOST_PLACES
              + " that a chart can show: --set fewer servers or a smaller batchSize, or draw fewer"
              + " --seconds");
    }
    return bars;
  }
}
