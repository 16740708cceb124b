package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.PolicySetting;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.Serving;
import io.github.batchq.policy.StepRules;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.workload.ArrivingRequests;
import io.github.batchq.workload.KinRequests;
import io.github.batchq.workload.Kinship;
import io.github.batchq.workload.LengthPredictor;
import io.github.batchq.workload.RequestSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * Given requests on servers whose requests join and leave between token steps.
 *
 * @param arrivals arrival times in seconds
 * @param lengths lengths in tokens
 * @param prompts prompt tokens
 * @param costs what tokens cost
 * @param policy the policy
 * @param boundaries its bins
 * @param servers number of servers
 */
public record StepScenario(
    List<Double> arrivals,
    List<Double> lengths,
    List<Integer> prompts,
    TokenCosts costs,
    PolicySpec policy,
    BinBoundaries boundaries,
    int servers) {

  /** What happened to each request. */
  public static final class Outcome {
    public final double[] joins;
    public final double[] firstTokens;
    public final double[] departures;
    public final double[] preemptions;

    Outcome(int requests) {
      joins = new double[requests];
      firstTokens = new double[requests];
      departures = new double[requests];
      preemptions = new double[requests];
      parts().subList(0, 3).forEach(part -> Arrays.fill(part, Double.NaN));
    }

    List<double[]> parts() {
      return List.of(joins, firstTokens, departures, preemptions);
    }
  }

  /** The rules of the policy. */
  public StepRules rules() {
    return ((Serving.InSteps) policy.serving()).rules();
  }

  /** The same requests with another policy on other servers. */
  public StepScenario with(PolicySpec other, BinBoundaries bins, int number) {
    return new StepScenario(arrivals, lengths, prompts, costs, other, bins, number);
  }

  /** A scenario of moderate or high load with any of the features. */
  public static StepScenario random(long seed) {
    Random random = new Random(seed);
    int requests = 2 + random.nextInt(150);
    int slots = 1 + random.nextInt(6);
    boolean hasPrompts = random.nextInt(3) > 0;
    double meanLength = 1 + random.nextInt(30);
    List<Double> arrivals = new ArrayList<>();
    List<Double> lengths = new ArrayList<>();
    List<Integer> prompts = new ArrayList<>();
    long need = 0;
    double rate = slots / (meanLength * (0.5 + 2 * random.nextDouble()));
    double now = 0;
    for (int i = 0; i < requests; i++) {
      now += -Math.log(1 - random.nextDouble()) / rate;
      arrivals.add(now);
      double length = -Math.log(1 - random.nextDouble()) * meanLength;
      lengths.add(length);
      int prompt = hasPrompts && random.nextInt(5) > 0 ? random.nextInt(40) : 0;
      prompts.add(prompt);
      need = Math.max(need, prompt + Math.max(1, (long) Math.ceil(length)));
    }
    TokenCosts costs =
        new TokenCosts(
            random.nextBoolean() ? random.nextDouble() : 0,
            random.nextBoolean() ? 0.3 * random.nextDouble() : 0,
            random.nextBoolean() ? 0.05 * random.nextDouble() : 0,
            // Some have a knee, without another random number.
            prompts.get(0) % 3 == 1 ? 25 : 0,
            0.2 + random.nextDouble(),
            random.nextBoolean() ? 0.3 * random.nextDouble() : 0,
            random.nextInt(3),
            random.nextBoolean() ? 0.02 * random.nextDouble() : 0);
    Long memory = random.nextBoolean() ? need + random.nextInt((int) need + 1) : null;
    Integer chunk = random.nextBoolean() ? slots + 1 + random.nextInt(20) : null;
    BinBoundaries boundaries =
        switch (random.nextInt(3)) {
          case 0 -> BinBoundaries.of(meanLength);
          case 1 -> BinBoundaries.of(0.5 * meanLength, 1.5 * meanLength);
          default -> BinBoundaries.none();
        };
    return new StepScenario(
        arrivals,
        lengths,
        prompts,
        costs,
        new ContinuousBatching(slots, memory, chunk, 1, null),
        boundaries,
        1 + random.nextInt(3));
  }

  /** The same in groups: of two, three or four requests all come with the last of them. */
  public StepScenario inGroups() {
    List<Double> together = new ArrayList<>(arrivals);
    for (int first = 0; first < together.size(); ) {
      int size = 2 + first % 3;
      List<Double> group = together.subList(first, Math.min(together.size(), first + size));
      Collections.fill(group, group.get(group.size() - 1));
      first += size;
    }
    return new StepScenario(together, lengths, prompts, costs, policy, boundaries, servers);
  }

  /** The same with all times in quarters of a second: arrivals and ends of steps coincide. */
  StepScenario inQuarters() {
    return new StepScenario(
        arrivals.stream().map(StepScenario::quarters).toList(),
        lengths,
        prompts,
        new TokenCosts(
            quarters(costs.joinSeconds()),
            quarters(costs.joinSecondsPerRequest()),
            quarters(4 * costs.prefillSecondsPerToken()),
            costs.freePromptTokens(),
            0.25 + quarters(costs.stepSeconds()),
            quarters(costs.stepSecondsPerRequest()),
            costs.freeRequests(),
            costs.stepSecondsPerContextToken() > 0.01 ? 0.25 : 0),
        policy,
        boundaries,
        servers);
  }

  private static double quarters(double seconds) {
    return Math.floor(4 * seconds) / 4;
  }

  /** Runs through the kernel. */
  public Outcome run(boolean merge) {
    return run(merge, (length, promptTokens) -> length);
  }

  /** Runs through the kernel with another predictor. */
  public Outcome run(boolean merge, LengthPredictor predictor) {
    return run(merge, source(predictor));
  }

  /** Runs through the kernel with requests that have kin. */
  public Outcome run(boolean merge, List<Kinship> kin) {
    return run(merge, new KinRequests(source(), kin));
  }

  private Outcome run(boolean merge, ArrivingRequests requests) {
    Outcome outcome = new Outcome(lengths.size());
    Run.Recorder recorder =
        new Run.Recorder() {
          @Override
          public void left(ServedRequest request, double now) {
            int id = (int) request.id();
            assertEquals(arrivals.get(id), request.arrivalTime());
            assertEquals(lengths.get(id), request.length());
            assertEquals(prompts.get(id), request.promptTokens());
            outcome.joins[id] = request.joinTime();
            outcome.firstTokens[id] = request.firstTokenTime();
            outcome.departures[id] = now;
            outcome.preemptions[id] = request.preemptions();
          }
        };
    balanced(kernel(merge, recorder, requests));
    return outcome;
  }

  /** Runs through the kernel. */
  public RequestCounts run(boolean merge, SimulationListener listener) {
    return balanced(kernel(merge, listener));
  }

  private static RequestCounts balanced(StepKernel kernel) {
    RequestCounts counts = kernel.run();
    assertEquals(counts.arrived(), counts.waiting() + counts.completed());
    return counts;
  }

  /** The kernel, ready to run. */
  public StepKernel kernel(boolean merge, SimulationListener listener) {
    return kernel(merge, listener, source());
  }

  private StepKernel kernel(boolean merge, SimulationListener listener, ArrivingRequests requests) {
    PolicySetting one = PolicySetting.of(boundaries);
    BatchingPolicy created = policy.create(new PolicySetting(boundaries, servers, one.estimator()));
    return new StepKernel(
        requests, created, costs, rules(), servers, policy.batchSize(), merge, List.of(listener));
  }

  /** The requests, with an oracle. */
  public RequestSource source() {
    return source((length, promptTokens) -> length);
  }

  private RequestSource source(LengthPredictor predictor) {
    return new RequestSource(
        supplier(arrivals),
        supplier(lengths),
        predictor,
        prompts.stream().mapToInt(prompt -> prompt).iterator()::nextInt,
        lengths.size());
  }

  private static DoubleSupplier supplier(List<Double> values) {
    int[] next = {0};
    return () -> values.get(next[0]++);
  }

  /** Fails unless two runs are the same to a relative error. */
  public static void assertSame(Outcome expected, Outcome found, double tolerance, String what) {
    for (int part = 0; part < expected.parts().size(); part++) {
      double[] a = expected.parts().get(part);
      double[] b = found.parts().get(part);
      for (int i = 0; i < a.length; i++) {
        int request = i;
        assertTrue(
            Double.compare(a[i], b[i]) == 0 || Math.abs(a[i] - b[i]) <= tolerance * Math.abs(a[i]),
            () -> what + ": request " + request + " " + a[request] + " and " + b[request]);
      }
    }
  }
}
