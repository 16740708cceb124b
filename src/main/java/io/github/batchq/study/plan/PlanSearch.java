package io.github.batchq.study.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.engine.RunEngine;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunJournal;
import io.github.batchq.experiment.Sampling;
import io.github.batchq.experiment.VarianceReduction;
import io.github.batchq.file.PlanQuestion;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.Requirement;
import io.github.batchq.model.BadInputException;
import io.github.batchq.random.Generator;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.sim.Kernel;
import io.github.batchq.sim.ServerPool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Searches the best configuration: theory first ({@link TheoryScreen}), then a {@link Race} of what
 * theory leaves open, then fresh runs of the best, so that the numbers that are told carry no
 * winner's curse.
 *
 * <p>Where the cost decides, the race goes from few servers to many, and each family of policies
 * leaves it with the first number of servers on which a member keeps the requirements. A member
 * keeps them that passes two independent tests at one-sided 95 %, in the race and in the fresh
 * runs; one that misses a requirement passes both with a probability of at most 0.0025.
 */
public final class PlanSearch {
  /** How many of a family are run again at once. */
  private static final int CONFIRMED_TOGETHER = 3;

  /** How many are run again where a metric decides. */
  private static final int FINALISTS = 10;

  /** Families are followed to this multiple of the servers that the best one needs. */
  private static final int FOLLOWED = 4;

  private static final int FOLLOWED_AT_LEAST = 8;

  /** Policies that are tried on more servers for the frontier. */
  private static final int ON_THE_FRONTIER = 8;

  private static final List<Metric> TOLD =
      List.of(
          Metric.LATENCY_MEAN,
          Metric.LATENCY_P99,
          Metric.FORMATION_MEAN,
          Metric.QUEUEING_MEAN,
          Metric.SERVICE_MEAN,
          Metric.PADDING,
          Metric.BATCH_SIZE_MEAN,
          Metric.UTILIZATION,
          Metric.THROUGHPUT);

  private final PlanQuestion question;
  private final PlanRuns runs;
  private final Metric ranking;
  private final TheoryScreen screen;
  private final Race race;
  private final List<Trial> trials = new ArrayList<>();

  private PlanSearch(PlanQuestion question, PlanRuns runs) {
    this.question = question;
    this.runs = runs;
    this.ranking = ranking(question);
    this.screen = new TheoryScreen(question.requirements(), ranking, runs.theory());
    this.race =
        new Race(
            runs,
            question.requirements(),
            ranking,
            question.indifference(),
            question.objective() != null);
  }

  /** What candidates of the same cost are ranked by. */
  private static Metric ranking(PlanQuestion question) {
    Metric objective = question.objective();
    return objective != null ? objective : question.requirements().get(0).metric();
  }

  /** The metrics that a plan asks about. */
  static List<Metric> asked(PlanQuestion question) {
    return Stream.of(
            question.requirements().stream().map(Requirement::metric),
            Stream.of(ranking(question)),
            Stream.ofNullable(question.frontier().x()),
            Stream.of(question.frontier().y()))
        .flatMap(metrics -> metrics)
        .distinct()
        .toList();
  }

  /** The metrics that the runs of a plan have. */
  static List<Metric> measured(PlanQuestion question) {
    return Stream.concat(asked(question).stream(), TOLD.stream()).distinct().toList();
  }

  /**
   * The runs of a plan as an experiment, whose fingerprint tells them from those of another plan.
   */
  public static Experiment experiment(PlanQuestion question) {
    List<Metric> measured = measured(question);
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.set("scenario", question.resolved());
    PreparedScenario first = question.options().get(0).scenario();
    return new Experiment(
        question.name(),
        List.of(),
        List.of(new Experiment.Point(List.of(), () -> first)),
        new Sampling(2, null, VarianceReduction.NONE, question.seed(), Generator.LFSR258),
        measured,
        measured,
        List.of(),
        tree,
        question.notes(),
        question.folder());
  }

