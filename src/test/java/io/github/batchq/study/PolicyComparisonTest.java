package io.github.batchq.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.RunEngine;
import io.github.batchq.engine.Runner;
import io.github.batchq.engine.ThreadEngine;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which points are compared with which. */
class PolicyComparisonTest {
  private static final String POLICIES =
      """
        policy:
          - {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8}
          - {type: standard, batchSize: 8}
          - {type: multi-bin, bins: 20, boundaries: equal-mass, batchSize: 8}
        servers: [1, 2]
      """;

  private static final String BINS =
      """
        policy.bins: [1, 2, 4]
        arrivals.rate: {from: 0.4, to: 0.6, step: 0.1}
      """;

  private static final String TOGETHER =
      """
        zip: [{policy.bins: [1, 2], servers: [1, 2]}]
      """;

  @TempDir Path folder;

  /** The small experiment with another sweep and without charts. */
  private Experiment experiment(String sweep) {
    String text = ExperimentFiles.SMALL.replace(sweep.isEmpty() ? "sweep:\n" + BINS : BINS, sweep);
    return ExperimentFiles.read(folder, text.substring(0, text.indexOf("charts")));
  }

  private static List<PolicyComparison.Group> groups(Experiment experiment, String... baseline) {
    return PolicyComparison.of(experiment, List.of(baseline)).members();
  }

  @Test
  void groupsHaveTheOtherValuesInCommon() {
    Experiment experiment = experiment(BINS);
    // Points: 0 to 2 have one bin, 3 to 5 two, 6 to 8 four; rates alternate.
    assertEquals(
        List.of(
            new PolicyComparison.Group(3, List.of(0, 6)),
            new PolicyComparison.Group(4, List.of(1, 7)),
            new PolicyComparison.Group(5, List.of(2, 8))),
        groups(experiment, "policy.bins=2"));
    PolicyComparison comparison = PolicyComparison.of(experiment, List.of("policy.bins=2"));
    assertEquals(List.of("arrivals.rate", "policy.bins"), comparison.paths());
    assertEquals(List.of("0.5", "4"), comparison.values(7));
    assertEquals("policy.bins = 2", comparison.baselineText());
    assertEquals(
        List.of(new PolicyComparison.Group(4, List.of(0, 1, 2, 3, 5, 6, 7, 8))),
        groups(experiment, "policy.bins=2", "arrivals.rate=0.5"));
  }

  @Test
  void pathsAndValuesMayBeShort() {
    List<PolicyComparison.Group> twoBins = groups(experiment(BINS), "policy.bins=2");
    assertEquals(twoBins, groups(experiment(BINS), "bins=2"));
    assertEquals(twoBins, groups(experiment(BINS), "policy=2.0"));
    List<PolicyComparison.Group> standard =
        List.of(
            new PolicyComparison.Group(2, List.of(0, 4)),
            new PolicyComparison.Group(3, List.of(1, 5)));
    assertEquals(standard, groups(experiment(POLICIES), "policy=standard"));
    assertEquals(standard, groups(experiment(POLICIES), "policy=standard(batchSize=8)"));
    assertEquals(
        List.of(0, 1),
        groups(experiment(POLICIES), "policy=multi-bin(bins=2)").stream()
            .map(PolicyComparison.Group::baseline)
            .toList());
  }

  @Test
  void pathsThatVaryTogetherAreNamedTogether() {
    assertEquals(
        List.of(new PolicyComparison.Group(0, List.of(1))),
        groups(experiment(TOGETHER), "policy.bins=1", "servers=1"));
    assertRefused("policy.bins = 1 not at servers = 2", TOGETHER, "policy.bins=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bins|--baseline takes PATH=VALUE, such as policy=standard, found 'bins'",
        "=1|--baseline takes PATH=VALUE",
        "policy.bin=1|found 'policy.bin'; did you mean 'policy.bins'? (allowed: policy.bins, arrivals.rate)",
        "bins=3|--baseline policy.bins=3: the sweep has 1; 2; 4",
        "bins=two|--baseline policy.bins=two: the sweep has 1; 2; 4"
      })
  void refusesWhatIsNotInTheSweep(String baseline, String sentence) {
    assertTrue(refusal(BINS, baseline).contains(sentence), refusal(BINS, baseline));
  }

