package io.github.batchq.cli;

import io.github.batchq.experiment.Catalogue;
import io.github.batchq.experiment.LawCall;
import io.github.batchq.experiment.ResultTable;
import io.github.batchq.metric.Metric;
import io.github.batchq.report.TableFormat;
import io.github.batchq.theory.BoundaryRule;
import io.github.batchq.theory.BoundaryRules;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code batchq list}: everything that an experiment file may name, one line each. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Show policies, laws, arrival processes, trace formats, predictors, boundaries and metrics.")
final class ListCommand implements Callable<Integer> {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "how to print the table: ${COMPLETION-CANDIDATES} (default: table)")
  private TableFormat format = TableFormat.TABLE;

  @Spec private CommandSpec spec;

  /** picocli fills the fields. */
  @SuppressWarnings("NullAway.Init")
  ListCommand() {}

  @Override
  public Integer call() {
    List<List<String>> rows = new ArrayList<>();
    for (Catalogue<?> catalogue : Catalogue.ALL) {
      for (Catalogue.Kind<?> kind : catalogue.kinds()) {
        String keys =
            catalogue.equals(Catalogue.LAWS) ? LawCall.form(kind) : String.join(", ", kind.keys());
        rows.add(List.of(catalogue.what(), kind.name(), keys, kind.description()));
      }
    }
    for (BoundaryRule rule : BoundaryRules.all()) {
      rows.add(List.of("boundaries", rule.name(), "", rule.description()));
    }
    for (Metric metric : Metric.ALL) {
      rows.add(List.of("metric", metric.id(), metric.unit(), metric.description()));
    }
    PrintWriter console = spec.commandLine().getOut();
    console.print(
        format.render(
            new ResultTable(List.of("what", "name", "keys or unit", "description"), rows)));
    console.flush();
    return 0;
  }
}
