package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.scenario.ObservedBoundaries;
import io.github.batchq.sim.KernelRun;
import io.github.batchq.sim.Run;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.theory.BatchMaximum;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.workload.RenewalProcess;
import io.github.batchq.workload.RequestSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("long")
class AdaptiveBinsTest implements PolicyBattery {
  @Override
  public List<Case> specs() {
    List<Case> cases = new ArrayList<>();
    for (Drain drain : Drain.values()) {
      for (String rule : new String[] {"equal-mass", "equal-width", "sqrt-density", "optimal"}) {
        cases.add(new Case(new AdaptiveBins(4, 8, rule, 100, 50, drain), BinBoundaries.none()));
      }
      cases.add(new Case(new AdaptiveBins(2, 1, null, 7, 3, drain), BinBoundaries.none()));
      cases.add(new Case(new AdaptiveBins(3, 8, null, 1, 1, drain), BinBoundaries.none()));
      cases.add(
          new Case(new AdaptiveBins(3, 8, null, 100, 1_000_000, drain), BinBoundaries.none()));
    }
    return cases;
  }

  /** A bin is not the same before and after its boundaries have moved. */
  @Override
  public boolean firstComeFirstServedInBins() {
    return false;
  }

  /** A run that keeps what the policy's estimator was asked and what it answered. */
  private static final class Recording extends Run.Recorder {
    private final List<double[]> asked = new ArrayList<>();
    private final List<BinBoundaries> answered = new ArrayList<>();
    private final List<Long> completed = new ArrayList<>();

    /** Seconds of the batches that were formed since the first answer. */
    private final SummaryStatistics seconds = new SummaryStatistics();

    private double firstAnswer = Double.POSITIVE_INFINITY;
    private double now;

    private PolicySetting setting() {
      return new PolicySetting(
          BinBoundaries.none(),
          1,
          (rule, lengths, bins, batchSize) -> {
            firstAnswer = Math.min(firstAnswer, now);
            asked.add(lengths);
            answered.add(ObservedBoundaries.ESTIMATOR.boundaries(rule, lengths, bins, batchSize));
            return answered.get(answered.size() - 1);
          });
    }

    Recording run(RequestSource source, AdaptiveBins policy) {
      KernelRun.of(source, policy, setting()).tell(this);
      return this;
    }

    @Override
    public void completed(ServedBatch batch, double time) {
      now = time;
      for (int i = 0; i < batch.size(); i++) {
        completed.add(batch.id(i));
      }
      if (batch.formedTime() > firstAnswer && !batch.flushed()) {
        seconds.addValue(batch.seconds());
      }
    }
  }

  private static RequestSource source(double rate, Law lengths, int requests) {
    return Run.source(new RandomStreams(19, 1), 0, new Exponential(rate), lengths, requests);
  }

  /** After the completion that is due, of the last so many lengths, or of all if they are fewer. */
  @ParameterizedTest
  @CsvSource({"500, 200", "100, 200", "2000, 104"})
  void learnsFromTheLastLengths(int window, int every) {
    double[] times = new double[4_000];
    double[] lengths =
        Run.draw(LENGTHS.sampler(new RandomStreams(23, 1).stream(0, StreamName.SERVICE)), 4_000);
    Arrays.setAll(times, i -> 2 * i);
    Recording run =
        new Recording()
            .run(Run.source(times, lengths), new AdaptiveBins(4, 8, null, window, every, null));
    assertEquals(4_000 / every, run.asked.size());
    for (int i = 0; i < run.asked.size(); i++) {
      int to = (i + 1) * every;
      double[] expected =
          run.completed.subList(Math.max(0, to - window), to).stream()
              .mapToDouble(id -> lengths[id.intValue()])
              .sorted()
              .toArray();
      double[] found = run.asked.get(i).clone();
      Arrays.sort(found);
      assertArrayEquals(expected, found);
    }
  }

