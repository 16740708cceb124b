package io.github.batchq.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.metric.Direction;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.SummaryColumns;
import io.github.batchq.report.page.PageInput;
import io.github.batchq.report.page.ReportPage;
import io.github.batchq.report.page.SummaryAxes;
import io.github.batchq.results.PointCommand;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.results.StoredFolder;
import io.github.batchq.results.StoredResults;
import io.github.batchq.study.BestValues;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code batchq report}: one page of HTML from a results folder alone. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Make one self-contained page of HTML from a results folder alone, to be read offline and "
            + "sent to others: the question in words, the answer, interactive charts, the tables, "
            + "the manifest, and the command that makes each point again.",
    footerHeading = "%nExample:%n",
    footer = "  batchq report results/quickstart --out quickstart.html")
final class ReportCommand implements Callable<Integer> {
  /** In this many metrics the page says who is best. */
  private static final int METRICS = 3;

  private static final double CONFIDENCE = 0.95;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "results folder, such as results/quickstart")
  private Path folder;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "file to write (default: DIR/report.html)")
  private @Nullable Path out;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "heading of the page (default: that of the experiment)")
  private @Nullable String title;

  @Option(
      names = "--spec",
      paramLabel = "DIR",
      description =
          "write the Vega-Lite specification of each chart to DIR too, as JSON that Altair and"
              + " Jupyter open (default: none)")
  private @Nullable Path specifications;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    StoredFolder stored = StoredFolder.of(folder);
    Path file = out == null ? folder.resolve("report.html") : out;
    if (specifications != null) {
      ResultFolder.check(specifications);
    }
    PageFile target = PageFile.of(file, stored.inputs());
    ReportPage page = new ReportPage(input(stored));
    String html = page.html(title);
    target.write(html);
    PrintWriter console = spec.commandLine().getOut();
    console.println(file + ": " + page.specifications().size() + " charts, " + size(html));
    if (specifications != null) {
      Map<String, byte[]> files = new LinkedHashMap<>();
      page.specifications()
          .forEach(
              (name, chart) ->
                  files.put(
                      name + ".vl.json",
                      (chart.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8)));
      ResultFolder.write(specifications, files);
      console.println(specifications + ": " + String.join(", ", files.keySet()));
    }
    console.flush();
    return 0;
  }

  private static String size(String html) {
    return html.getBytes(StandardCharsets.UTF_8).length / 1000 + " kB";
  }

  private PageInput input(StoredFolder stored) {
    ResultTable summary =
        stored.manifest().has("experiment") ? stored.tables().get(StoredResults.SUMMARY) : null;
    List<ChartSpec> charts =
        summary == null || stored.manifest().at("/experiment/charts").isEmpty()
            ? List.of()
            : StoredResults.of(folder).charts();
    return new PageInput(
        String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
        stored.manifest(),
        stored.tables(),
        stored.texts(),
        charts,
        summary == null ? Map.of() : contests(summary, charts),
        summary == null ? null : repeat(stored.manifest(), summary),
        Metric::unitOf);
  }

  /** Who is best in the first metrics of which more or less is better. */
  private Map<String, ResultTable> contests(ResultTable summary, List<ChartSpec> charts) {
    // Runs that are missing or were changed are refused here, and not taken for too few below.
    StoredResults.of(folder).replications();
    SummaryAxes axes = SummaryAxes.of(summary, charts).get(0);
    Map<String, ResultTable> contests = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(charts.stream().map(ChartSpec::y).toList());
    names.addAll(SummaryColumns.of(summary).metrics());
    String over = axes.competing();
    if (over.isEmpty()) {
      return contests;
    }
    names.stream()
        .distinct()
        .filter(Metric::isNamed)
        .map(Metric::named)
        .filter(metric -> metric.direction() != Direction.NEITHER)
        .limit(METRICS)
        // Below their capacity all have the throughput that arrives.
        .sorted(Comparator.comparing(Metric.THROUGHPUT::equals))
        .forEach(
            metric -> {
              try {
                contests.put(
                    metric.id(), new BestValues(over, metric, CONFIDENCE, List.of()).find(folder));
              } catch (BadInputException e) {
                // One run of a point, or finite runs beside steady ones; the page says so.
                contests.put(metric.id(), new ResultTable(List.of(), List.of()));
              }
            });
    return contests;
  }

  private static PageInput.@Nullable Repeat repeat(ObjectNode manifest, ResultTable summary) {
    return PointCommand.of(manifest)
        .map(
            command ->
                new PageInput.Repeat(
                    command.file(),
                    IntStream.range(0, summary.rows().size()).mapToObj(command::of).toList()))
        .orElse(null);
  }
}
