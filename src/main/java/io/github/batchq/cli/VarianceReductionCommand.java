package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import io.github.batchq.results.Manifest;
import io.github.batchq.study.GainTables;
import io.github.batchq.study.VarianceReductionStudy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code batchq variance-reduction}: what each method gains, measured. */
@Command(
    name = "variance-reduction",
    mixinStandardHelpOptions = true,
    description =
        "Measure on the paper's systems what common random numbers, antithetic pairs, control "
            + "variates and Sobol points gain over plain sampling with as many runs, and where they "
            + "do harm.",
    footerHeading = "%nExample:%n",
    footer = "  batchq variance-reduction --replications 20 --out gains.md")
final class VarianceReductionCommand implements Callable<Integer> {
  private static final String HEAD =
      """
      A gain is the variance of plain sampling over that of the method with as many runs: so many times more runs would \
      plain sampling need for the same interval. In parentheses its 95 % interval (jackknife). A method helps or harms where \
      that interval lies above or below 1.

      Lengths U(1,20), equal-mass bins, Poisson arrivals, runs from empty to flush. Controls: the mean gap, the mean length, \
      and the mean latency without the wait for a server (formation and service), whose exact mean in a finite run is \
      theory's. Intervals of a throughput that is controlled by the gap are too narrow, so batchq uses controls for times \
      alone; the gains are shown all the same.

      """;

  @Option(
      names = "--replications",
      paramLabel = "N",
      description = "runs of each system, at least 60 (default: 400)")
  private @Nullable Integer replications;

  @Option(names = "--out", paramLabel = "FILE", description = "write the page to a file too")
  private @Nullable Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    VarianceReductionStudy standard = VarianceReductionStudy.DEFAULT;
    int runs = replications == null ? standard.replications() : replications;
    VarianceReductionStudy study =
        BadInputException.naming(
            "--replications",
            () -> new VarianceReductionStudy(standard.seed(), runs, standard.requests()));
    PageFile file = out == null ? null : PageFile.of(out);
    String page =
        "# What variance reduction gains\n\nMade by `batchq variance-reduction` with batchq "
            + Manifest.version()
            + ", seed "
            + study.seed()
            + ", "
            + study.replications()
            + " replications; do not edit.\n\n"
            + HEAD
            + new GainTables(study.run()).markdown();
    if (file != null) {
      file.write(page);
    }
    PrintWriter console = spec.commandLine().getOut();
    console.print(page);
    console.flush();
    return 0;
  }
}
