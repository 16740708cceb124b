package io.github.batchq.cli;

import io.github.batchq.file.TraceChoice;
import io.github.batchq.metric.Estimate;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.report.CurveChart;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.study.BatchCost;
import io.github.batchq.study.GroupingStudy;
import io.github.batchq.workload.Trace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code batchq group}: what sorting windows, bins and token budgets are worth on known lengths.
 */
@Command(
    name = "group",
    mixinStandardHelpOptions = true,
    description =
        "What sorted windows, bins and token budgets are worth on known lengths, for offline batches"
            + " and encoder servers: requests per second of one busy server over those of the order"
            + " of arrival, with 95 %% intervals by batch means of 20 sections, beside the theory of"
            + " independent lengths, and the smallest window and numbers of bins that gain 90 %% of"
            + " the most that sorting can gain.",
    footerHeading = "%nExample:%n",
    footer = "  batchq group 'uniform(1,20)' --batch-size 8")
final class GroupCommand implements Callable<Integer> {
  /** Lengths that are drawn from a law. */
  private static final int DRAWS = 100_000;

  private enum Column {
    TOKENS,
    PROMPTS
  }

  @Parameters(
      index = "0",
      paramLabel = "LENGTHS",
      description =
          "file of lengths in any format that batchq describe reads, in the order of arrival, or a"
              + " law as a call, of which 100,000 lengths are drawn")
  private String lengths;

  @Option(
      names = "--batch-size",
      required = true,
      paramLabel = "B",
      description = "requests of a batch, at least 1")
  private int batchSize;

  @Option(
      names = "--of",
      paramLabel = "COLUMN",
      description =
          "which lengths of a file: ${COMPLETION-CANDIDATES}; tokens are the generated ones or the"
              + " service times (default: ${DEFAULT-VALUE})")
  private Column of = Column.TOKENS;

  @Option(
      names = "--cost",
      paramLabel = "COST",
      description =
          "what the time of a batch is proportional to: LONGEST, its longest request, or TOKENS, size"
              + " times longest request, which differs for budgets alone (default: ${DEFAULT-VALUE})")
  private BatchCost cost = BatchCost.LONGEST;

