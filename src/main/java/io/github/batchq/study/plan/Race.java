package io.github.batchq.study.plan;

import io.github.batchq.metric.Direction;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.PairedComparison;
import io.github.batchq.metric.Requirement;
import io.github.batchq.study.plan.Judgement.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A race in stages: all candidates run with common random numbers, those that surely miss a
 * requirement are out, and those that are surely worse than one that keeps them; then the others
 * run longer. That is screening by subset selection before fresh runs of the survivors (Nelson,
 * Swann, Goldsman, Song 2001), with the feasibility checks of Andradottir and Kim (2010) in the
 * form of t-tests at each look.
 *
 * <p>A candidate that keeps the requirements is thrown out for missing one with a probability of at
 * most {@link #ERROR}: the level of each test is that divided by the looks and the requirements
 * (Bonferroni). So is one thrown out for being worse than another that it is not worse than: the
 * level is divided by the looks and the comparisons of a look. Runs that start empty tend to be
 * better than the steady state, so short ones throw out too little.
 */
final class Race {
  /** Probability of throwing out what should stay, for each of the two reasons. */
  static final double ERROR = 0.05;

  private final PlanRuns runs;
  private final List<Requirement> requirements;
  private final Metric ranking;
  private final double indifference;
  private final boolean untilRanked;

  /**
   * @param ranking what those that keep the requirements are ranked by
   * @param indifference share of the best's value within which ranks do not matter
   * @param untilRanked whether the race goes on until the ranks can be told
   */
  Race(
      PlanRuns runs,
      List<Requirement> requirements,
      Metric ranking,
      double indifference,
      boolean untilRanked) {
    this.runs = runs;
    this.requirements = requirements;
    this.ranking = ranking;
    this.indifference = indifference;
    this.untilRanked = untilRanked;
  }

  /**
   * Runs candidates until each is decided or has run the longest runs.
   *
   * @param stages how many there may be, at most {@link Effort#STAGES}
   */
  void run(List<Trial> candidates, int stages) throws InterruptedException {
    List<Trial> alive = new ArrayList<>(candidates);
    for (int stage = 0; stage < stages && !alive.isEmpty(); stage++) {
      look(alive, stage);
      alive.removeIf(trial -> trial.outcome() != null && trial.outcome() != CandidateOutcome.KEEPS);
      dropWorse(alive);
      if (alive.stream().noneMatch(Trial::isUndecided) && (!untilRanked || isRanked(alive))) {
        break;
      }
    }
    for (Trial trial : alive) {
      if (trial.isUndecided()) {
        trial.decide(CandidateOutcome.OPEN, "runs do not tell whether it keeps " + nearest(trial));
      }
    }
  }

  /** Runs a stage of all that still need runs, and judges them. */
  private void look(List<Trial> alive, int stage) throws InterruptedException {
    List<Trial> running =
        alive.stream().filter(trial -> trial.isUndecided() || needsRanking(trial)).toList();
    List<PlanRuns.Task> tasks = new ArrayList<>();
    for (Trial trial : running) {
      tasks.add(Effort.stage(PlanRuns.number(trial, stage), trial.scenario(), stage, trial.race()));
    }
    List<Sample> samples = runs.make(tasks);
    for (int i = 0; i < running.size(); i++) {
      Trial trial = running.get(i);
      trial.raced(samples.get(i));
      if (trial.isUndecided()) {
        judge(trial, Judgement.of(samples.get(i), requirements, missing(requirements)));
      }
    }
  }

  /** One-sided confidence with which a look says that a requirement is missed. */
  static double missing(List<Requirement> requirements) {
    return 1 - ERROR / (Effort.STAGES * requirements.size());
  }

  private boolean needsRanking(Trial trial) {
    return untilRanked && !trial.isKnown();
  }

  private void judge(Trial trial, Judgement judgement) {
    Requirement misses = judgement.misses();
    if (judgement.verdict() == Verdict.OVERLOADED) {
      trial.decide(CandidateOutcome.OVERLOADED, "its queue grows");
    } else if (misses != null) {
      trial.decide(CandidateOutcome.MISSES, "misses " + misses);
    } else if (judgement.verdict() == Verdict.KEPT) {
      trial.decide(CandidateOutcome.KEEPS, "");
    }
  }

  /** The best by its mean of those that keep the requirements; null where none does yet. */
  private @Nullable Trial best(List<Trial> alive) {
    return alive.stream().filter(Trial::keeps).min(order()).orElse(null);
  }

  /** The better first; of equal ones the earlier candidate. */
  Comparator<Trial> order() {
    double sign = ranking.direction() == Direction.LOWER_IS_BETTER ? 1 : -1;
    return Comparator.comparingDouble((Trial trial) -> sign * trial.rank(ranking))
        .thenComparingInt(Trial::number);
  }

  /**
   * Drops what is surely worse than the best that keeps the requirements. Where the cost decides,
   * only candidates of one family compete, so that each family has its own best.
   */
  private void dropWorse(List<Trial> alive) {
    Map<String, List<Trial>> competing =
        alive.stream()
            .collect(
                Collectors.groupingBy(
                    trial -> untilRanked ? "" : trial.family(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    for (List<Trial> group : competing.values()) {
      Trial best = best(group);
      Sample ofBest = best == null ? null : best.race();
      if (best == null || ofBest == null) {
        continue;
      }
      int comparisons = Math.max(1, group.size() - 1) * Effort.STAGES;
      for (Trial trial : group) {
        Sample own = trial.race();
        if (trial != best && own != null && isWorse(own, ofBest, comparisons)) {
          trial.decide(
              CandidateOutcome.WORSE, ranking.id() + " is worse than with " + best.label());
          alive.remove(trial);
        }
      }
    }
  }

  /** Whether fresh runs of two say that the first is worse by more than the indifference. */
  boolean isSurelyWorse(Trial trial, Trial best) {
    Sample own = trial.fresh();
    Sample other = best.fresh();
    if (own == null || other == null) {
      return true;
    }
    Estimate excess = excess(own, other, Judgement.CONFIDENCE, 1);
    return excess.mean() - excess.halfWidth() > room(other);
  }

  private boolean isWorse(Sample own, Sample other, int comparisons) {
    Estimate excess = excess(own, other, 1 - 2 * ERROR, comparisons);
    return excess.mean() - excess.halfWidth() > 0;
  }

  /** What does not matter. */
  private double room(Sample best) {
    return indifference * Math.abs(best.mean(ranking));
  }

  /**
   * By how much the first ranks worse, from pairs of runs; without an interval from single runs.
   */
  private Estimate excess(Sample own, Sample other, double confidence, int comparisons) {
    double[] values = own.values(ranking);
    double[] base = other.values(ranking);
    double sign = ranking.direction() == Direction.LOWER_IS_BETTER ? 1 : -1;
    if (values.length != base.length || values.length == 1) {
      double known = values.length == base.length ? 0 : Double.POSITIVE_INFINITY;
      return new Estimate(sign * (own.mean(ranking) - other.mean(ranking)), known, 0);
    }
    PairedComparison pair =
        PairedComparison.of(base, values, confidence, comparisons, ranking.direction());
    return new Estimate(sign * pair.difference(), pair.halfWidth(), pair.degreesOfFreedom());
  }

  /** Whether the ranks of those that are left do not matter. */
  private boolean isRanked(List<Trial> alive) {
    Trial best = best(alive);
    return best == null || alive.stream().allMatch(trial -> trial == best || isEqual(trial, best));
  }

  private boolean isEqual(Trial trial, Trial best) {
    Sample own = trial.race();
    Sample other = best.race();
    if (own == null || other == null) {
      return false;
    }
    Estimate excess = excess(own, other, Judgement.CONFIDENCE, 1);
    // Single runs know all that there is to know.
    return (own.replications() == 1 && excess.halfWidth() == 0)
        || Math.abs(excess.mean()) + excess.halfWidth() <= room(other);
  }

  private Requirement nearest(Trial trial) {
    Sample sample = trial.race();
    return sample == null ? requirements.get(0) : sample.tightest(requirements);
  }
}
