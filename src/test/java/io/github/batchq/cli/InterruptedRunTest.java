package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code batchq run} in a process of its own that is told to stop. */
class InterruptedRunTest {
  /** The bit of signal 2 among those that a process ignores. */
  private static final long INTERRUPT = 1L << 1;

  @TempDir Path folder;

  private @Nullable Process process;

  /** A build in the background of a shell ignores Ctrl-C, and so do its children. */
  @BeforeEach
  void theSignalArrives() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.isReadable(status), "no signals here");
    for (String line : Files.readAllLines(status)) {
      assumeTrue(
          !line.startsWith("SigIgn:")
              || (Long.parseUnsignedLong(line.substring(7).strip(), 16) & INTERRUPT) == 0,
          "the signal is ignored");
    }
  }

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private Process run(Object... arguments) throws IOException {
    Process started =
        Batchq.start(folder, Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray());
    process = started;
    return started;
  }

  private static void interrupt(Process running) throws IOException, InterruptedException {
    assertEquals(
        0, new ProcessBuilder("kill", "-INT", Long.toString(running.pid())).start().waitFor());
    assertTrue(running.waitFor(20, TimeUnit.SECONDS), "still running");
  }

  private static void waitFor(Path file, long lines) throws IOException, InterruptedException {
    for (int i = 0; i < 2000; i++) {
      if (Files.exists(file) && Files.readString(file).lines().count() > lines) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError(file + " has not " + lines + " runs");
  }

  @Test
  void itSaysWhatIsKeptAndHowToGoOn() throws Exception {
    Path file = Shell.write(folder.resolve("small.yaml"), Shell.SMALL);
    Path results = folder.resolve("results");
    Path journal = results.resolve(".unfinished-runs");
    Process running = run(file, "--out", results, "--replications", 100_000);
    waitFor(journal, 5);
    interrupt(running);
    assertEquals(130, running.exitValue());
    List<String> kept = Files.readAllLines(journal);
    assertTrue(Files.readString(journal).endsWith("\n"));
    assertEquals("", Files.readString(folder.resolve("out.txt")));
    assertEquals(
        "batchq: interrupted; "
            + (kept.size() - 1)
            + " finished runs are kept in "
            + journal
            + ": the same command with --resume goes on from there\n",
        Files.readString(folder.resolve("err.txt")));
    assertEquals(List.of(".unfinished-runs"), Shell.names(results));
  }

  @Test
  void whereNoRunIsFinishedNothingIsLeft() throws Exception {
    Path file = Shell.write(folder.resolve("small.yaml"), Shell.SMALL);
    Path results = folder.resolve("results");
    Process running =
        run(file, "--out", results, "--set", "scenario.requests=2000000000", "--set", "charts=");
    waitFor(results.resolve(".unfinished-runs"), 0);
    // The journal is open a moment before runs begin.
    Thread.sleep(200);
    interrupt(running);
    assertEquals(130, running.exitValue());
    assertEquals(
        "batchq: interrupted; no run was finished, nothing is kept\n",
        Files.readString(folder.resolve("err.txt")));
    assertTrue(Files.notExists(results));
  }
}
