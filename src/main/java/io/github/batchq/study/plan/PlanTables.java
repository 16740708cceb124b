package io.github.batchq.study.plan;

import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.expectation.TheoryOverlays;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.Requirement;
import io.github.batchq.model.ResultTable;
import io.github.batchq.theory.TheoryResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a plan. {@code .ci95} is the half-width of a metric's two-sided 95 % interval,
 * {@code .limit95} the one-sided 95 % limit that a requirement is judged by, {@code first.} what
 * the race said before the fresh runs.
 */
final class PlanTables {
  private static final String INTERVAL = ".ci95";
  private static final String LIMIT = ".limit95";

  private final PlanResult result;
  private final List<Metric> asked;

  PlanTables(PlanResult result) {
    this.result = result;
    this.asked = PlanSearch.asked(result.question());
  }

  /** All tables by the names of their files. */
  Map<String, ResultTable> all() {
    Map<String, ResultTable> tables = new LinkedHashMap<>();
    tables.put("candidates.csv", candidates());
    tables.put("finalists.csv", finalists());
    tables.put("families.csv", families());
    tables.put("frontier.csv", frontier());
    if (!result.changes().isEmpty()) {
      tables.put("sensitivity.csv", sensitivity());
    }
    return tables;
  }

  double cost(Trial trial) {
    // In decimal arithmetic, so that six servers at 0.4 cost 2.4.
    return BigDecimal.valueOf(result.question().price())
        .multiply(BigDecimal.valueOf(trial.servers()))
        .doubleValue();
  }

