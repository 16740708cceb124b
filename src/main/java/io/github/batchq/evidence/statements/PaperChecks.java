package io.github.batchq.evidence.statements;

import static io.github.batchq.evidence.statements.SampleLaws.EXPONENTIAL;
import static io.github.batchq.evidence.statements.SampleLaws.RANGE;
import static io.github.batchq.evidence.statements.SampleLaws.UNIFORM;

import io.github.batchq.metric.Metric;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Uniform;
import io.github.batchq.theory.BatchMaximum;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.ExponentialBins;
import io.github.batchq.theory.Latency;
import io.github.batchq.theory.LossBounds;
import io.github.batchq.theory.SharedSteps;
import io.github.batchq.theory.Throughput;
import io.github.batchq.theory.UniformBins;
import java.util.Arrays;
import java.util.List;

/** Checks of the statements of arXiv:2412.04504 that are right as printed. */
final class PaperChecks {
  private PaperChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "Intro",
            "Requests of 1, 5, 2 and 6 s in batches of two take 11 s in their order and 8 s in two"
                + " bins.",
            "paper, section 1 and Figure 1b",
            PaperChecks::workedExample),
        new Check(
            "Prop4.1",
            "The long-run throughput is B / E[service] under overload and the arrival rate below.",
            "paper, Prop. 4.1",
            PaperChecks::proposition41),
        new Check(
            "Remark4.1",
            "No bins carry more than c_max = B / E[length], which is also what continuous batching"
                + " carries when its steps take one time.",
            "paper, Remarks 4.1 and 4.3; T24",
            PaperChecks::remark41),
        new Check(
            "eq2",
            "The mean service time of a batch is the sum over bins of P(bin) times the mean maximum"
                + " of B lengths of the bin.",
            "paper, eq. (2)",
            PaperChecks::equation2),
        new Check(
            "Lemma4.1",
            "For the uniform law bins of equal mass have the largest throughput.",
            "paper, Lemma 4.1",
            PaperChecks::lemma41),
        new Check(
            "Thm4.2",
            "For the uniform law E_k = m + c_B R / k, so the throughput grows with k.",
            "paper, Thm 4.2",
            PaperChecks::theorem42),
        new Check(
            "Lemma5.1",
            "With infinitely many servers the mean latency is E_k + k (B-1) / (2 lambda).",
            "paper, Lemma 5.1",
            PaperChecks::lemma51),
        new Check(
            "LemmaA.1",
            "For the exponential law the bound (27) on E_k has its minimum, L_k / mu, at l_i = (1/mu)"
                + " sum of log L_{k-j}.",
            "paper, Lemma A.1; the value L_k / mu: T9",
            PaperChecks::lemmaA1),
        new Check(
            "eq37-49",
            "At these boundaries the Hessian of the bound is positive definite.",
            "paper, eq. (37)-(49)",
            PaperChecks::hessianOfTheBound),
        new Check(
            "eq62-64",
            "Bins of equal mass hold a request for k (B-1) / (2 lambda) until its batch is full.",
            "paper, Appendix B.1, eq. (62)-(64)",
            PaperChecks::formingDelay));
  }

  private static void workedExample(Findings findings) {
    for (BinBoundaries bins : List.of(BinBoundaries.none(), BinBoundaries.of(4))) {
      double[] free = new double[1];
      Recursion.fullBatches(
          new double[4], new double[] {1, 5, 2, 6}, bins, 2, batch -> free[0] += batch.longest());
      findings.equal(
          FindingKind.PRINTED,
          "seconds until all are done, bins: " + bins.bins(),
          bins.bins() == 1 ? 11 : 8,
          free[0],
          1e-12);
    }
  }

  private static void proposition41(Findings findings) {
    for (Law law : List.of(UNIFORM, EXPONENTIAL, SampleLaws.gsm8k())) {
      for (int k : new int[] {1, 4}) {
        BatchSystem system =
            BatchSystem.of(law, BoundaryRules.named("equal-mass").boundaries(law, k, 8), 8);
        double capacity = Throughput.capacity(system).value();
        for (double load : new double[] {0.7, 1.5}) {
          double rate = load * capacity;
          findings.simulation(
              "throughput, " + SampleLaws.name(law) + ", B=8, k=" + k + ", lambda=" + load + " c_k",
              Throughput.delivered(system, rate).value(),
              MultiBinScenario.of(system, rate).run(10, 400_000, 0).of(Metric.THROUGHPUT::of));
        }
      }
    }
  }

  private static void remark41(Findings findings) {
    RandomCases random = new RandomCases();
    double largest = 0;
    for (int i = 0; i < 200; i++) {
      Law law = random.atoms(random.integer(1, 12), 0, 20);
      int batchSize = random.integer(1, 200);
      BatchSystem system = BatchSystem.of(law, random.bins(random.integer(1, 6), 0, 20), batchSize);
      largest =
          Math.max(
              largest, Throughput.capacity(system).value() / Throughput.maximum(system).value());
    }
    findings.atMost("largest c_k / c_max of 200 random laws, bins and B", 1, largest);
    double most = 128 / UNIFORM.mean();
    findings.equal(
        FindingKind.LIMIT,
        "c_k of U(1,20), B=128, k=10000",
        most,
        UniformBins.capacity(UNIFORM, 10_000, 128, BatchTime.LONGEST, 1).value(),
        1e-4);
    findings.equal(
        FindingKind.ALGORITHM,
        "continuous batching of U(1,20) with 128 slots and steps of 1 s",
        most,
        new SharedSteps(UNIFORM, 1, 0).capacity(128).value(),
        1e-12);
  }

  private static void equation2(Findings findings) {
    for (Law law : List.of(UNIFORM, new Lognormal(2, 1), SampleLaws.gsm8k())) {
      BatchSystem system =
          BatchSystem.of(law, BinBoundaries.of(0.5 * law.mean(), law.mean(), 1.8 * law.mean()), 8);
      findings.simulation(
          "E_k, " + SampleLaws.name(law) + ", B=8, boundaries at 0.5, 1 and 1.8 means",
          system.meanBatchSeconds(),
          MultiBinScenario.infiniteServers(system, 1)
              .run(10, 400_000, 1000)
              .of(Metric.SERVICE_MEAN::of));
    }
  }

  private static void lemma41(Findings findings) {
    RandomCases random = new RandomCases();
    for (int k : new int[] {2, 3, 5}) {
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < 1000; i++) {
        least =
            Math.min(least, BatchMaximum.expectedBatchLength(UNIFORM, random.bins(k, 1, 20), 8));
      }
      findings.atMost(
          "E_k of equal masses under the least of 1000 random boundaries, B=8, k=" + k,
          least,
          SampleLaws.meanBatchLength(UNIFORM, "equal-mass", k, 8));
    }
  }

  private static void theorem42(Findings findings) {
    for (int batchSize : new int[] {8, 128}) {
      for (int k : new int[] {1, 2, 3, 4, 5, 8, 16, 32}) {
        findings.quadrature(
            "throughput, U(1,20), B=" + batchSize + ", k=" + k,
            UniformBins.capacity(UNIFORM, k, batchSize, BatchTime.LONGEST, 1).value(),
            batchSize / SampleLaws.meanBatchLength(UNIFORM, "equal-mass", k, batchSize));
      }
    }
    long violations = 0;
    for (int k = 1; k < 1000; k++) {
      if (!(meanBatchLength(k + 1) < meanBatchLength(k))) {
        violations++;
      }
    }
    findings.search("E_k that do not fall, U(1,20), B=128, k=1..1000", violations);
  }

  private static double meanBatchLength(int k) {
    return UniformBins.meanBatchLength(UNIFORM, k, 128).value();
  }

  private static void lemma51(Findings findings) {
    for (int batchSize : new int[] {8, 128}) {
      for (int k : new int[] {1, 2, 4}) {
        Uniform law = UNIFORM;
        BatchSystem system =
            BatchSystem.of(
                law, BoundaryRules.named("equal-mass").boundaries(law, k, batchSize), batchSize);
        double closedForm =
            law.mean() + LossBounds.uniformLoss(batchSize) * RANGE / k + k * (batchSize - 1) / 8.0;
        findings.quadrature(
            "latency, U(1,20), B=" + batchSize + ", k=" + k + ", lambda=4",
            closedForm,
            Latency.infiniteServers(system, 4).value());
        findings.simulation(
            "latency, U(1,20), B=" + batchSize + ", k=" + k + ", lambda=4",
            closedForm,
            MultiBinScenario.infiniteServers(system, 4)
                .run(10, 1_500_000, 2000)
                .of(Metric.LATENCY_MEAN::of));
      }
    }
  }

  private static void lemmaA1(Findings findings) {
    int batchSize = 200;
    RandomCases random = new RandomCases();
    for (int k : new int[] {1, 2, 3, 4, 5, 8}) {
      double[] inner = ExponentialLaw.lemmaBoundaries(k, batchSize);
      double minimum = ExponentialBins.meanBatchLength(EXPONENTIAL, k, batchSize).value();
      String where = ", mu=0.1, B=200, k=" + k;
      findings.equal(
          FindingKind.ALGORITHM,
          "bound (27) at the boundaries of the lemma" + where,
          minimum,
          ExponentialLaw.bound(inner, batchSize),
          1e-12);
      findings.atMost(
          "E_k there by quadrature" + where,
          minimum,
          BatchMaximum.expectedBatchLength(EXPONENTIAL, BinBoundaries.of(inner), batchSize));
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < 2000; i++) {
        double[] other = inner.clone();
        for (int j = 0; j < other.length; j++) {
          other[j] *= random.number(0.8, 1.2);
        }
        Arrays.sort(other);
        least = Math.min(least, ExponentialLaw.bound(other, batchSize));
      }
      findings.atMost(
          "L_k / mu under the least bound (27) at 2000 random boundaries" + where, least, minimum);
    }
  }

  private static void hessianOfTheBound(Findings findings) {
    for (int batchSize : new int[] {2, 8, 200}) {
      for (int k : new int[] {2, 4, 8}) {
        findings.atMost(
            "minus the least pivot of the Hessian, mu=0.1, B=" + batchSize + ", k=" + k,
            0,
            -ExponentialLaw.leastPivot(ExponentialLaw.lemmaBoundaries(k, batchSize), batchSize));
      }
    }
  }

  private static void formingDelay(Findings findings) {
    for (Law law : List.of(UNIFORM, SampleLaws.gsm8k())) {
      BatchSystem system =
          BatchSystem.of(law, BoundaryRules.named("equal-mass").boundaries(law, 4, 8), 8);
      findings.simulation(
          "wait for a full batch, " + SampleLaws.name(law) + ", B=8, k=4, lambda=2",
          4 * 7 / (2 * 2.0),
          MultiBinScenario.infiniteServers(system, 2)
              .run(10, 400_000, 2000)
              .of(Metric.FORMATION_MEAN::of));
    }
  }
}
