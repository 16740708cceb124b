package io.github.batchq.cli;

import io.github.batchq.file.TraceChoice;
import io.github.batchq.model.Require;
import io.github.batchq.report.LawCharts;
import io.github.batchq.report.TableFormat;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.study.WorkloadFit;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.TraceStatistics;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code batchq fit workload}: laws of a trace's gaps, lengths and prompts. */
@Command(
    name = "workload",
    mixinStandardHelpOptions = true,
    description =
        "Fit laws to the gaps, lengths and prompts of a trace by maximum likelihood, ranked "
            + "by AIC, with the tests of Kolmogorov and Smirnov (D) and of Anderson and Darling "
            + "(A^2), find the arrival process that has its rate and its index of dispersion, and "
            + "write an experiment file that is ready to run.",
    footerHeading = "%nExample:%n",
    footer = "  batchq fit workload resource:sample-azure.csv --out results/fitted")
final class FitWorkloadCommand implements Callable<Integer> {
  private static final int MOST_SAMPLES = 1_000_000;

  @Mixin private TraceOptions options;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      description =
          "also find the probabilities of a larger D and A^2 by N samples of each fitted law, to"
              + " which it is fitted again (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "seed of these samples and of what is simulated to find the process (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Mixin private ServingOptions serving;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "folder for experiment.yaml, fits.csv, dispersion.csv, arrivals.csv and the charts (default:"
              + " none)")
  private @Nullable Path out;

  @Mixin private TableOptions table;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    check();
    try (ResultFolder folder = ResultFolder.openIfNamed(out)) {
      if (folder != null) {
        folder.protect(List.of(options.path()));
      }
      fit(folder);
    }
    return 0;
  }

  private void fit(@Nullable ResultFolder folder) {
    TraceChoice choice = options.choice();
    Trace trace = options.read(choice);
    WorkloadFit fit = new WorkloadFit(trace, seed);
    options.announce(choice);
    var fits = fit.table(samples, seed);
    var agreements = fit.agreements();
    var dispersions = DescribeCommand.dispersions(new TraceStatistics(trace));
    String experiment =
        fit.experiment(
            choice,
            out == null ? Path.of("") : out,
            Arrays.asList(options.from, options.to),
            serving.secondsPerToken,
            serving.batchSize);
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (folder != null) {
      files.put("experiment.yaml", experiment.getBytes(StandardCharsets.UTF_8));
      files.put("fits.csv", fits.toCsv().getBytes(StandardCharsets.UTF_8));
      files.put("dispersion.csv", dispersions.toCsv().getBytes(StandardCharsets.UTF_8));
      files.put("arrivals.csv", agreements.toCsv().getBytes(StandardCharsets.UTF_8));
      for (WorkloadFit.Part part : fit.parts()) {
        if (part.fits().isEmpty()) {
          continue;
        }
        files.putAll(new LawCharts(part.of(), part.unit(), part.values(), part.fits()).files());
      }
      folder.write(files);
    }
    table.print(fits);
    if (table.format == TableFormat.TABLE) {
      PrintWriter console = spec.commandLine().getOut();
      explain(console, fit);
      console.println();
      if (fit.arrivals().agreements().isEmpty()) {
        table.print(dispersions, DescribeCommand.noIndex(trace));
      } else {
        table.print(agreements);
      }
      console.println();
      console.println("arrivals, " + fit.arrivals().process() + ":");
      console.println(fit.arrivals().reason());
      console.println();
      console.print(out == null ? experiment : out + ": " + String.join(", ", files.keySet()));
      console.println();
      console.flush();
    }
  }

  private void check() {
    Require.INPUT.between("--bootstrap", samples, 0, MOST_SAMPLES);
    serving.check();
  }

  private static void explain(PrintWriter console, WorkloadFit fit) {
    console.println();
    fit.notes().forEach(console::println);
    console.println(
        "p at most: the probability of a larger D or A^2 if the law had been known beforehand; since"
            + " it was fitted");
    console.println("to the same values, the true one is smaller (--bootstrap N finds it).");
  }
}
