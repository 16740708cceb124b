package io.github.batchq.cli;

import io.github.batchq.file.data.ConfusionFile;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Law;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BoundariesUnderErrors;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.PredictionErrors;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.Throughput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code batchq theory errors}: what prediction errors cost. */
@Command(
    name = "errors",
    mixinStandardHelpOptions = true,
    description =
        "Capacity of full batches in predicted bins, one row per number of bins and error "
            + "model: accuracy (share of requests in their true bin), mean service time of a batch "
            + "[s], capacity [req/s], and its regrets [req/s]: what the same bins without errors "
            + "(regret.oracle) and one bin (regret.none, negative where bins help in spite of their "
            + "errors) would carry more.",
    footerHeading = "%nExample:%n",
    footer = "  batchq theory errors --law 'uniform(1,20)' --batch-size 128 --bins 2")
final class TheoryErrorsCommand implements Callable<Integer> {
  private static final String RATES = "0..0.5";
  private static final String BEST = "best";

  @Mixin private BatchOptions options;

  @Mixin private TableOptions table;

  @Option(
      names = "--bins",
      paramLabel = "K",
      description =
          "numbers of bins, such as 4, 2,4,8 or 1..5 (default: 2,4,8, or what matrices and a list of"
              + " boundaries say)")
  private @Nullable String bins;

  @Option(
      names = "--boundaries",
      paramLabel = "RULE",
      description =
          "a rule of batchq list, a list such as 5,10, or best: what a search finds for these errors"
              + " (default: ${DEFAULT-VALUE})")
  private String boundaries = "equal-mass";

  @Option(
      names = "--error-rates",
      paramLabel = "RATES",
      description =
          "probabilities that a bin is taken for a neighbour, for each neighbour, such as 0.1,"
              + " 0,0.1,0.5 or 0..0.5 (default: 0..0.5, or nothing if there is a matrix)")
  private @Nullable String errorRates;

  @Option(
      names = "--step",
      paramLabel = "STEP",
      description = "step of a range of error rates (default: ${DEFAULT-VALUE})")
  private String step = "0.05";

  @Option(
      names = "--matrix",
      paramLabel = "FILE",
      description =
          "CSV file of a confusion matrix, rows true, columns predicted, or"
              + " resource:confusion-lmsys-k4.csv (k2, k8); may be repeated")
  private List<String> matrices = new ArrayList<>();

  @Override
  public Integer call() {
    Law law = options.law();
    table.print(
        new ResultTable(
            List.of(
                "bins",
                "errors",
                "accuracy",
                "service.mean",
                "throughput",
                "regret.oracle",
                "regret.none",
                "boundaries",
                "kind",
                "source"),
            TheoryComputation.of("errors", progress -> rows(law, progress))));
    return 0;
  }

  private List<List<String>> rows(Law law, ProgressLine progress) {
    List<List<String>> rows = new ArrayList<>();
    List<Double> rates =
        errorRates == null && !matrices.isEmpty()
            ? List.of()
            : NumberRange.parse("--error-rates", errorRates == null ? RATES : errorRates, step);
    List<Integer> numbers = rates.isEmpty() ? List.of() : binNumbers();
    int all = rates.size() * numbers.size() + matrices.size();
    for (int k : numbers) {
      BatchSystem placed = boundaries.equals(BEST) ? null : oracle(law, k);
      for (double rate : rates) {
        ConfusionMatrix errors = ConfusionMatrix.symmetric(k, rate);
        BatchSystem oracle = placed == null ? best(law, errors) : placed;
        rows.add(row(oracle, errors, ResultTable.cell(rate)));
        progress.computed(rows.size(), all);
      }
    }
    for (String name : matrices) {
      ConfusionMatrix matrix = matrix(name);
      BatchSystem oracle = boundaries.equals(BEST) ? best(law, matrix) : oracle(law, matrix.bins());
      rows.add(row(oracle, matrix, name));
      progress.computed(rows.size(), all);
    }
    return rows;
  }

  private ConfusionMatrix matrix(String name) {
    ConfusionMatrix matrix = ConfusionFile.read(DataFile.of(name, Path.of("")));
    boolean free = bins == null && !BoundariesArgument.isList(boundaries);
    if (!free && !binNumbers().contains(matrix.bins())) {
      throw new BadInputException(
          "--matrix "
              + name
              + " is of "
              + matrix.bins()
              + " bins, found "
              + (bins == null ? "--boundaries " + boundaries : "--bins " + bins));
    }
    return matrix;
  }

  private List<Integer> binNumbers() {
    if (!BoundariesArgument.isList(boundaries)) {
      return NumberRange.bins(bins == null ? "2,4,8" : bins);
    }
    List<Integer> listed = List.of(BoundariesArgument.listed(boundaries).bins());
    if (bins != null && !NumberRange.bins(bins).equals(listed)) {
      throw new BadInputException(
          "--boundaries " + boundaries + " makes " + listed.get(0) + " bins, found --bins " + bins);
    }
    return listed;
  }

  /** The bins that a search finds for these errors. */
  private BatchSystem best(Law law, ConfusionMatrix errors) {
    return new BatchSystem(
        law,
        BoundariesUnderErrors.best(law, errors, options.batchSize()),
        options.batchSize(),
        options.service(),
        options.servers());
  }

  private BatchSystem oracle(Law law, int k) {
    BinBoundaries evaluated =
        BoundariesArgument.isList(boundaries)
            ? BoundariesArgument.listed(boundaries)
            : BoundaryRules.named(boundaries).boundaries(law, k, options.batchSize());
    return new BatchSystem(
        law, evaluated, options.batchSize(), options.service(), options.servers());
  }

  private List<String> row(BatchSystem oracle, ConfusionMatrix confusion, String errors) {
    BatchSystem system = oracle.withErrors(confusion);
    TheoryResult capacity = Throughput.capacity(system);
    BatchSystem one =
        new BatchSystem(
            system.law(),
            BinBoundaries.none(),
            system.batchSize(),
            system.service(),
            system.servers());
    return List.of(
        Integer.toString(confusion.bins()),
        errors,
        ResultTable.cell(PredictionErrors.accuracy(system.law(), system.boundaries(), confusion)),
        ResultTable.cell(system.meanBatchSeconds()),
        ResultTable.cell(capacity.value()),
        ResultTable.cell(Throughput.capacity(oracle).value() - capacity.value()),
        ResultTable.cell(Throughput.capacity(one).value() - capacity.value()),
        system.boundaries().toString(),
        capacity.kind(),
        "Prop. 4.1, eq. (2) over predicted bins"
            + (boundaries.equals(BEST) ? ", boundaries by search" : ""));
  }
}
