package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where runs are made is chosen, and what is not there is told before anything is written. */
class EngineOptionsTest {
  @TempDir Path folder;

  private void assertRefused(String command, String sentence, Object... options) {
    Path file = Shell.write(folder.resolve("small.yaml"), Shell.SMALL);
    Path out = folder.resolve("out");
    Object[] arguments = new Object[4 + options.length];
    arguments[0] = command;
    arguments[1] = file;
    arguments[2] = "--out";
    arguments[3] = out;
    System.arraycopy(options, 0, arguments, 4, options.length);
    Shell shell = Shell.run(arguments);
    assertEquals("batchq: " + sentence + "\n", shell.err());
    assertEquals(2, shell.status());
    assertFalse(Files.exists(out));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "capacity"})
  void withoutItsJarSparkSaysHowToGetIt(String command) {
    assertRefused(
        command,
        "--engine spark needs the jar with Spark's engine: build it by 'mvn -Pspark -DskipTests"
            + " package' and run './batchq', or 'java -jar target/batchq-spark.jar'",
        "--engine",
        "spark",
        "--master",
        "local[2]");
  }

  @Test
  void anUnknownEngineHasANearestName() {
    assertRefused(
        "run",
        "unknown engine 'spork'; did you mean 'spark'? (allowed: threads, spark)",
        "--engine",
        "spork");
  }

  @Test
  void optionsBelongToTheirEngine() {
    assertRefused(
        "run", "--master and --slice belong to --engine spark", "--master", "spark://host:7077");
    assertRefused("run", "--master and --slice belong to --engine spark", "--slice", 5);
    assertRefused("run", "--slice must be at least 1, found 0", "--slice", 0);
    assertRefused(
        "run",
        "--threads belongs to --engine threads: the threads of Spark follow from its cluster, or"
            + " from --master local[T]",
        "--engine",
        "spark",
        "--threads",
        2);
  }

  @Test
  void theManifestNamesTheEngine() {
    Path file = Shell.write(folder.resolve("small.yaml"), Shell.SMALL);
    Path out = folder.resolve("out");
    assertEquals(
        0, Shell.run("run", file, "--out", out, "--engine", "threads", "--threads", 2).status());
    String manifest = Shell.read(out.resolve("manifest.json"));
    assertTrue(manifest.contains("\"engine\" : \"threads\",\n  \"threads\" : 2,"), manifest);
  }
}
