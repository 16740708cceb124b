package io.github.batchq.study.plan;

import io.github.batchq.file.PlanQuestion;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.Requirement;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.workload.Oracle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of each family of policies, and why it is not the best. */
final class FamilyVerdicts {
  private final PlanQuestion question;
  private final Metric ranking;
  private final List<Trial> trials;
  private final @Nullable Trial winner;
  private final PlanRuns runs;
  private final TheoryScreen screen;

  FamilyVerdicts(
      PlanQuestion question,
      Metric ranking,
      List<Trial> trials,
      @Nullable Trial winner,
      PlanRuns runs,
      TheoryScreen screen) {
    this.question = question;
    this.ranking = ranking;
    this.trials = trials;
    this.winner = winner;
    this.runs = runs;
    this.screen = screen;
  }

  List<FamilyVerdict> all() throws InterruptedException {
    Set<String> families = new LinkedHashSet<>();
    trials.forEach(trial -> families.add(trial.family()));
    List<FamilyVerdict> verdicts = new ArrayList<>();
    for (String family : families) {
      List<Trial> members = trials.stream().filter(t -> t.family().equals(family)).toList();
      Trial best = winner != null && members.contains(winner) ? winner : best(members);
      verdicts.add(new FamilyVerdict(family, best, why(members, best)));
    }
    return verdicts;
  }

  /** The cheapest that keeps the requirements, else the one that comes nearest. */
  private @Nullable Trial best(List<Trial> members) {
    Comparator<Trial> byRank = Frontier.by(ranking);
    Comparator<Trial> order =
        question.objective() == null
            ? Comparator.comparingInt(Trial::servers).thenComparing(byRank)
            : byRank;
    return members.stream()
        .filter(trial -> trial.keeps() && trial.fresh() != null)
        .min(order)
        .orElseGet(() -> nearest(members));
  }

  /** The one that comes nearest to keeping all requirements, of those that have run. */
  private @Nullable Trial nearest(List<Trial> members) {
    return members.stream()
        .filter(trial -> trial.best() != null)
        .max(
            Comparator.comparingDouble(this::leastSlack)
                .thenComparing(Comparator.comparingInt(Trial::number).reversed()))
        .orElse(null);
  }

  private double leastSlack(Trial trial) {
    Sample sample = trial.best();
    return sample == null ? Double.NEGATIVE_INFINITY : sample.leastSlack(question.requirements());
  }

  private String why(List<Trial> members, @Nullable Trial best) throws InterruptedException {
    if (winner == null || best == null) {
      return best == null ? reasonWithoutRuns(members) : whyNot(best);
    }
    if (best == winner) {
      return "";
    }
    if (question.objective() != null) {
      return best.keeps() ? compared(best, winner) : whyNot(best);
    }
    if (best.keeps() && best.servers() == winner.servers()) {
      return "the same cost; " + compared(best, winner);
    }
    List<Trial> there =
        members.stream().filter(trial -> trial.servers() == winner.servers()).toList();
    Trial nearest = nearest(there);
    String on = "on " + PlanNumbers.servers(winner.servers());
    if (nearest == null || leastSlack(nearest) == Double.NEGATIVE_INFINITY) {
      return on + ": " + reasonWithoutRuns(there);
    }
    return on + " " + nearest.label() + " " + whyNot(nearest) + cause(nearest, winner);
  }

  /** Why none of some candidates was run, or none of those that were has a steady state. */
  private String reasonWithoutRuns(List<Trial> members) {
    double most =
        members.stream()
            .mapToDouble(trial -> screen.mostCarried(trial.option(), trial.servers()))
            .max()
            .orElse(Double.NaN);
    if (most <= question.rate()) {
      return "capacity: it carries at most " + PlanNumbers.text(most) + " req/s";
    }
    List<Trial> missing =
        members.stream()
            .filter(
                trial ->
                    trial.outcome() == CandidateOutcome.MISSES_BY_THEORY
                        || trial.outcome() == CandidateOutcome.MISSES_WITH_MORE)
            .toList();
    if (missing.isEmpty()) {
      return "capacity: its queue grows";
    }
    return missing.size() == members.size()
        ? missing.get(0).reason()
        : "capacity: what of it carries the rate "
            + missing.get(0).reason()
            + ", and the rest does not carry it";
  }

  private String whyNot(Trial trial) {
    Sample sample = trial.best();
    if (sample == null || trial.keeps()) {
      return trial.reason();
    }
    Requirement worst = sample.tightest(question.requirements());
    if (sample.isOverloaded()) {
      return "cannot carry the rate";
    }
    String found =
        worst.metric().id()
            + " is "
            + PlanNumbers.text(
                sample.estimate(worst.metric(), Estimate.CONFIDENCE), worst.metric());
    return trial.outcome() == CandidateOutcome.WORSE
        ? trial.reason()
        : "misses " + worst + ": " + found;
  }

  /** What makes a candidate worse than the winner in the metric that ranks. */
  private String compared(Trial trial, Trial other) throws InterruptedException {
    Sample own = trial.best();
    Sample base = other.best();
    if (own == null || base == null) {
      return "";
    }
    double ratio = own.mean(ranking) / base.mean(ranking);
    String text = ranking.id() + " is " + PlanNumbers.text(ratio) + " times that of the best";
    return text + cause(trial, other);
  }

  /** The part of the time that differs most, or the predictor; empty where nothing is longer. */
  private String cause(Trial trial, Trial other) throws InterruptedException {
    Sample own = trial.best();
    Sample base = other.best();
    if (own == null || base == null) {
      return "";
    }
    if (keepsWithTruth(trial)) {
      return "; prediction errors: it would keep the requirements if lengths were known";
    }
    double forming = own.mean(Metric.FORMATION_MEAN) - base.mean(Metric.FORMATION_MEAN);
    double waiting = own.mean(Metric.QUEUEING_MEAN) - base.mean(Metric.QUEUEING_MEAN);
    double service = own.mean(Metric.SERVICE_MEAN) - base.mean(Metric.SERVICE_MEAN);
    double most = Math.max(forming, Math.max(waiting, service));
    if (!(most > 0)) {
      return "";
    }
    String seconds = PlanNumbers.text(most) + " s longer on average";
    if (most == forming) {
      return "; forming: requests wait " + seconds + " for company";
    }
    if (most == waiting) {
      return "; waiting: requests wait " + seconds + " for a server";
    }
    double padding = own.mean(Metric.PADDING);
    if (!(padding > base.mean(Metric.PADDING))) {
      return "; service: requests are served " + seconds;
    }
    return "; padding: batches take "
        + seconds
        + ", and "
        + PlanNumbers.percent(padding)
        + " of their places are empty, against "
        + PlanNumbers.percent(base.mean(Metric.PADDING));
  }

  /** Whether a candidate that misses a requirement would keep it if lengths were known. */
  private boolean keepsWithTruth(Trial trial) throws InterruptedException {
    PreparedScenario scenario = trial.scenario();
    boolean looks = scenario.boundaries().bins() > 1 || scenario.policy().readsLengths();
    if (trial.keeps() || !looks || scenario.predictor() instanceof Oracle) {
      return false;
    }
    PreparedScenario truth = Effort.telling(scenario.told(new Oracle()));
    List<PlanRuns.Task> task = List.of(Effort.fresh(PlanRuns.numberWithTruth(trial), truth));
    return Judgement.isKept(runs.make(task).get(0), question.requirements());
  }
}
