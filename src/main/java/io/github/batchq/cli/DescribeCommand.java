package io.github.batchq.cli;

import io.github.batchq.file.TraceChoice;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.TableFormat;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.TraceStatistics;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code batchq describe}: what a trace is. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description =
        "Say what a trace is: its requests, gaps, lengths and prompts, and how bursty its arrivals are.",
    footerHeading = "%nExample:%n",
    footer = "  batchq describe resource:sample-azure.csv")
final class DescribeCommand implements Callable<Integer> {
  private static final String TOO_SHORT =
      "No index of dispersion: the trace is shorter than 30 of its mean gaps.";

  private static final String NO_TIMES = "The trace tells no arrival times.";

  @Mixin private TraceOptions options;

  @Mixin private TableOptions table;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    TraceChoice choice = options.choice();
    Trace trace = options.read(choice);
    options.announce(choice);
    TraceStatistics statistics = new TraceStatistics(trace);
    boolean forReaders = table.format == TableFormat.TABLE;
    PrintWriter console = spec.commandLine().getOut();
    if (forReaders) {
      console.println(trace.name());
      console.println();
    }
    table.print(items(statistics));
    if (forReaders) {
      console.println();
      ResultTable dispersions = dispersions(statistics);
      table.print(dispersions, noIndex(trace));
      if (!dispersions.rows().isEmpty()) {
        console.println();
        console.println(
            "index: variance of the arrivals in a window over their mean; 1 for Poisson arrivals,"
                + " more for bursts,");
        console.println("growing with the window where bursts last longer than it.");
      }
      console.flush();
    }
    return 0;
  }

  /** The sentence that says why a trace has no index of dispersion. */
  static String noIndex(Trace trace) {
    return trace.hasArrivalTimes() ? TOO_SHORT : NO_TIMES;
  }

  private static ResultTable items(TraceStatistics statistics) {
    return new ResultTable(
        List.of("of", "what", "value", "unit"),
        statistics.items().stream()
            .map(
                item ->
                    List.of(item.of(), item.name(), ResultTable.cell(item.value()), item.unit()))
            .toList());
  }

  /** The index of dispersion of the arrivals, by window. */
  static ResultTable dispersions(TraceStatistics statistics) {
    return new ResultTable(
        List.of("window [s]", "windows", "index of dispersion", "busiest [req/s]"),
        statistics.dispersions().stream()
            .map(
                window ->
                    List.of(
                        ResultTable.cell(window.seconds()),
                        Integer.toString(window.windows()),
                        ResultTable.cell(window.index()),
                        ResultTable.cell(window.most())))
            .toList());
  }
}
