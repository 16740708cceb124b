package io.github.batchq.cli;

import io.github.batchq.file.Catalogue;
import io.github.batchq.file.CoefficientPack;
import io.github.batchq.file.LawCall;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Generator;
import io.github.batchq.theory.BoundaryRule;
import io.github.batchq.theory.BoundaryRules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code batchq list}: everything that an experiment file may name, one line each. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Show policies, laws, service models, coefficient packs, arrival processes, trace formats, predictors, boundaries, generators and metrics.",
    footerHeading = "%nExample:%n",
    footer = "  batchq list --format csv")
final class ListCommand implements Callable<Integer> {
  @Mixin private TableOptions table;

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
    for (CoefficientPack pack : CoefficientPack.all()) {
      rows.add(
          List.of(
              "coefficient pack",
              pack.name(),
              pack.range(),
              pack.llm()
                  + " on "
                  + pack.gpu()
                  + ", "
                  + pack.software()
                  + "; "
                  + pack.contains()
                  + ": "
                  + pack.reference()));
    }
    for (BoundaryRule rule : BoundaryRules.all()) {
      rows.add(List.of("boundaries", rule.name(), "", rule.description()));
    }
    for (Generator generator : Generator.values()) {
      rows.add(List.of("generator", generator.id(), "", generator.description()));
    }
    for (Metric metric : Metric.ALL) {
      rows.add(List.of("metric", metric.id(), metric.unit(), metric.description()));
    }
    table.printWords(new ResultTable(List.of("what", "name", "keys or unit", "description"), rows));
    return 0;
  }
}
