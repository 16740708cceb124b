package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.PrefixCache;
import io.github.batchq.workload.Kinship;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts that siblings share, prefixes that are known, and what servers keep of prompts. */
class PrefixStepsTest {
  private static final int SEEDS = 400;

  private static StepScenario with(
      StepScenario scenario, int slots, @Nullable Long memory, @Nullable PrefixCache cache) {
    ContinuousBatching policy = (ContinuousBatching) scenario.policy();
    Integer chunk = policy.chunk() == null ? null : Integer.valueOf(policy.chunk() + 3);
    return scenario.with(
        new ContinuousBatching(slots, memory, chunk, 1, null, cache),
        scenario.boundaries(),
        scenario.servers());
  }

  /** Siblings of five requests, in the order of arrival, of which most groups share a prompt. */
  private static StepScenario siblings(StepScenario scenario, Random random, List<Kinship> kin) {
    List<Integer> prompts = new ArrayList<>();
    boolean shares = true;
    for (int i = 0; i < scenario.prompts().size(); i++) {
      shares = i % 5 == 0 ? random.nextInt(4) > 0 : shares;
      prompts.add(scenario.prompts().get(i - i % 5));
      kin.add(Kinship.ofGroup(i / 5, shares ? prompts.get(i) : 0, 5, false));
    }
    return new StepScenario(
        scenario.arrivals(),
        scenario.lengths(),
        prompts,
        scenario.costs(),
        scenario.policy(),
        scenario.boundaries(),
        scenario.servers());
  }

  private static void assertSame(StepScenario scenario, List<Kinship> kin, String what) {
    StepScenario.Outcome merged = scenario.run(true, kin);
    StepScenario.assertSame(NaiveSteps.run(scenario, kin), merged, 1e-9, what);
    StepScenario.assertSame(merged, scenario.run(false, kin), 0, "one by one, " + what);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void siblingsShareTheirPrompts(boolean together) {
    int helped = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      List<Kinship> kin = new ArrayList<>();
      StepScenario random = StepScenario.random(seed);
      StepScenario scenario =
          siblings(together ? random.inGroups() : random, new Random(seed), kin);
      scenario = with(scenario, scenario.policy().batchSize() + 3, memory(scenario), null);
      assertSame(scenario, kin, "seed " + seed);
      double shared = last(scenario.run(true, kin));
      double alone = last(scenario.run(true));
      helped += shared < alone ? 1 : 0;
    }
    assertTrue(helped > SEEDS / 4, helped + " runs were shorter");
  }

  /** Room for the largest request and a half more; none of a limit where there was none. */
  private static @Nullable Long memory(StepScenario scenario) {
    if (scenario.rules().memory() == null) {
      return null;
    }
    long need = 0;
    for (int i = 0; i < scenario.lengths().size(); i++) {
      long tokens = (long) Math.max(1, Math.ceil(scenario.lengths().get(i)));
      need = Math.max(need, scenario.prompts().get(i) + tokens);
    }
    return need + need / 2;
  }

  private static double last(StepScenario.Outcome outcome) {
    double last = 0;
    for (double time : outcome.departures) {
      last = Math.max(last, time);
    }
    return last;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 64, 1_000_000})
  void turnsFindWhatWasSaidBefore(long kept) {
    int helped = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      StepScenario scenario = StepScenario.random(seed);
      List<Kinship> kin = new ArrayList<>();
      for (int prompt : scenario.prompts()) {
        int said = random.nextInt(prompt + 1);
        int known = kept == 0 ? random.nextInt(said + 1) : 0;
        kin.add(Kinship.ofConversation(random.nextInt(6), said, known));
      }
      // Two that leave with the same step leave the cache in an order that nobody cares for.
      int slots = kept == 64 ? 1 : scenario.policy().batchSize();
      PrefixCache cache = kept == 0 ? null : new PrefixCache(kept, 4);
      StepScenario tested = with(scenario, slots, scenario.rules().memory(), cache);
      assertSame(tested, kin, "seed " + seed);
      helped += last(tested.run(true, kin)) < last(tested.run(true)) ? 1 : 0;
    }
    assertTrue(helped > SEEDS / 4, helped + " runs were shorter");
  }
}
