package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that were changed after batchq wrote them are not drawn or compared without a word. */
class TouchedResultsTest {
  private static final String SUMMARY = "summary.csv";
  private static final String REPLICATIONS = "replications.csv";
  private static final String MANIFEST = "manifest.json";

  /** Results that nobody touches. */
  @TempDir static Path original;

  @TempDir Path folder;

  private Path out = Path.of("");

  @BeforeAll
  static void results() {
    Path file = Shell.write(original.resolve("small.yaml"), Shell.SMALL);
    assertEquals(0, Shell.run("run", file, "--out", original.resolve("out")).status());
  }

  @BeforeEach
  void copy() throws IOException {
    out = Files.createDirectory(folder.resolve("out"));
    for (String name : Shell.names(original.resolve("out"))) {
      Files.copy(original.resolve("out").resolve(name), out.resolve(name));
    }
  }

  private String read(String name) {
    return Shell.read(out.resolve(name));
  }

  private void change(String name, String from, String to) {
    String text = read(name);
    String changed = text.replaceFirst(from, to);
    assertFalse(text.equals(changed), from);
    Shell.write(out.resolve(name), changed);
  }

  /** Makes the manifest one of an older version, which knows no checksums. */
  private void forgetChecksums() {
    change(MANIFEST, "\"files\"", "\"earlier\"");
  }

  private Shell plot() {
    return Shell.run("plot", out);
  }

  private Shell best() {
    return Shell.run("best", out, "--over", "policy.bins", "--metric", "throughput");
  }

  private void refuses(Shell shell, String sentence, List<String> before) {
    assertEquals(2, shell.status(), shell.err() + shell.out());
    assertEquals(1, shell.err().lines().count(), shell.err());
    assertTrue(shell.err().contains(sentence), shell.err());
    assertTrue(shell.err().contains(out.toString()), shell.err());
    assertFalse(shell.err().contains("Exception"), shell.err());
    assertFalse(shell.err().contains("jackson"), shell.err());
    assertEquals(before, Shell.names(out));
  }

  private void bothRefuse(String sentence) {
    List<String> before = Shell.names(out);
    refuses(plot(), sentence, before);
    refuses(best(), sentence, before);
  }

  @Test
  void whatWasNotTouchedIsReadWithAndWithoutChecksums() {
    assertEquals(0, plot().status(), plot().err());
    assertEquals(0, best().status(), best().err());
    forgetChecksums();
    assertEquals(0, plot().status(), plot().err());
    assertEquals(0, best().status(), best().err());
  }

