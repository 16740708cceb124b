package io.github.batchq.cli;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Law;
import io.github.batchq.theory.DensityConstant;
import io.github.batchq.theory.ExponentialBins;
import io.github.batchq.theory.LossBounds;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code batchq theory bounds}: what can be said of the loss of k bins without computing it. */
@Command(
    name = "bounds",
    mixinStandardHelpOptions = true,
    description =
        "Bounds and many-bin limits of the loss E_k - E[l] of k bins, in the unit of the "
            + "lengths, and the ceiling of the gain c_max / c_1 for laws between the same shortest "
            + "and longest length.",
    footerHeading = "%nExample:%n",
    footer = "  batchq theory bounds --law 'uniform(1,20)' --batch-size 8 --bins 4")
final class TheoryBoundsCommand implements Callable<Integer> {
  @Mixin private BatchOptions options;

  @Mixin private TableOptions table;

  @Option(names = "--bins", required = true, paramLabel = "K", description = "number of bins")
  private int bins;

  @Override
  public Integer call() {
    Law law = options.law();
    int batchSize = options.batchSize();
    Require.INPUT.between("--bins", bins, 1, BinBoundaries.MOST_BINS);
    table.print(TheoryComputation.ofOneSystem("bounds", () -> rows(law, batchSize)));
    return 0;
  }

  private ResultTable rows(Law law, int batchSize) {
    TheoryTable rows = new TheoryTable();
    rows.add("loss, equal mass, itself", LossBounds.ofEqualMass(law, bins, batchSize));
    rows.add("loss of any bins", LossBounds.anyBins(law, bins, batchSize));
    rows.add("loss, equal width (mass: no atoms)", LossBounds.anyLaw(law, bins, batchSize));
    rows.add("loss, equal mass", LossBounds.equalMass(law, bins, batchSize));
    rows.add("loss, equal mass or width", LossBounds.equalBinsLimit(law, bins, batchSize));
    rows.add("loss, optimal or sqrt-density", LossBounds.optimalLimit(law, bins, batchSize));
    rows.add("density constant S", DensityConstant.of(law));
    if (law.exponentialRate().isPresent()) {
      rows.add("E_k, exponential", ExponentialBins.meanBatchLength(law, bins, batchSize));
    }
    double ratio = law.lower() > 0 ? law.upper() / law.lower() : Double.POSITIVE_INFINITY;
    rows.add("gain c_max / c_1", LossBounds.gainCeiling(ratio, batchSize));
    return rows.toResultTable();
  }
}
