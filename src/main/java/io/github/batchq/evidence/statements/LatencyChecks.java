package io.github.batchq.evidence.statements;

import static io.github.batchq.evidence.statements.SampleLaws.EXPONENTIAL;
import static io.github.batchq.evidence.statements.SampleLaws.RANGE;
import static io.github.batchq.evidence.statements.SampleLaws.UNIFORM;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.report.PaperFigures;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BatchWait;
import io.github.batchq.theory.BinsNearCapacity;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.FiniteRun;
import io.github.batchq.theory.Latency;
import io.github.batchq.theory.LossBounds;
import io.github.batchq.theory.SojournTime;
import io.github.batchq.theory.Throughput;
import io.github.batchq.workload.RenewalProcess;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * Checks of statements about full batches in bins over time: how they form, what several servers
 * carry, and what finite runs show.
 */
final class LatencyChecks {
  private static final int NEAR_CAPACITY_RUNS = 10;
  private static final int NEAR_CAPACITY_REQUESTS = 600_000;

  private LatencyChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "Fig3",
            "Simulation with the paper's setting gives the plotted throughput.",
            "paper, Figure 3",
            LatencyChecks::figure3),
        new Check(
            "Fig4",
            "Simulation with the paper's setting gives the plotted latency, which at k=2, lambda=4 is"
                + " 2.2 s above Lemma 5.1.",
            "paper, Figure 4",
            LatencyChecks::figure4),
        new Check(
            "Fig5",
            "The plotted lengths are 7255 counts from 34 to 579 with mean 233.567, standard deviation"
                + " 102.392 and median 212.",
            "paper, Figure 5",
            LatencyChecks::figure5),
        new Check(
            "Fig6",
            "At low load the plotted latency of eight servers is 64 / threshold + 7 k / (2 lambda), the"
                + " latency of infinitely many.",
            "paper, Figure 6",
            LatencyChecks::figure6),
        new Check(
            "Fig9a",
            "Simulation with the boundaries of Lemma A.1 gives the plotted throughput.",
            "paper, Figure 9a",
            LatencyChecks::figure9a),
        new Check(
            "Fig9b",
            "Simulation of one server with these boundaries gives the plotted latency.",
            "paper, Figure 9b",
            LatencyChecks::figure9b),
        new Check(
            "T27",
            "A run of N requests that are there at 0 lasts E[T] = sum over bins of (N p_i -"
                + " (B-1)/2)/B M_B + (1/B) sum of M_r, where N p_i (1-p_i) is far above B^2 / (2"
                + " pi^2).",
            "T27",
            LatencyChecks::finiteRun),
        new Check(
            "T11",
            "The mean wait for a full batch is k (B-1) / (2 lambda) for any law and any masses, and"
                + " the best k of the uniform law is about sqrt(lambda R / (B+1)).",
            "T11",
            LatencyChecks::formingDelay),
        new Check(
            "T11q",
            "With infinitely many servers the time in system has the law of the wait for a full"
                + " batch, convolved with that of the batch time.",
            "T11",
            LatencyChecks::sojournTime),
        new Check(
            "T26",
            "A full batch of one bin waits for one server as in E_B/G/1; of near-equal bins about as"
                + " the two-scale formula says; near load 0 as when bins meet at random.",
            "T26",
            LatencyChecks::batchWait),
        new Check(
            "T37",
            "Near the capacity of many bins about (a + sqrt(a (1 + v) / (B-1))) / (1 - lambda /"
                + " c_max) optimal bins have the least mean latency.",
            "T37",
            LatencyChecks::binsNearCapacity),
        new Check(
            "T14",
            "Sorting a window of nB uniform lengths into n batches loses (B-1) R / (2 (nB+1)).",
            "T14",
            LatencyChecks::sortedWindow),
        new Check(
            "T33",
            "c servers with service alpha + beta B + gamma max carry c B / (alpha + beta B + gamma"
                + " E_k) and no more.",
            "T33",
            LatencyChecks::severalServers));
  }

  private static BatchSystem uniform(int k, int batchSize) {
    return BatchSystem.of(
        UNIFORM, BoundaryRules.named("equal-mass").boundaries(UNIFORM, k, batchSize), batchSize);
  }

  private static void figure3(Findings findings) {
    PaperFigures figures = new PaperFigures();
    for (int k = 1; k <= 5; k++) {
      for (double rate : new double[] {6, 12}) {
        findings.reproduction(
            "throughput, k=" + k + ", lambda=" + rate,
            figures.at("fig3", "k=" + k, rate),
            MultiBinScenario.of(uniform(k, 128), rate)
                .run(10, 128_000, 0)
                .of(Metric.THROUGHPUT::of));
      }
    }
  }

  private static void figure4(Findings findings) {
    PaperFigures figures = new PaperFigures();
    double[][] points = {{1, 4}, {1, 6}, {2, 4}, {2, 7}, {3, 4}, {3, 8}};
    for (double[] point : points) {
      int k = (int) point[0];
      findings.reproduction(
          "latency, k=" + k + ", lambda=" + point[1],
          figures.at("fig4", "one server, k=" + k, point[1]),
          MultiBinScenario.of(uniform(k, 128), point[1])
              .run(10, 128_000, 0)
              .of(Metric.LATENCY_MEAN::of));
    }
    for (int k = 1; k <= 3; k++) {
      findings.equal(
          FindingKind.PRINTED,
          "latency of infinitely many servers, plotted v Lemma 5.1, k=" + k + ", lambda=8",
          figures.at("fig4", "infinite servers, k=" + k, 8),
          Latency.infiniteServers(uniform(k, 128), 8).value(),
          6e-7);
    }
    findings.equal(
        FindingKind.PRINTED,
        "plotted latency above Lemma 5.1, k=2, lambda=4",
        2.2,
        figures.at("fig4", "one server, k=2", 4)
            - Latency.infiniteServers(uniform(2, 128), 4).value(),
        0.03);
  }

  private static void figure5(Findings findings) {
    Empirical lengths = SampleLaws.gsm8k();
    findings.equal(FindingKind.PRINTED, "number", 7255, (double) lengths.total(), 1e-12);
    findings.equal(FindingKind.PRINTED, "least", 34, lengths.lower(), 1e-12);
    findings.equal(FindingKind.PRINTED, "largest", 579, lengths.upper(), 1e-12);
    findings.equal(FindingKind.PRINTED, "mean", 233.567, lengths.mean(), 3e-6);
    findings.equal(
        FindingKind.PRINTED, "standard deviation", 102.392, Math.sqrt(lengths.variance()), 5e-6);
    findings.equal(FindingKind.PRINTED, "median", 212, lengths.quantile(0.5), 1e-12);
  }

  private static void figure6(Findings findings) {
    PaperFigures figures = new PaperFigures();
    for (int k = 1; k <= 16; k *= 2) {
      findings.equal(
          FindingKind.PRINTED,
          "plotted latency at lambda=8, k=" + k,
          figures.at("fig6", "k=" + k, 8),
          64 / figures.value("fig6", "thresholds", "k=" + k) + 7 * k / 16.0,
          2.5e-3);
    }
  }

  private static void figure9a(Findings findings) {
    PaperFigures figures = new PaperFigures();
    for (int k = 1; k <= 5; k++) {
      BatchSystem system =
          BatchSystem.of(
              EXPONENTIAL, BinBoundaries.of(ExponentialLaw.lemmaBoundaries(k, 200)), 200);
      findings.reproduction(
          "throughput, lambda=18, k=" + k,
          figures.at("fig9a", "k=" + k, 18),
          MultiBinScenario.of(system, 18).run(10, 200_000, 0).of(Metric.THROUGHPUT::of));
    }
  }

  private static void figure9b(Findings findings) {
    PaperFigures figures = new PaperFigures();
    double[][] points = {{1, 2.5}, {2, 5}, {3, 8}, {4, 8}};
    for (double[] point : points) {
      int k = (int) point[0];
      BatchSystem system =
          BatchSystem.of(
              EXPONENTIAL, BinBoundaries.of(ExponentialLaw.lemmaBoundaries(k, 200)), 200);
      findings.reproduction(
          "latency, k=" + k + ", lambda=" + point[1],
          figures.at("fig9b", "one server, k=" + k, point[1]),
          MultiBinScenario.of(system, point[1]).run(10, 200_000, 0).of(Metric.LATENCY_MEAN::of));
    }
  }

  private static void finiteRun(Findings findings) {
    for (int k : new int[] {2, 4, 8}) {
      BatchSystem system = uniform(k, 128);
      double exact = FiniteRun.makespan(system, 128_000).value();
      findings.equal(
          FindingKind.ALGORITHM,
          "E[T] by exact remainders v uniform ones, U(1,20), B=128, N=128000, k=" + k,
          exact,
          uniformRemainders(k, 128, 128_000),
          1e-9);
      findings.simulation(
          "E[T], k=" + k,
          exact,
          MultiBinScenario.of(system, Double.POSITIVE_INFINITY)
              .run(20, 128_000, 0)
              .of(run -> 128_000 / Metric.THROUGHPUT.of(run)));
      findings.equal(
          FindingKind.LIMIT,
          "relative deficit of N / E[T] v k B / (2N), k=" + k,
          k * 128 / 256_000.0,
          1 - 128_000 / exact / Throughput.capacity(system).value(),
          0.05);
    }
  }

  /** The closed form of T27 for the uniform law, with M_r of a bin in closed form. */
  private static double uniformRemainders(int k, int batchSize, long requests) {
    double width = RANGE / k;
    double sum = 0;
    for (int i = 0; i < k; i++) {
      double lower = UNIFORM.min() + i * width;
      double full = lower + width * batchSize / (batchSize + 1.0);
      sum += ((double) requests / k - (batchSize - 1) / 2.0) / batchSize * full;
      for (int r = 1; r < batchSize; r++) {
        sum += (lower + width * r / (r + 1.0)) / batchSize;
      }
    }
    return sum;
  }

  private static void formingDelay(Findings findings) {
    BatchSystem exponential =
        BatchSystem.of(EXPONENTIAL, BinBoundaries.of(ExponentialLaw.lemmaBoundaries(3, 200)), 200);
    BatchSystem real = BatchSystem.of(SampleLaws.gsm8k(), BinBoundaries.of(100, 200, 450), 8);
    for (BatchSystem system : List.of(exponential, real)) {
      int k = system.boundaries().bins();
      findings.simulation(
          "wait for a full batch, "
              + SampleLaws.name(system.law())
              + ", B="
              + system.batchSize()
              + ", k="
              + k
              + ", unequal bins, lambda=5",
          k * (system.batchSize() - 1) / 10.0,
          MultiBinScenario.infiniteServers(system, 5)
              .run(10, 3_000_000, 20_000)
              .of(Metric.FORMATION_MEAN::of));
    }
    double rate = 1e7;
    int best = 1;
    while (latency(best + 1, rate) < latency(best, rate)) {
      best++;
    }
    findings.equal(
        FindingKind.LIMIT,
        "best k, U(1,20), B=8, lambda=1e7",
        Math.sqrt(rate * RANGE / 9),
        best,
        1e-3);
  }

  private static void sojournTime(Findings findings) {
    BatchSystem exponential =
        BatchSystem.of(EXPONENTIAL, BinBoundaries.of(ExponentialLaw.lemmaBoundaries(3, 16)), 16);
    BatchSystem real =
        new BatchSystem(
            SampleLaws.gsm8k(),
            BinBoundaries.of(100, 200, 450),
            8,
            new BatchTime(0.5, 0, 0.0366),
            1);
    for (BatchSystem system : List.of(exponential, real)) {
      SojournTime time = SojournTime.of(system, 5);
      MultiBinScenario.Replications runs =
          MultiBinScenario.infiniteServers(system, 5).run(10, 1_000_000, 20_000);
      for (double p : new double[] {0.5, 0.95, 0.99}) {
        findings.simulation(
            "quantile "
                + p
                + ", "
                + SampleLaws.name(system.law())
                + ", B="
                + system.batchSize()
                + ", k="
                + system.boundaries().bins()
                + ", lambda=5",
            time.quantile(p).value(),
            runs.of(run -> run.latencyQuantile(p)));
      }
    }
  }

  private static void batchWait(Findings findings) {
    findings.simulation(
        "wait, U(1,20), B=8, k=1, load 0.8",
        waits(1, 8, 0.8).mean().value(),
        simulatedWait(1, 8, 0.8, 6_000_000));
    for (int k : new int[] {2, 4}) {
      for (double load : new double[] {0.5, 0.8}) {
        findings.equal(
            FindingKind.APPROXIMATION,
            "two-scale formula v simulation, U(1,20), B=128, k=" + k + ", load " + load,
            simulatedWait(k, 128, load, 1_600_000).mean(),
            waits(k, 128, load).twoScale().value(),
            0.06);
      }
    }
    BatchWait light = waits(4, 8, 0.05);
    findings.equal(
        FindingKind.LIMIT,
        "low-load limit v simulation, U(1,20), B=8, k=4, load 0.05",
        simulatedWait(4, 8, 0.05, 400_000).mean(),
        light.lowLoad().value(),
        0.03);
    BatchWait heavy = waits(1, 8, 0.999);
    findings.equal(
        FindingKind.LIMIT,
        "high-load limit v E_B/G/1, U(1,20), B=8, k=1, load 0.999",
        heavy.mean().value(),
        heavy.highLoad().value(),
        3e-3);
    findings.equal(
        FindingKind.PRINTED,
        "latency by the two-scale formula, k=2, lambda=7, T26",
        36.793,
        BatchWait.of(uniform(2, 128), 7).latency().value(),
        1.4e-5);
    PaperFigures figures = new PaperFigures();
    findings.equal(
        FindingKind.PRINTED,
        "the same v the paper's Figure 4",
        figures.at("fig4", "one server, k=2", 7),
        BatchWait.of(uniform(2, 128), 7).latency().value(),
        0.01);
  }

  private static BatchWait waits(int k, int batchSize, double load) {
    BatchSystem system = uniform(k, batchSize);
    return BatchWait.of(system, load * Throughput.capacity(system).value());
  }

  private static Estimate simulatedWait(int k, int batchSize, double load, long requests) {
    BatchSystem system = uniform(k, batchSize);
    return MultiBinScenario.of(system, load * Throughput.capacity(system).value())
        .run(10, requests, 20_000)
        .of(Metric.QUEUEING_MEAN::of);
  }

  /** The mean latency of Lemma 5.1 for the uniform law and B = 8. */
  private static double latency(int k, double rate) {
    return UNIFORM.mean() + LossBounds.uniformLoss(8) * RANGE / k + k * 7 / (2 * rate);
  }

  private static void binsNearCapacity(Findings findings) {
    double few = 1e-3;
    findings.equal(
        FindingKind.LIMIT,
        "k of the least T11 + high-load limit v k*, U(1,20), B=8, slack 0.001",
        bestByLimit(few),
        nearCapacity(UNIFORM, few),
        0.01);
    findings.equal(
        FindingKind.PRINTED,
        "k*, U(1,20), B=8, slack 0.05",
        21.2,
        nearCapacity(UNIFORM, 0.05),
        0.05 / 21.2);
    findings.equal(
        FindingKind.PRINTED,
        "k*, exponential, B=8, slack 0.05",
        44.4,
        nearCapacity(EXPONENTIAL, 0.05),
        0.05 / 44.4);
    bestBySimulation(findings, UNIFORM, 17, 25, 1);
    bestBySimulation(findings, EXPONENTIAL, 38, 52, 2);
  }

  private static double rateNearCapacity(Law law, double slack) {
    return (1 - slack) * 8 / law.mean();
  }

  private static double nearCapacity(Law law, double slack) {
    return BinsNearCapacity.of(
            BoundaryRules.named("optimal"),
            law,
            8,
            rateNearCapacity(law, slack),
            BatchTime.LONGEST,
            1)
        .value();
  }

  /** The best number of bins of equal mass by forming, service and the high-load limit. */
  private static int bestByLimit(double slack) {
    double rate = rateNearCapacity(UNIFORM, slack);
    int around = (int) nearCapacity(UNIFORM, slack);
    return IntStream.rangeClosed(around * 9 / 10, around * 11 / 10)
        .boxed()
        .min(
            Comparator.comparingDouble(
                k -> latency(k, rate) + BatchWait.of(uniform(k, 8), rate).highLoad().value()))
        .orElseThrow();
  }

  /** Tries numbers of bins on the same requests, by a plain loop. */
  private static void bestBySimulation(Findings findings, Law law, int from, int to, int step) {
    double rate = rateNearCapacity(law, 0.05);
    int[] bins = IntStream.iterate(from, k -> k <= to, k -> k + step).toArray();
    double[] latencies = new double[bins.length];
    RandomStreams streams = new RandomStreams(Checks.SEED, NEAR_CAPACITY_RUNS);
    for (int r = 0; r < NEAR_CAPACITY_RUNS; r++) {
      double[] times =
          draw(
              new RenewalProcess(new Exponential(rate))
                  .arrivalTimes(streams.stream(r, StreamName.ARRIVALS)));
      double[] lengths = draw(law.sampler(streams.stream(r, StreamName.SERVICE)));
      for (int i = 0; i < bins.length; i++) {
        BinBoundaries boundaries = BoundaryRules.named("optimal").boundaries(law, bins[i], 8);
        latencies[i] +=
            QueueRecursions.inOrder(
                        Recursion.fullBatches(times, lengths, boundaries, 8),
                        times[times.length - 1],
                        false)
                    .latency()
                / NEAR_CAPACITY_RUNS;
      }
    }
    String where = law + ", B=8, slack 0.05, k from " + from + " to " + to;
    int best =
        IntStream.range(0, bins.length)
            .boxed()
            .min(Comparator.comparingDouble(i -> latencies[i]))
            .orElseThrow();
    double star = nearCapacity(law, 0.05);
    int nearest = (int) Math.round((star - from) / step);
    findings.equal(
        FindingKind.APPROXIMATION,
        "k of the least mean latency v k*, " + where,
        bins[best],
        star,
        0.1);
    findings.equal(
        FindingKind.APPROXIMATION,
        "least mean latency v that of k=" + bins[nearest] + ", " + where,
        latencies[best],
        latencies[nearest],
        0.01);
  }

  private static double[] draw(DoubleSupplier numbers) {
    return IntStream.range(0, NEAR_CAPACITY_REQUESTS)
        .mapToDouble(i -> numbers.getAsDouble())
        .toArray();
  }

  private static void sortedWindow(Findings findings) {
    for (int batches : new int[] {1, 4}) {
      findings.simulation(
          "mean batch maximum - m, U(1,20), B=8, n=" + batches,
          7 * RANGE / (2 * (batches * 8 + 1.0)),
          Estimate.of(
              Arrays.stream(windowMaxima(batches, 8, 20_000, 10))
                  .map(mean -> mean - UNIFORM.mean())
                  .toArray(),
              Findings.CONFIDENCE));
    }
  }

  /**
   * Simulates the mean batch maximum of sorted windows of uniform lengths, once for each
   * replication.
   */
  private static double[] windowMaxima(int batches, int batchSize, int windows, int replications) {
    RandomStreams streams = new RandomStreams(Checks.SEED, replications);
    double[] means = new double[replications];
    for (int r = 0; r < replications; r++) {
      DoubleSupplier lengths = UNIFORM.sampler(streams.stream(r, StreamName.SERVICE));
      double[] window = new double[batches * batchSize];
      double sum = 0;
      for (int w = 0; w < windows; w++) {
        Arrays.setAll(window, i -> lengths.getAsDouble());
        Arrays.sort(window);
        for (int batch = 1; batch <= batches; batch++) {
          sum += window[batch * batchSize - 1];
        }
      }
      means[r] = sum / windows / batches;
    }
    return means;
  }

  private static void severalServers(Findings findings) {
    BatchSystem system =
        new BatchSystem(
            UNIFORM,
            BoundaryRules.named("equal-mass").boundaries(UNIFORM, 4, 8),
            8,
            new BatchTime(2, 0.05, 1),
            3);
    double closedForm =
        3 * 8 / (2 + 0.05 * 8 + UNIFORM.mean() + LossBounds.uniformLoss(8) * RANGE / 4);
    findings.quadrature(
        "capacity, c=3, B=8, k=4, 2 + 0.05 B + max",
        closedForm,
        Throughput.capacity(system).value());
    for (double load : new double[] {0.97, 1.03}) {
      findings.simulation(
          "throughput at " + load + " of it",
          Math.min(1, load) * closedForm,
          MultiBinScenario.of(system, load * closedForm)
              .run(10, 1_000_000, 0)
              .of(Metric.THROUGHPUT::of));
    }
  }
}
