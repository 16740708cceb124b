package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.random.Gamma;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.Sampler;
import io.github.batchq.random.StreamName;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code batchq describe} and {@code batchq fit workload} as a user runs them. */
class TraceCommandsTest {
  private static final int REQUESTS = 20_000;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir static Path folder;

  /** Gamma gaps of mean 0.4 s and variation 0.5, lognormal lengths, in Vidur's columns. */
  @BeforeAll
  static void record() throws IOException {
    RandomStreams streams = new RandomStreams(12, 1);
    Sampler gaps = new Gamma(4, 0.1).sampler(streams.stream(0, StreamName.ARRIVALS));
    Sampler lengths = new Lognormal(6, 0.5).sampler(streams.stream(0, StreamName.SERVICE));
    StringBuilder text = new StringBuilder("arrived_at,num_prefill_tokens,num_decode_tokens\n");
    double now = 0;
    for (int i = 0; i < REQUESTS; i++) {
      now += gaps.getAsDouble();
      text.append(now).append(",0,").append(Math.ceil(lengths.getAsDouble())).append('\n');
    }
    Files.writeString(folder.resolve("vidur.csv"), text);
    Files.writeString(folder.resolve("one.csv"), "t,n\n4,7\n");
    Files.writeString(
        folder.resolve("summary.json"), "{\"duration\": 3.5, \"request_throughput\": 1.2}\n");
    Files.writeString(folder.resolve("equal.csv"), "t,n\n4,7\n4,8\n4,9\n");
    Files.writeString(
        folder.resolve("lines.jsonl"),
        "{\"t\": 1, \"n\": 5, \"p\": 1}\n{\"t\": 2, \"n\": 6, \"p\": 2}\n{\"t\": 4, \"n\": 6}\n");
  }

  private int run(String... line) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(line);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void describesATraceWhoseFormatItsFirstLineTells() {
    assertEquals(0, run("describe", file("vidur.csv")), err::toString);
    assertTrue(out.toString().matches("(?s).*gaps +coefficient of variation +0\\.(49|50).*"));
    assertTrue(out.toString().contains("index of dispersion"), out.toString());
    assertFalse(out.toString().contains("prompts"), out.toString());
  }

  @Test
  void describesNamedKeysAndLeavesBadLinesOut() {
    String[] line = {
      "describe",
      file("lines.jsonl"),
      "--column",
      "arrivalTime=t",
      "--column",
      "tokens=n",
      "--column",
      "promptTokens=p",
      "--skip-bad",
      "1",
      "--format",
      "csv"
    };
    assertEquals(0, run(line), err::toString);
    assertTrue(out.toString().startsWith("of,what,value,unit\nrequests,number,2.0,requests"));
    assertTrue(err.toString().startsWith("batchq: skipped 1 bad line"), err.toString());
    assertTrue(err.toString().contains("lines.jsonl, line 3: there is no value of 'p'"));
  }

  /**
   * What was drawn from a law is fitted by it, and the experiment has the trace's rate and mean.
   */
  @Test
  void fitsTheLawsAndWritesAnExperimentThatRuns() throws IOException {
    Path fitted = folder.resolve("fitted");
    assertEquals(
        0, run("fit", "workload", file("vidur.csv"), "--out", fitted.toString()), err::toString);
    String table = Files.readString(fitted.resolve("fits.csv"));
    String first = table.lines().skip(1).findFirst().orElseThrow();
    assertTrue(first.matches("gaps,\"(gamma|erlang)\\(.*"), first);
    String best = "lengths,\"lognormal[^\"]*\",[^,]*,[^,]*,0\\.0,0\\.00.*";
    assertTrue(table.lines().anyMatch(line -> line.matches(best)), table);
    Path file = fitted.resolve("experiment.yaml");
    Experiment experiment = ExperimentFile.read(file, Map.of());
    assertEquals(4, experiment.points().size());
    assertEquals(2.5, experiment.points().get(0).scenario().arrivals().rate(), 0.025);
    Law lengths = experiment.points().get(0).scenario().lengthLaw();
    assertEquals(new Lognormal(6, 0.5).mean(), lengths.mean(), 0.02 * lengths.mean());
    for (String chart : new String[] {"gaps-qq.png", "gaps-ccdf.svg", "lengths-qq.pdf"}) {
      assertTrue(Files.size(fitted.resolve(chart)) > 1000, chart);
    }
    String[] line = {
      "run", file.toString(), "--set", "scenario.requests=2000", "--out", file("results")
    };
    assertEquals(0, run(line), err::toString);
    String bootstrap =
        Files.readString(file)
            .lines()
            .filter(comment -> comment.startsWith("#   arrivals:"))
            .map(comment -> comment.replace("#   arrivals: ", "scenario.arrivals="))
            .findFirst()
            .orElseThrow();
    String[] resampled = {
      "run",
      file.toString(),
      "--set",
      bootstrap,
      "--set",
      "scenario.requests=2000",
      "--out",
      file("resampled")
    };
    assertEquals(0, run(resampled), err::toString);
  }

  @Test
  void printsTheExperimentWithoutAFolderAndBootstraps() {
    String[] line = {"fit", "workload", file("vidur.csv"), "--to", "200", "--bootstrap", "19"};
    assertEquals(0, run(line), err::toString);
    assertTrue(out.toString().contains("p(D)  p(A^2)\n"), out.toString());
    assertTrue(out.toString().contains("secondsPerToken: 0.02"), out.toString());
    assertTrue(out.toString().contains(", to: 200}"), out.toString());
  }

