package io.github.batchq.cli;

import io.github.batchq.engine.ThreadEngine;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.PlanFile;
import io.github.batchq.file.PlanQuestion;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Require;
import io.github.batchq.results.Execution;
import io.github.batchq.results.FileContent;
import io.github.batchq.results.Manifest;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.study.plan.PlanAnswer;
import io.github.batchq.study.plan.PlanSearch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code batchq plan}: which policy, how many servers, and how sure that is. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description =
        "Find the policy, batch size, bins and number of servers for some traffic, requirements and a"
            + " price: theory removes what it decides, a race of simulated runs the rest, and the best"
            + " is run again on fresh streams. Exit status 1 where nothing keeps the requirements.",
    footerHeading = "%nExample:%n",
    footer = "  batchq plan experiments/plans/phi-static.yaml --set carry.growth=1.5")
final class PlanCommand implements Callable<Integer> {
  private static final String ANSWER = "answer.md";
  private static final String BEST = "best.yaml";

  @Parameters(index = "0", paramLabel = "FILE", description = "file of the plan (YAML)")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "set a value of the file, such as --set require.latency.p99=20; may be repeated")
  private List<String> settings = List.of();

  @Mixin private BadLineOptions badLines;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "results folder (default: results/<name>)")
  private @Nullable Path out;

  @Option(names = "--threads", paramLabel = "T", description = "threads (default: all processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--resume",
      description = "take over the finished runs of an interrupted search of the same plan")
  private boolean resume;

  @Option(names = "--restart", description = "begin anew and forget those runs")
  private boolean restart;

  @Mixin private TableOptions table;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Require.INPUT.atLeast("--threads", threads, 1);
    if (resume && restart) {
      throw new BadInputException("--resume and --restart exclude each other");
    }
    BadRows bad = badLines.rows();
    PlanQuestion question = PlanFile.read(file, ExperimentOptions.values(settings), bad);
    badLines.report(bad);
    Experiment experiment = PlanSearch.experiment(question);
    Path name = out == null ? Path.of("results", question.name()) : out;
    try (ThreadEngine engine = new ThreadEngine(threads);
        ResultFolder folder = ResultFolder.open(name)) {
      List<Path> inputs = new ArrayList<>(experiment.named());
      inputs.add(file);
      folder.protect(inputs);
      folder.expect(List.of(ANSWER, BEST, Manifest.FILE));
      ShardRun.warnUnlessLocked(folder, spec);
      return plan(question, experiment, engine, folder) ? 0 : 1;
    }
  }

  /** Whether something keeps the requirements. */
  private boolean plan(
      PlanQuestion question, Experiment experiment, ThreadEngine engine, ResultFolder folder)
      throws InterruptedException {
    Instant start = Instant.now();
    KeptRuns kept = KeptRuns.open(experiment, folder, resume, restart);
    PlanAnswer answer;
    try (kept;
        ProgressLine progress = kept.progress()) {
      answer = PlanSearch.search(question, engine, kept.journal(), progress::simulated);
    }
    Duration duration = Duration.between(start, Instant.now());
    Map<String, byte[]> files = files(answer, folder);
    Execution execution = EngineOptions.execution(spec, engine, start, duration);
    Map<String, byte[]> all = new LinkedHashMap<>(files);
    all.put(Manifest.FILE, Manifest.ofPlan(question.resolved(), experiment, execution, files));
    if (!files.containsKey(BEST)) {
      folder.remove(BEST);
    }
    kept.write(FileContent.of(all));
    print(answer, duration, folder, all);
    return answer.isKept();
  }

  private static Map<String, byte[]> files(PlanAnswer answer, ResultFolder folder) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(ANSWER, bytes(answer.page()));
    answer.tables().forEach((name, content) -> files.put(name, bytes(content.toCsv())));
    String best = answer.experiment(folder.name());
    if (best != null) {
      files.put(BEST, bytes(best));
    }
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void print(
      PlanAnswer answer, Duration duration, ResultFolder folder, Map<String, byte[]> files) {
    if (!table.isForPeople()) {
      table.print(answer.families());
      return;
    }
    answer.sentences().forEach(table::say);
    table.say("");
    table.printWords(answer.shortFamilies());
    table.say("Why each of the others loses, and what changes would do: " + folder + "/" + ANSWER);
    table.say(
        String.format(
            Locale.ROOT,
            "%d runs in %.1f s; %s: %s",
            answer.runs(),
            duration.toMillis() / 1e3,
            folder,
            String.join(", ", files.keySet())));
  }
}