  /** The digest of the tool of the operating system, worked out by another programme. */
  @Test
  void theManifestHasTheSha256OfEachTable() throws Exception {
    for (String name : List.of(SUMMARY, REPLICATIONS)) {
      Process sum =
          new ProcessBuilder("sha256sum", out.resolve(name).toString())
              .redirectErrorStream(true)
              .start();
      String line = new String(sum.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(
          read(MANIFEST).contains("\"" + name + "\" : \"" + line.split(" ", 2)[0] + "\""), line);
    }
  }

  /**
   * A change of a table: what is replaced, by what, and what is said where there are no checksums.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n1,0.4,0.39|\n1,0.4,0.38|",
        "\n1,0.4,[^\n]*||it has 3 rows, and the experiment 4 points",
        "(\n1,0.4,[^\n]*)|$1$1|it has 5 rows, and the experiment 4 points",
        "(\n1,0.4,[^\n]*)(\n1,0.6,[^\n]*)|$2$1|it has 0.6 for arrivals.rate in row 1, and the experiment 0.4",
        "\n1,0.4,|\n3,0.4,|it has 3 for policy.bins in row 1, and the experiment 1",
        "policy.bins,|bins,|it has the first columns bins, arrivals.rate",
        "\\Apolicy.bins,arrivals.rate|arrivals.rate,policy.bins|it has the first columns",
        "throughput,|thruput,|it has no column throughput",
        "\n1,0.4,[^,]*,|\n1,0.4,much,|row 1, column 'throughput': 'much' is not a number",
        "latency.mean,|throughput,|the column 'throughput' is there twice",
        "\n1,0.4,|\n1,0.4,7,|17 cells where the header has 16",
        "\n1,0.4,|\n\"1\"x,0.4,|cannot be read",
        "\\Ap|\uFEFFp|it has the first columns",
      })
  void aChangedSummary(String change) {
    List<String> parts = List.of(change.split("\\|", -1));
    change(SUMMARY, parts.get(0), parts.get(1));
    bothRefuse("summary.csv was changed after batchq wrote it");
    forgetChecksums();
    if (!parts.get(2).isEmpty()) {
      bothRefuse(parts.get(2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n1,0.4,0,0|\n1,0.4,0,1|",
        "\n1,0.4,1,[^\n]*||it has 11 rows, and summary.csv tells of 12 runs",
        "replication,|run,|it has the first columns",
        "(\n1,0.4,1,)[^,]*|$1x|column 'throughput': 'x' is not a number",
        "latency.mean|latency|it has no column latency.mean",
      })
  void changedReplications(String change) {
    List<String> parts = List.of(change.split("\\|", -1));
    change(REPLICATIONS, parts.get(0), parts.get(1));
    assertEquals(0, plot().status(), "plot does without them");
    List<String> before = Shell.names(out);
    refuses(best(), "replications.csv was changed after batchq wrote it", before);
    forgetChecksums();
    if (!parts.get(2).isEmpty()) {
      refuses(best(), parts.get(2), before);
    }
  }

  @Test
  void tablesThatAreMissingOrAreNoText() throws IOException {
    byte[] summary = Files.readAllBytes(out.resolve(SUMMARY));
    Files.delete(out.resolve(REPLICATIONS));
    refuses(best(), "replications.csv is missing beside its manifest.json", Shell.names(out));
    Files.delete(out.resolve(SUMMARY));
    bothRefuse("summary.csv is missing beside its manifest.json: run the experiment again");
    forgetChecksums();
    bothRefuse("summary.csv is missing");
    summary[summary.length - 2] = (byte) 0xff;
    Files.write(out.resolve(SUMMARY), summary);
    bothRefuse("summary.csv cannot be read: it is not text in UTF-8");
    Files.write(out.resolve(SUMMARY), new byte[0]);
    bothRefuse("summary.csv is empty");
  }

  /** Names that would leave the folder, or overwrite a table in it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "summary",
        "Summary",
        "replications",
        "manifest",
        "../summary",
        "../../x",
        "/tmp/batchq-touched",
        ".hidden",
        "a/b",
        "",
      })
  void aManifestWithAnotherNameOfAChart(String name) {
    String summary = read(SUMMARY);
    change(MANIFEST, "\"file\" : \"throughput\"", "\"file\" : \"" + name + "\"");
    refuses(plot(), "charts[0].file", Shell.names(out));
    assertEquals(summary, read(SUMMARY));
    assertEquals(List.of("out"), Shell.names(folder));
    assertFalse(Files.exists(Path.of("/tmp/batchq-touched.csv")));
  }

  /** Other changes of the manifest: what is replaced, by what, and what is said. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x\" : \"arrivals.rate\"|\"x\" : \"servers\"|'servers' is no swept path",
        "\"y\" : \"throughput\"|\"y\" : \"padding\"|'padding' is no metric of this experiment",
        "\"file\" : \"throughput\",|\"file\" : \"throughput\", \"file\" : \"b\",|Duplicate field 'file'",
        "\"seed\" : 1,|\"seed\" : 1, \"seed\" : 2,|Duplicate field 'seed'",
        "\"policy.bins\" : \\[ 1, 2 \\]|\"policy.bins\" : [ 1 ]|it has 4 rows, and the experiment 2 points",
        "\"policy.bins\" : \\[ 1, 2 \\]|\"policy.bins\" : 1|are a list or",
        "\"sweep\"|\"swept\"|it has 4 rows, and the experiment 1 points",
        "\"experiment\"|\"experience\"|describes no",
        "\\A\\{|{\"deep\" : DEEP,|nesting depth",
        "\\A\\{|[|not the JSON of a manifest",
        "\\}\\s*\\z|}} |not the JSON of a manifest",
        "(?s)\\A.*\\z|[]|it is no JSON object",
        "(?s)\\A.*\\z|null|it is no JSON object",
        "(?s)\\A.*\\z||it is no JSON object",
        "\"seed\" : 1|\"seed\" : NaN|not the JSON of a manifest",
      })
  void anotherManifest(String change) {
    List<String> parts = List.of(change.split("\\|", -1));
    String deep = "[".repeat(3000) + "]".repeat(3000);
    change(MANIFEST, parts.get(0), parts.get(1).replace("DEEP", deep));
    refuses(plot(), parts.get(2), Shell.names(out));
  }

  @Test
  void aManifestThatIsNoTextInUtf8() throws IOException {
    byte[] bytes = Files.readAllBytes(out.resolve(MANIFEST));
    bytes[20] = (byte) 0xff;
    Files.write(out.resolve(MANIFEST), bytes);
    bothRefuse("manifest.json");
    Files.delete(out.resolve(MANIFEST));
    Files.createDirectory(out.resolve(MANIFEST));
    bothRefuse("it has no manifest.json");
  }
}
