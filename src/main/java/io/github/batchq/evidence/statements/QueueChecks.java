package io.github.batchq.evidence.statements;

import static io.github.batchq.evidence.statements.SampleLaws.EXPONENTIAL;
import static io.github.batchq.evidence.statements.SampleLaws.UNIFORM;

import io.github.batchq.evidence.statements.QueueRecursions.DynamicRun;
import io.github.batchq.evidence.statements.QueueRecursions.TimeoutRun;
import io.github.batchq.evidence.statements.Recursion.FullBatch;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.BulkQueue;
import io.github.batchq.theory.LinearBatching;
import io.github.batchq.theory.SharedSteps;
import io.github.batchq.theory.Throughput;
import io.github.batchq.theory.TimeoutBatching;
import io.github.batchq.workload.ArrivalProcess;
import io.github.batchq.workload.BulkArrivals;
import io.github.batchq.workload.RenewalProcess;
import io.github.batchq.workload.Traces;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import umontreal.ssj.rng.RandomStream;

/**
 * Checks of statements about queues of batches: bulk service, order of service, continuous
 * batching, timeouts.
 */
final class QueueChecks {
  private static final int REPLICATIONS = 10;
  private static final int REQUESTS = 400_000;
  private static final Law ALONE = new Deterministic(1);

