package io.github.batchq.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script {@code batchq} on machines that lack something: a copy of it, in a folder whose name
 * has a blank, with scripts in the place of java and mvn and a path that has nothing else of them.
 */
class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "cat",
          "cut",
          "dirname",
          "find",
          "grep",
          "head",
          "mktemp",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "stty",
          "touch",
          "uname");

  /** Says how it was called; it is of a version, and its folder has no file that says so. */
  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then
        echo 'openjdk version "%s" 2024-01-16' >&2
        exit 0
      fi
      for word in "$@"; do echo "[$word]"; done
      """;

  private static final String BUILDS = "#!/bin/sh\nmkdir -p target; echo jar > target/batchq.jar\n";

  @TempDir Path folder;
  private Path home;
  private Path tools;
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  @SuppressWarnings("NullAway.Init")
  void copy() throws IOException {
    home = folder.resolve("a home");
    Files.createDirectories(home.resolve("src/main"));
    Files.copy(Path.of("batchq"), home.resolve("batchq"));
    assumeTrue(home.resolve("batchq").toFile().setExecutable(true), "a system with scripts");
    Shell.write(home.resolve("pom.xml"), "<project/>");
    tools = Files.createDirectory(folder.resolve("some tools"));
    for (String tool : TOOLS) {
      lend(tool);
    }
    lend("mkdir");
    variables.put("PATH", tools.toString());
    variables.put("TMPDIR", folder.toString());
  }

  private void lend(String tool) throws IOException {
    Path found =
        Stream.of(System.getenv("PATH").split(":", -1))
            .map(place -> Path.of(place, tool))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow();
    script(tools.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
  }

  private void script(Path place, String text) throws IOException {
    Files.createDirectories(Objects.requireNonNull(place.getParent()));
    assertTrue(Shell.write(place, text).toFile().setExecutable(true));
  }

  private void built() throws IOException {
    Files.createDirectories(home.resolve("target"));
    Shell.write(home.resolve("target/batchq.jar"), "jar");
  }

  private Shell batchq(Path script, String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of(script.toString()), Stream.of(arguments)).toList();
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    int status = process.waitFor();
    return new Shell(status, Shell.read(out), Shell.read(err));
  }

  private void assertFails(String sentence, boolean packages) throws Exception {
    Shell found = batchq(home.resolve("batchq"), "run", "x.yaml");
    List<String> lines =
        found.err().lines().filter(line -> !line.startsWith("batchq: building ")).toList();
    assertEquals(1, lines.size(), found.err());
    assertEquals(1, found.status());
    assertEquals("", found.out());
    assertTrue(lines.get(0).startsWith("batchq: " + sentence), found.err());
    for (String system : List.of("Debian", "Ubuntu", "Fedora", "macOS")) {
      assertEquals(packages, lines.get(0).contains(system), found.err());
    }
  }

  /** Runs on Spark have a jar of their own, if it is there and as new as its sources. */
  @Test
  void sparkHasAJarOfItsOwn() throws Exception {
    built();
    script(tools.resolve("java"), JAVA.formatted("17.0.9"));
    Path script = home.resolve("batchq");
    for (List<String> engine : List.of(List.of("--engine", "spark"), List.of("--engine=spark"))) {
      String[] run = Stream.concat(Stream.of("run", "x"), engine.stream()).toArray(String[]::new);
      Files.deleteIfExists(home.resolve("target/batchq-spark.jar"));
      assertTrue(batchq(script, run).out().contains("/target/batchq.jar]"));
      Shell.write(home.resolve("target/batchq-spark.jar"), "jar");
      assertTrue(batchq(script, run).out().contains("/target/batchq-spark.jar]"));
      assertTrue(batchq(script, "run", "spark").out().contains("/target/batchq.jar]"));
    }
    FileTime later = FileTime.from(Instant.now().plusSeconds(60));
    Files.setLastModifiedTime(Files.createDirectories(home.resolve("src/spark")), later);
    Shell old = batchq(script, "run", "x", "--engine", "spark");
    assertEquals(1, old.status());
    assertEquals(
        "batchq: "
            + home
            + "/target/batchq-spark.jar is older than its sources: build it by 'mvn -Pspark"
            + " -DskipTests package' in "
            + home
            + "\n",
        old.err());
  }

  @Test
  void sparkSubmitIsThatOfAnInstallation() throws Exception {
    built();
    script(tools.resolve("java"), JAVA.formatted("17.0.9"));
    Path script = home.resolve("batchq");
    Shell without = batchq(script, "spark-submit", "x.yaml", "--master", "local");
    assertEquals(1, without.status());
    assertTrue(without.err().startsWith("batchq: spark-submit needs SPARK_HOME"), without.err());
    Path installed = folder.resolve("a spark");
    variables.put("SPARK_HOME", installed.toString());
    assertEquals(
        "batchq: SPARK_HOME is " + installed + ", where there is no bin/spark-submit\n",
        batchq(script, "spark-submit", "x.yaml").err());
    script(installed.resolve("bin/spark-submit"), "#!/bin/sh\nprintf '[%s]' \"$@\"\n");
    assertTrue(
        batchq(script, "spark-submit", "x.yaml").err().contains("is missing or older than its"));
    Path jar = Shell.write(home.resolve("target/batchq-spark.jar"), "jar");
    for (List<String> master :
        List.of(List.of("--master", "local[1]"), List.of("--master=local[1]"))) {
      List<String> words = new ArrayList<>(List.of("spark-submit", "an x.yaml"));
      words.addAll(master);
      words.addAll(List.of("--out", "y"));
      Shell submitted = batchq(script, words.toArray(String[]::new));
      assertEquals(
          "[--master][local[1]][--class][io.github.batchq.cli.Main]["
              + jar
              + "][run][an x.yaml][--out][y][--engine][spark]",
          submitted.out());
      assertTrue(submitted.err().startsWith("batchq: " + installed + "/bin/spark-submit --master"));
    }
  }

  @Test
  void aWrongJavaHomeIsNamed() throws Exception {
    built();
    script(tools.resolve("java"), JAVA.formatted("17.0.9"));
    variables.put("JAVA_HOME", "/no such/jdk");
    assertFails("JAVA_HOME is /no such/jdk, where there is no bin/java: correct or unset it", true);
  }

  @Test
  void withoutJavaItsPackagesAreNamed() throws Exception {
    built();
    assertFails("there is no java: install a JDK of version 17 or newer", true);
  }

  @Test
  void aJavaThatIsTooOldIsNamedWithItsVersion() throws Exception {
    built();
    script(tools.resolve("java"), JAVA.formatted("11.0.22"));
    assertFails(tools + "/java is too old, of version 11.0.22: install a JDK of version 17", true);
    script(tools.resolve("java"), JAVA.formatted("1.8.0_392"));
    assertFails(
        tools + "/java is too old, of version 1.8.0_392: install a JDK of version 17", true);
    Path jdk = folder.resolve("old jdk");
    script(jdk.resolve("bin/java"), JAVA.formatted("17"));
    Shell.write(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"16.0.2\"\n");
    variables.put("JAVA_HOME", jdk.toString());
    assertFails(jdk + "/bin/java is too old, of version 16.0.2: install a JDK of version 17", true);
  }

  @Test
  void aJavaThatDoesNotRunIsNamed() throws Exception {
    built();
    script(
        tools.resolve("java"), "#!/bin/sh\necho 'Unable to locate a Java Runtime.' >&2; exit 1\n");
    assertFails(tools + "/java does not run: install a JDK of version 17 or newer", true);
  }

  @Test
  void theFirstBuildNeedsACompilerAndMaven() throws Exception {
    script(tools.resolve("java"), JAVA.formatted("17.0.9"));
    assertFails(tools + "/java has no compiler beside it, which the first build needs", true);
    script(tools.resolve("javac"), "#!/bin/sh\n");
    assertFails("the first build needs Maven, and there is no mvn: install it", true);
    Path jre = folder.resolve("jre");
    script(jre.resolve("bin/java"), JAVA.formatted("17"));
    variables.put("JAVA_HOME", jre.toString());
    assertFails(jre + "/bin/java has no compiler beside it", true);
  }

  @Test
  void withoutANetworkTheLogIsKeptAndNotShown() throws Exception {
    script(tools.resolve("java"), JAVA.formatted("17.0.9"));
    script(tools.resolve("javac"), "#!/bin/sh\n");
    String said =
        "[ERROR] Could not transfer artifact a:b:pom:1 from/to central"
            + " (https://repo.maven.apache.org/maven2): repo.maven.apache.org: Unknown host";
    script(tools.resolve("mvn"), "#!/bin/sh\necho '" + said + "'\necho '[ERROR] at org'; exit 1\n");
    assertFails("the first build downloads libraries, and their server cannot be reached", false);
    assertEquals(said + "\n[ERROR] at org\n", Shell.read(log()));
    assertFalse(Shell.read(folder.resolve("err.txt")).contains("org: Unknown host"));
    assertTrue(Shell.read(folder.resolve("err.txt")).endsWith(" (log: " + log() + ")\n"));
  }

  @Test
  void anotherFailureIsItsFirstError() throws Exception {
    script(tools.resolve("java"), JAVA.formatted("17.0.9"));
    script(tools.resolve("javac"), "#!/bin/sh\n");
    script(
        tools.resolve("mvn"),
        "#!/bin/sh\necho '[INFO] x'\necho '[ERROR] No space left'\necho '[ERROR] at org'; exit 1\n");
    assertFails("the build failed: No space left (log: " + folder + "/batchq-build.", false);
    assertTrue(Files.isRegularFile(log()));
  }

  private Path log() {
    return folder.resolve(
        Shell.names(folder).stream()
            .filter(name -> name.startsWith("batchq-build."))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void aBuildThatSucceedsRunsAndLeavesNoLog() throws Exception {
    Path jdk = folder.resolve("a jdk");
    script(jdk.resolve("bin/java"), JAVA.formatted("99"));
    script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    Shell.write(jdk.resolve("release"), "JAVA_VERSION=\"21.0.2\"\n");
    script(tools.resolve("mvn"), BUILDS);
    variables.put("JAVA_HOME", jdk.toString());
    variables.put("JAVA_OPTS", "-Xmx1g -Dx=y");
    variables.put("CDPATH", folder.toString());
    Path first = Files.createSymbolicLink(folder.resolve("link one"), Path.of("a home/batchq"));
    Path second = Files.createSymbolicLink(folder.resolve("link two"), first);
    Shell found = batchq(second, "run", "a file.yaml", "--set", "x=", "");
    assertEquals("batchq: building " + home.toRealPath() + "/target/batchq.jar\n", found.err());
    assertEquals(0, found.status());
    List<String> words = found.out().lines().toList();
    assertTrue(
        words.containsAll(
            List.of("[-Xmx1g]", "[-Dx=y]", "[-Dbatchq.home=" + home.toRealPath() + "]")),
        found.out());
    assertEquals(
        List.of(
            "[-jar]",
            "[" + home.toRealPath() + "/target/batchq.jar]",
            "[run]",
            "[a file.yaml]",
            "[--set]",
            "[x=]",
            "[]"),
        words.subList(words.indexOf("[-jar]"), words.size()));
    assertFalse(Shell.names(folder).stream().anyMatch(name -> name.startsWith("batchq-build.")));
    // The second time nothing is built.
    assertEquals("", batchq(second, "list").err());
  }

  /** A JDK and a Maven that builds as a script says. */
  private void install(String mvn) throws IOException {
    script(tools.resolve("java"), JAVA.formatted("17.0.9"));
    script(tools.resolve("javac"), "#!/bin/sh\n");
    script(tools.resolve("mvn"), mvn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SLURM_ARRAY_TASK_ID",
        "PBS_ARRAY_INDEX",
        "PBS_ARRAYID",
        "SGE_TASK_ID",
        "LSB_JOBINDEX",
        "JOB_COMPLETION_INDEX",
        "AWS_BATCH_JOB_ARRAY_INDEX"
      })
  void anArrayJobBuildsNothing(String variable) throws Exception {
    install(BUILDS);
    variables.put(variable, "3");
    assertFails(
        home.toRealPath()
            + "/target/batchq.jar is missing or older than its sources, and an array job does not"
            + " build it: run '"
            + home.toRealPath()
            + "/batchq --version' once before the job",
        false);
    assertFalse(Files.exists(home.resolve("target")));
    variables.remove(variable);
    assertEquals(0, batchq(home.resolve("batchq"), "--version").status());
    variables.put(variable, "3");
    Shell found = batchq(home.resolve("batchq"), "run");
    assertEquals("", found.err());
    assertTrue(found.out().endsWith("[run]\n"), found.out());
  }

  /** What SGE and LSF say in a job that is no array. */
  @Test
  void anyOtherJobBuilds() throws Exception {
    install(BUILDS);
    variables.put("SGE_TASK_ID", "undefined");
    variables.put("LSB_JOBINDEX", "0");
    assertEquals(0, batchq(home.resolve("batchq"), "--version").status());
  }

  @Test
  void ofSeveralAtOnceOneBuilds() throws Exception {
    install(
        "#!/bin/sh\nmkdir -p target; echo built >>builds; sleep 2; echo jar >target/batchq.jar\n");
    List<Process> launched = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ProcessBuilder builder =
          new ProcessBuilder(home.resolve("batchq").toString(), "run", "x.yaml");
      builder.environment().clear();
      builder.environment().putAll(variables);
      launched.add(
          builder
              .redirectOutput(folder.resolve("out" + i).toFile())
              .redirectError(folder.resolve("err" + i).toFile())
              .start());
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(0, launched.get(i).waitFor(), Shell.read(folder.resolve("err" + i)));
      assertTrue(Shell.read(folder.resolve("out" + i)).endsWith("[run]\n[x.yaml]\n"));
    }
    assertEquals("built\n", Shell.read(home.resolve("builds")));
    assertEquals(List.of("batchq.jar"), Shell.names(home.resolve("target")));
  }

  /** A launcher that was killed while it built leaves its lock. */
  @Test
  void aBuildThatWasKilledIsNamed() throws Exception {
    install(BUILDS);
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    Process name = new ProcessBuilder("uname", "-n").start();
    String owner =
        process.pid() + " on " + new String(name.getInputStream().readAllBytes(), UTF_8).strip();
    Files.createDirectories(home.resolve("target"));
    Path lock = Shell.write(home.toRealPath().resolve("target/.building"), owner + "\n");
    assertFails(
        "process "
            + owner
            + " began to build "
            + home.toRealPath()
            + "/target/batchq.jar and did not end: remove "
            + lock
            + " if it is gone, and try again",
        false);
    Files.delete(lock);
    assertEquals(0, batchq(home.resolve("batchq"), "run").status());
  }
}
