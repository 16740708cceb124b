package io.github.batchq.evidence.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.file.ScenarioParts;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Plans that are small enough for brute force, drawn from a seed that is fixed. */
final class RandomPlans {
  private static final long SEED = 20_261_201;

  private static final List<String> POLICIES =
      List.of(
          "{type: standard}",
          "{type: multi-bin}",
          "{type: multi-bin, partial: true}",
          "{type: dynamic}",
          "{type: elastic}",
          "{type: sorted-window, window: 4}",
          "{type: shortest-first}",
          "{type: continuous}");

  private static final int MOST_SERVERS = 6;

  private RandomPlans() {}

  /**
   * A plan.
   *
   * @param number from 0; the same plan every time
   */
  static ObjectNode plan(int number) {
    SplittableRandom random = new SplittableRandom(SEED + 1_000_003L * number);
    ObjectNode plan = JsonNodeFactory.instance.objectNode();
    plan.put("name", "random-" + number);
    plan.put("seed", number);
    double mean = service(plan.putObject("traffic"), random);
    double servers = 0.6 + 3.2 * random.nextDouble();
    // In batches of eight, a server carries at most 8 requests in the mean length of one.
    double rate = servers * 0.55 * 8 / mean;
    arrivals(plan, rate, random);
    boolean byCost = random.nextDouble() < 0.6;
    require(plan, mean, random);
    ObjectNode search = plan.putObject("search");
    ArrayNode policies = search.putArray("policies");
    List<String> left = new ArrayList<>(POLICIES);
    for (int i = 0; i < 3; i++) {
      policies.add(ScenarioParts.policy("a policy", left.remove(random.nextInt(left.size()))));
    }
    search.putArray("batchSize").add(2).add(4).add(8);
    search.putArray("bins").add(2).add(4);
    search.putArray("boundaries").add(random.nextBoolean() ? "equal-mass" : "optimal");
    if (byCost) {
      search.putObject("servers").put("from", 1).put("to", MOST_SERVERS);
    } else {
      plan.put("objective", "latency.mean");
      search.put("servers", (int) Math.ceil(servers));
    }
    return plan;
  }

  /** Draws a law of service times, and returns its mean. */
  private static double service(ObjectNode traffic, SplittableRandom random) {
    ObjectNode law = traffic.putObject("service");
    switch (random.nextInt(4)) {
      case 0 -> law.put("law", "uniform").put("min", 1).put("max", 20);
      case 1 -> law.put("law", "exponential").put("rate", 0.1);
      case 2 -> law.put("law", "gamma").put("shape", 2).put("scale", 5);
      default -> law.put("law", "lognormal").put("mu", 2).put("sigma", 0.6);
    }
    return switch (law.path("law").asText()) {
      case "uniform" -> 10.5;
      case "lognormal" -> Math.exp(2 + 0.6 * 0.6 / 2);
      default -> 10;
    };
  }

  private static void arrivals(ObjectNode plan, double rate, SplittableRandom random) {
    ObjectNode arrivals = ((ObjectNode) plan.path("traffic")).putObject("arrivals");
    if (random.nextDouble() < 0.7) {
      arrivals.put("process", "poisson").put("rate", rate);
    } else {
      arrivals.put("process", "gamma").put("rate", rate).put("cv", 2);
    }
    if (random.nextDouble() < 0.3) {
      ((ObjectNode) plan.path("traffic"))
          .putObject("predictor")
          .put("type", "lognormal-noise")
          .put("sigma", 0.3);
    }
  }

  private static void require(ObjectNode plan, double mean, SplittableRandom random) {
    double factor = 2 * Math.pow(10, random.nextDouble());
    ObjectNode require = plan.putObject("require");
    switch (random.nextInt(4)) {
      case 0 -> require.put("latency.mean", factor * mean);
      case 1 -> require.put("latency.p95", 1.5 * factor * mean);
      case 2 -> require.put("latency.p99", 2 * factor * mean);
      default -> {
        require.put("slo.attainment", random.nextBoolean() ? 0.9 : 0.98);
        ((ObjectNode) plan.path("traffic")).putObject("limits").put("latency", 1.5 * factor * mean);
      }
    }
    if (random.nextDouble() < 0.2) {
      require.put("padding", 0.3 + 0.3 * random.nextDouble());
    }
  }
}
