package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.DensityRoot;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Law;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Truncated;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every function of theory asked of a law that theory does not know. A Lomax length is a Pareto
 * length less its smallest value, so a batch of Lomax lengths that has one second more of its own
 * takes exactly as long: where theory answers, both answers are the same, and where it must know
 * more of the law than its distribution, it is silent.
 */
class UnknownLawTest {
  private static final int BATCH_SIZE = 8;

  /** Functions of the law through the batch times alone: the same for both systems. */
  private static final Map<String, Function<BatchSystem, TheoryResult>> SYSTEMS =
      new LinkedHashMap<>();

  /** Functions that ask the law, or a rule that asks it, about the loss of bins. */
  private static final Map<String, Function<Law, TheoryResult>> LOSSES = new LinkedHashMap<>();

  static {
    double slow = 0.05;
    SYSTEMS.put("Throughput.capacity", Throughput::capacity);
    SYSTEMS.put("Throughput.maximum", Throughput::maximum);
    SYSTEMS.put("Throughput.delivered", system -> Throughput.delivered(system, 3));
    SYSTEMS.put("Throughput.utilization", system -> Throughput.utilization(system, slow));
    SYSTEMS.put("CapacityBounds.atMost", CapacityBounds::atMost);
    for (BoundaryRule rule : BoundaryRules.all()) {
      SYSTEMS.put(
          "CapacityBounds.atLeast, " + rule.name(), system -> CapacityBounds.atLeast(system, rule));
      SYSTEMS.put(
          "CapacityBounds.asymptotic, " + rule.name(),
          system -> CapacityBounds.asymptotic(system, rule.limitingLoss(system.law(), BATCH_SIZE)));
      LOSSES.put(
          rule.getClass().getSimpleName() + ".limitingLoss",
          law -> rule.limitingLoss(law, BATCH_SIZE));
    }
    SYSTEMS.put("Latency.formation", system -> Latency.formation(system, slow));
    SYSTEMS.put("Latency.infiniteServers", system -> Latency.infiniteServers(system, slow));
    SYSTEMS.put("Latency.mean", system -> Latency.mean(system, slow));
    SYSTEMS.put("SojournTime.quantile", system -> SojournTime.of(system, slow).quantile(0.9));
    SYSTEMS.put("BatchWait.mean", system -> BatchWait.of(system, slow).mean());
    SYSTEMS.put("BatchWait.latency", system -> BatchWait.of(system, slow).latency());
    SYSTEMS.put("BatchWait.twoScale", system -> BatchWait.of(system, slow).twoScale());
    SYSTEMS.put("BatchWait.lowLoad", system -> BatchWait.of(system, slow).lowLoad());
    SYSTEMS.put("BatchWait.highLoad", system -> BatchWait.of(system, slow).highLoad());
    SYSTEMS.put("FiniteRun.makespan", system -> FiniteRun.makespan(system, 50));
    SYSTEMS.put("FiniteRun.throughput", system -> FiniteRun.throughput(system, 50));
    SYSTEMS.put(
        "FiniteRunLatency.infiniteServers",
        system -> FiniteRunLatency.infiniteServers(system, slow, 50));
    SYSTEMS.put("FiniteRunLatency.service", system -> FiniteRunLatency.service(system, 50));
    SYSTEMS.put("DedicatedBins.capacity", DedicatedBins::capacity);
    SYSTEMS.put("TimeoutBatching.capacity", system -> TimeoutBatching.capacity(system, 4));
    SYSTEMS.put(
        "TimeoutBatching.infiniteServers",
        system -> new TimeoutBatching(system, 4, slow).infiniteServers());
    SYSTEMS.put("TimeoutBatching.load", system -> new TimeoutBatching(system, 4, slow).load());
    for (int least : new int[] {1, 8}) {
      Function<BatchSystem, BulkQueue> queue =
          system -> BulkQueue.of(system.law(), system.service(), least, BATCH_SIZE, slow);
      SYSTEMS.put("BulkQueue.meanWait, " + least, system -> queue.apply(system).meanWait());
      SYSTEMS.put("BulkQueue.meanLatency, " + least, system -> queue.apply(system).meanLatency());
      SYSTEMS.put("BulkQueue.capacity, " + least, system -> queue.apply(system).capacity());
    }
    for (String rule : List.of("equal-mass", "optimal")) {
      SYSTEMS.put(
          "BestBins.exact, " + rule,
          system ->
              BestBins.exact(
                  BoundaryRules.named(rule),
                  system.law(),
                  BATCH_SIZE,
                  5,
                  system.service(),
                  64,
                  tried -> {}));
      SYSTEMS.put(
          "BestBins.approximate, " + rule,
          system ->
              BestBins.approximate(
                  BoundaryRules.named(rule), system.law(), BATCH_SIZE, 5, system.service()));
      SYSTEMS.put(
          "EnoughBins.asymptotic, " + rule,
          system ->
              EnoughBins.asymptotic(
                  BoundaryRules.named(rule), system.law(), BATCH_SIZE, 0.5, system.service(), 1));
    }
    SYSTEMS.put(
        "BinsNearCapacity.of, optimal",
        system ->
            BinsNearCapacity.of(
                BoundaryRules.named("optimal"),
                system.law(),
                BATCH_SIZE,
                slow,
                system.service(),
                1));
    SYSTEMS.put(
        "ClosedBatches.throughput", system -> new ClosedBatches(system, 1, 10, 5).throughput());
    SYSTEMS.put(
        "ClosedBatches.meanLatency", system -> new ClosedBatches(system, 1, 10, 5).meanLatency());
    SYSTEMS.put(
        "ClosedBatches.throughput, elastic",
        system -> new ClosedBatches(system, 1, 10, 5, true).throughput());
    SYSTEMS.put(
        "FewRequests.throughput", system -> new FewRequests(system, 1, false).throughput(10, 5));
    SYSTEMS.put(
        "FewRequests.latency, elastic", system -> new FewRequests(system, 1, true).latency(10, 5));
    SYSTEMS.put(
        "ImpatientBatches.abandonedShare",
        system -> new ImpatientBatches(system, 1, 1, 5).abandonedShare());
    SYSTEMS.put(
        "ImpatientQueue.meanLatency",
        system -> new ImpatientQueue(oneByOne(system), 1, 5).meanLatency());
    SYSTEMS.put("GroupLatency.mean", system -> group(system).mean());
    SYSTEMS.put("GroupLatency.quantile", system -> group(system).quantile(0.9));
    SYSTEMS.put("RoundTime.leastOfAll", system -> new RoundTime(system, 50).leastOfAll());
    SYSTEMS.put("RoundTime.mostInBins", system -> new RoundTime(system, 50).mostInBins());
    SYSTEMS.put("RoundTime.inBins", system -> new RoundTime(system, 50).inBins());
    SYSTEMS.put("RoundTime.sorted", system -> new RoundTime(system, 56).sorted());
    SYSTEMS.put(
        "EnoughBins.smallest",
        system ->
            EnoughBins.smallest(
                new EqualMass(),
                system.law(),
                BATCH_SIZE,
                0.5,
                system.service(),
                1,
                64,
                tried -> {}));
    SYSTEMS.put(
        "EnoughBins.sufficient",
        system -> EnoughBins.sufficient(system.law(), BATCH_SIZE, 0.5, system.service(), 1));
    LOSSES.put("DensityConstant.of", DensityConstant::of);
    LOSSES.put("LossBounds.anyLaw", law -> LossBounds.anyLaw(law, 4, BATCH_SIZE));
    LOSSES.put("LossBounds.anyBins", law -> LossBounds.anyBins(law, 4, BATCH_SIZE));
    LOSSES.put("LossBounds.equalMass", law -> LossBounds.equalMass(law, 4, BATCH_SIZE));
    LOSSES.put("LossBounds.ofEqualMass", law -> LossBounds.ofEqualMass(law, 4, BATCH_SIZE));
    LOSSES.put("LossBounds.equalBinsLimit", law -> LossBounds.equalBinsLimit(law, 4, BATCH_SIZE));
    LOSSES.put("LossBounds.optimalLimit", law -> LossBounds.optimalLimit(law, 4, BATCH_SIZE));
  }