  @Option(
      names = "--budget",
      paramLabel = "M",
      description =
          "most padded tokens of a batch, size times longest request (default: B times the mean"
              + " length, or the longest length where that is more)")
  private @Nullable Double budget;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "seed of the lengths that are drawn from a law (default: 1)")
  private @Nullable Long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for group.csv and the chart: gain by size of windows and bins")
  private @Nullable Path out;

  @Mixin private TraceLayoutOptions layout;

  @Mixin private TableOptions table;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Require.INPUT.atLeast("--batch-size", batchSize, 1);
    if (budget != null) {
      Require.INPUT.positiveFinite("--budget", budget);
    }
    try (ResultFolder folder = ResultFolder.openIfNamed(out)) {
      boolean isLaw = lengths.contains("(") && !Files.exists(Path.of(lengths));
      Law drawnFrom = isLaw ? LawOption.read(lengths, spec) : null;
      double[] values = drawnFrom == null ? read() : draw(drawnFrom);
      GroupingStudy study = study(values, drawnFrom == null ? Empirical.of(values) : drawnFrom);
      ResultTable result = result(study);
      if (table.isForPeople()) {
        table.say(answer(study));
        table.say("");
      }
      table.print(result);
      if (folder != null) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("group.csv", result.toCsv().getBytes(StandardCharsets.UTF_8));
        files.putAll(chart(study).files());
        folder.write(files);
      }
    }
    return 0;
  }

  private double[] read() {
    if (seed != null) {
      throw new BadInputException("--seed is for laws; a file is read as it is");
    }
    TraceChoice choice = layout.choice(lengths, Map.of());
    Trace trace = layout.read(choice, null, null);
    layout.announce(choice);
    return IntStream.range(0, trace.size())
        .mapToDouble(i -> of == Column.TOKENS ? trace.length(i) : trace.promptTokens(i))
        .toArray();
  }

  private double[] draw(Law law) {
    if (of == Column.PROMPTS) {
      throw new BadInputException("--of prompts needs a file; a law has one kind of lengths");
    }
    double[] values = new double[DRAWS];
    law.sampler(new RandomStreams(seed == null ? 1 : seed, 1).stream(0, StreamName.SERVICE))
        .fill(values, DRAWS);
    return values;
  }

  private GroupingStudy study(double[] values, Law law) {
    if (batchSize > values.length) {
      throw new BadInputException(
          "--batch-size must be at most the number of requests, "
              + values.length
              + ", found "
              + batchSize);
    }
    double longest = Arrays.stream(values).max().orElseThrow();
    if (longest == 0) {
      throw new BadInputException(
          lengths
              + ": all lengths are 0"
              + (of == Column.PROMPTS ? "; does the file tell prompts?" : ""));
    }
    if (budget != null && budget < longest) {
      throw new BadInputException(
          "--budget must be at least the longest length, " + longest + ", found " + budget);
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double most = budget == null ? Math.max(longest, Math.ceil(batchSize * mean)) : budget;
    return BadInputException.naming(
        "group", () -> GroupingStudy.of(values, law, batchSize, cost, most));
  }

  private static ResultTable result(GroupingStudy study) {
    return new ResultTable(
        List.of("grouping", "size", "gain", "low", "high", "theory", "padding", "batches"),
        study.rows().stream()
            .map(
                row -> {
                  Estimate gain = row.measured().gain();
                  return List.of(
                      row.grouping(),
                      Integer.toString(row.size()),
                      ResultTable.cell(gain.mean()),
                      ResultTable.cell(gain.mean() - gain.halfWidth()),
                      ResultTable.cell(gain.mean() + gain.halfWidth()),
                      ResultTable.cell(row.theory()),
                      ResultTable.cell(row.measured().padding()),
                      Long.toString(row.measured().batches()));
                })
            .toList());
  }

  /** The answer in one sentence. */
  private String answer(GroupingStudy study) {
    double most = study.limit().measured().gain().mean();
    List<GroupingStudy.Row> enough = study.smallestThatAreEnough();
    if (enough.isEmpty()) {
      return "Sorting gains nothing: batches of " + batchSize + " have no padding to lose.";
    }
    List<String> parts = new ArrayList<>();
    for (GroupingStudy.Row row : enough) {
      parts.add(
          row.grouping().equals("window")
              ? "windows of " + row.size() + " batches of " + batchSize + " serve " + times(row)
              : row.size() + row.grouping().substring("bins".length()) + " bins " + times(row));
    }
    return "The smallest that gain 90 % of the most that sorting can, which is "
        + String.format(Locale.ROOT, "%.3f", most)
        + " times what the order of arrival serves: "
        + String.join("; ", parts)
        + ". The time of a batch is proportional to "
        + (cost == BatchCost.LONGEST ? "its longest request." : "its size times longest request.");
  }

  private static String times(GroupingStudy.Row row) {
    Estimate gain = row.measured().gain();
    return String.format(Locale.ROOT, "%.3f", gain.mean())
        + (Double.isNaN(gain.halfWidth())
            ? " times"
            : String.format(
                Locale.ROOT,
                " [%.3f, %.3f] times",
                gain.mean() - gain.halfWidth(),
                gain.mean() + gain.halfWidth()));
  }

  private static CurveChart chart(GroupingStudy study) {
    Map<String, List<CurveChart.CurvePoint>> curves = new LinkedHashMap<>();
    for (GroupingStudy.Row row : study.rows()) {
      if (row.hasLimit()) {
        Estimate gain = row.measured().gain();
        curves
            .computeIfAbsent(row.grouping(), kind -> new ArrayList<>())
            .add(
                new CurveChart.CurvePoint(
                    Math.log(row.size()) / Math.log(2),
                    gain.mean(),
                    gain.mean() - gain.halfWidth(),
                    gain.mean() + gain.halfWidth()));
      }
    }
    double most = study.limit().measured().gain().mean();
    double right = Math.log(study.limit().size()) / Math.log(2);
    curves.put(
        "limit",
        List.of(
            new CurveChart.CurvePoint(0, most, Double.NaN, Double.NaN),
            new CurveChart.CurvePoint(right, most, Double.NaN, Double.NaN)));
    return new CurveChart(
        "group",
        "log2 of the batches in a window, or of the bins",
        "gain over the order of arrival",
        false,
        "bands: 95 % intervals",
        curves.entrySet().stream()
            .map(curve -> new CurveChart.Curve(curve.getKey(), curve.getValue()))
            .toList());
  }
}
