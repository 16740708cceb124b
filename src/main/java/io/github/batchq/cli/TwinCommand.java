package io.github.batchq.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.engine.Parallel;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.file.ScenarioParts;
import io.github.batchq.file.TraceChoice;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.service.ServiceModelSpec;
import io.github.batchq.study.Calibration;
import io.github.batchq.study.MeasuredRun;
import io.github.batchq.study.ServerSearch;
import io.github.batchq.study.TwinRun;
import io.github.batchq.study.TwinServer;
import io.github.batchq.workload.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code batchq twin}: a measured run beside its replay. */
@Command(
    name = "twin",
    mixinStandardHelpOptions = true,
    description =
        "Replay a measured run with step costs that are given, or fitted to its first requests, and"
            + " say whether the simulator describes the server: measured, replayed, and the"
            + " interval of simulated runs of the same traffic. The run is a benchmark's result"
            + " file with the times of first and last tokens, any table or JSON with them, or an"
            + " experiment file that replays one.",
    footerHeading = "%nExample:%n",
    footer = "  batchq twin bench.json --fit --what-if what-if.yaml --out results/twin")
final class TwinCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description =
          "file of the measured run, may be zipped, - is standard input; or an experiment file"
              + " (.yaml) that replays one")
  private String file;

  @Mixin private TraceLayoutOptions layout;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "step costs: the name of a pack, a model such as '{type: token-level, step: 0.02}', or a"
              + " file with one (default: those of an experiment file, else --fit)")
  private @Nullable String model;

  @Option(
      names = "--fit",
      description = "fit the step costs to the first requests, and compare the others")
  private boolean fit;

  @Option(
      names = "--fit-share",
      paramLabel = "SHARE",
      description = "share of the requests that is fitted (default: 0.5)")
  private @Nullable Double fitShare;

  @Mixin private TwinServerOptions server;

  @Option(
      names = "--replications",
      paramLabel = "N",
      description = "simulated runs of the intervals, 0 for none (default: ${DEFAULT-VALUE})")
  private int replications = 200;

  @Option(
      names = "--block",
      paramLabel = "N",
      description =
          "consecutive requests of a block of these runs (default: the root of their number)")
  private @Nullable Integer block;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "seed of what is drawn (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(names = "--threads", paramLabel = "T", description = "threads (default: all processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--what-if",
      paramLabel = "FILE",
      description =
          "file of other ways to serve the same requests, such as 'two servers: {servers: 2}'")
  private @Nullable Path whatIf;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "folder for twin.csv, requests.csv, pack.yaml, what-if.csv and the charts (default: none)")
  private @Nullable Path out;

  @Mixin private TableOptions table;

  /** A run, what served it, and the costs that are known. */
  private record Input(
      MeasuredRun run,
      ObjectNode parts,
      List<ServerSearch.Unknown> unknown,
      @Nullable ServiceModelSpec costs) {}

  @Override
  public Integer call() throws InterruptedException {
    check();
    try (ResultFolder folder = ResultFolder.openIfNamed(out);
        Parallel pool = new Parallel(threads)) {
      if (folder != null) {
        folder.protect(whatIf == null ? List.of(Path.of(file)) : List.of(Path.of(file), whatIf));
      }
      compare(read(), folder, pool);
    }
    return 0;
  }

  private void check() {
    Require.INPUT.between("--replications", replications, 0, Experiment.MOST_REPLICATIONS);
    Require.INPUT.atLeast("--threads", threads, 1);
    if (model != null && (fit || fitShare != null)) {
      throw new BadInputException(
          "--model gives the step costs, and --fit finds them: leave one of them out");
    }
  }

  private void compare(Input input, @Nullable ResultFolder folder, Parallel pool)
      throws InterruptedException {
    MeasuredRun run = input.run;
    int blocks = block == null ? MeasuredRun.block(run.size()) : block;
    Require.INPUT.between("--block", blocks, 1, run.size());
    // A mistake in this file is told before the work.
    if (whatIf != null) {
      ScenarioParts.changed(whatIf, input.parts, TwinServer.class);
    }
    TwinServer as = ScenarioParts.bind(input.parts, TwinServer.class, "the server");
    Calibration calibration =
        input.costs != null
            ? Calibration.given(as, input.costs)
            : Calibration.fit(
                run, as, fitShare == null ? 0.5 : fitShare, new ServerSearch(input.unknown), pool);
    TwinRun twin = new TwinRun(run, calibration, blocks, replications, seed, pool);
    ResultTable compared = twin.table();
    List<TwinRun.Alternative> others =
        whatIf == null ? List.of() : alternatives(input, twin, whatIf);
    ResultTable alternatives =
        whatIf == null ? null : twin.whatIf(others, replications, seed, pool);
    Map<String, byte[]> files =
        folder == null ? Map.of() : new TwinReport(twin).files(compared, alternatives);
    if (folder != null) {
      folder.write(files);
    }
    print(twin, compared, alternatives, twin.howDifferences(others) + ".", files.keySet());
  }

  /** What the file of alternatives makes of the server that was found. */
  private static List<TwinRun.Alternative> alternatives(Input input, TwinRun twin, Path file) {
    ObjectNode base = input.parts.deepCopy();
    if (!input.unknown.isEmpty()
        && twin.calibration().server().policy() instanceof ContinuousBatching found) {
      base.set("policy", ScenarioParts.policy(found));
    }
    List<TwinRun.Alternative> others = new ArrayList<>();
    ScenarioParts.changed(file, base, TwinServer.class)
        .forEach((name, other) -> others.add(new TwinRun.Alternative(name, other)));
    return others;
  }

  private void print(
      TwinRun twin,
      ResultTable compared,
      @Nullable ResultTable alternatives,
      String howDifferences,
      Set<String> files) {
    if (!table.isForPeople()) {
      // A program reads one table: what it asked for last.
      table.print(alternatives == null ? compared : alternatives);
      return;
    }
    TwinReport report = new TwinReport(twin);
    report.head().forEach(table::say);
    table.print(TwinReport.withoutRemarks(compared));
    report.notes(compared).forEach(table::say);
    if (alternatives != null) {
      table.print(alternatives);
      table.say(howDifferences);
    }
    if (out != null) {
      table.say(out + ": " + String.join(", ", files));
    }
  }

  private Input read() {
    return file.endsWith(".yaml") || file.endsWith(".yml") ? experiment() : measured();
  }

  private Input measured() {
    TraceChoice choice = layout.choice(file, Map.of());
    Trace read = layout.read(choice, null, null);
    layout.announce(choice);
    boolean given = model != null;
    return new Input(
        new MeasuredRun(read),
        server.parts(),
        given ? List.of() : server.unknown(),
        model == null ? null : ScenarioParts.model("--model", model));
  }

  /** The one point of an experiment that replays a trace. */
  private Input experiment() {
    if (server.areGiven()) {
      throw new BadInputException(
          "the experiment file says what served the run: change it there, and leave out --policy,"
              + " --slots, --memory, --chunk and --servers");
    }
    BadRows bad = layout.badLines().rows();
    Experiment experiment = ExperimentFile.read(Path.of(file), Map.of(), bad);
    layout.badLines().report(bad);
    var prepared = experiment.points().get(0).scenario();
    Trace replayed = prepared.arrivals().trace();
    if (experiment.points().size() > 1
        || replayed == null
        || !prepared.isReplay()
        || prepared.arrivals().rate() != replayed.rate()) {
      throw new BadInputException(
          file
              + ": a twin needs an experiment of one point that replays a trace at its own rate, as"
              + " arrivals: {process: trace, trace: ...}");
    }
    var scenario = experiment.resolved().path("scenario");
    ServiceModelSpec costs = null;
    if (model != null) {
      costs = ScenarioParts.model("--model", model);
    } else if (!fit && fitShare == null) {
      costs = ScenarioParts.model("RUN", file);
    }
    return new Input(new MeasuredRun(replayed), ScenarioParts.of(scenario), List.of(), costs);
  }
}
