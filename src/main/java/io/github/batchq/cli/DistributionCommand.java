package io.github.batchq.cli;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.CurveChart;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.results.StoredTable;
import io.github.batchq.study.Distributions;
import io.github.batchq.study.RecordedRuns;
import io.github.batchq.study.RequestDuration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code batchq distribution}: draws how a time of requests is distributed. */
@Command(
    name = "distribution",
    mixinStandardHelpOptions = true,
    description =
        "Draw how a time of requests is distributed: its distribution function and tail with 95 %%"
            + " intervals over replications, its histogram, and its mean by length of request. FILE"
            + " is an experiment, whose runs are made for it, or a table that --requests-out wrote.",
    footerHeading = "%nExample:%n",
    footer = "  batchq distribution experiments/quickstart.yaml --point 1,4")
final class DistributionCommand implements Callable<Integer> {
  @Mixin private ExperimentOptions options;

  @Option(
      names = "--of",
      paramLabel = "TIME",
      description = "which time: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private RequestDuration of = RequestDuration.LATENCY;

  @Mixin private PointOptions chosen;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder of the charts (default: results/<name>-distribution)")
  private @Nullable Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String file = String.valueOf(options.file.getFileName());
    boolean isTable = file.endsWith(".csv") || file.endsWith(".csv.gz");
    if (isTable) {
      options.refuseFor("a table of requests, whose runs were made");
      chosen.refuseFor("a table of requests: all its points are drawn");
    }
    Experiment experiment = isTable ? null : options.read();
    String name = experiment == null ? file.substring(0, file.indexOf(".csv")) : experiment.name();
    Path folder = out == null ? Path.of("results", name + "-distribution") : out;
    ResultFolder.check(folder);
    RecordedRuns runs =
        experiment == null
            ? table()
            : RecordedRuns.of(experiment, chosen.points(experiment, 6), of);
    Map<String, byte[]> files = charts(runs.distributions(), runs.unitOfLengths());
    ResultFolder.write(folder, files);
    PrintWriter console = spec.commandLine().getOut();
    console.println(folder + ": " + String.join(", ", files.keySet()));
    console.flush();
    return 0;
  }

  private RecordedRuns table() {
    ResultTable table = StoredTable.read(options.file);
    try {
      return RecordedRuns.of(table, of);
    } catch (BadInputException e) {
      throw new BadInputException(options.file + ": " + e.getMessage(), e);
    }
  }

  private Map<String, byte[]> charts(Map<String, Distributions> points, String unitOfLengths) {
    String id = of.name().toLowerCase(Locale.ROOT);
    String unit = of == RequestDuration.TPOT ? " [s/token]" : " [s]";
    String time = of.label() + unit;
    boolean several = points.values().stream().anyMatch(Distributions::hasIntervals);
    String bands =
        several ? "lines: means over replications; bands: 95 % intervals" : "one replication";
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.putAll(
        new CurveChart(
                id + "-cdf",
                time,
                "share of requests at most",
                false,
                bands,
                curves(points, Distributions::cdf))
            .files());
    files.putAll(
        new CurveChart(
                id + "-ccdf",
                time,
                "share of requests above",
                true,
                bands,
                curves(points, Distributions::ccdf))
            .files());
    files.putAll(
        new CurveChart(
                id + "-histogram",
                time,
                "density [1/s]",
                false,
                "bars of equal width, up to 99.5 % of the requests",
                curves(points, Distributions::histogram))
            .files());
    files.putAll(
        new CurveChart(
                id + "-by-length",
                "length of request [" + unitOfLengths + "]",
                "mean " + time,
                false,
                "means of twentieths by length" + (several ? "; bands: 95 % intervals" : ""),
                curves(points, Distributions::byLength))
            .files());
    return files;
  }

  private static List<CurveChart.Curve> curves(
      Map<String, Distributions> points, Function<Distributions, List<Distributions.At>> curve) {
    List<CurveChart.Curve> curves = new ArrayList<>();
    points.forEach(
        (label, distributions) ->
            curves.add(
                new CurveChart.Curve(
                    label,
                    curve.apply(distributions).stream()
                        .map(at -> new CurveChart.CurvePoint(at.x(), at.y(), at.low(), at.high()))
                        .toList())));
    return curves;
  }
}