  /**
   * Searches.
   *
   * @param engine makes the runs
   * @param journal keeps what is finished
   * @param progress is told the number of runs so far, from several threads
   * @return the answer; also where nothing keeps the requirements
   * @throws BadInputException if no number of servers carries the rate
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static PlanAnswer search(
      PlanQuestion question, RunEngine engine, RunJournal journal, LongConsumer progress)
      throws InterruptedException {
    PlanRuns runs = new PlanRuns(experiment(question), engine, journal, progress);
    return new PlanAnswer(new PlanSearch(question, runs).run());
  }

  private PlanResult run() throws InterruptedException {
    int number = 0;
    for (PlanQuestion.Option option : question.options()) {
      for (int servers : question.servers()) {
        Trial trial = new Trial(number++, option, servers);
        screen.decideByCapacity(trial, question.rate());
        trials.add(trial);
      }
    }
    if (trials.stream().allMatch(t -> t.outcome() == CandidateOutcome.OVERLOADED_BY_THEORY)) {
      throw tooFewServers();
    }
    withoutHopeless();
    if (question.objective() == null) {
      byCost();
    } else {
      byMetric();
    }
    Trial winner = winner();
    List<Trial> frontier = frontier(winner);
    return new PlanResult(
        question,
        ranking,
        measured(question),
        trials,
        winner,
        winner == null ? List.of() : equals(winner),
        new FamilyVerdicts(question, ranking, trials, winner, runs, screen).all(),
        frontier,
        winner == null ? List.of() : Sensitivity.of(winner, runs),
        runs.made());
  }

  private BadInputException tooFewServers() {
    int most = question.servers().get(question.servers().size() - 1);
    PlanQuestion.Option best =
        question.options().stream()
            .max(Comparator.comparingDouble(option -> screen.mostCarried(option, most)))
            .orElseThrow();
    return new BadInputException(
        "no number of servers in search.servers carries "
            + PlanNumbers.text(question.rate())
            + " req/s: the most that "
            + most
            + (most == 1 ? " carries is " : " carry is ")
            + PlanNumbers.text(screen.mostCarried(best, most))
            + " req/s, with "
            + best.choice().label());
  }

  /** Rules out the policies that miss a requirement on infinitely many servers, and so on fewer. */
  private void withoutHopeless() throws InterruptedException {
    int each = question.servers().size();
    List<List<Trial>> asked = new ArrayList<>();
    List<PlanRuns.Task> tasks = new ArrayList<>();
    for (int from = 0; from < trials.size(); from += each) {
      List<Trial> ofPolicy =
          trials.subList(from, from + each).stream().filter(Trial::isUndecided).toList();
      if (ofPolicy.isEmpty()) {
        continue;
      }
      Trial last = ofPolicy.get(ofPolicy.size() - 1);
      String why = screen.whyHopeless(last.option());
      if (!why.isEmpty()) {
        ofPolicy.forEach(trial -> trial.decide(CandidateOutcome.MISSES_BY_THEORY, why));
      } else if (!monotone(last.option()).isEmpty()) {
        asked.add(ofPolicy);
        PreparedScenario unlimited =
            last.option().scenario().on(ServerPool.of(Kernel.INFINITE_SERVERS));
        tasks.add(Effort.stage(PlanRuns.numberUnlimited(last), unlimited, 0, null));
      }
    }
    List<Sample> samples = runs.make(tasks);
    for (int i = 0; i < asked.size(); i++) {
      Requirement misses =
          Judgement.of(
                  samples.get(i),
                  monotone(asked.get(i).get(0).option()),
                  Race.missing(question.requirements()))
              .misses();
      if (misses != null) {
        String why = "misses " + misses + " on any number of servers";
        asked.get(i).forEach(trial -> trial.decide(CandidateOutcome.MISSES_WITH_MORE, why));
      }
    }
  }

  /** The requirements that more servers never make harder to keep. */
  private List<Requirement> monotone(PlanQuestion.Option option) {
    return question.requirements().stream()
        .filter(r -> TheoryScreen.isMonotone(option.scenario(), r.metric()))
        .toList();
  }

  private void byCost() throws InterruptedException {
    Set<String> done = new LinkedHashSet<>();
    int fewest = Integer.MAX_VALUE;
    for (int servers : question.servers()) {
      boolean followed =
          fewest == Integer.MAX_VALUE
              || servers <= Math.max(FOLLOWED * (long) fewest, fewest + FOLLOWED_AT_LEAST);
      List<Trial> level = new ArrayList<>();
      for (Trial trial : trials) {
        if (trial.servers() != servers || !trial.isUndecided()) {
          continue;
        }
        if (done.contains(trial.family())) {
          trial.decide(CandidateOutcome.DEARER, "");
        } else if (!followed) {
          trial.decide(CandidateOutcome.NOT_TRIED, "");
        } else {
          level.add(trial);
        }
      }
      level.forEach(screen::decideByRequirements);
      // What costs more than the best can only be the best of its family.
      int stages = fewest == Integer.MAX_VALUE ? Effort.STAGES : Effort.STAGES_OF_DEARER;
      race.run(level.stream().filter(Trial::isUndecided).toList(), stages);
      done.addAll(confirm(level));
      if (!done.isEmpty() && fewest == Integer.MAX_VALUE) {
        fewest = servers;
      }
    }
  }

