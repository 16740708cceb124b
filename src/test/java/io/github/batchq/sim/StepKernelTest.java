package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs by the step kernel, steps taken together or one by one, and by a second implementation. */
@Tag("long")
class StepKernelTest {
  private static final int SCENARIOS = 3_000;

  @Test
  void takingStepsTogetherChangesNoDigit() {
    int preempted = 0;
    for (long seed = 0; seed < SCENARIOS; seed++) {
      StepScenario scenario = StepScenario.random(seed);
      StepScenario.Outcome together = assertMergedIsSingle(scenario, seed);
      assertMergedIsSingle(scenario.inGroups(), seed);
      preempted += Arrays.stream(together.preemptions).sum() > 0 ? 1 : 0;
    }
    assertTrue(preempted > SCENARIOS / 10, "preemption in " + preempted + " scenarios");
  }

  /** Of a group on several servers rounding tells which step ends first, so one server takes it. */
  @Test
  void agreesWithASecondImplementation() {
    for (long seed = 0; seed < SCENARIOS; seed++) {
      StepScenario scenario = StepScenario.random(seed);
      StepScenario groups = scenario.inGroups().with(scenario.policy(), BinBoundaries.none(), 1);
      StepScenario.assertSame(NaiveSteps.run(scenario), scenario.run(true), 1e-9, "seed " + seed);
      StepScenario.assertSame(NaiveSteps.run(groups), groups.run(true), 1e-9, "groups " + seed);
    }
  }

  /** Sums of quarters are exact, so even here nothing may differ. */
  @Test
  void agreesWhereEverythingHappensAtTheSameTime() {
    for (long seed = 0; seed < SCENARIOS; seed++) {
      StepScenario scenario = StepScenario.random(seed).inQuarters();
      for (StepScenario tested : List.of(scenario, scenario.inGroups())) {
        StepScenario.Outcome together = assertMergedIsSingle(tested, seed);
        StepScenario.assertSame(NaiveSteps.run(tested), together, 0, "seed " + seed);
      }
    }
  }

  private static StepScenario.Outcome assertMergedIsSingle(StepScenario scenario, long seed) {
    StepScenario.Outcome together = scenario.run(true);
    StepScenario.assertSame(scenario.run(false), together, 0, "seed " + seed);
    return together;
  }
}
