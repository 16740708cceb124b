package io.github.batchq.study.plan;

import io.github.batchq.file.PlanQuestion;
import io.github.batchq.file.PlannedExperiment;
import io.github.batchq.file.PolicyChoice;
import io.github.batchq.model.ResultTable;
import io.github.batchq.scenario.PreparedScenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a plan found: sentences, tables, and the experiment file of the best configuration. */
public final class PlanAnswer {
  private final PlanResult result;
  private final PlanTables tables;
  private final PlanWords words;

  PlanAnswer(PlanResult result) {
    this.result = result;
    this.tables = new PlanTables(result);
    this.words = new PlanWords(result, tables);
  }

  /** Whether something keeps the requirements. */
  public boolean isKept() {
    return result.winner() != null;
  }

  /**
   * A configuration.
   *
   * @param policy the policy
   * @param servers how many
   */
  public record Configuration(PolicyChoice policy, int servers) {}

  /** The best configuration, if something keeps the requirements. */
  public Optional<Configuration> best() {
    return Optional.ofNullable(result.winner())
        .map(trial -> new Configuration(trial.option().choice(), trial.servers()));
  }

  /** The answer in a few sentences. */
  public List<String> sentences() {
    return words.answer();
  }

  /** The answer as a page of Markdown. */
  public String page() {
    return words.page();
  }

  /** One row for each family of policies: its best member, and why it is not the best of all. */
  public ResultTable families() {
    return tables.families();
  }

  /** The same for a person: the best of each family with what is asked of it. */
  public ResultTable shortFamilies() {
    return tables.shortFamilies();
  }

  /** All tables, by the names of their files. */
  public Map<String, ResultTable> tables() {
    return tables.all();
  }

  /**
   * The experiment file of the best configuration; null where nothing keeps the requirements.
   *
   * @param folder where it will stand
   */
  public @Nullable String experiment(Path folder) {
    Trial winner = result.winner();
    Sample fresh = winner == null ? null : winner.fresh();
    if (winner == null || fresh == null) {
      return null;
    }
    PlanQuestion question = result.question();
    PreparedScenario run = fresh.scenario();
    return PlannedExperiment.text(
        question, winner.option().choice(), run, result.measured(), folder);
  }

  /** Number of runs that were made. */
  public long runs() {
    return result.runs();
  }
}
