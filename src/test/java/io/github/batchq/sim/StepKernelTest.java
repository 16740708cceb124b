package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Runs by the step kernel, steps taken together or one by one, and by a second implementation. */
class StepKernelTest {
  private static final int SCENARIOS = 3_000;

  @Test
  void takingStepsTogetherChangesNoDigit() {
    int preempted = 0;
    for (long seed = 0; seed < SCENARIOS; seed++) {
      StepScenario scenario = StepScenario.random(seed);
      StepScenario.Outcome together = scenario.run(true);
      StepScenario.assertSame(scenario.run(false), together, 0, "seed " + seed);
      preempted += Arrays.stream(together.preemptions).sum() > 0 ? 1 : 0;
    }
    assertTrue(preempted > SCENARIOS / 10, "preemption in " + preempted + " scenarios");
  }

  @Test
  void agreesWithASecondImplementation() {
    for (long seed = 0; seed < SCENARIOS; seed++) {
      StepScenario scenario = StepScenario.random(seed);
      StepScenario.assertSame(NaiveSteps.run(scenario), scenario.run(true), 1e-9, "seed " + seed);
    }
  }

  /** Sums of quarters are exact, so even here nothing may differ. */
  @Test
  void agreesWhereEverythingHappensAtTheSameTime() {
    for (long seed = 0; seed < SCENARIOS; seed++) {
      StepScenario scenario = StepScenario.random(seed).inQuarters();
      StepScenario.Outcome together = scenario.run(true);
      StepScenario.assertSame(scenario.run(false), together, 0, "seed " + seed);
      StepScenario.assertSame(NaiveSteps.run(scenario), together, 0, "seed " + seed);
    }
  }
}
