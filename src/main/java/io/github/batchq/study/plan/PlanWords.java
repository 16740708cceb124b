package io.github.batchq.study.plan;

import io.github.batchq.file.PlanQuestion;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.Requirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The answer of a plan in words: short first, then what stands behind it. */
final class PlanWords {
  private static final int MOST_EQUALS = 8;

  private final PlanResult result;
  private final PlanQuestion question;
  private final PlanTables tables;

  PlanWords(PlanResult result, PlanTables tables) {
    this.result = result;
    this.question = result.question();
    this.tables = tables;
  }

  /** The answer in one or two sentences. */
  List<String> answer() {
    Trial winner = result.winner();
    return winner == null ? List.of(nothing(), nearest()) : List.of(best(winner), binds(winner));
  }

  private String best(Trial winner) {
    String price =
        question.price() == 1 ? "" : ", " + PlanNumbers.text(tables.cost(winner)) + " an hour";
    return "Take "
        + winner.label()
        + " on "
        + PlanNumbers.servers(winner.servers())
        + price
        + ": "
        + kept(winner)
        + ".";
  }

  /** What the fresh runs of a configuration say of the requirements. */
  private String kept(Trial trial) {
    Sample sample = trial.fresh();
    if (sample == null) {
      return trial.reason();
    }
    return question.requirements().stream()
        .map(
            requirement ->
                requirement.metric().id()
                    + " is "
                    + PlanNumbers.text(
                        sample.estimate(requirement.metric(), Estimate.CONFIDENCE),
                        requirement.metric())
                    + " where "
                    + (requirement.isUpper() ? "at most " : "at least ")
                    + PlanNumbers.text(requirement.limit())
                    + " is asked for")
        .collect(Collectors.joining(", "));
  }

  private String binds(Trial winner) {
    Sample sample = winner.fresh();
    if (sample == null) {
      return "";
    }
    Requirement tightest = sample.tightest(question.requirements());
    double slack = tightest.slack(sample.mean(tightest.metric()));
    return "What binds next is "
        + tightest
        + ", with "
        + PlanNumbers.percent(slack)
        + " to spare"
        + changes()
        + ".";
  }

  /** Which of the changes would break a requirement. */
  private String changes() {
    List<String> broken =
        result.changes().stream()
            .filter(change -> change.sample() != null && !isKept(change.sample()))
            .map(Sensitivity.Change::name)
            .toList();
    return broken.isEmpty()
        ? "; none of the changes tried breaks a requirement"
        : "; it would no longer be kept for certain with " + String.join(", or ", broken);
  }

  private boolean isKept(@Nullable Sample sample) {
    return sample != null && Judgement.isKept(sample, question.requirements());
  }

  private String nothing() {
    return "Nothing that was tried keeps "
        + question.requirements().stream()
            .map(Requirement::toString)
            .collect(Collectors.joining(" and "))
        + " at "
        + PlanNumbers.text(question.rate())
        + " req/s.";
  }

  /** The configuration that comes nearest, and what it keeps. */
  private String nearest() {
    return result.families().stream()
        .filter(verdict -> verdict.best() != null && verdict.best().best() != null)
        .max(Comparator.comparingDouble(verdict -> slack(verdict.best())))
        .map(
            verdict -> {
              Trial trial = verdict.best();
              return trial == null
                  ? ""
                  : "The nearest is "
                      + trial.label()
                      + " on "
                      + PlanNumbers.servers(trial.servers())
                      + " at a cost of "
                      + PlanNumbers.text(tables.cost(trial))
                      + ": it could keep "
                      + could(trial)
                      + ".";
            })
        .orElse("Nothing could be run: see why below.");
  }

  private double slack(@Nullable Trial trial) {
    Sample sample = trial == null ? null : trial.best();
    return sample == null ? Double.NEGATIVE_INFINITY : sample.leastSlack(question.requirements());
  }