  /**
   * Runs the best of each family of a level again, until one of them keeps the requirements once
   * more.
   *
   * @return the families of which one does
   */
  private Set<String> confirm(List<Trial> level) throws InterruptedException {
    Set<String> confirmed = new LinkedHashSet<>();
    while (true) {
      Map<String, Integer> chosen = new HashMap<>();
      List<Trial> again = new ArrayList<>();
      level.stream()
          .filter(trial -> trial.keeps() && trial.fresh() == null)
          .sorted(race.order())
          .filter(trial -> !confirmed.contains(trial.family()))
          .filter(trial -> chosen.merge(trial.family(), 1, Integer::sum) <= CONFIRMED_TOGETHER)
          .forEach(again::add);
      if (again.isEmpty()) {
        return confirmed;
      }
      runAgain(again);
      again.stream().filter(Trial::keeps).forEach(trial -> confirmed.add(trial.family()));
    }
  }

  /** Runs candidates on fresh streams; those that do not keep the requirements there do not. */
  private void runAgain(List<Trial> again) throws InterruptedException {
    List<PlanRuns.Task> tasks = new ArrayList<>();
    for (Trial trial : again) {
      tasks.add(
          Effort.fresh(
              PlanRuns.numberAgain(trial),
              trial.keeps()
                  ? Effort.confirming(trial.scenario(), trial.race())
                  : Effort.telling(trial.scenario())));
    }
    List<Sample> samples = runs.make(tasks);
    for (int i = 0; i < again.size(); i++) {
      Trial trial = again.get(i);
      trial.ranAgain(samples.get(i));
      boolean kept = Judgement.isKept(samples.get(i), question.requirements());
      if (trial.keeps() && !trial.isKnown() && !kept) {
        trial.decide(
            CandidateOutcome.NOT_CONFIRMED,
            "kept the requirements in the race, not when run again");
      }
    }
  }

  private void byMetric() throws InterruptedException {
    trials.stream().filter(Trial::isUndecided).forEach(screen::decideByRequirements);
    race.run(trials.stream().filter(t -> t.isUndecided() || t.keeps()).toList(), Effort.STAGES);
    List<Trial> left = trials.stream().filter(Trial::keeps).sorted(race.order()).toList();
    for (int from = 0; from < left.size(); from += FINALISTS) {
      List<Trial> some = left.subList(from, Math.min(from + FINALISTS, left.size()));
      runAgain(some);
      if (some.stream().anyMatch(Trial::keeps)) {
        return;
      }
    }
  }

  /** The best by what the race said, of those that kept the requirements again. */
  private @Nullable Trial winner() {
    Comparator<Trial> order =
        question.objective() == null
            ? Comparator.comparingInt(Trial::servers).thenComparing(race.order())
            : race.order();
    return trials.stream()
        .filter(trial -> trial.keeps() && trial.fresh() != null)
        .min(order)
        .orElse(null);
  }

  /** Others that keep the requirements, whose objective is within the indifference. */
  private List<Trial> equals(Trial winner) {
    return trials.stream()
        .filter(trial -> trial != winner && trial.keeps() && trial.fresh() != null)
        .filter(trial -> isEqual(trial, winner))
        .sorted(Comparator.comparingInt(Trial::servers).thenComparing(race.order()))
        .toList();
  }

  private boolean isEqual(Trial trial, Trial winner) {
    double room = 1 + question.indifference();
    return question.objective() == null
        ? trial.servers() <= room * winner.servers()
        : !race.isSurelyWorse(trial, winner);
  }

  /** Candidates of which no other is better in both metrics, run again. */
  private List<Trial> frontier(@Nullable Trial winner) throws InterruptedException {
    if (winner != null && question.frontier().x() == null) {
      onMoreServers(winner);
    }
    Frontier frontier = new Frontier(question);
    List<Trial> best = frontier.of(trials);
    runAgain(best.stream().filter(trial -> trial.fresh() == null).toList());
    return frontier.of(best);
  }

  /** Runs the best policies of the winner's level on more servers. */
  private void onMoreServers(Trial winner) throws InterruptedException {
    List<Integer> more =
        question.servers().stream()
            .filter(
                c ->
                    c == winner.servers() + 1
                        || c == winner.servers() + 2
                        || c == 2 * winner.servers())
            .toList();
    Metric y = question.frontier().y();
    List<PlanQuestion.Option> options =
        trials.stream()
            .filter(trial -> trial.best() != null)
            .filter(trial -> trial.servers() == winner.servers())
            .sorted(Frontier.by(y))
            .limit(ON_THE_FRONTIER)
            .map(Trial::option)
            .toList();
    List<Trial> tried =
        trials.stream()
            .filter(trial -> more.contains(trial.servers()) && options.contains(trial.option()))
            .filter(trial -> trial.best() == null)
            .toList();
    runAgain(tried);
  }
}