  ResultTable candidates() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "policy",
                "family",
                "batchSize",
                "bins",
                "boundaries",
                "servers",
                "cost",
                "outcome",
                "decided.by",
                "reason",
                "runs"));
    columns.addAll(columns(asked));
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : result.trials()) {
      CandidateOutcome outcome = trial.outcome();
      List<String> row =
          new ArrayList<>(
              List.of(
                  trial.label(),
                  trial.family(),
                  trial.option().choice().value("batchSize"),
                  trial.option().choice().value("bins"),
                  trial.option().choice().value("boundaries"),
                  Integer.toString(trial.servers()),
                  ResultTable.cell(cost(trial)),
                  outcome == null ? "" : outcome.toString(),
                  outcome == null ? "" : trial.isKnown() ? "theory" : outcome.decidedBy(),
                  trial.reason(),
                  Long.toString(trial.runs())));
      row.addAll(cells(trial.best(), asked));
      rows.add(row);
    }
    return new ResultTable(columns, rows);
  }

  /** What ran on fresh streams: the best, its equals, the best of each family, the frontier. */
  ResultTable finalists() {
    List<String> columns =
        new ArrayList<>(List.of("label", "policy", "servers", "cost", "role", "kept"));
    columns.addAll(columns(result.measured()));
    for (Requirement requirement : result.question().requirements()) {
      columns.add(requirement.metric().id() + LIMIT);
      columns.add("first." + requirement.metric().id());
    }
    asked.forEach(
        metric -> columns.addAll(List.of(metric.id() + ".theory", metric.id() + ".theory.kind")));
    List<List<String>> rows = new ArrayList<>();
    TheoryOverlays theory = new TheoryOverlays();
    for (Trial trial : roles().keySet()) {
      Sample fresh = trial.fresh();
      if (fresh != null) {
        rows.add(finalist(trial, fresh, theory.of(fresh.scenario())));
      }
    }
    return new ResultTable(columns, rows);
  }

  private List<String> finalist(Trial trial, Sample fresh, TheoryOverlay overlay) {
    List<String> row =
        new ArrayList<>(
            List.of(
                labelled(trial),
                trial.label(),
                Integer.toString(trial.servers()),
                ResultTable.cell(cost(trial)),
                String.valueOf(roles().get(trial)),
                Boolean.toString(isKept(fresh))));
    row.addAll(cells(fresh, result.measured()));
    Sample first = trial.race();
    for (Requirement requirement : result.question().requirements()) {
      row.add(ResultTable.cell(fresh.worse(requirement, Judgement.CONFIDENCE)));
      row.add(first == null ? "" : ResultTable.cell(first.mean(requirement.metric())));
    }
    for (Metric metric : asked) {
      TheoryResult known = overlay.get(metric);
      boolean has = !Double.isNaN(known.value());
      row.add(has ? ResultTable.cell(known.value()) : "");
      row.add(has ? known.kind() : "");
    }
    return row;
  }

  private static String labelled(Trial trial) {
    return trial.label() + " on " + trial.servers();
  }

  private Map<Trial, String> roles() {
    Map<Trial, String> roles = new LinkedHashMap<>();
    Trial winner = result.winner();
    if (winner != null) {
      roles.put(winner, "best");
    }
    result.equals().forEach(trial -> roles.putIfAbsent(trial, "equal to the best"));
    for (FamilyVerdict verdict : result.families()) {
      if (verdict.best() != null) {
        roles.putIfAbsent(verdict.best(), "best of its family");
      }
    }
    result.frontier().forEach(trial -> roles.putIfAbsent(trial, "frontier"));
    return roles;
  }

  private boolean isKept(Sample sample) {
    return Judgement.isKept(sample, result.question().requirements());
  }

  ResultTable families() {
    List<String> columns =
        new ArrayList<>(List.of("family", "best", "servers", "cost", "outcome", "why"));
    columns.addAll(columns(asked));
    List<List<String>> rows = new ArrayList<>();
    for (FamilyVerdict verdict : result.families()) {
      Trial best = verdict.best();
      List<String> row = new ArrayList<>();
      row.add(verdict.family());
      row.add(best == null ? "" : best.label());
      row.add(best == null ? "" : Integer.toString(best.servers()));
      row.add(best == null ? "" : ResultTable.cell(cost(best)));
      row.add(best == null ? "" : String.valueOf(best.outcome()));
      row.add(verdict.why());
      row.addAll(cells(best == null ? null : best.best(), asked));
      rows.add(row);
    }
    return new ResultTable(columns, rows);
  }

  /** The best of each family that has one, for a screen. */
  ResultTable shortFamilies() {
    List<String> columns = new ArrayList<>(List.of("best of each family", "servers", "cost"));
    asked.forEach(
        metric ->
            columns.add(
                metric.id() + (metric.unit().equals("1") ? "" : " [" + metric.unit() + "]")));
    columns.add("outcome");
    List<List<String>> rows = new ArrayList<>();
    for (FamilyVerdict verdict : result.families()) {
      Trial best = verdict.best();
      List<String> row = new ArrayList<>();
      row.add(best == null ? verdict.family() : best.label());
      row.add(best == null ? "" : Integer.toString(best.servers()));
      row.add(best == null ? "" : PlanNumbers.text(cost(best)));
      for (Metric metric : asked) {
        Sample sample = best == null ? null : best.best();
        row.add(
            sample == null
                ? ""
                : sample.isOverloaded() && metric.isUnbounded()
                    ? "overloaded"
                    : PlanNumbers.plain(sample.estimate(metric, Estimate.CONFIDENCE)));
      }
      row.add(best == null ? verdict.why() : String.valueOf(best.outcome()));
      rows.add(row);
    }
    return new ResultTable(columns, rows);
  }

  ResultTable frontier() {
    List<String> columns = new ArrayList<>(List.of("label", "policy", "servers", "cost"));
    columns.addAll(columns(asked));
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : result.frontier()) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  labelled(trial),
                  trial.label(),
                  Integer.toString(trial.servers()),
                  ResultTable.cell(cost(trial))));
      row.addAll(cells(trial.best(), asked));
      rows.add(row);
    }
    return new ResultTable(columns, rows);
  }

  ResultTable sensitivity() {
    List<String> columns = new ArrayList<>(List.of("change", "kept"));
    columns.addAll(columns(asked));
    columns.add("note");
    List<List<String>> rows = new ArrayList<>();
    Trial winner = result.winner();
    Sample base = winner == null ? null : winner.fresh();
    if (base != null) {
      rows.add(change("as planned", base, ""));
    }
    for (Sensitivity.Change change : result.changes()) {
      rows.add(change(change.name(), change.sample(), change.note()));
    }
    return new ResultTable(columns, rows);
  }

  private List<String> change(String name, @Nullable Sample sample, String note) {
    List<String> row = new ArrayList<>();
    row.add(name);
    row.add(sample == null ? "" : Boolean.toString(isKept(sample)));
    row.addAll(cells(sample, asked));
    row.add(note);
    return row;
  }

  private static List<String> columns(List<Metric> metrics) {
    return metrics.stream()
        .flatMap(metric -> Stream.of(metric.id(), metric.id() + INTERVAL))
        .toList();
  }

  /** Means and half-widths; times under overload are infinite. */
  private static List<String> cells(@Nullable Sample sample, List<Metric> metrics) {
    List<String> cells = new ArrayList<>();
    for (Metric metric : metrics) {
      if (sample == null) {
        cells.addAll(List.of("", ""));
        continue;
      }
      Estimate estimate = sample.estimate(metric, Estimate.CONFIDENCE);
      boolean infinite = metric.isUnbounded() && sample.isOverloaded();
      cells.add(ResultTable.cell(infinite ? Double.POSITIVE_INFINITY : estimate.mean()));
      cells.add(infinite ? "" : ResultTable.cell(estimate.halfWidth()));
    }
    return cells;
  }
}
