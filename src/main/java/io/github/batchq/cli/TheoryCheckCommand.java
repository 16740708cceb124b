package io.github.batchq.cli;

import io.github.batchq.evidence.statements.Check;
import io.github.batchq.evidence.statements.CheckRunner;
import io.github.batchq.evidence.statements.Checks;
import io.github.batchq.evidence.statements.TheoryReport;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.TableFormat;
import io.github.batchq.results.Manifest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code batchq theory check}: every statement of theory, put to the test. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Check every statement of theory: closed forms against quadrature and other "
            + "algorithms, bounds against random laws, formulas against simulation with intervals "
            + "(fixed seed), printed values of the paper against what is true. Exit status 1 if a "
            + "check fails.",
    footerHeading = "%nExample:%n",
    footer = "  batchq theory check --list")
final class TheoryCheckCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  private List<Check> catalogue = Checks.all();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ID",
      description = "check this statement alone; may be repeated (default: all of --list)")
  private List<String> only = new ArrayList<>();

  @Option(names = "--list", description = "list the statements and check nothing")
  private boolean list;

  @Option(names = "--threads", paramLabel = "T", description = "threads (default: all processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "also write the findings to this Markdown file")
  private @Nullable Path out;

  @Mixin private TableOptions table;

  @Spec private CommandSpec spec;

  /** Checks the statements of another catalogue, as a test does. */
  static TheoryCheckCommand over(List<Check> catalogue) {
    TheoryCheckCommand command = new TheoryCheckCommand();
    command.catalogue = catalogue;
    return command;
  }

  @Override
  public Integer call() throws InterruptedException {
    Require.INPUT.atLeast("--threads", threads, 1);
    List<Check> checks = Checks.named(catalogue, only);
    if (list) {
      table.print(
          new ResultTable(
              List.of("id", "statement", "source"),
              checks.stream()
                  .map(
                      check ->
                          List.of(
                              check.id(), check.statement().claim(), check.statement().source()))
                  .toList()));
      return 0;
    }
    PageFile file = out == null ? null : PageFile.of(out);
    TheoryReport report;
    try (ProgressLine progress = ProgressLine.onStandardError()) {
      report = new TheoryReport(CheckRunner.run(checks, threads, progress));
    }
    if (file != null) {
      file.write(report.markdown(command(), Manifest.version()));
    }
    PrintWriter console = spec.commandLine().getOut();
    if (table.format == TableFormat.TABLE) {
      console.print(report.text());
    } else if (table.format == TableFormat.MARKDOWN) {
      console.print(report.markdown(command(), Manifest.version()));
    } else {
      console.print(table.format.render(report.flat()));
    }
    console.flush();
    return report.holds() ? 0 : FAILED;
  }

  /** The command line without options that do not change the findings. */
  private String command() {
    StringBuilder command = new StringBuilder("batchq theory check");
    only.forEach(id -> command.append(" --only ").append(id));
    return command.append(out == null ? " --format markdown" : " --out " + out).toString();
  }
}