  @Test
  void fitsAPredictorAndTellsItsWorth() throws IOException {
    StringBuilder text = new StringBuilder("arrived_at,num_prefill_tokens,num_decode_tokens\n");
    Random random = new Random(9);
    for (int i = 0; i < 3000; i++) {
      int prompt = 1 + random.nextInt(500);
      text.append(i).append(',').append(prompt).append(',').append(2 * prompt).append('\n');
    }
    Files.writeString(folder.resolve("told.csv"), text);
    String[] line = {
      "fit", "predictor", file("told.csv"), "--requests", "20", "--out", file("learnt")
    };
    assertEquals(0, run(line), err::toString);
    assertTrue(out.toString().contains("true bins in rows"), out.toString());
    assertTrue(Files.readString(folder.resolve("learnt/worth.csv")).contains("\noracle,4,"));
    assertTrue(Files.size(folder.resolve("learnt/confusion-tree.png")) > 1000);
    Experiment experiment = ExperimentFile.read(folder.resolve("learnt/experiment.yaml"), Map.of());
    assertEquals(12, experiment.points().size());
    String[] confused = {
      "run",
      folder.resolve("learnt/experiment.yaml").toString(),
      "--set",
      "scenario.requests=2000",
      "--set",
      "sweep.predictor=[{type: confusion, matrix: confusion-tree.csv}]",
      "--set",
      "sweep.policy.bins=[4]",
      "--out",
      file("confused")
    };
    assertEquals(0, run(confused), err::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "describe none.csv | file none.csv does not exist",
        "describe F/lines.jsonl | lines.jsonl, line 1: this is the first line of none of the formats",
        "describe F/lines.jsonl --column arrivalTime=t --column gap=t --column tokens=n | names either the column arrivalTime or the column gap, found both",
        "describe F/lines.jsonl --column arrivalTime=t | names either the column serviceTime or the column tokens, found neither",
        "describe F/lines.jsonl --column gap=t --column tokens=n --column prompt=p | the trace: unknown key 'prompt'; allowed: ",
        "describe F/vidur.csv --column tokens=n --model GPT-4 | the trace: the format vidur does not tell what 'model' would choose by",
        "describe F/vidur.csv --column tokens=n | vidur.csv, line 1: there is no column 'n'; the header has arrived_at, num_prefill_tokens, num_decode_tokens",
        "describe F/vidur.csv --time-unit h | the trace: expected one of s, ms, us, ns, found 'h'",
        "describe F/summary.json | summary.json is a benchmark's summary without its requests: they are there with vllm bench serve --save-result --save-detailed",
        "list formas | there is no list of 'formas'; did you mean 'formats'?",
        "describe F/vidur.csv --run 0 | the trace: run must be at least 1, found 0",
        "describe F/lines.jsonl --column arrivaltime=t --column tokens=n | the trace: unknown key 'arrivaltime'; did you mean 'arrivalTime'? (allowed: arrivalTime, gap, ",
        "describe F/lines.jsonl --column arrivalTime=t --column tokens=m | lines.jsonl, line 1: there is no value of 'm'; the line has t, n, p",
        "describe F/vidur.csv --trace-format csv --column arrivalTime=arrived --column tokens=n | there is no column 'arrived'",
        "describe F/vidur.csv --trace-format csv --column arrivalTime=arrivedat --column tokens=n | (did you mean 'arrived_at'?); the header has arrived_at, num_prefill_tokens, num_decode_tokens",
        "describe F/. --column arrivalTime=t --column tokens=n | is a folder, a file was expected",
        "describe F/vidur.csv --trace-format azur | unknown trace format 'azur'; did you mean 'azure'?",
        "describe F/vidur.csv --trace-format azure | there is no column 'TIMESTAMP'",
        "describe F/vidur.csv --from 7 --to 3 | --from and --to: to must be more than from",
        "describe F/vidur.csv --from 1e9 | a trace needs at least two requests",
        "describe F/vidur.csv --skip-bad -1 | --skip-bad must be at least 0, found -1",
        "fit workload F/vidur.csv --bootstrap -1 | --bootstrap must be from 0 to 1000000",
        "fit workload F/vidur.csv --batch-size 0 | --batch-size must be from 1 to 10000",
        "fit workload F/vidur.csv --seconds-per-token 0 | --seconds-per-token must be positive",
        "fit predictor F/vidur.csv | lengths are learnt from prompts, and the requests of",
        "fit predictor F/vidur.csv --train 1 | --train must be between 0 and 1, found 1.0",
        "fit predictor F/vidur.csv --bins 1 | --bins must be from 2 to 64, found 1",
        "fit predictor F/vidur.csv --requests 0 | --requests must be at least 1, found 0",
        "fit predictor F/vidur.csv --from 3 | --from and --to are not for 'fit predictor'",
        "fit workload F/vidur.csv --to 0.5 | a workload is fitted to at least three requests at two different times, found 2",
        "fit workload F/one.csv --column gap=t --column tokens=n | a trace needs at least two requests, found one",
        "fit workload F/equal.csv --column arrivalTime=t --column tokens=n | found 3 requests over 0.0 s"
      })
  void refusesInOneSentence(String line, String sentence) {
    assertEquals(2, run(line.replace("F/", folder + "/").split(" ", -1)));
    assertTrue(err.toString().contains(sentence), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertEquals("", out.toString());
  }
}