  private QueueChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "T20",
            "The embedded chain gives wait and latency of the bulk queue M/G_b^(a,B)/1 exactly; with"
                + " B = 1 it is Pollaczek-Khinchine.",
            "T20; Bailey 1954, Neuts 1967",
            QueueChecks::bulkQueue),
        new Check(
            "T21",
            "Without a largest batch and with service alpha b + tau0 the mean latency is Inoue's (35),"
                + " below both of his bounds (41) and (42).",
            "T21; Inoue 2021, arXiv:1912.06322",
            QueueChecks::linearBatching),
        new Check(
            "T22",
            "The sum of S_n W_n over batches is the same for every order of service; shortest first"
                + " lowers the mean latency, and under overload carries more than B / E_k for a while.",
            "T22",
            QueueChecks::orderOfService),
        new Check(
            "T23",
            "Continuous batching with steps tau0 + alpha n has mean latency E[L] (tau0 + alpha) / (1 -"
                + " lambda alpha E[L]) for every law.",
            "T23",
            QueueChecks::processorSharing),
        new Check(
            "T24",
            "With B slots and exponential lengths continuous batching is a birth-death chain, M/M/B for"
                + " constant steps.",
            "T24",
            QueueChecks::slots),
        new Check(
            "T25",
            "A batch that closes at B requests or T after its first has E[N] = 1 + sum of P(A >= j), A"
                + " Poisson with mean lambda T, and wait sum of j P(A >= j) / (lambda E[N]).",
            "T25",
            QueueChecks::timeouts),
        new Check(
            "T18",
            "The same embedded chain gives wait and latency when requests come in groups that are"
                + " seen together, M^[X]/G_b^(a,B)/1; with B = 1 the wait is (lambda E[S^2] + (E[X^2] /"
                + " E[X] - 1) E[S]) / (2 (1 - rho)).",
            "T18",
            QueueChecks::groups));
  }

  /** Makes independent runs, each with one stream for arrivals and one for lengths. */
  private static <T> List<T> replicate(BiFunction<RandomStream, RandomStream, T> run) {
    RandomStreams streams = new RandomStreams(Checks.SEED, REPLICATIONS);
    return IntStream.range(0, REPLICATIONS)
        .mapToObj(r -> run.apply(arrivals(streams, r), lengths(streams, r)))
        .toList();
  }

  private static <T> Estimate estimate(List<T> runs, ToDoubleFunction<T> quantity) {
    return Estimate.of(runs.stream().mapToDouble(quantity).toArray(), Findings.CONFIDENCE);
  }

  private static RandomStream arrivals(RandomStreams streams, int replication) {
    return streams.stream(replication, StreamName.ARRIVALS);
  }

  private static RandomStream lengths(RandomStreams streams, int replication) {
    return streams.stream(replication, StreamName.SERVICE);
  }

  private static double[] draw(DoubleSupplier numbers, int size) {
    return IntStream.range(0, size).mapToDouble(i -> numbers.getAsDouble()).toArray();
  }

  private static double[] arrivalTimes(double rate, RandomStream stream, int size) {
    return draw(new RenewalProcess(new Exponential(rate)).arrivalTimes(stream), size);
  }

  /**
   * Arrivals in groups at the times of a Poisson process. Their rate is given, so nothing asks for
   * a capacity or a trace.
   */
  private static ArrivalProcess grouped(double rate, Law size) {
    return new BulkArrivals(rate, size).create(new Traces(), () -> Double.NaN);
  }

  private static void bulkQueue(Findings findings) {
    for (Law law : List.of(UNIFORM, EXPONENTIAL)) {
      double rate = 0.8 / law.mean();
      double square = law.variance() + law.mean() * law.mean();
      findings.equal(
          FindingKind.ALGORITHM,
          "wait, a=B=1, " + law + ", load 0.8, v Pollaczek-Khinchine",
          rate * square / (2 * 0.2),
          BulkQueue.of(law, BatchTime.LONGEST, 1, 1, rate).meanWait().value(),
          1e-9);
    }
    bulkQueue(findings, 1, 8, BatchTime.LONGEST, 0.2);
    bulkQueue(findings, 1, 8, BatchTime.LONGEST, 0.35);
    bulkQueue(findings, 4, 8, BatchTime.LONGEST, 0.35);
    bulkQueue(findings, 8, 8, BatchTime.LONGEST, 0.35);
    bulkQueue(findings, 1, 32, new BatchTime(2, 0.1, 0.5), 1.8);
    bulkQueue(findings, 1, 128, BatchTime.LONGEST, 6);
  }

  private static void bulkQueue(
      Findings findings, int least, int batchSize, BatchTime time, double rate) {
    bulkQueue(findings, least, batchSize, time, rate, ALONE, REQUESTS);
  }

  private static void bulkQueue(
      Findings findings,
      int least,
      int batchSize,
      BatchTime time,
      double rate,
      Law group,
      int requests) {
    ArrivalProcess process = grouped(rate, group);
    List<DynamicRun> runs =
        replicate(
            (arrivals, lengths) ->
                QueueRecursions.dynamic(
                    draw(process.arrivalTimes(arrivals), requests),
                    draw(UNIFORM.sampler(lengths), requests),
                    least,
                    batchSize,
                    time));
    BulkQueue queue = BulkQueue.of(UNIFORM, time, least, batchSize, rate, group);
    String where =
        ", U(1,20), a="
            + least
            + ", B="
            + batchSize
            + ", "
            + (time.equals(BatchTime.LONGEST) ? "max" : "2 + 0.1 b + 0.5 max")
            + ", lambda="
            + rate
            + (group.equals(ALONE) ? "" : ", groups " + group);
    findings.simulation(
        "latency" + where, queue.meanLatency().value(), estimate(runs, DynamicRun::latency));
    findings.simulation(
        "wait" + where, queue.meanWait().value(), estimate(runs, DynamicRun::queueing));
    findings.simulation(
        "requests in a batch" + where,
        queue.meanBatchSize().value(),
        estimate(runs, DynamicRun::batchSize));
  }

  private static void groups(Findings findings) {
    for (Law size : List.of(new Deterministic(4), new Uniform(1, 6), new Exponential(0.2))) {
      double rate = 0.8 / UNIFORM.mean();
      double square = UNIFORM.variance() + UNIFORM.mean() * UNIFORM.mean();
      double clumping = grouped(rate, size).dispersion();
      findings.equal(
          FindingKind.ALGORITHM,
          "wait, a=B=1, U(1,20), load 0.8, groups " + size + ", v M^[X]/G/1",
          (rate * square + (clumping - 1) * UNIFORM.mean()) / (2 * 0.2),
          BulkQueue.of(UNIFORM, BatchTime.LONGEST, 1, 1, rate, size).meanWait().value(),
          1e-9);
    }
    Law four = new Deterministic(4);
    bulkQueue(findings, 1, 8, BatchTime.LONGEST, 0.1, four, 2 * REQUESTS);
    bulkQueue(findings, 1, 8, BatchTime.LONGEST, 0.2, four, 2 * REQUESTS);
    bulkQueue(findings, 5, 8, BatchTime.LONGEST, 0.2, new Uniform(0.5, 6.5), 2 * REQUESTS);
    BatchTime affine = new BatchTime(2, 0.1, 0.5);
    bulkQueue(findings, 1, 32, affine, 1, new Exponential(0.4), 2 * REQUESTS);
  }

  private static void linearBatching(Findings findings) {
    double[][] settings = {{0.1438, 1.8874}, {0.5833, 1.4284}};
    for (double[] setting : settings) {
      LinearBatching linear = new LinearBatching(setting[0], setting[1]);
      for (double load : new double[] {0.1, 0.5, 0.7}) {
        double rate = load / setting[0];
        String where = ", alpha=" + setting[0] + ", tau0=" + setting[1] + ", load " + load;
        BatchTime time = new BatchTime(setting[1], setting[0], 0);
        double exact = linear.meanLatency(rate).value();
        findings.equal(
            FindingKind.ALGORITHM,
            "latency (35) v embedded chain with B=400" + where,
            exact,
            BulkQueue.of(new Deterministic(1), time, 1, 400, rate).meanLatency().value(),
            1e-9);
        findings.atMost(
            "latency under the smaller bound" + where,
            Math.min(linear.phi0(rate).value(), linear.phi1(rate).value()),
            exact);
      }
    }
  }

  private static void orderOfService(Findings findings) {
    BinBoundaries bins = BoundaryRules.named("equal-mass").boundaries(UNIFORM, 4, 128);
    RandomStreams streams = new RandomStreams(Checks.SEED, 1);
    for (double rate : new double[] {8, 9.5, 15}) {
      double[] times = arrivalTimes(rate, arrivals(streams, 0), REQUESTS);
      double[] lengths = draw(UNIFORM.sampler(lengths(streams, 0)), REQUESTS);
      List<FullBatch> batches = Recursion.fullBatches(times, lengths, bins, 128);
      double horizon = times[times.length - 1];
      QueueRecursions.OrderRun fifo = QueueRecursions.inOrder(batches, horizon, false);
      QueueRecursions.OrderRun shortest = QueueRecursions.inOrder(batches, horizon, true);
      String where = ", U(1,20), B=128, k=4, lambda=" + rate;
      findings.equal(
          FindingKind.ALGORITHM,
          "sum of S_n W_n, first formed v shortest first" + where,
          fifo.work(),
          shortest.work(),
          1e-9);
      findings.atMost(
          "latency, shortest first under first formed" + where, fifo.latency(), shortest.latency());
      if (rate == 15) {
        double capacity = Throughput.capacity(BatchSystem.of(UNIFORM, bins, 128)).value();
        findings.atMost(
            "B / E_k under the throughput of shortest first until the last arrival" + where,
            shortest.throughput(),
            capacity);
        findings.equal(
            FindingKind.LIMIT,
            "throughput of first formed until then v B / E_k" + where,
            capacity,
            fifo.throughput(),
            0.01);
      }
    }
  }

  private static void processorSharing(Findings findings) {
    SharedSteps steps = new SharedSteps(EXPONENTIAL, 0.4, 1);
    findings.equal(
        FindingKind.ALGORITHM,
        "latency without limit v birth-death chain with 2000 slots, mu=0.1, tau=0.4+n, lambda=0.05",
        steps.withoutLimit(0.05).value(),
        steps.withSlots(2000, 0.05).value(),
        1e-12);
    for (Law law : List.of(EXPONENTIAL, UNIFORM, new Deterministic(10))) {
      findings.simulation(
          "latency, " + law + ", tau=0.4+n, lambda=0.05",
          new SharedSteps(law, 0.4, 1).withoutLimit(0.05).value(),
          sharing(law, 0.4, 1, Integer.MAX_VALUE, 0.05));
    }
  }

  private static void slots(Findings findings) {
    BatchSystem servers =
        new BatchSystem(EXPONENTIAL, BinBoundaries.none(), 1, BatchTime.LONGEST, 8);
    double chain = new SharedSteps(EXPONENTIAL, 1, 0).withSlots(8, 0.6).value();
    findings.equal(FindingKind.PRINTED, "latency of M/M/8, T24", 11.785, chain, 5e-5);
    findings.simulation(
        "latency of M/M/8, mu=0.1, lambda=0.6",
        chain,
        MultiBinScenario.of(servers, 0.6)
            .run(REPLICATIONS, 1_000_000, 1000)
            .of(Metric.LATENCY_MEAN::of));
    findings.simulation(
        "latency, 8 slots, mu=0.1, tau=1+0.05n, lambda=0.45",
        new SharedSteps(EXPONENTIAL, 1, 0.05).withSlots(8, 0.45).value(),
        sharing(EXPONENTIAL, 1, 0.05, 8, 0.45));
  }

  private static Estimate sharing(Law law, double tau0, double alpha, int slots, double rate) {
    List<Double> means =
        replicate(
            (arrivals, lengths) ->
                QueueRecursions.sharing(
                    arrivalTimes(rate, arrivals, 3 * REQUESTS),
                    draw(law.sampler(lengths), 3 * REQUESTS),
                    tau0,
                    alpha,
                    slots));
    return estimate(means, Double::doubleValue);
  }

  private static void timeouts(Findings findings) {
    double[][] settings = {{1, 8, 2}, {1, 8, 8}, {5, 32, 5}, {5, 128, 30}};
    for (double[] setting : settings) {
      double rate = setting[0];
      int batchSize = (int) setting[1];
      double timeout = setting[2];
      List<TimeoutRun> runs =
          replicate(
              (arrivals, lengths) ->
                  QueueRecursions.timeout(
                      new Exponential(rate).sampler(arrivals),
                      UNIFORM.sampler(lengths),
                      batchSize,
                      timeout,
                      REQUESTS));
      TimeoutBatching theory =
          new TimeoutBatching(
              BatchSystem.of(UNIFORM, BinBoundaries.none(), batchSize), timeout, rate);
      String where = ", U(1,20), lambda=" + rate + ", B=" + batchSize + ", T=" + timeout;
      findings.simulation(
          "E[N]" + where, theory.meanSize().value(), estimate(runs, TimeoutRun::size));
      findings.simulation(
          "wait" + where, theory.formation().value(), estimate(runs, TimeoutRun::forming));
      findings.simulation(
          "service of a request" + where,
          theory.requestSeconds().value(),
          estimate(runs, TimeoutRun::seconds));
    }
    findings.equal(
        FindingKind.LIMIT,
        "wait, T=1000, v (B-1) / (2 lambda), lambda=1, B=8",
        3.5,
        new TimeoutBatching(BatchSystem.of(UNIFORM, BinBoundaries.none(), 8), 1000, 1)
            .formation()
            .value(),
        1e-12);
  }
}
