package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Where output cannot be written, or the memory does not suffice, the user reads one sentence, and
 * nothing that was there before is harmed.
 */
@Tag("long")
class OutputTest {
  private static final String LONG = "a".repeat(300);

  @TempDir Path folder;

  private Path small = Path.of("");

  private Path small() {
    small = Shell.write(folder.resolve("small.yaml"), Shell.SMALL);
    return small;
  }

  /** One sentence, without the name of a class. */
  private static void refused(int status, String sentence, Shell shell) {
    assertEquals(status, shell.status(), shell.err());
    assertEquals(1, shell.err().lines().count(), shell.err());
    assertTrue(shell.err().startsWith("batchq: "), shell.err());
    assertTrue(shell.err().contains(sentence), shell.err());
    assertFalse(shell.err().contains("Exception"), shell.err());
    assertFalse(shell.err().contains("defect"), shell.err());
  }

  /**
   * Places that nothing can be written to: FILE is a file, LINK leads to nothing, LOOP to itself.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "|expected the name of a file or folder, found",
        "LINK|is a link that leads nowhere",
        "LINK/below|is a link that leads nowhere",
        "LOOP|is a link that leads nowhere",
        "LOOP/below|is a link that leads nowhere",
        "FILE|is no folder",
        "FILE/below/it|is no folder",
        "LONG|File name too long",
        "missing/LONG|File name too long",
        "/dev/null|is no folder",
        "nul\0letter|expected the name of a file or folder, found",
      })
  void refusesAFolderThatCannotBeWrittenBeforeAnyRun(String line) throws IOException {
    List<String> parts = List.of(line.split("\\|", -1));
    String file = small().toString();
    List<List<String>> commands =
        List.of(
            List.of("run", file),
            List.of("run", file, "--set", "scenario.requests=1000000000000"),
            List.of("capacity", file),
            List.of("compare", file, "--baseline", "policy.bins=1"),
            List.of("reproduce", "--experiments", folder.toString()),
            List.of(
                "theory",
                "boundaries",
                "--law",
                "uniform(1,2)",
                "--batch-size",
                "2",
                "--bins",
                "2"));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nothing"));
    Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    Files.writeString(folder.resolve("file"), "mine");
    String out =
        parts
            .get(0)
            .replace("LINK", folder.resolve("link").toString())
            .replace("LOOP", folder.resolve("loop").toString())
            .replace("FILE", folder.resolve("file").toString())
            .replace("missing", folder.resolve("missing").toString())
            .replaceFirst("^LONG", folder.resolve(LONG).toString())
            .replace("LONG", LONG);
    List<String> before = Shell.names(folder);
    for (List<String> command : commands) {
      List<String> arguments = new ArrayList<>(command);
      arguments.addAll(List.of("--out", out));
      if (command.get(0).equals("reproduce")) {
        refused(2, parts.get(0).isEmpty() ? "'--out'" : "", Shell.run(arguments.toArray()));
      } else {
        refused(2, parts.get(1), Shell.run(arguments.toArray()));
      }
    }
    assertEquals(before, Shell.names(folder));
    assertEquals("mine", Shell.read(folder.resolve("file")));
  }

  /** The same for pages, and no device or folder is replaced by one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "|expected the name of a file or folder, found",
        "LINK|is a link that leads nowhere",
        "FILE/below|is no folder",
        "DIR|must name a file, found the folder",
        "LONG|File name too long",
      })
  void refusesAPageThatCannotBeWritten(String line) throws IOException {
    List<String> parts = List.of(line.split("\\|", -1));
    Files.createSymbolicLink(folder.resolve("LINK"), folder.resolve("nothing"));
    Files.createDirectory(folder.resolve("DIR"));
    Files.writeString(folder.resolve("FILE"), "mine");
    Object out = parts.get(0).isEmpty() ? "" : folder.resolve(parts.get(0).replace("LONG", LONG));
    Path measurements =
        Shell.write(
            folder.resolve("measured.csv"),
            "batchSize,length,seconds\n1,10,1\n2,10,1.5\n4,20,3\n1,40,4\n");
    List<String> before = Shell.names(folder);
    refused(2, parts.get(1), Shell.run("theory", "check", "--only", "T1", "--out", out));
    refused(2, parts.get(1), Shell.run("fit", "service", measurements, "--out", out));
    refused(2, parts.get(1), Shell.run("variance-reduction", "--out", out));
    assertEquals(before, Shell.names(folder));
  }

  @Test
  void aLinkToAFolderIsThatFolderAndMissingOnesAreMade() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("link"), real);
    assertEquals(0, Shell.run("run", small(), "--out", folder.resolve("link")).status());
    assertTrue(Files.isSymbolicLink(folder.resolve("link")));
    assertTrue(Shell.names(real).contains("summary.csv"));
    Path below = folder.resolve("missing/too");
    assertEquals(0, Shell.run("run", small, "--out", below).status());
    assertEquals(Shell.names(real), Shell.names(below));
    assertFalse(Shell.names(real).contains(".lock"));
  }

  /** What a run would have to replace, and cannot, is found before it. */
  @Test
  void aFolderInThePlaceOfAFileIsFoundBeforeTheRun() throws IOException {
    Path out = folder.resolve("out");
    Files.createDirectories(out.resolve("throughput.pdf"));
    refused(
        2,
        "throughput.pdf is a folder where a file must be written",
        Shell.run("run", small(), "--set", "scenario.requests=1000000000000", "--out", out));
    assertEquals(List.of("throughput.pdf"), Shell.names(out));
  }

