package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.metric.Limits;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.scenario.Inputs;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlanFileTest {
  private static final String PLAN =
      """
      name: chat
      traffic:
        arrivals: {process: poisson, rate: 2}
        service: {law: uniform, min: 1, max: 20}
      require: {latency.p99: 60}
      search:
        policies: [standard, multi-bin]
        bins: [2]
        batchSize: [4]
        boundaries: [equal-mass]
        servers: 3
      """;

  @TempDir Path folder;

  private PlanQuestion read(String text, Map<String, String> settings) {
    try {
      Path file = Files.writeString(folder.resolve("plan.yaml"), text);
      return PlanFile.read(file, settings, BadRows.none());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> labels(PlanQuestion question) {
    return question.options().stream().map(option -> option.choice().label()).toList();
  }

  @Test
  void aGridHasEveryCombinationOnce() {
    PlanQuestion question = read(PLAN, Map.of("search.bins", "[1, 2]"));
    assertEquals(
        List.of(
            "standard(batchSize=4)",
            "multi-bin(bins=2, boundaries=equal-mass, batchSize=4)",
            "multi-bin(bins=2, boundaries=equal-mass, batchSize=4, partial=true)"),
        labels(question));
    assertEquals(
        List.of("standard", "multi-bin", "multi-bin(partial=true)"),
        question.options().stream().map(option -> option.choice().family()).toList());
    assertEquals(List.of(3), question.servers());
  }

  @Test
  void whatIsGivenStaysAndTheRestIsTried() {
    PlanQuestion question =
        read(PLAN, Map.of("search.policies", "[{type: max-wait, maxWait: 5, bins: 1}, dynamic]"));
    assertEquals(
        List.of("max-wait(maxWait=5, bins=1, batchSize=4)", "dynamic(batchSize=4)"),
        labels(question));
  }

  @Test
  void everyKindOfTheCatalogueIsTried() {
    PlanQuestion question = read(PLAN, Map.of("search.policies", "all", "search.batchSize", "[8]"));
    Set<String> tried =
        question.options().stream()
            .map(option -> option.choice().value("type"))
            .collect(Collectors.toSet());
    assertEquals(Set.copyOf(Catalogue.POLICIES.names()), tried);
  }

  @Test
  void rangesGoByStepsAndByFactors() {
    PlanQuestion question =
        read(
            PLAN,
            Map.of(
                "search.batchSize",
                "{from: 1, to: 20, factor: 3}",
                "search.servers",
                "{from: 1, to: 9, step: 4}",
                "search.policies",
                "[standard]"));
    assertEquals(
        List.of("standard(batchSize=1)", "standard(batchSize=3)", "standard(batchSize=9)"),
        labels(question));
    assertEquals(List.of(1, 5, 9), question.servers());
  }

  /** At 0.95 of the capacity of many bins T37 has 21.2 bins for U(1,20) in batches of 8. */
  @Test
  void theBinsThatAreBestNearTheCapacityAreTried() {
    String rate = Double.toString(0.95 * 8 / 10.5);
    String grid = PLAN.replace("  bins: [2]\n", "").replace("[equal-mass]", "[optimal]");
    PlanQuestion question =
        read(grid, Map.of("traffic.arrivals.rate", rate, "search.batchSize", "[4, 8]"));
    assertTrue(
        labels(question).contains("multi-bin(bins=21, boundaries=optimal, batchSize=8)"),
        labels(question).toString());
    assertFalse(labels(question).contains("multi-bin(bins=21, boundaries=optimal, batchSize=4)"));
    PlanQuestion given =
        read(
            grid,
            Map.of(
                "traffic.arrivals.rate",
                rate,
                "search.batchSize",
                "[4, 8]",
                "search.policies",
                "[{type: multi-bin, bins: 21, partial: true}]"));
    assertEquals(
        List.of(
            "multi-bin(bins=21, partial=true, boundaries=optimal, batchSize=4)",
            "multi-bin(bins=21, partial=true, boundaries=optimal, batchSize=8)"),
        labels(given));
  }

  @Test
  void trafficIsScaledToWhatMustBeCarried() {
    assertEquals(2, read(PLAN, Map.of()).rate());
    assertEquals(3, read(PLAN, Map.of("carry", "{growth: 1.5}")).rate());
    assertEquals(5, read(PLAN, Map.of("carry", "{rate: 5}")).rate());
    assertEquals(3, read(PLAN, Map.of("carry", "{rate: 3, growth: 1.5}")).rate());
  }

  @Test
  void aRequirementIsSetByTheNameOfItsMetric() {
    PlanQuestion question =
        read(PLAN.replace("60}", "60, padding: 0.4}"), Map.of("require.latency.p99", "20"));
    assertEquals(
        List.of("latency.p99 <= 20 s", "padding <= 0.4"),
        question.requirements().stream().map(Object::toString).toList());
  }

  @Test
  void policiesWithoutAMetricAreLeftOutAndSaid() {
    PlanQuestion question =
        read(PLAN, Map.of("require", "{ttft.p99: 5}", "search.policies", "[standard, continuous]"));
    assertEquals(List.of("continuous(batchSize=4)"), labels(question));
    assertTrue(
        question.leftOut().keySet().iterator().next().startsWith("standard: has no ttft.p99"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          require={latency.p9x: 3}             | --set require: unknown metric 'latency.p9x'; did you mean 'latency.p95'
          require={utilization: 0.5}           | a plan needs a metric of which less or more is better, found utilization
          require={}                           | require is a map from metrics to limits
          require={slo.attainment: 0.9}        | needs the key 'limits' of the traffic
          require={latency.p99: fast}          | the limit of latency.p99 must be a number, found 'fast'
          require={ttft.p99: 1}                | no policy is left to be tried: standard: has no ttft.p99
          carry={rate: 9, growth: 1.5}         | leave one of them out
          carry={rate: -1}                     | rate must be positive and finite, found -1.0
          price=0                              | price must be positive and finite, found 0.0
          indifference=200%                    | indifference is a share of the objective
          objective=utilization                | a plan needs a metric of which less or more is better
          frontier=[cost, cost]                | a frontier has two different metrics
          search.policies=[standart]           | unknown policy 'standart'; did you mean 'standard'
          search.policies=[{type: standard, batch: 3}] | unknown key 'batch' of standard
          search.policies=[]                   | no policy is left to be tried
          search.batchSize=0                   | expected whole numbers of at least 1
          search.batchSize=2.5                 | expected whole numbers of at least 1
          search.batchSize={from: 8, to: 4}    | to must be from 8 to 1000000, found 4
          search.batchSize={from: 1, to: 4, step: 1, factor: 2} | a range has a step or a factor, found both
          search.servers=[]                    | servers has no values
          search.boundaries=[even]             | even
          search.engines=gpu                   | expected one of batches, joining, both
          search.policies=[{type: multi-bin, bins: 0}] | at least 1
          traffic.arrivals={process: poisson-at-load, load: 0.5} | its arrivals have a rate and no load
          traffic.arrivals={process: closed, clients: 4, think: {law: exponential, rate: 1}} | closed traffic comes as fast as it is answered
          traffic.arrivals={process: all-at-zero} | the key 'requests' of the traffic is missing
          searchh={}                           | unknown key
          name=a/b                             | name becomes a folder
          """)
  void whatIsWrongIsSaidInASentence(String setting, String message) {
    int equals = setting.indexOf('=');
    BadInputException refused =
        assertThrows(
            BadInputException.class,
            () -> read(PLAN, Map.of(setting.substring(0, equals), setting.substring(equals + 1))));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  static Stream<String> arrivals() {
    return Catalogue.ARRIVALS.names().stream()
        .filter(
            name -> !List.of("poisson-at-load", "all-at-zero", "closed", "rounds").contains(name));
  }

  /** Arrivals as a file has them, scaled, have the rate that many times. */
  @ParameterizedTest
  @MethodSource("arrivals")
  void everyKindOfArrivalsIsScaledInTime(String kind) {
    ObjectNode keys = example(kind);
    double own = rate(keys);
    assertEquals(1.7 * own, rate(ScaledArrivals.of(keys, 1.7)), 1e-9 * own);
    assertFalse(ScaledArrivals.of(keys, 1.7).equals(keys));
  }

  private static ObjectNode example(String kind) {
    ObjectNode keys = (ObjectNode) YamlTree.readValue("{process: " + kind + "}");
    String rest =
        switch (kind) {
          case "poisson" -> "{rate: 2}";
          case "renewal" -> "{gap: {law: erlang, stages: 2, rate: 1}}";
          case "gamma", "weibull" -> "{rate: 2, cv: 1.5}";
          case "mmpp" -> "{rates: [1, 4], meanStays: [10, 20]}";
          case "piecewise" -> "{rates: [1, 4], durations: [10, 20]}";
          case "groups" ->
              "{starts: {process: poisson, rate: 2}, size: 3, verify: {servers: same}}";
          case "conversations" -> "{starts: {process: poisson, rate: 2}, turns: 3, newPrompt: 9}";
          case "bulk" -> "{rate: 2, size: {law: deterministic, value: 3}}";
          default -> "{trace: {format: vidur, file: 'resource:sample-vidur.csv'}}";
        };
    keys.setAll((ObjectNode) YamlTree.readValue(rest));
    if (kind.equals("trace-bootstrap")) {
      keys.put("block", 2);
    }
    return keys;
  }

  private static double rate(ObjectNode arrivals) {
    ObjectNode scenario =
        (ObjectNode)
            YamlTree.readValue(
                "{service: {tokens: {law: uniform, min: 1, max: 2}, secondsPerToken: 1}, policy: {type: dynamic, batchSize: 2},"
                    + " requests: 3}");
    scenario.set("arrivals", arrivals);
    Scenario bound = new Binder(Path.of("")).bind(scenario, Scenario.class, "test");
    Inputs inputs = new Inputs(BadRows.none(), system -> 1);
    return PreparedScenario.of(bound, inputs, "", "").arrivals().rate();
  }

  @Test
  void theExperimentOfAConfigurationIsReadAgain() throws IOException {
    PlanQuestion question =
        read(PLAN, Map.of("carry", "{growth: 2}", "traffic.limits", "{latency: 30}"));
    PlanQuestion.Option option = question.options().get(1);
    String text =
        PlannedExperiment.text(
            question,
            option.choice(),
            option.scenario().inRuns(5000, new WarmUp(1000L, null)),
            List.of(question.requirements().get(0).metric()),
            folder);
    Path file = Files.writeString(folder.resolve("best.yaml"), text);
    PreparedScenario again = ExperimentFile.read(file, Map.of()).points().get(0).scenario();
    PolicySpec policy = option.choice().policy();
    assertEquals(4, again.arrivals().rate());
    assertEquals(policy, again.policy());
    assertEquals(5000, again.requests());
    assertEquals(1000L, again.warmUp().requests());
    assertEquals(new Limits(null, null, 30.0), again.measurementTerms().limits());
  }
}