  private static BatchSystem oneByOne(BatchSystem system) {
    return new BatchSystem(
        system.law(), BinBoundaries.none(), 1, system.service(), system.servers());
  }

  private static GroupLatency group(BatchSystem system) {
    return new GroupLatency(
        system.law(),
        0.5,
        new Deterministic(6),
        4,
        system.service(),
        GroupLatency.Served.ALONE,
        GroupLatency.Check.NONE);
  }

  /** Classes whose values are no matter of the twin systems, and where they are tested here. */
  private static final Set<String> OTHERS =
      Set.of(
          "SharedSteps", // below, from the mean alone
          "ContinuousSystem", // below
          "ExponentialBins", // refused
          "UniformBins", // refused
          "LinearBatching", // knows no law
          "ClosedLoop", // knows no law
          "FiniteSourceQueue", // knows no law
          "ErlangC", // knows no law
          "ErlangA", // below, by its patience
          "Siblings", // below
          "BoundaryRule");

  @ParameterizedTest
  @ValueSource(doubles = {0.8, 1.5, 3})
  void answersAsForTheParetoLawOrNotAtAll(double shape) {
    Law lomax = new Lomax(shape, 1);
    Law pareto = new Pareto(shape, 1);
    double[] ends = new EqualMass().boundaries(pareto, 4, BATCH_SIZE).inner();
    for (boolean binned : new boolean[] {false, true}) {
      BatchSystem known =
          new BatchSystem(
              pareto,
              binned ? BinBoundaries.of(ends) : BinBoundaries.none(),
              BATCH_SIZE,
              new BatchTime(1, 0, 1),
              1);
      BatchSystem unknown =
          new BatchSystem(
              lomax,
              binned
                  ? BinBoundaries.of(DoubleStream.of(ends).map(x -> x - 1).toArray())
                  : BinBoundaries.none(),
              BATCH_SIZE,
              new BatchTime(2, 0, 1),
              1);
      SYSTEMS.forEach(
          (name, function) -> {
            // T2 with widths depends on where the law ends, T3 on what is known of its density.
            TheoryResult found = answer(function, unknown);
            if (!isSilent(name, found)) {
              assertSame(name, answer(function, known), found);
            }
          });
    }
    LOSSES.forEach(
        (name, function) -> {
          TheoryResult found = function.apply(lomax);
          if (!isSilent(name, found)) {
            assertSame(name, function.apply(pareto), found);
          }
        });
  }