  /** Names of charts that a file system refuses, or takes for another file. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "summary|is the name of another file of the results",
        "Summary|is the name of another file of the results",
        "REPLICATIONS|is the name of another file of the results",
        "manifest|is the name of another file of the results",
        "Throughput|differently from the others (whatever the case), found 'Throughput'",
        "throughput|differently from the others",
        "a/b|found 'a/b'",
        "../summary|found '../summary'",
        "/tmp/x|found '/tmp/x'",
        ".hidden|found '.hidden'",
        "\"a\\0b\"|by letters, digits",
        "ä|found 'ä'",
        "LONG|file has at most 250 letters, found 300",
      })
  void refusesANameOfAChart(String line) {
    List<String> parts = List.of(line.split("\\|", -1));
    Path out = folder.resolve("out");
    String name = parts.get(0).replace("LONG", LONG);
    Path file =
        Shell.write(
            folder.resolve("charts.yaml"),
            Shell.SMALL
                + "  - {file: "
                + name
                + ", x: arrivals.rate, y: throughput, series: policy.bins}\n");
    refused(2, parts.get(1), Shell.run("run", file, "--out", out));
    refused(2, parts.get(1), Shell.run("validate", file));
    assertFalse(Files.exists(out));
  }

  /** Numbers that no machine has memory or time for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "run FILE --set sweep.policy.bins=[2000000000]|bins must be at most 100000, found 2000000000",
        "run FILE --set sweep.policy.bins=[1000000]|bins must be at most 100000, found 1000000",
        "run FILE --replications 2000000000|--replications must be at most 10000000",
        "run FILE --set replications=2000000000|replications must be at most 10000000",
        "run FILE --set precision={metric: throughput, relative: 0.1, maxReplications: 2000000000}|maxReplications must be at most 10000000",
        "run FILE --set sweep.arrivals.rate={from: 0.1, to: 0.2, step: 0.0001} --replications 9000000|all together must be at most 2147483647",
        "run FILE --set sweep.arrivals.rate={from: 0.1, to: 0.2, step: 1e-12}|has more than 1000000 values",
        "run FILE --set scenario.requests=9000000000000000000|requests must be at most 1000000000000",
        "run FILE --set scenario.servers=2000000000|servers must be from 1 to 1000000",
        "capacity FILE --max-replications 2000000000|--max-replications must be at most 10000000",
        "theory bounds --law uniform(1,2) --batch-size 2 --bins 2000000000|--bins must be from 1 to 100000",
        "theory boundaries --law uniform(1,2) --batch-size 2 --bins 2000000000|--bins must be from 1 to 100000",
        "theory best-bins --law uniform(1,2) --batch-size 2 --rate 1 --most-bins 2000000000|--most-bins must be from 1 to 100000",
        "theory bins --law uniform(1,2) --batch-size 2 --epsilon 0.1 --most-bins 2000000000|--most-bins must be from 1 to 100000",
        "theory throughput --law uniform(1,2) --batch-size 2 --bins 2000000000|at most 100000",
      })
  void refusesNumbersThatAreImpossible(String line) {
    List<String> parts = List.of(line.split("\\|", -1));
    small();
    // Only within braces are blanks part of an argument.
    String[] arguments = parts.get(0).split(" (?![^{]*\\})");
    refused(
        2,
        parts.get(1),
        Shell.run(
            Arrays.stream(arguments)
                .map(argument -> argument.replace("FILE", small.toString()))
                .toArray()));
  }

  /** Fails as a command does whose work does not fit. */
  @Command(name = "fails")
  private record Failing(Throwable failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  private static Shell failing(Throwable failure) {
    java.io.StringWriter err = new java.io.StringWriter();
    CommandLine line = Main.commandLine();
    line.addSubcommand(new Failing(failure));
    line.setErr(new java.io.PrintWriter(err));
    return new Shell(Main.execute(line, "fails"), "", err.toString());
  }

  @Test
  void memoryThatIsUsedUpIsOneSentenceWhereverItWas() {
    OutOfMemoryError heap = new OutOfMemoryError("Java heap space");
    String sentence =
        "MB is used up: give more, as in JAVA_OPTS=-Xmx8g ./batchq ..., or ask for less";
    refused(1, sentence, failing(heap));
    refused(1, sentence, failing(new java.util.concurrent.ExecutionException(heap)));
    refused(1, sentence, failing(new IllegalStateException("a run failed", heap)));
    refused(1, sentence, failing(new IllegalStateException(new RuntimeException(heap))));
    refused(
        1,
        "the system starts no more threads: ask for fewer by --threads",
        failing(new OutOfMemoryError("unable to create native thread: possibly out of memory")));
    refused(2, "the input is nested too deeply", failing(new StackOverflowError()));
    refused(2, "nested too deeply", failing(new RuntimeException(new StackOverflowError())));
    assertTrue(failing(new IllegalStateException("mine")).err().contains("this is a defect"));
  }

  private Process start(String redirect, List<String> options, Object... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true"));
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "io.github.batchq.cli.Main"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(new File(redirect))
            .redirectError(folder.resolve("err").toFile());
    builder.environment().putAll(Map.of("LC_ALL", "C"));
    return builder.start();
  }

  private Shell run(String redirect, List<String> options, Object... arguments)
      throws IOException, InterruptedException {
    Process process = start(redirect, options, arguments);
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      return new Shell(process.exitValue(), "", Shell.read(folder.resolve("err")));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void standardOutputThatIsFullIsStatusOneAndTheResultsAreThere() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no full device here");
    Path out = folder.resolve("out");
    refused(
        1,
        "standard output could not be written: No space left on device",
        run("/dev/full", List.of(), "run", small(), "--out", out));
    assertTrue(Shell.names(out).containsAll(List.of("summary.csv", "throughput.pdf")));
    assertFalse(Shell.names(out).contains(".unfinished-runs"));
  }

  @Test
  void aRunThatOutgrowsTheHeapSaysSo() throws Exception {
    refused(
        1,
        "MB is used up: give more, as in JAVA_OPTS=-Xmx8g ./batchq",
        run(
            folder.resolve("out.txt").toString(),
            List.of("-Xmx24m"),
            "run",
            Shell.write(
                folder.resolve("overloaded.yaml"),
                """
                name: overloaded
                scenario:
                  arrivals: {process: poisson, rate: 50}
                  service: {law: uniform, min: 1, max: 20}
                  policy: {type: standard, batchSize: 8}
                  servers: 1
                  requests: 500000000
                """),
            "--out",
            folder.resolve("out")));
  }

  private @Nullable Process first;

  /** A second run is refused; the lock of one that is killed does not outlive it. */
  @Test
  void twoRunsDoNotWriteIntoOneFolder() throws Exception {
    Path out = folder.resolve("out");
    first =
        start(
            folder.resolve("out.txt").toString(),
            List.of(),
            "run",
            small(),
            "--set",
            "scenario.requests=1000000000000",
            "--out",
            out);
    try {
      for (int i = 0; i < 2000 && !Files.exists(out.resolve(".unfinished-runs")); i++) {
        Thread.sleep(10);
      }
      for (List<Object> second :
          List.<List<Object>>of(
              List.of("run", small, "--out", out),
              List.of("run", small, "--restart", "--out", folder.resolve("./out/.")),
              List.of("capacity", small, "--out", out))) {
        refused(2, "another batchq is writing into this folder", Shell.run(second.toArray()));
      }
    } finally {
      first.destroyForcibly().waitFor();
    }
    Shell again = Shell.run("run", small, "--out", out);
    assertEquals(0, again.status(), again.err());
    assertFalse(Shell.names(out).contains(".lock"));
    assertEquals(7, Shell.names(out).size());
  }

  @Test
  void filesThatAreReadAreNotOverwritten() {
    Path trace =
        Shell.write(
            folder.resolve("summary.csv"),
            "batchSize,length,seconds\n1,10,1\n1,20,2\n2,10,1.5\n2,20,2.5\n");
    String before = Shell.read(trace);
    refused(2, "is read by this command", Shell.run("fit", "service", trace, "--out", trace));
    Path experiment =
        Shell.write(
            folder.resolve("traced.yaml"),
            Shell.SMALL.replace(
                "{law: uniform, min: 1, max: 20}",
                "{law: empirical, file: summary.csv, column: length}"));
    refused(2, "is read by this command", Shell.run("run", experiment, "--out", folder));
    assertEquals(before, Shell.read(trace));
  }
}