  private static double[] latencies(
      double[] times, double[] lengths, int batchSize, BinBoundaries... answers) {
    ArrayDeque<BinBoundaries> left = new ArrayDeque<>(List.of(answers));
    BatchingPolicy policy =
        new AdaptiveBins(2, batchSize, null, 1, batchSize, null)
            .create(
                new PolicySetting(
                    BinBoundaries.none(),
                    1,
                    (rule, seen, bins, size) -> left.size() > 1 ? left.remove() : left.element()));
    return Run.kernelLatencies(times, lengths, policy, 1, batchSize);
  }

  /**
   * Threes: {0,1,2} takes 0..3, meanwhile {3} of 9 s and {4} of 2 s wait for company and part when
   * the boundary becomes 5. Then {4,6,7} is full at 5 and {3,5,8} at 6.
   */
  @Test
  void thoseWhoWaitForCompanyMoveToTheirNewBins() {
    assertArrayEquals(
        new double[] {3, 3, 3, 15, 5, 12, 3, 2, 10},
        latencies(
            new double[] {0, 0, 0, 1, 2, 4, 4, 5, 6},
            new double[] {3, 3, 3, 9, 2, 8, 1, 2, 9},
            3,
            BinBoundaries.of(5)));
  }

  /**
   * Pairs: {0,1} takes 0..3 and the boundary becomes 5; {2,3} takes 3..4. Then {4} of 1 s and {5}
   * of 9 s wait in two bins until {2,3} is done at 4 and there is but one bin, in which they are a
   * batch: 4..13. Later comes {6}.
   */
  @Test
  void aBatchThatIsFullAfterTheMoveGoesAtOnce() {
    assertArrayEquals(
        new double[] {3, 3, 3, 3, 9.5, 9.25, 2},
        latencies(
            new double[] {0, 0, 1, 1, 3.5, 3.75, 20},
            new double[] {3, 3, 1, 1, 1, 9, 2},
            2,
            BinBoundaries.of(5),
            BinBoundaries.none()));
  }

  /** Formed batches stay: {2,3} of 1 s and 9 s was formed before anything was known. */
  @Test
  void formedBatchesStay() {
    assertArrayEquals(
        new double[] {3, 3, 11, 11},
        latencies(new double[] {0, 0, 1, 1}, new double[] {3, 3, 1, 9}, 2, BinBoundaries.of(5)));
  }

  /**
   * Boundaries over windows that share no request have the means and the deviations of sample
   * quantiles: means within four standard errors and the bias 1/W of their ranks, deviations no
   * more than chance explains (chi-squared with 79 degrees of freedom: below 1.35 sigma for all but
   * 1e-4).
   */
  @Test
  void equalMassesAreSampleQuantiles() {
    for (Law law : new Law[] {new Uniform(1, 20), new Lognormal(1.8, 0.5)}) {
      int window = 1_000;
      int windows = 80;
      Recording run =
          new Recording()
              .run(
                  source(3 / law.mean(), law, window * windows),
                  new AdaptiveBins(4, 8, null, window, window, null));
      for (int i = 0; i < 3; i++) {
        double p = (i + 1) / 4.0;
        double quantile = law.quantile(p);
        double slope = (law.quantile(p + 1e-4) - law.quantile(p - 1e-4)) / 2e-4;
        double sigma = slope * Math.sqrt(p * (1 - p) / window);
        SummaryStatistics found = new SummaryStatistics();
        for (BinBoundaries boundaries : run.answered) {
          assertEquals(4, boundaries.bins());
          found.addValue(boundaries.lower(i + 1));
        }
        assertEquals(
            quantile,
            found.getMean(),
            4 * sigma / Math.sqrt(windows) + slope / window,
            law + " boundary " + i);
        assertTrue(
            found.getStandardDeviation() < 1.35 * sigma,
            law + " boundary " + i + ": " + found.getStandardDeviation() + ", " + sigma);
      }
    }
  }

