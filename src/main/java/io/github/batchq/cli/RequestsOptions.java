package io.github.batchq.cli;

import io.github.batchq.engine.RunFunction;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.model.BadInputException;
import io.github.batchq.results.RequestsFile;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.results.TableFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Of which runs the single requests are written, and where. */
@Command
final class RequestsOptions {
  /** Most rows of a file of runs that nobody has chosen: about half a gigabyte. */
  private static final long MOST_ROWS = 5_000_000;

  private static final String OUT = "--requests-out";
  private static final String OF = "--requests-of";
  private static final String REPLICATIONS = "--requests-replications";

  @Option(
      names = OUT,
      paramLabel = "FILE.csv[.gz]",
      description =
          "also write one row for each request of some of the runs, which this machine makes once"
              + " more for it (default: none)")
  private @Nullable Path out;

  @Option(
      names = OF,
      paramLabel = "POINT",
      split = ",",
      description =
          "with --requests-out: the points, by their row in summary.csv, from 1 (default: all)")
  private List<String> points = List.of();

  @Option(
      names = REPLICATIONS,
      paramLabel = "R",
      split = ",",
      description = "with --requests-out: the replications of each point, from 0 (default: 0)")
  private List<String> replications = List.of();

  /**
   * Refuses options that do not belong together, runs that there are not, and files that cannot be
   * written.
   *
   * @param inputs files that are read, which are not written to
   * @param isPart whether only a part of the runs is made
   * @throws BadInputException if there are such
   */
  void check(Experiment experiment, List<Path> inputs, boolean isPart) {
    if (out == null) {
      if (!points.isEmpty() || !replications.isEmpty()) {
        throw new BadInputException(OF + " and " + REPLICATIONS + " need " + OUT + " FILE");
      }
      return;
    }
    if (isPart) {
      throw new BadInputException(
          OUT
              + " does not go with --shard, whose runs are made elsewhere: give it to a command of"
              + " its own without --shard, such as one with --requests-of and --replications 1");
    }
    ResultFolder.checkFile(OUT, out);
    ResultFolder.checkInputs(OUT, out, inputs);
    pairs(experiment);
  }

  /**
   * Refuses one of the result files.
   *
   * @param names names of the files that will be in the folder
   * @throws BadInputException if it is one
   */
  void keepOff(ResultFolder folder, List<String> names) {
    if (out == null) {
      return;
    }
    Path file = out.toAbsolutePath().normalize();
    for (String name : names) {
      if (file.equals(folder.name().toAbsolutePath().normalize().resolve(name))) {
        throw new BadInputException(OUT + " " + out + " is a file of the results: name another");
      }
    }
  }

  /** The runs whose requests are written, in the order of the file. */
  private List<Pair> pairs(Experiment experiment) {
    if (experiment.varianceReduction().runs() > 1) {
      throw new BadInputException(
          OUT
              + ": with Sobol points a replication is the mean of "
              + experiment.varianceReduction().runs()
              + " short runs, whose requests are not told apart");
    }
    int all = experiment.points().size();
    List<Integer> chosen =
        points.isEmpty()
            ? IntStream.rangeClosed(1, all).boxed().toList()
            : PointOptions.numbers(OF, points, 1, all, "points");
    List<Integer> runs =
        replications.isEmpty()
            ? List.of(0)
            : PointOptions.numbers(
                REPLICATIONS, replications, 0, experiment.firstReplications() - 1, "replications");
    List<Pair> pairs = new ArrayList<>();
    long rows = 0;
    for (int point : chosen) {
      for (int replication : runs) {
        pairs.add(new Pair(point - 1, replication));
        rows += experiment.points().get(point - 1).scenario().requests();
      }
    }
    if (points.isEmpty() && rows > MOST_ROWS) {
      throw new BadInputException(
          OUT
              + " would write "
              + rows
              + " rows, more than "
              + MOST_ROWS
              + ": choose points by "
              + OF
              + ", such as 1,"
              + all
              + ", or all of them by their numbers");
    }
    return pairs;
  }

  /**
   * Makes the runs once more and writes their requests, if that is asked for.
   *
   * @param console is told of it
   * @throws BadInputException if the file cannot be written
   */
  void write(Experiment experiment, PrintWriter console) {
    if (out == null) {
      return;
    }
    RunFunction function = RunFunction.of(experiment, null);
    RequestsFile file =
        new RequestsFile(
            experiment,
            pairs(experiment),
            function::record,
            out.toString().endsWith(TableFile.GZIP));
    ResultFolder.writeFile(out, file);
    console.println(out + ": " + file.rows() + " requests");
    console.flush();
  }
}
