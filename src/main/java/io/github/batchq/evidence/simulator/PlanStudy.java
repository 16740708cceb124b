package io.github.batchq.evidence.simulator;

import io.github.batchq.engine.Parallel;
import io.github.batchq.engine.TaskProgress;
import io.github.batchq.engine.ThreadEngine;
import io.github.batchq.evidence.EvidencePage;
import io.github.batchq.experiment.RunJournal;
import io.github.batchq.file.PlanFile;
import io.github.batchq.file.PlanQuestion;
import io.github.batchq.metric.Estimate;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.study.plan.PlanAnswer;
import io.github.batchq.study.plan.PlanSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * How often a plan is right: random plans, each answered by {@link PlanSearch} and beside it by
 * brute force. A plan is right in two ways: what it selects is within the indifference of the best
 * that keeps the requirements, and what it selects truly keeps them.
 */
public final class PlanStudy {
  /** Seed of brute force, which no plan has. */
  private static final long SEED_OF_TRUTH = 7_000_000_000L;

  /** Of 400 plans, so many are right with a probability of 0.96 where 95 % are. */
  private static final double LEAST_SHARE = 373 / 400.0;

  private PlanStudy() {}

  /**
   * One plan.
   *
   * @param number which random plan
   * @param objective what the best is best in
   * @param candidates how many there are
   * @param selected what was selected; empty for nothing
   * @param best the truly best objective; NaN where nothing keeps the requirements
   * @param found the true objective of what was selected; NaN for nothing
   * @param isNear whether that is within the indifference of the best, or nothing was selected and
   *     nothing keeps the requirements
   * @param isKept whether what was selected truly keeps them, or nothing was selected
   */
  public record PlanFinding(
      int number,
      String objective,
      int candidates,
      String selected,
      double best,
      double found,
      boolean isNear,
      boolean isKept) {}

  /**
   * The study.
   *
   * @param findings one for each plan
   */
  public record Findings(List<PlanFinding> findings) {
    /** How many select something within the indifference of the best. */
    public long near() {
      return findings.stream().filter(PlanFinding::isNear).count();
    }

    /** How many select something that truly keeps the requirements. */
    public long kept() {
      return findings.stream().filter(PlanFinding::isKept).count();
    }

    /** Whether both are as many as nearly all samples of a true 95 % have. */
    public boolean holds() {
      double least = LEAST_SHARE * findings.size();
      return near() >= least && kept() >= least;
    }

    /** What was found, a sentence each. */
    public List<String> summary() {
      return List.of(
          "The selected configuration is within the indifference of the best in "
              + share(near())
              + ".",
          "What is selected truly keeps the requirements in " + share(kept()) + ".");
    }

    private String share(long right) {
      int all = findings.size();
      return String.format(
          Locale.ROOT,
          "%d of %d plans, %.1f %% (95 %% interval %.1f to %.1f %%)",
          right,
          all,
          100.0 * right / all,
          100 * least(right, all),
          100 * (1 - least(all - right, all)));
    }

    /** The lower end of the interval of Clopper and Pearson (1934) for a share. */
    private static double least(long right, int all) {
      return right == 0
          ? 0
          : new BetaDistribution(null, right, all - right + 1.0)
              .inverseCumulativeProbability((1 - Estimate.CONFIDENCE) / 2);
    }