  @Test
  void refusesWhatIsAmbiguousOrAlone() {
    assertRefused("batchSize=8); multi-bin(bins=20,", POLICIES, "policy=multi-bin");
    assertRefused(
        "any of policy.bins, policy.batchSize",
        "  policy.bins: [1, 2]\n  policy.batchSize: [4, 8]\n",
        "policy=4");
    assertRefused("names policy.bins twice", BINS, "bins=1", "policy.bins=2");
    assertRefused("nothing to compare", "  policy.bins: [1]\n", "bins=1");
    assertRefused(
        "policy.bins = 1 more than once at servers = 1",
        "  zip: [{policy.bins: [1, 1, 2], servers: [1, 1, 1]}]\n",
        "bins=1");
    assertRefused("sweeps nothing", "", "bins=1");
  }

  @Test
  void refusesOneReplication() {
    Experiment once = experiment(BINS).withReplications(1);
    String message =
        assertThrows(BadInputException.class, () -> groups(once, "bins=1")).getMessage();
    assertTrue(message.contains("2 replications or more, found 1"), message);
  }

  private void assertRefused(String words, String sweep, String... baseline) {
    String message = refusal(sweep, baseline);
    assertTrue(message.contains(words), message);
  }

  private String refusal(String sweep, String... baseline) {
    return assertThrows(BadInputException.class, () -> groups(experiment(sweep), baseline))
        .getMessage();
  }

  @Test
  void sharesOfTheBaseline() {
    assertEquals(new Indifference(0.01, true), Indifference.parse("1%"));
    assertEquals(0.5, Indifference.parse("2.5e-1").at(7) * 2);
    assertEquals(0.07, Indifference.parse("1%").at(-7), 1e-15);
    for (String text : List.of("0", "-1", "x", "%", "1s", "NaN", "Infinity", "0%", "")) {
      assertThrows(BadInputException.class, () -> Indifference.parse(text), text);
    }
  }

  @Test
  void selectionGoesOnWithTheSameRuns() throws InterruptedException {
    // Near their crossing, 0.4 requests per second, one bin and two bins take more than three runs.
    Experiment experiment = experiment("  policy.bins: [1, 2, 4]\n  arrivals.rate: [0.4]\n");
    PolicyComparison comparison = PolicyComparison.of(experiment, List.of("bins=1"));
    Metric latency = Metric.ALL.get(1);
    PolicySelection selection = new PolicySelection(latency, new Indifference(0.5, false), 0.9, 40);
    ResultTable once = selection(selection, experiment, comparison, 1);
    assertEquals(once, selection(selection, experiment, comparison, 5));
    int replications = (int) once.number(0, "replications");
    assertTrue(replications > 3, once.toCsv());
    Experiment longer = experiment.withReplications(replications);
    RunResults results = Runner.run(longer, 2, (runs, allRuns, requests) -> {});
    assertEquals(results.estimate(0, latency).mean(), once.number(0, "mean"), 1e-12);
  }

  private static ResultTable selection(
      PolicySelection selection, Experiment experiment, PolicyComparison comparison, int threads)
      throws InterruptedException {
    RunResults results = Runner.run(experiment, threads, (runs, allRuns, requests) -> {});
    try (RunEngine engine = new ThreadEngine(threads)) {
      return selection.select(experiment, comparison, results, engine, runs -> {});
    }
  }

  /** One bin carries 0.447 requests per second, four 0.648. */
  @Test
  void anOverloadedPointIsWorseThanOneThatIsNot() throws InterruptedException {
    String text =
        ExperimentFiles.SMALL
            .replace(BINS, "  policy.bins: [1, 4]\n  arrivals.rate: [0.5, 0.9]\n")
            .replace("requests: 2000", "requests: 20000");
    Experiment experiment = ExperimentFiles.read(folder, text.substring(0, text.indexOf("charts")));
    RunResults results = Runner.run(experiment, 2, (runs, allRuns, requests) -> {});
    List<Metric> metrics = List.of(Metric.named("latency.mean"), Metric.named("throughput"));
    ResultTable table =
        PolicyComparison.of(experiment, List.of("bins=1")).table(results, metrics, 0.95);
    assertEquals("Infinity", table.text(0, "baseline"));
    assertTrue(table.number(0, "mean") < 100);
    assertEquals("better", table.text(0, "verdict"));
    assertEquals("", table.text(0, "ci"));
    assertEquals("better", table.text(1, "verdict"));
    assertEquals("Infinity", table.text(2, "mean"));
    assertEquals("cannot tell", table.text(2, "verdict"));
    assertEquals(
        "worse",
        PolicyComparison.of(experiment, List.of("bins=4"))
            .table(results, metrics, 0.95)
            .text(0, "verdict"));
  }
}
