package io.github.batchq.cli;

import io.github.batchq.file.Catalogue;
import io.github.batchq.file.CoefficientPack;
import io.github.batchq.file.LawCall;
import io.github.batchq.file.trace.TraceFormat;
import io.github.batchq.file.trace.TraceFormats;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NearestName;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Generator;
import io.github.batchq.theory.BoundaryRule;
import io.github.batchq.theory.BoundaryRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code batchq list}: everything that an experiment file may name, one line each. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Show policies, laws, service models, coefficient packs, arrival processes, trace formats, predictors, boundaries, generators and metrics.",
    footerHeading = "%nExample:%n",
    footer = "  batchq list --format csv")
final class ListCommand implements Callable<Integer> {
  /** What the words are for in the first column. */
  private static final Map<String, String> SORTS =
      Map.ofEntries(
          Map.entry("policies", "policy"),
          Map.entry("laws", "law"),
          Map.entry("services", "service model"),
          Map.entry("packs", "coefficient pack"),
          Map.entry("arrivals", "arrival process"),
          Map.entry("formats", "trace format"),
          Map.entry("predictors", "predictor"),
          Map.entry("boundaries", "boundaries"),
          Map.entry("generators", "generator"),
          Map.entry("metrics", "metric"));

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SORT",
      description =
          "only policies, laws, services, packs, arrivals, formats, predictors, boundaries,"
              + " generators or metrics")
  private @Nullable String sort;

  @Mixin private TableOptions table;

  @Override
  public Integer call() {
    if (sort != null && !SORTS.containsKey(sort)) {
      throw new BadInputException(
          "there is no list of '"
              + sort
              + "'; "
              + NearestName.hint(sort, new TreeSet<>(SORTS.keySet())));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Catalogue<?> catalogue : Catalogue.ALL) {
      for (Catalogue.Kind<?> kind : catalogue.kinds()) {
        rows.add(List.of(catalogue.what(), kind.name(), keys(catalogue, kind), kind.description()));
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
    for (List<String> family : Metric.families()) {
      rows.add(List.of("metric", family.get(0), family.get(1), family.get(2)));
    }
    if (sort != null) {
      rows.removeIf(row -> !row.get(0).equals(SORTS.get(sort)));
    }
    table.printWords(new ResultTable(List.of("what", "name", "keys or unit", "description"), rows));
    return 0;
  }

  private static String keys(Catalogue<?> catalogue, Catalogue.Kind<?> kind) {
    if (catalogue.equals(Catalogue.LAWS)) {
      return LawCall.form(kind);
    }
    return TraceFormats.named(kind.name())
        .filter(format -> catalogue.equals(Catalogue.TRACES) && !format.byColumn())
        .map(TraceFormat::columnWords)
        .orElseGet(() -> String.join(", ", kind.keys()));
  }
}
