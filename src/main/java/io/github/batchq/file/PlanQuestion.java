package io.github.batchq.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.Requirement;
import io.github.batchq.scenario.PreparedScenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a plan asks: which policy, with how many bins, which batch size, which boundaries and how
 * many servers, for this traffic and these requirements.
 *
 * @param name name of the results folder
 * @param title what the plan is, for those who read its results; empty for none
 * @param options the policies that are tried, each with the traffic on one server, at the rate that
 *     must be carried
 * @param leftOut why other policies are not tried: a sentence, and how many it is about
 * @param ownRate the traffic's own rate in requests per second, before it is scaled
 * @param requirements what must be kept
 * @param servers the numbers of servers that are tried, increasing
 * @param price of a server for an hour, in any currency
 * @param objective the metric that is optimized; null for the cost
 * @param indifference a share of the objective: what is nearer to the best is equal to it
 * @param frontier the two metrics of the frontier; null for the cost
 * @param runLength requests of a run where the file says how many; null where the search chooses
 * @param seed of the random streams
 * @param resolved the file as a tree, with what the command line set
 * @param folder where relative names of data files in it start
 * @param notes on data files that were read
 */
public record PlanQuestion(
    String name,
    String title,
    List<Option> options,
    Map<String, Integer> leftOut,
    double ownRate,
    List<Requirement> requirements,
    List<Integer> servers,
    double price,
    @Nullable Metric objective,
    double indifference,
    Axes frontier,
    @Nullable Long runLength,
    long seed,
    ObjectNode resolved,
    Path folder,
    List<String> notes) {

  /**
   * A policy with the traffic that it is tried on.
   *
   * @param choice the policy
   * @param scenario the traffic and this policy on one server
   */
  public record Option(PolicyChoice choice, PreparedScenario scenario) {}

  /**
   * The two axes of the frontier.
   *
   * @param x a metric; null for the cost
   * @param y a metric
   */
  public record Axes(@Nullable Metric x, Metric y) {}

  /** The rate that must be carried, in requests per second; infinite where all come at once. */
  public double rate() {
    return options.get(0).scenario().arrivals().rate();
  }
}