  /** A refusal of what has no answer is as good as undefined with the same reason. */
  private static <T> TheoryResult answer(Function<T, TheoryResult> function, T of) {
    try {
      return function.apply(of);
    } catch (IllegalArgumentException e) {
      return new TheoryResult.Undefined(String.valueOf(e.getMessage()), "refused");
    }
  }

  private static boolean isSilent(String name, TheoryResult found) {
    if (found instanceof TheoryResult.Undefined undefined) {
      assertFalse(undefined.reason().isBlank(), name);
      return true;
    }
    return false;
  }

  private static void assertSame(String name, TheoryResult expected, TheoryResult found) {
    if (name.startsWith("CapacityBounds.atMost")) {
      // T3 is for laws that are known to fall; the ceiling holds for all.
      assertTrue(found.value() >= expected.value() * (1 - 1e-12), name);
      return;
    }
    assertEquals(expected.kind(), found.kind(), () -> name + ": " + expected + ", " + found);
    double value = expected.value();
    double slack =
        Double.isInfinite(value) || value == 0 ? Double.MIN_NORMAL : 1e-8 * Math.abs(value);
    assertFalse(Double.isNaN(value), () -> name + ": " + expected);
    assertEquals(value, found.value(), slack, () -> name);
  }

  /** The integral of the root of the density diverges for shape 0.8: it was 7.46e37, "exact". */
  @Test
  void whatNobodyHasSaidIsUndefined() {
    for (double shape : new double[] {0.8, 1.5, 3}) {
      Law lomax = new Lomax(shape, 1);
      assertUndefined("whether the integral is finite is not known of ", DensityConstant.of(lomax));
      assertUndefined(
          "whether the integral is finite is not known of ",
          LossBounds.optimalLimit(lomax, 4, BATCH_SIZE));
      assertUndefined("no bound of the density", LossBounds.anyBins(lomax, 4, BATCH_SIZE));
      assertUndefined("no bound of the density", LossBounds.equalMass(lomax, 4, BATCH_SIZE));
      assertUndefined("is unbounded", LossBounds.anyLaw(lomax, 4, BATCH_SIZE));
      assertUndefined("is unbounded", LossBounds.equalBinsLimit(lomax, 4, BATCH_SIZE));
      assertRefused(
          "sqrt-density does not cover this law: whether the integral is finite is not known of "
              + lomax
              + "; use equal-mass",
          () -> new SqrtDensity().boundaries(lomax, 4, BATCH_SIZE));
      assertRefused(
          "need an exponential law", () -> ExponentialBins.meanBatchLength(lomax, 4, BATCH_SIZE));
      assertRefused(
          "need an exponential law",
          () -> ExponentialBins.capacity(lomax, 4, BATCH_SIZE, BatchTime.LONGEST, 1));
      assertRefused(
          "need an exponential law",
          () -> ExponentialBins.sufficientBins(lomax, BATCH_SIZE, 0.1, BatchTime.LONGEST, 1));
      assertRefused("needs a uniform law", () -> UniformBins.meanBatchLength(lomax, 4, BATCH_SIZE));
      assertRefused(
          "needs a uniform law",
          () -> UniformBins.capacity(lomax, 4, BATCH_SIZE, BatchTime.LONGEST, 1));
      assertRefused(
          "needs a uniform law",
          () -> UniformBins.smallestBins(lomax, BATCH_SIZE, 0.1, BatchTime.LONGEST, 1));
    }
    Law infinite = new Lomax(0.8, 1);
    String mean = "has a mean that is outside the range of numbers";
    assertUndefined(mean, LossBounds.ofEqualMass(infinite, 4, BATCH_SIZE));
    assertUndefined(mean, new SharedSteps(infinite, 1, 0).withSlots(8, 0.1));
    assertRefused(mean, () -> new OptimalBoundaries().boundaries(infinite, 4, BATCH_SIZE));
    assertRefused(mean, () -> new SortedGrouping(infinite, BATCH_SIZE, 4));
  }