    /** The page, in Markdown. */
    public String markdown(String version) {
      List<List<String>> wrong = new ArrayList<>();
      for (PlanFinding finding : findings) {
        if (!finding.isNear() || !finding.isKept()) {
          wrong.add(
              List.of(
                  Integer.toString(finding.number()),
                  finding.objective(),
                  Integer.toString(finding.candidates()),
                  finding.selected().isEmpty() ? "nothing" : finding.selected(),
                  ResultTable.cell(finding.found()),
                  ResultTable.cell(finding.best()),
                  finding.isNear() ? "yes" : "no",
                  finding.isKept() ? "yes" : "no"));
        }
      }
      long nothing = findings.stream().filter(f -> f.selected().isEmpty()).count();
      long byCost = findings.stream().filter(f -> f.objective().equals("cost")).count();
      EvidencePage page =
          new EvidencePage("How often is a plan right?")
              .paragraph(
                  "Made by `batchq self-test --plans "
                      + findings.size()
                      + "` with batchq "
                      + version
                      + "; do not edit. The same numbers on any number of threads.")
              .list(summary())
              .paragraph(
                  "Random plans, from a seed that was fixed beforehand: laws of service times"
                      + " (uniform, exponential, gamma, lognormal), Poisson and gamma arrivals of"
                      + " coefficient of variation 2, true and noisy predictions, three of eight"
                      + " kinds of policies with batches of 2, 4 and 8 and with 2 and 4 bins, one or"
                      + " two requirements; "
                      + byCost
                      + " look for the least cost on 1 to 6 servers, the others for the least mean"
                      + " latency. In "
                      + nothing
                      + " nothing is selected. The indifference is 2 %. The truth is theory where"
                      + " that is exact, and else runs with random numbers of their own, until a"
                      + " metric is six standard errors from its limit or ten times as much has been"
                      + " run as a plan runs of its best.")
              .section("Those that are not right");
      return wrong.isEmpty()
          ? page.paragraph("None.").markdown()
          : page.words(
                  new ResultTable(
                      List.of(
                          "plan",
                          "objective",
                          "candidates",
                          "selected",
                          "its true objective",
                          "the best",
                          "within 2 %",
                          "keeps"),
                      wrong),
                  List.of("---:", "---", "---:", "---", "---:", "---:", "---", "---"))
              .markdown();
    }
  }

  /**
   * Makes the study.
   *
   * @param plans how many random plans
   * @param threads number of threads, at least 1
   */
  public static Findings run(int plans, int threads, TaskProgress progress)
      throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    List<Callable<PlanFinding>> tasks = new ArrayList<>();
    for (int i = 0; i < plans; i++) {
      int number = i;
      tasks.add(
          () -> {
            PlanFinding finding = finding(number);
            progress.finished(done.incrementAndGet(), plans);
            return finding;
          });
    }
    try (Parallel parallel = new Parallel(threads)) {
      return new Findings(parallel.all(tasks));
    }
  }

  private static PlanFinding finding(int number) throws InterruptedException {
    PlanQuestion question = PlanFile.of("plan " + number, RandomPlans.plan(number));
    Optional<PlanAnswer.Configuration> selected = selected(question);
    PlanTruth truth = new PlanTruth(question, SEED_OF_TRUTH + number);
    PlanTruth.Truth found =
        selected
            .map(
                configuration ->
                    truth.precise(option(question, configuration), configuration.servers()))
            .orElse(null);
    // Where the cost decides, what costs as much as the selected can tell nothing more.
    PlanTruth.Truth right = found != null && found.keeps() ? found : null;
    double cheaper = truth.best(right == null ? Integer.MAX_VALUE : right.servers() - 1);
    double best = Double.isNaN(cheaper) && right != null ? right.objective() : cheaper;
    boolean near =
        found == null
            ? Double.isNaN(best)
            : found.objective() <= (1 + question.indifference()) * best;
    return new PlanFinding(
        number,
        question.objective() == null ? "cost" : question.objective().id(),
        question.options().size() * question.servers().size(),
        selected.map(c -> c.policy().label() + " on " + c.servers()).orElse(""),
        best,
        found == null ? Double.NaN : found.objective(),
        near,
        found == null || found.keeps());
  }

  private static PlanQuestion.Option option(
      PlanQuestion question, PlanAnswer.Configuration configuration) {
    return question.options().stream()
        .filter(option -> option.choice().label().equals(configuration.policy().label()))
        .findFirst()
        .orElseThrow();
  }

  /** What is selected; nothing where no number of servers carries the rate. */
  private static Optional<PlanAnswer.Configuration> selected(PlanQuestion question)
      throws InterruptedException {
    try (ThreadEngine engine = new ThreadEngine(1)) {
      return PlanSearch.search(question, engine, RunJournal.NONE, runs -> {}).best();
    } catch (BadInputException e) {
      return Optional.empty();
    }
  }
}
