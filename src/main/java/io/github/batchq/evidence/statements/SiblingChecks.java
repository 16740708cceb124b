package io.github.batchq.evidence.statements;

import static io.github.batchq.evidence.statements.SampleLaws.EXPONENTIAL;
import static io.github.batchq.evidence.statements.SampleLaws.UNIFORM;
import static io.github.batchq.evidence.statements.SampleLaws.harmonic;
import static io.github.batchq.evidence.statements.TrafficRuns.STREAMS;
import static io.github.batchq.evidence.statements.TrafficRuns.estimate;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.StreamName;
import io.github.batchq.sim.Kernel;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.GroupLatency;
import io.github.batchq.theory.GroupLatency.Served;
import io.github.batchq.theory.Siblings;
import io.github.batchq.workload.Rounds;
import java.util.Arrays;
import java.util.List;
import umontreal.ssj.probdist.NormalDist;
import umontreal.ssj.rng.RandomStream;

/** Checks of statements about requests that come together and resemble each other. */
final class SiblingChecks {
  private static final int RUNS = 10;
  private static final int GROUPS = 40_000;
  private static final BatchTime TIME = new BatchTime(3, 0.5, 1, 0.1);
  private static final Law SIZES = Empirical.of(new double[] {1, 4, 16}, new long[] {1, 2, 1});

  private SiblingChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "T47",
            "The order statistics of lengths with one correlation are an integral over what they"
                + " have in common, and the longest falls with the correlation.",
            "T47",
            SiblingChecks::orderStatistics),
        new Check(
            "T48",
            "A group on infinitely many servers takes as long as an order statistic of its lengths,"
                + " and its check.",
            "T48",
            SiblingChecks::groups));
  }

  private static double mean(Law law, int number, double correlation, int place) {
    return new Siblings(law, number, correlation).mean(place).value();
  }

  private static void orderStatistics(Findings findings) {
    findings.quadrature(
        "longest of 64 independent exponential lengths",
        10 * harmonic(64),
        mean(EXPONENTIAL, 64, 0, 64));
    findings.quadrature(
        "third of 8 independent uniform lengths", 1 + 19 * 3 / 9.0, mean(UNIFORM, 8, 0, 3));
    for (double correlation : new double[] {0.2, 0.5, 0.9}) {
      // P(neither of two exceeds a third, independent one) is that of a quadrant.
      double neither = 0.25 + Math.asin((1 + correlation) / 2) / (2 * Math.PI);
      findings.quadrature(
          "longest of two uniform lengths with correlation " + correlation,
          1 + 19 * (1 - neither),
          mean(UNIFORM, 2, correlation, 2));
    }
    Law lognormal = new Lognormal(2, 0.8);
    for (int place : new int[] {1, 12, 16}) {
      findings.simulation(
          "number " + place + " of 16 lognormal lengths with correlation 0.6",
          mean(lognormal, 16, 0.6, place),
          drawn(lognormal, 16, 0.6, place));
    }
    long violations = 0;
    for (Law law : SampleLaws.bounded()) {
      double longest = Double.POSITIVE_INFINITY;
      double shortest = 0;
      for (int i = 0; i <= 16; i++) {
        double most = mean(law, 12, i / 16.0, 12);
        double least = mean(law, 12, i / 16.0, 1);
        violations += (most < longest ? 0 : 1) + (least > shortest ? 0 : 1);
        longest = most;
        shortest = least;
      }
    }
    findings.search("correlations at which the longest grows or the shortest falls", violations);
  }

  /** Mean of an order statistic of lengths that are drawn, in ten runs. */
  private static Estimate drawn(Law law, int number, double correlation, int place) {
    double[] means = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      RandomStream stream = STREAMS.stream(run, StreamName.SERVICE);
      for (int group = 0; group < GROUPS; group++) {
        means[run] += lengths(law, number, correlation, stream)[place - 1] / GROUPS;
      }
    }
    return Estimate.of(means, Findings.CONFIDENCE);
  }

  /** The lengths of a group, sorted. */
  private static double[] lengths(Law law, int number, double correlation, RandomStream stream) {
    double common = Math.sqrt(correlation) * NormalDist.inverseF01(stream.nextDouble());
    double[] lengths = new double[number];
    for (int i = 0; i < number; i++) {
      double own = Math.sqrt(1 - correlation) * NormalDist.inverseF01(stream.nextDouble());
      lengths[i] = law.quantile(NormalDist.cdf01(common + own));
    }
    Arrays.sort(lengths);
    return lengths;
  }

  private static void groups(Findings findings) {
    Law law = new Lognormal(2, 0.8);
    GroupLatency.Check check = new GroupLatency.Check(1, 0.05, 30);
    for (Served served : List.of(Served.ALONE, Served.EARLY)) {
      findings.simulation(
          "third answer and a check of the answers, " + served.name(),
          new GroupLatency(law, 0.6, SIZES, 3, TIME, served, check).mean().value(),
          drawn(law, served, check));
    }
    rounds(findings, new DynamicBatching(1, 1, null), 1);
    rounds(findings, new DynamicBatching(24, 1, null), 12);
  }

  private static Estimate drawn(Law law, Served served, GroupLatency.Check check) {
    double[] means = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      RandomStream stream = STREAMS.stream(run, StreamName.SERVICE);
      for (int group = 0; group < GROUPS; group++) {
        int number = (int) SIZES.quantile(stream.nextDouble());
        double[] lengths = lengths(law, number, 0.6, stream);
        int last = Math.min(3, number);
        double answers = Arrays.stream(lengths, 0, last).sum();
        double seconds =
            TIME.seconds(served == Served.ALONE ? 1 : number, lengths[last - 1])
                + check.seconds()
                + check.secondsPerToken() * (check.promptTokens() + answers);
        means[run] += seconds / GROUPS;
      }
    }
    return Estimate.of(means, Findings.CONFIDENCE);
  }

  /** A round of twelve on infinitely many servers is a group. */
  private static void rounds(Findings findings, PolicySpec policy, int batch) {
    GroupLatency group =
        new GroupLatency(
            UNIFORM,
            0,
            new Deterministic(12),
            null,
            BatchTime.LONGEST,
            batch == 1 ? Served.ALONE : Served.TOGETHER,
            GroupLatency.Check.NONE);
    List<RunStatistics> runs =
        TrafficRuns.runs(
            TrafficRuns.scenario(
                new Rounds(12, null), UNIFORM, policy, Kernel.INFINITE_SERVERS, 60_000, 0));
    String name = " of a group of 12, in batches of " + batch;
    findings.simulation(
        "mean time" + name, group.mean().value(), estimate(runs, Metric.named("round.mean")));
    findings.simulation(
        "95 % quantile" + name,
        group.quantile(0.95).value(),
        estimate(runs, Metric.named("round.p95")));
  }
}
