package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.batchq.cli.DocumentPage.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents say can be done, and what they show is what one gets: links lead somewhere,
 * and the shell lines of README, tutorials and how-to guides print what stands below them. Lines
 * that take long, or whose data are no part of the repository, are parsed alone.
 */
class DocumentsTest {
  private static final Path README = Path.of("README.md");

  private static final Path DOCS = Path.of("docs");

  /** So that a stranger reads all of it. */
  private static final int MOST_LINES = 150;

  /** Commands, or options, that run for more than a few seconds. */
  private static final List<String> LONG =
      List.of("capacity", "plan", "reproduce", "bench", "self-test", "predictor", "--select");

  /** Runs of more requests are validated and not made. */
  private static final long MOST_REQUESTS = 2_000_000;

  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in all");

  /** Public traces that are no part of the repository. */
  private static final Pattern OUTSIDE = Pattern.compile("shared/data/([\\w.-]+)");

  private static final Pattern NAME = Pattern.compile("(?m)^name: (\\S+)");

  /** Where results go, for later lines too. */
  @TempDir static Path results;

  /** What lines printed that several pages show. */
  private static final Map<String, Shell> DONE = new HashMap<>();

  static List<DocumentPage> pages() throws IOException {
    try (Stream<Path> below = Files.walk(DOCS)) {
      return Stream.concat(
              Stream.of(README, Path.of("CONTRIBUTING.md"), Path.of("notebooks-java/README.md")),
              below.filter(file -> file.toString().endsWith(".md")).sorted())
          .map(DocumentPage::new)
          .toList();
    }
  }

  private static boolean isRun(DocumentPage page) {
    return page.file().equals(README)
        || page.file().startsWith(DOCS.resolve("tutorials"))
        || page.file().startsWith(DOCS.resolve("how-to"));
  }

  /** The shell lines of the pages whose lines are run. */
  static List<Example> examples() throws IOException {
    return pages().stream()
        .filter(DocumentsTest::isRun)
        .flatMap(page -> page.examples().stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(DocumentPage page) {
    assertEquals(List.of(), page.links().stream().filter(link -> !page.leads(link)).toList());
  }

  @Test
  void theReadmeIsShort() {
    int lines = new DocumentPage(README).lines().size();
    assertTrue(lines <= MOST_LINES, lines + " lines");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandIsOne(DocumentPage page) {
    for (List<String> command : page.commands()) {
      // The launcher hands spark-submit to Spark, which starts a run with the same options.
      String[] words =
          command.stream()
              .map(word -> word.equals("spark-submit") ? "run" : word)
              .toArray(String[]::new);
      Main.commandLine().parseArgs(words);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void experimentsAreValid(DocumentPage page) throws IOException {
    for (String experiment : page.experiments()) {
      Path file = Files.writeString(Files.createTempFile(results, "shown", ".yaml"), experiment);
      Shell found = Shell.run("validate", file);
      assertEquals(0, found.status(), found.err());
    }
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("examples")
  void printsWhatIsShown(Example example) throws IOException, InterruptedException {
    List<String> words = example.words();
    if (words.get(0).equals("java")) {
      assertShown(example, output(example));
      return;
    }
    assertEquals("./batchq", words.get(0), "this test does not know the command");
    List<String> arguments = words.subList(1, words.size());
    for (String word : arguments) {
      assumeTrue(!LONG.contains(word), "takes long: parsed alone");
      assumeDataOf(word);
    }
    assumeTrue(
        !arguments.get(0).equals("run") || requests(arguments) <= MOST_REQUESTS,
        "many requests: validated alone");
    Object[] moved = elsewhere(arguments).toArray();
    Shell found = DONE.computeIfAbsent(example.line(), line -> Shell.run(moved));
    assertEquals(0, found.status(), found.err());
    assertShown(example, found.out());
  }

  private static void assertShown(Example example, String output) {
    assertTrue(
        example.isShownBy(output.lines().map(String::stripTrailing).toList()),
        () -> example.page() + " shows something else than\n" + output);
  }

  private static long requests(List<String> run) {
    List<String> validate = new ArrayList<>(List.of("validate", run.get(1)));
    for (int i = 2; i < run.size(); i++) {
      if (run.get(i).equals("--set")) {
        validate.addAll(run.subList(i, i + 2));
      }
    }
    Shell found = Shell.run(validate.toArray());
    assertEquals(0, found.status(), found.err());
    Matcher requests = REQUESTS.matcher(found.out());
    assertTrue(requests.find(), found.out());
    return Long.parseLong(requests.group(1));
  }

  /** Skips a line that names a trace, or an experiment of one, that is not there. */
  private static void assumeDataOf(String word) throws IOException {
    Path named = Path.of(word);
    boolean experiment = word.endsWith(".yaml") && Files.exists(named);
    Matcher outside = OUTSIDE.matcher(experiment ? Files.readString(named) : word);
    while (outside.find()) {
      Path data = Path.of("../shared/data", outside.group(1));
      assumeTrue(Files.exists(data), data + " is not there: parsed alone");
    }
    assumeTrue(
        !word.startsWith("results/choose-policy") || Files.exists(results.resolve(word)),
        word + " was not made: parsed alone");
  }

  /** The same command, whose results go to, and are read from, the temporary folder. */
  private static List<String> elsewhere(List<String> arguments) throws IOException {
    List<String> moved = new ArrayList<>();
    for (String word : arguments) {
      boolean written = !moved.isEmpty() && moved.get(moved.size() - 1).equals("--out");
      Path there = results.resolve(word);
      boolean made = word.startsWith("results/") && Files.exists(there);
      moved.add(written || made ? there.toString() : word);
    }
    if (moved.get(0).equals("run") && !moved.contains("--out")) {
      Matcher name = NAME.matcher(Files.readString(Path.of(arguments.get(1))));
      assertTrue(name.find());
      moved.addAll(List.of("--out", results.resolve("results/" + name.group(1)).toString()));
    }
    return moved;
  }

  /** What a program in Java prints that stands above its line on the page. */
  private static String output(Example example) throws IOException, InterruptedException {
    String file = example.words().get(example.words().size() - 1);
    Path source = results.resolve(file);
    Files.writeString(source, example.page().program(file.replace(".java", "")));
    Path printed = results.resolve(file + ".out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                source.toString())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), Files.readString(printed));
    return Files.readString(printed);
  }
}
