package io.github.batchq.cli;

import io.github.batchq.file.TraceChoice;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.TableFormat;
import io.github.batchq.study.ComparedRuns;
import io.github.batchq.study.Significance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code batchq significance}: whether a measured gain is real. */
@Command(
    name = "significance",
    mixinStandardHelpOptions = true,
    preprocessor = SignificanceCommand.TwoSides.class,
    description =
        "Say whether a measured gain is real: differences and ratios of means and quantiles of two "
            + "sides of result files or results folders, A... -- B..., with intervals that hold, a "
            + "verdict on B, and how much more must be measured where nothing can be told.",
    footerHeading = "%nExample:%n",
    footer = "  batchq significance before1.json before2.json -- after1.json after2.json")
final class SignificanceCommand implements Callable<Integer> {
  private static final String SIDES = "batchq significance A... -- B...";

  @Parameters(
      arity = "0..*",
      paramLabel = "A",
      description =
          "result files with times of requests, or results folders of batchq run: one run, or"
              + " several of the same system")
  private List<String> first = List.of();

  @Option(
      names = "--against",
      arity = "1..*",
      paramLabel = "B",
      description = "those of the system that is compared with A; another way to write -- B...")
  private List<String> second = List.of();

  @Option(
      names = "--metric",
      split = ",",
      paramLabel = "METRIC",
      description =
          "metrics to compare; the mean or any quantile, as in ttft.mean or tpot.p99.9, of ttft,"
              + " tpot, latency and service of measured files (default: what both sides tell)")
  private List<String> metrics = List.of();

  @Option(
      names = "--paired",
      description =
          "run i of A and run i of B met the same requests, in the order in which they are named")
  private boolean paired;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "leave out the first N requests of each file (default: ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(
      names = "--confidence",
      paramLabel = "P",
      description = "of each interval by itself (default: ${DEFAULT-VALUE})")
  private double confidence = 0.95;

  @Mixin private TraceFormatOptions formats;

  @Mixin private TableOptions table;

  @Override
  public Integer call() {
    if (!(confidence > 0.5 && confidence < 1)) {
      throw new BadInputException("--confidence must be between 0.5 and 1, found " + confidence);
    }
    Require.INPUT.atLeast("--warm-up", warmUp, 0);
    if (first.isEmpty() || second.isEmpty()) {
      throw new BadInputException(
          "two sides are compared, as in "
              + SIDES
              + ", found none on side "
              + (first.isEmpty() ? "A" : "B"));
    }
    if (warmUp > 0 && Stream.of(first, second).flatMap(List::stream).allMatch(this::isFolder)) {
      throw new BadInputException(
          "--warm-up leaves out requests of measured files; runs of a results folder have the"
              + " warmUp of their experiment");
    }
    ResultTable found =
        new Significance(read(first), read(second), metrics, paired, confidence).table();
    table.print(found);
    if (table.format == TableFormat.TABLE) {
      explain(found);
    }
    return 0;
  }

  private boolean isFolder(String file) {
    return Files.isDirectory(Path.of(file));
  }

  private ComparedRuns read(List<String> side) {
    List<ComparedRuns> runs = new ArrayList<>();
    for (String file : side) {
      if (isFolder(file)) {
        runs.add(ComparedRuns.of(Path.of(file)));
      } else {
        TraceChoice choice = formats.choice(file);
        runs.add(ComparedRuns.of(formats.read(choice, null, null), warmUp));
        formats.announce(choice);
      }
    }
    return ComparedRuns.together(runs);
  }

  private void explain(ResultTable found) {
    table.say("");
    table.say(
        "difference: B - A, from low to high; ratio: B / A. Each interval has "
            + ResultTable.cell(confidence)
            + " by itself, so of many rows without any true difference some are told apart.");
    if (has(found, "over", "pairs of runs")) {
      table.say("pairs of runs: the t-interval of the differences of runs with the same requests.");
    }
    if (has(found, "over", "runs")) {
      table.say("runs: each is one observation (Welch).");
    }
    if (has(found, "over", "requests")) {
      table.say(
          "requests: of one run in the order of arrival, by batch means whose length is tested,"
              + " since neighbours wait for each other. What is said holds for the server as it"
              + " was started that once.");
    }
    if (IntStream.range(0, found.rows().size())
        .anyMatch(row -> !found.text(row, "more").isEmpty())) {
      table.say(
          "more: what must be added on each side to tell with a probability of 80 %, if the true"
              + " difference is the measured one.");
    }
  }

  private static boolean has(ResultTable found, String column, String text) {
    return IntStream.range(0, found.rows().size())
        .anyMatch(row -> found.text(row, column).contains(text));
  }

  /** Reads -- as --against, where it would only end the options. */
  static final class TwoSides implements IParameterPreprocessor {
    private static final String MARK = "--";

    @Override
    public boolean preprocess(
        Stack<String> arguments,
        CommandSpec command,
        @Nullable ArgSpec argument,
        Map<String, Object> information) {
      if (Collections.frequency(arguments, MARK) > 1) {
        throw new ParameterException(
            command.commandLine(), "one -- stands between the two sides, found several");
      }
      Collections.replaceAll(arguments, MARK, "--against");
      return false;
    }
  }
}
