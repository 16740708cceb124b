package io.github.batchq.study;

import io.github.batchq.engine.Parallel;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.PolicySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Finds the step costs of a measured run, and with them what was not said of its continuous
 * batching: the slots, the memory, and how prompts are processed. Each of a few settings is fitted,
 * and that whose replay is nearest to the requests that may be seen is taken.
 *
 * @param unknown what of the policy is not known
 */
public record ServerSearch(List<Unknown> unknown) {
  public ServerSearch {
    unknown = List.copyOf(unknown);
  }

  /** What of a continuous policy may not be known. */
  public enum Unknown {
    SLOTS,
    MEMORY,
    CHUNK
  }

  /** Tokens of a step that servers are known to take; null for prompts in steps of their own. */
  private static final List<@Nullable Integer> CHUNKS = Arrays.asList(512, 2048, 8192, null);

  /**
   * A limit, or a way to process prompts, that is not said is taken where it makes the product of
   * the mean squared errors this much less. Limits that hold requests up show clearly.
   */
  private static final double LIMIT_SHOWS = Math.log(0.1);

  private static final double CHUNK_SHOWS = Math.log(0.8);

  private static final int TRIAL_REPLAYS = 300;
  private static final int LEAST_REPLAYS = 100;
  private static final int MOST_REPLAYS = 1000;

  /** A search may end in a place from which it finds no other. */
  private static final int SEARCHES = 4;

  /** So many requests are replayed in about half a minute. */
  private static final int REQUESTS = 5_000_000;

  /** One setting of the server. */
  private record Setting(PolicySpec policy, boolean findsMemory) {}

  /** A setting and what was found with it. */
  private record Found(Setting setting, StepCostFit.Fit fit) {}

  /**
   * Finds them.
   *
   * @param fitted how many requests are seen, the first ones
   */
  StepCostFit.Fit find(MeasuredRun run, TwinServer server, int fitted, Parallel threads)
      throws InterruptedException {
    int most = replays(run, MOST_REPLAYS);
    int few = Math.min(most, replays(run, TRIAL_REPLAYS));
    Setting best = new Setting(server.policy(), false);
    if (server.policy() instanceof ContinuousBatching given) {
      best = nearest(run, server, fitted, limits(run, given, fitted), LIMIT_SHOWS, few, threads);
      best = nearest(run, server, fitted, chunks(best), CHUNK_SHOWS, few, threads);
    }
    if (best.findsMemory) {
      best = new Setting(fit(run, server, fitted, best, few, 1).policy(), false);
    }
    Setting known = best;
    List<Callable<StepCostFit.Fit>> searches = new ArrayList<>();
    for (int seed = 1; seed <= SEARCHES; seed++) {
      int number = seed;
      searches.add(() -> fit(run, server, fitted, known, most, number));
    }
    return threads.all(searches).stream()
        .min(Comparator.comparingDouble(StepCostFit.Fit::error))
        .orElseThrow();
  }

  private static int replays(MeasuredRun run, int most) {
    return Math.max(LEAST_REPLAYS, Math.min(most, REQUESTS / run.size()));
  }

  private static StepCostFit.Fit fit(
      MeasuredRun run, TwinServer server, int fitted, Setting setting, int replays, int seed) {
    TwinServer trial = new TwinServer(setting.policy, server.servers(), server.predictor());
    return new StepCostFit(run, trial, fitted, setting.findsMemory).fit(replays, seed);
  }

  /** The setting that comes nearest; the first one unless another is clearly nearer. */
  private static Setting nearest(
      MeasuredRun run,
      TwinServer server,
      int fitted,
      List<Setting> settings,
      double shows,
      int replays,
      Parallel threads)
      throws InterruptedException {
    if (settings.size() == 1) {
      return settings.get(0);
    }
    List<Callable<Found>> tasks = new ArrayList<>();
    for (Setting setting : settings) {
      tasks.add(() -> new Found(setting, fit(run, server, fitted, setting, replays, 1)));
    }
    List<Found> found = threads.all(tasks);
    Found best =
        found.stream().min(Comparator.comparingDouble(one -> one.fit.error())).orElseThrow();
    boolean nearer = best.fit.error() < shows + found.get(0).fit.error();
    return nearer ? best.setting : settings.get(0);
  }

  /** What may have held requests up. */
  private List<Setting> limits(MeasuredRun run, ContinuousBatching given, int fitted) {
    List<Setting> settings = new ArrayList<>(List.of(new Setting(given, false)));
    ObservedLimits observed = ObservedLimits.of(run, fitted);
    if (observed == null) {
      return settings;
    }
    if (unknown.contains(Unknown.MEMORY)) {
      settings.add(
          new Setting(with(given, given.batchSize(), observed.memory(), given.chunk()), true));
    }
    if (unknown.contains(Unknown.SLOTS) && observed.running() < given.batchSize()) {
      settings.add(
          new Setting(with(given, observed.running(), given.memory(), given.chunk()), false));
    }
    return settings;
  }

  private List<Setting> chunks(Setting setting) {
    List<Setting> settings = new ArrayList<>(List.of(setting));
    if (unknown.contains(Unknown.CHUNK) && setting.policy instanceof ContinuousBatching given) {
      for (Integer chunk : CHUNKS) {
        if (chunk == null || (chunk > given.batchSize() && !chunk.equals(given.chunk()))) {
          settings.add(
              new Setting(
                  with(given, given.batchSize(), given.memory(), chunk), setting.findsMemory));
        }
      }
    }
    return settings;
  }

  private static ContinuousBatching with(
      ContinuousBatching given, int slots, @Nullable Long memory, @Nullable Integer chunk) {
    return new ContinuousBatching(slots, memory, chunk, given.bins(), given.boundaries());
  }
}