  private static void assertUndefined(String reason, TheoryResult found) {
    TheoryResult.Undefined undefined = assertInstanceOf(TheoryResult.Undefined.class, found);
    assertTrue(undefined.reason().contains(reason), undefined.reason());
  }

  /**
   * A window makes every integral finite, and then quadrature finds it: 4 a s / (a - 1)^2 of T6.
   */
  @Test
  void whatIsTrueOfEveryLawInAWindowIsSaid() {
    double shape = 1.5;
    double end = 99;
    Law cut = new Truncated(new Lomax(shape, 1), 0, end);
    assertEquals(DensityRoot.FINITE, cut.densityRoot());
    double root = 2 / (shape - 1) * (1 - Math.pow(1 + end, (1 - shape) / 2));
    double expected = shape * root * root / (1 - Math.pow(1 + end, -shape));
    TheoryResult found = DensityConstant.of(cut);
    assertEquals("exact", found.kind());
    assertEquals(expected, found.value(), 1e-9 * expected);
  }

  /** From means and chances of whole tokens, which are the law's distribution alone. */
  @Test
  void continuousBatchingKnowsItsMean() {
    Law lomax = new Lomax(3, 40);
    assertEquals(
        20 / (1 - 0.05 * 0.1 * 20) * 0.6,
        new SharedSteps(lomax, 0.5, 0.1).withoutLimit(0.05).value(),
        1e-12);
    assertEquals("approximation", new SharedSteps(lomax, 0.5, 0.1).withSlots(8, 0.05).kind());
    double tokens = 1;
    for (int j = 1; j < 10_000_000; j++) {
      tokens += Math.pow(1 + j / 40.0, -3);
    }
    ContinuousSystem servers =
        new ContinuousSystem(lomax, 0, new StepTime(0.5, 0, 0, 0, 0, 0, 0), 8, 1);
    assertEquals(8 / (0.5 * tokens), servers.capacity().value(), 1e-8);
  }

  /** From the distribution of the patience alone. */
  @Test
  void whoGivesUpKnowsHisPatience() {
    Law lomax = new Lomax(1.5, 4);
    ErlangA queue = ErlangA.untilService(3, 2, 1, lomax);
    assertEquals(3 * (1 - queue.abandonedShare().value()), queue.throughput().value(), 1e-9);
    assertRefused("exponential", () -> ErlangA.untilAnswer(3, 2, 1, lomax, true));
  }

  /** The longest of some lengths less their smallest value, and its heavy tail. */
  @Test
  void siblingsKnowTheirDistribution() {
    Siblings pareto = new Siblings(new Pareto(1.5, 1), 8, 0.4);
    Siblings lomax = new Siblings(new Lomax(1.5, 1), 8, 0.4);
    for (int place : new int[] {1, 5, 8}) {
      assertEquals(pareto.mean(place).value() - 1, lomax.mean(place).value(), 1e-8);
    }
    assertUndefined("mean", new Siblings(new Lomax(0.8, 1), 8, 0.4).mean(8));
  }

  @Test
  void everyFunctionIsAsked() {
    Set<String> asked =
        SYSTEMS.keySet().stream()
            .map(name -> name.replaceAll("\\..*", ""))
            .collect(Collectors.toSet());
    LOSSES.keySet().forEach(name -> asked.add(name.replaceAll("\\..*", "")));
    asked.addAll(OTHERS);
    Set<String> missing = new TreeSet<>();
    for (JavaClass found :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.batchq.theory")) {
      boolean answers =
          found.getMethods().stream()
              .anyMatch(
                  method ->
                      method.getModifiers().contains(JavaModifier.PUBLIC)
                          && method.getRawReturnType().isEquivalentTo(TheoryResult.class));
      if (found.getModifiers().contains(JavaModifier.PUBLIC)
          && answers
          && !found.getName().contains("TheoryResult")
          && !asked.contains(found.getSimpleName())) {
        missing.add(found.getSimpleName());
      }
    }
    assertEquals(Set.of(), missing, "functions of theory that no test asks of an unknown law");
  }
}
