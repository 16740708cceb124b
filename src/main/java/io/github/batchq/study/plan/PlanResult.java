package io.github.batchq.study.plan;

import io.github.batchq.file.PlanQuestion;
import io.github.batchq.metric.Metric;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan found.
 *
 * @param question what was asked
 * @param ranking what candidates of equal cost are ranked by; the objective where that is a metric
 * @param measured all metrics that its runs have
 * @param trials all candidates, in the order of the search
 * @param winner the best of those that keep the requirements; null where none does
 * @param equals others that keep them and that the winner cannot be told from, the best first
 * @param families what became of each family, in the order of the file
 * @param frontier candidates of which no other is better in both, the cheapest first
 * @param changes what changes of traffic and servers do to the winner
 * @param runs how many were made
 */
record PlanResult(
    PlanQuestion question,
    Metric ranking,
    List<Metric> measured,
    List<Trial> trials,
    @Nullable Trial winner,
    List<Trial> equals,
    List<FamilyVerdict> families,
    List<Trial> frontier,
    List<Sensitivity.Change> changes,
    long runs) {}