  /** The limits that the runs of a candidate would keep with 95 % confidence. */
  private String could(Trial trial) {
    Sample sample = trial.best();
    if (sample == null) {
      return "nothing";
    }
    return question.requirements().stream()
        .map(
            r ->
                r.metric().id()
                    + (r.isUpper() ? " <= " : " >= ")
                    + PlanNumbers.text(sample.worse(r, Judgement.CONFIDENCE))
                    + (r.isKeptBy(sample.worse(r, Judgement.CONFIDENCE))
                        ? ""
                        : " (asked for: " + PlanNumbers.text(r.limit()) + ")"))
        .collect(Collectors.joining(", "));
  }

  /** The answer as a page of Markdown. */
  String page() {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(question.title().isEmpty() ? question.name() : question.title());
    page.append("\n\n").append(String.join("\n\n", answer())).append('\n');
    section(
        page,
        question.objective() == null
            ? "Others of the same cost, within the indifference"
            : "Others that are not told from it",
        equals());
    section(page, "Why other families lose", families());
    section(page, "If something changes", sensitivities());
    section(page, "How it was found", how());
    return page.toString();
  }

  private static void section(StringBuilder page, String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      page.append("\n## ").append(heading).append("\n\n");
      lines.forEach(line -> page.append("- ").append(line).append('\n'));
    }
  }

  private List<String> equals() {
    List<String> lines = new ArrayList<>();
    List<Trial> equals = result.equals();
    for (Trial trial : equals.subList(0, Math.min(MOST_EQUALS, equals.size()))) {
      lines.add(
          trial.label() + " on " + PlanNumbers.servers(trial.servers()) + ": " + kept(trial) + ".");
    }
    if (equals.size() > MOST_EQUALS) {
      lines.add("and " + (equals.size() - MOST_EQUALS) + " more, in finalists.csv.");
    }
    return lines;
  }

  private List<String> families() {
    List<String> lines = new ArrayList<>();
    for (FamilyVerdict verdict : result.families()) {
      Trial best = verdict.best();
      if (!verdict.why().isEmpty()) {
        String needs =
            best != null && best.keeps()
                ? " (at best " + best.label() + " on " + PlanNumbers.servers(best.servers()) + ")"
                : "";
        lines.add("**" + verdict.family() + "**" + needs + ": " + verdict.why() + ".");
      }
    }
    question
        .leftOut()
        .forEach((reason, number) -> lines.add("Not tried (" + number + "): " + reason + "."));
    return lines;
  }

  private List<String> sensitivities() {
    List<String> lines = new ArrayList<>();
    for (Sensitivity.Change change : result.changes()) {
      Sample sample = change.sample();
      lines.add(
          sample == null
              ? change.name() + ": " + change.note() + "."
              : change.name()
                  + (change.note().isEmpty() ? "" : " (" + change.note() + ")")
                  + ": "
                  + values(sample)
                  + (isKept(sample) ? "." : ", which is not kept."));
    }
    return lines;
  }

  private String values(Sample sample) {
    if (sample.isOverloaded()) {
      return "more than it can carry";
    }
    return question.requirements().stream()
        .map(Requirement::metric)
        .map(
            (Metric metric) ->
                metric.id()
                    + " "
                    + PlanNumbers.text(sample.estimate(metric, Estimate.CONFIDENCE), metric))
        .collect(Collectors.joining(", "));
  }

  private List<String> how() {
    Map<String, Integer> outcomes = new LinkedHashMap<>();
    for (Trial trial : result.trials()) {
      CandidateOutcome outcome = trial.outcome();
      String text =
          outcome == null
              ? "not tried"
              : outcome + " (" + (trial.isKnown() ? "theory" : outcome.decidedBy()) + ")";
      outcomes.merge(text, 1, Integer::sum);
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        result.trials().size()
            + " candidates, "
            + question.options().size()
            + " policies on "
            + question.servers().size()
            + " numbers of servers: "
            + outcomes.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "))
            + "; "
            + result.runs()
            + " runs.");
    lines.add(
        "A requirement is kept where the one-sided 95 % limit of the metric is within it, in the"
            + " race and once more on fresh streams; what is told here are the fresh runs.");
    Trial winner = result.winner();
    Sample first = winner == null ? null : winner.race();
    if (first != null) {
      lines.add("The race had said of the best: " + values(first) + ".");
    }
    question.notes().forEach(lines::add);
    return lines;
  }
}
