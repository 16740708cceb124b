package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole batches under limits of tokens, or asked for them, say what they take for them. */
class WholeBatchNoteTest {
  private static final String LIMITS = "limits take the time in system as TTFT, and 0 as TPOT";
  private static final String METRICS = "metrics of tokens (ttft, tpot, itl) have no value";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  @SuppressWarnings("NullAway.Init")
  void write() {
    file =
        Shell.write(
            folder.resolve("tokens.yaml"),
            """
            name: tokens
            scenario:
              arrivals: {process: poisson, rate: 0.2}
              service:
                tokens: {law: uniform, min: 1, max: 20}
                model: {type: token-level, step: 1}
              policy: {type: dynamic, batchSize: 8}
              requests: 200
              limits: {ttft: 30}
            replications: 2
            metrics: [throughput, slo.attainment]
            """);
  }

  private String said(Object... arguments) {
    Shell found = Shell.run(arguments);
    assertEquals("", found.err());
    assertEquals(0, found.status());
    return found.out().lines().map(String::strip).collect(Collectors.joining(" "));
  }

  private String run(String setting) {
    Path out = folder.resolve("out");
    return setting.isEmpty()
        ? said("run", file, "--out", out)
        : said("run", file, "--out", out, "--set", setting);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " | true | false",
        "scenario.limits={tpot: 1} | true | false",
        "scenario.limits={ttft: 1, latency: 2} | true | false",
        "scenario.limits={latency: 30} | false | false",
        "metrics=[throughput] | false | false",
        "metrics=[throughput, ttft.mean] | false | true",
        "metrics=[itl.mean] | false | true",
        "metrics=[goodput, tpot.p99] | true | true",
        "scenario.policy={type: continuous, batchSize: 8} | false | false",
      })
  void theNoteSaysWhatIsTaken(String setting, boolean limits, boolean metrics) {
    String printed = run(setting == null ? "" : setting);
    assertEquals(limits, printed.contains(LIMITS), printed);
    assertEquals(metrics, printed.contains(METRICS), printed);
    assertEquals(limits || metrics, printed.contains("Batches are served whole,"), printed);
  }

  @Test
  void amongOtherPoliciesItSaysAtHowManyPoints() {
    String printed =
        run("sweep={policy: [{type: dynamic, batchSize: 8}, {type: continuous, batchSize: 8}]}");
    assertTrue(printed.contains("Batches are served whole at 1 of 2 points,"), printed);
    assertTrue(printed.contains(LIMITS + " there."), printed);
  }

  @Test
  void capacityAndCompareSayItToo() {
    String searched =
        said("capacity", file, "--limit", "slo.attainment=0.9", "--max-replications", 8);
    assertTrue(searched.contains(LIMITS), searched);
    assertFalse(
        said("capacity", file, "--limit", "latency.mean=60", "--max-replications", 8)
            .contains("whole"));
    String compared =
        said("compare", file, "--set", "sweep={servers: [1, 2]}", "--baseline", "servers=1");
    assertTrue(compared.contains(LIMITS), compared);
  }

  @Test
  void aCapacityIsNotSoughtWithinALimitThatHasNoValue() {
    Shell found = Shell.run("capacity", file, "--limit", "ttft.p99=30");
    assertEquals(2, found.status());
    assertEquals(
        "batchq: --limit: ttft.p99 has no value where batches are served whole, whose requests get"
            + " all tokens when they leave: TTFT is the time in system there, so limit that, such"
            + " as latency.p99\n",
        found.err());
  }

  /** The baseline is overloaded, but has no first tokens that could be late. */
  @Test
  void withoutAValueThereIsNoVerdict() {
    String csv =
        said(
            "compare",
            file,
            "--set",
            "sweep={servers: [1, 4]}",
            "--set",
            "scenario.arrivals.rate=2",
            "--baseline",
            "servers=1",
            "--metric",
            "ttft.mean",
            "--format",
            "csv");
    assertTrue(csv.contains(" 4,ttft.mean,,,"), csv);
    assertTrue(csv.endsWith(",cannot tell"), csv);
    String latency =
        said(
            "compare",
            file,
            "--set",
            "sweep={servers: [1, 4]}",
            "--set",
            "scenario.arrivals.rate=2",
            "--baseline",
            "servers=1",
            "--metric",
            "latency.mean",
            "--format",
            "csv");
    assertTrue(latency.contains(" 4,latency.mean,Infinity,"), latency);
    assertTrue(latency.endsWith(",better"), latency);
  }

  @Test
  void theListSaysItOfMetrics() {
    String listed = said("list", "--format", "csv");
    assertTrue(
        listed.contains(
            "median time to the first token; no value where batches are served whole: see"
                + " latency"),
        listed);
    assertTrue(
        listed.contains(
            "kept all limits; where batches are served whole, the first token comes with the last"),
        listed);
  }
}
