package io.github.batchq.evidence.simulator;

import io.github.batchq.evidence.Evidence;
import io.github.batchq.evidence.Finding;
import io.github.batchq.evidence.Statement;
import io.github.batchq.evidence.Verdict;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.ResultTable;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Uniform;
import io.github.batchq.study.Simulation;
import io.github.batchq.study.SimulationResults;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BulkQueue;
import io.github.batchq.workload.PoissonArrivals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Simulates queues whose mean time in system has an exact formula. */
public final class ExactQueues {
  private static final int REPLICATIONS = 20;

  /** The level of the intervals. With some 20 queues one report in 50 fails by chance. */
  private static final double CONFIDENCE = 0.999;

  private ExactQueues() {}

  /**
   * The mean time in system of one queue.
   *
   * @param quantity the queue and its load
   * @param source where the formula comes from
   * @param exact value of the formula, in seconds
   * @param simulated mean over the replications, in seconds
   * @param halfWidth half-width of its 99.9 % interval, in seconds
   */
  public record QueueFinding(
      String quantity, String source, double exact, double simulated, double halfWidth)
      implements Finding {
    static final List<String> COLUMNS =
        List.of("queue", "formula", "exact [s]", "simulated [s]", "half-width", "holds");

    /** Whether the interval holds the exact value. */
    @Override
    public Verdict verdict() {
      return Verdict.of(Math.abs(simulated - exact) <= halfWidth);
    }

    @Override
    public List<String> cells() {
      return List.of(
          quantity,
          source,
          ResultTable.cell(exact),
          ResultTable.cell(simulated),
          ResultTable.cell(halfWidth),
          holds() ? "yes" : "no");
    }
  }

  /**
   * Simulates all queues.
   *
   * @param threads number of threads, at least 1
   * @param requests requests of a replication
   */
  public static Evidence<QueueFinding> run(int threads, long requests) {
    List<QueueFinding> found = new ArrayList<>();
    for (double load : new double[] {0.5, 0.8, 0.95}) {
      found.add(oneByOne("M/M/1", new Exponential(1), load, 1, requests, threads));
      found.add(oneByOne("M/D/1", new Deterministic(1), load, 1, requests, threads));
      found.add(oneByOne("M/G/1, U(0,2)", new Uniform(0, 2), load, 1, requests, threads));
      found.add(oneByOne("M/M/4", new Exponential(1), load, 4, requests, threads));
      found.add(oneByOne("M/M/64", new Exponential(1), load, 64, requests, threads));
    }
    for (int batchSize : new int[] {2, 8, 32}) {
      for (Law law : List.of(new Uniform(1, 20), new Exponential(0.1))) {
        found.add(fullBatches(law, batchSize, 0.8, requests, threads));
      }
    }
    String terms =
        String.format(
            Locale.ROOT,
            "Mean time in system, %d replications of %,d requests, the first tenth left out;"
                + " intervals of %.1f %%.",
            REPLICATIONS,
            requests,
            100 * CONFIDENCE);
    return new Evidence<>(new Statement("Queues with exact formulas", terms, ""), found);
  }

  private static QueueFinding oneByOne(
      String name, Law law, double load, int servers, long requests, int threads) {
    double rate = load * servers / law.mean();
    double square = law.variance() + law.mean() * law.mean();
    double wait =
        servers == 1
            ? rate * square / (2 * (1 - load))
            : erlangC(servers, load * servers) * law.mean() / (servers * (1 - load));
    return compare(
        name + ", load " + load,
        servers == 1 ? "Pollaczek-Khinchine" : "Erlang C",
        wait + law.mean(),
        Simulation.of(new PoissonArrivals(rate), law, new StandardBatching(1)).servers(servers),
        requests,
        threads);
  }

  private static QueueFinding fullBatches(
      Law law, int batchSize, double load, long requests, int threads) {
    double capacity =
        BulkQueue.of(law, BatchTime.LONGEST, batchSize, batchSize, 1e-9).capacity().value();
    double rate = load * capacity;
    return compare(
        "full batches of " + batchSize + ", " + law + ", load " + load,
        "T20, embedded chain of the bulk queue",
        BulkQueue.of(law, BatchTime.LONGEST, batchSize, batchSize, rate).meanLatency().value(),
        Simulation.of(new PoissonArrivals(rate), law, new StandardBatching(batchSize)),
        requests,
        threads);
  }

  private static QueueFinding compare(
      String name, String source, double exact, Simulation simulation, long requests, int threads) {
    SimulationResults results =
        simulation
            .requests(requests)
            .warmUp(new WarmUp(requests / 10, null))
            .replications(REPLICATIONS)
            .threads(threads)
            .run();
    Estimate estimate = results.estimate("latency.mean");
    return new QueueFinding(name, source, exact, estimate.mean(), estimate.halfWidthAt(CONFIDENCE));
  }

  /** The probability of waiting in M/M/c, Erlang's C; the load is the offered one, in servers. */
  private static double erlangC(int servers, double load) {
    double blocking = 1;
    for (int n = 1; n <= servers; n++) {
      blocking = load * blocking / (n + load * blocking);
    }
    return servers * blocking / (servers - load * (1 - blocking));
  }
}