  /**
   * In overload, batches take as long as theory says for the boundaries that were learned, and
   * hardly longer than for those of the law itself. The interval is one of four standard errors.
   */
  @ParameterizedTest
  @ValueSource(strings = {"equal-mass", "optimal"})
  void itsBatchesAreNearlyThoseOfBinsThatKnowTheLaw(String rule) {
    Recording run =
        new Recording()
            .run(source(0.75, LENGTHS, 150_000), new AdaptiveBins(4, 8, rule, 1_000, 1_000, null));
    double learned =
        run.answered.stream()
            .mapToDouble(found -> BatchMaximum.expectedBatchLength(LENGTHS, found, 8))
            .average()
            .orElseThrow();
    double known =
        BatchMaximum.expectedBatchLength(
            LENGTHS, BoundaryRules.named(rule).boundaries(LENGTHS, 4, 8), 8);
    double error = run.seconds.getStandardDeviation() / Math.sqrt((double) run.seconds.getN());
    assertEquals(learned, run.seconds.getMean(), 4 * error);
    assertTrue(learned > known && learned < 1.005 * known, learned + ", " + known);
  }

  /** Lengths double in the middle: W completions later the boundaries have doubled, too. */
  @Test
  void boundariesFollowALawThatChanges() {
    int window = 500;
    int every = 250;
    int half = 10_000;
    RandomStreams streams = new RandomStreams(29, 1);
    double[] times =
        Run.draw(
            new RenewalProcess(new Exponential(0.2))
                .arrivalTimes(streams.stream(0, StreamName.ARRIVALS)),
            2 * half);
    double[] lengths = Run.draw(LENGTHS.sampler(streams.stream(0, StreamName.SERVICE)), 2 * half);
    for (int i = half; i < 2 * half; i++) {
      lengths[i] *= 2;
    }
    Recording run =
        new Recording()
            .run(Run.source(times, lengths), new AdaptiveBins(4, 8, null, window, every, null));
    int lastOld = 0;
    for (int i = 0; i < run.completed.size(); i++) {
      lastOld = run.completed.get(i) < half ? i : lastOld;
    }
    int before = half / every - 2;
    int after = (lastOld + window) / every + 1;
    // Within the window and one more estimate of the last request of the old law.
    assertTrue(after * every <= lastOld + window + every);
    for (int i = 1; i < 4; i++) {
      double p = i / 4.0;
      double quantile = LENGTHS.quantile(p);
      double tolerance = 4 * 19 * Math.sqrt(p * (1 - p) / window);
      assertTrue(2 * tolerance < quantile);
      assertEquals(quantile, run.answered.get(before - 1).lower(i), tolerance);
      assertEquals(2 * quantile, run.answered.get(after - 1).lower(i), 2 * tolerance);
    }
  }

  /** One length, or two, in up to four bins. */
  @Test
  void fewLengthsMakeFewBins() {
    AdaptiveBins policy = new AdaptiveBins(4, 8, "optimal", 100, 100, null);
    Recording one = new Recording().run(source(0.5, new Deterministic(3), 1_000), policy);
    assertTrue(one.answered.stream().allMatch(BinBoundaries.none()::equals));
    double[] times = new double[1_000];
    double[] lengths = new double[1_000];
    Arrays.setAll(times, i -> 2 * i);
    Arrays.setAll(lengths, i -> i % 3 == 0 ? 5 : 1);
    Recording two = new Recording().run(Run.source(times, lengths), policy);
    assertTrue(two.answered.stream().allMatch(BinBoundaries.of(5)::equals));
    assertEquals(10, two.answered.size());
  }

  @Test
  void itsBoundariesAreNotKnownBeforehand() {
    AdaptiveBins policy = new AdaptiveBins(4, 8, null, 1_000, 1_000, null);
    assertNull(policy.boundaries());
    assertFalse(policy.serving().inFullBatches());
    assertEquals("equal-mass", policy.learnsBy());
    assertTrue(policy.readsLengths());
    assertEquals(28, policy.mostForming());
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertEquals(
        "bins must be at least 2, found 1",
        assertThrows(
                IllegalArgumentException.class, () -> new AdaptiveBins(1, 8, null, 10, 10, null))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new AdaptiveBins(2, 0, null, 10, 10, null));
    assertEquals(
        "window must be at least 1, found 0",
        assertThrows(
                IllegalArgumentException.class, () -> new AdaptiveBins(2, 8, null, 0, 10, null))
            .getMessage());
    assertEquals(
        "every must be at least 1, found -1",
        assertThrows(
                IllegalArgumentException.class, () -> new AdaptiveBins(2, 8, null, 10, -1, null))
            .getMessage());
  }
}
