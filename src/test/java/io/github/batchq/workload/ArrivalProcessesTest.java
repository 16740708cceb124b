package io.github.batchq.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Gamma;
import io.github.batchq.random.Generator;
import io.github.batchq.random.Law;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every arrival process owes: times that never decrease, its exact rate, and its exact
 * dispersion over a long time. A test of the catalogue fails for a process that is not among {@link
 * #cases()}.
 */
@Tag("long")
public class ArrivalProcessesTest {
  private static final int RUNS = 400;

  /** What the policy can carry, in requests per second. */
  private static final double CAPACITY = 4;

  /**
   * An arrival process and what is right of it.
   *
   * @param rate requests per second
   * @param dispersion limit of Var N(t) / E N(t); NaN where it is known by simulation alone
   */
  public record Case(ArrivalSpec spec, double rate, double dispersion) {}

  /** A trace of 200 requests with gaps of 1 and 3 by turns, 2 on average. */
  private static final TraceSpec RECORDED = bad -> recorded();

  private static Trace recorded() {
    DoubleColumn times = new DoubleColumn();
    DoubleColumn lengths = new DoubleColumn();
    IntColumn prompts = new IntColumn();
    double now = 0;
    for (int i = 0; i < 201; i++) {
      times.add(now);
      lengths.add(1 + i);
      prompts.add(i);
      now += i % 2 == 0 ? 1 : 3;
    }
    return new Trace(
        "recorded",
        new RequestColumns(times, lengths, prompts, null, null, null, null),
        Trace.LengthUnit.TOKENS);
  }

  private static ArrivalProcess process(ArrivalSpec spec) {
    return spec.create(new Traces(), () -> CAPACITY);
  }

  private static DoubleSupplier times(ArrivalProcess process, int run) {
    return process.arrivalTimes(
        new RandomStreams(Generator.LFSR258, 7, RUNS).stream(run, StreamName.ARRIVALS));
  }

  /** Arrivals up to a time in each run. */
  private static double[] counts(ArrivalProcess process, double until) {
    double[] counts = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      DoubleSupplier times = times(process, run);
      double before = 0;
      for (double time = times.getAsDouble(); time < until; time = times.getAsDouble()) {
        assertTrue(time >= before, "times never decrease");
        before = time;
        counts[run]++;
      }
    }
    return counts;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }

  /** Processes with every kind of the catalogue among them. */
  public static Stream<Case> cases() {
    return Stream.of(
        new Case(new PoissonArrivals(2), 2, 1),
        new Case(new PoissonAtLoad(0.5), 0.5 * CAPACITY, 1),
        new Case(new RenewalArrivals(new Uniform(0, 1)), 2, 1 / 3.0),
        new Case(new RenewalArrivals(new Gamma(1, 0.5)), 2, 1),
        new Case(new AllAtZero(), Double.POSITIVE_INFINITY, 0),
        new Case(new TraceArrivals(RECORDED, 4.0), 2, 0.25),
        new Case(new BootstrapArrivals(RECORDED, 9, 4.0, null, null), 2, Double.NaN),
        new Case(new GammaArrivals(2, 3), 2, 9),
        new Case(new GammaArrivals(2, 0.25), 2, 0.0625),
        new Case(new WeibullArrivals(2, 2), 2, 4),
        new Case(new WeibullArrivals(2, 0.5), 2, 0.25),
        // Two states, by hand: 1 + 2 (l1 - l2)^2 r1 r2 / ((r1 + r2)^2 (l1 r2 + l2 r1)).
        new Case(
            new MarkovModulatedArrivals(List.of(5.0, 0.5), List.of(4.0, 16.0), null, null),
            (5 * 4 + 0.5 * 16) / 20,
            1 + 2 * 4.5 * 4.5 * 0.25 * 0.0625 / (0.3125 * 0.3125 * (5 * 0.0625 + 0.5 * 0.25))),
        new Case(
            new MarkovModulatedArrivals(List.of(1.0, 3.0, 0.0), List.of(1.0, 1.0, 2.0), null, 2.0),
            2,
            Double.NaN),
        new Case(new PiecewiseArrivals(List.of(4.0, 0.0, 1.0), List.of(10.0, 5.0, 10.0)), 2, 1),
        new Case(new BulkArrivals(2, new Deterministic(4)), 2, 4),
        // Sizes 1, 2, 3 with mean 2 and mean square 14/3; 0.2 counts as 1.
        new Case(new BulkArrivals(2, Empirical.of(new double[] {0.2, 2, 3})), 2, 14 / 3.0 / 2));
  }

  /** Counts have the exact mean and, over a long time, the exact dispersion. */
  @ParameterizedTest
  @MethodSource("cases")
  void countsHaveTheRateAndTheDispersion(Case tested) {
    ArrivalProcess process = process(tested.spec());
    double rate = tested.rate();
    double dispersion = tested.dispersion();
    assertEquals(rate, process.rate(), 1e-12);
    if (!Double.isNaN(dispersion)) {
      assertEquals(dispersion, process.dispersion(), 1e-10 * dispersion);
    }
    if (process.isReplay() || rate == Double.POSITIVE_INFINITY) {
      return; // nothing is left to chance
    }
    double until = 1000;
    double[] counts = counts(process, until);
    double deviation = Math.sqrt(variance(counts));
    // Renewal arrivals start with a whole gap: half (dispersion - 1) more or less in all.
    double start = process.isRenewal() ? (process.dispersion() - 1) / 2 : 0;
    assertEquals(rate * until + start, mean(counts), 4 * deviation / Math.sqrt(RUNS));
    double measured = variance(counts) / mean(counts);
    // The standard error of a variance is sqrt(2 / (n - 1)) of it, 7 % here.
    assertEquals(1, measured / process.dispersion(), 4 * Math.sqrt(2.0 / (RUNS - 1)));
    double[] faster = counts(new AtRate(process, 2 * rate), until / 2);
    assertEquals(
        mean(counts), mean(faster), 1e-3 * mean(counts), "the same pattern, twice as fast");
    assertEquals(process.dispersion(), new AtRate(process, 1).dispersion());
  }

  /**
   * The same stream gives the same times; a replay gives those of its trace and all at zero gives
   * zero, whatever the stream.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void timesRepeatWithTheirStream(Case tested) {
    ArrivalProcess process = process(tested.spec());
    boolean random = !process.isReplay() && tested.rate() < Double.POSITIVE_INFINITY;
    DoubleSupplier one = times(process, 1);
    DoubleSupplier same = times(process, 1);
    DoubleSupplier other = times(process, 2);
    boolean differs = false;
    double before = 0;
    Trace trace = process.trace();
    for (int i = 0; i < 200; i++) {
      double time = one.getAsDouble();
      assertTrue(time >= before && Double.isFinite(time), "time " + time + " after " + before);
      assertEquals(time, same.getAsDouble());
      differs |= time != other.getAsDouble();
      before = time;
      if (process.isReplay()) {
        double recorded = Objects.requireNonNull(trace).arrivalTime(i);
        assertEquals(recorded * trace.rate() / process.rate(), time, 1e-12 * (1 + time));
      } else if (!random) {
        assertEquals(0, time);
      }
    }
    assertEquals(random, differs);
  }

  /** The exponential law under another name makes Poisson arrivals, and no other law does. */
  @Test
  void whatIsPoissonSaysSo() {
    for (Case tested : cases().toList()) {
      ArrivalProcess process = process(tested.spec());
      if (process.isPoisson()) {
        assertEquals(1, process.dispersion(), 1e-12);
        DoubleSupplier times = times(process, 5);
        double[] gaps = new double[5_000];
        double before = 0;
        for (int i = 0; i < gaps.length; i++) {
          double time = times.getAsDouble();
          gaps[i] = time - before;
          before = time;
        }
        double p =
            new KolmogorovSmirnovTest()
                .kolmogorovSmirnovTest(
                    new ExponentialDistribution(null, 1 / process.rate()), gaps, false);
        assertTrue(p > 1e-4, tested + ": p = " + p);
      }
    }
    assertTrue(process(new RenewalArrivals(new Gamma(1, 0.5))).isPoisson());
  }

  @ParameterizedTest
  @CsvSource({"0.01", "0.1", "0.5", "0.99", "1.01", "2", "10", "100"})
  void weibullHasItsCoefficientOfVariation(double cv) {
    ArrivalProcess process = process(new WeibullArrivals(3, cv));
    assertEquals(3, process.rate(), 1e-11);
    assertEquals(cv * cv, process.dispersion(), 1e-9 * cv * cv);
  }

  @Test
  void someArePoissonArrivals() {
    ArrivalProcess poisson = process(new PoissonArrivals(2));
    for (ArrivalSpec same : List.of(new GammaArrivals(2, 1), new WeibullArrivals(2, 1))) {
      assertTrue(process(same).isPoisson());
      assertEquals(times(poisson, 3).getAsDouble(), times(process(same), 3).getAsDouble());
    }
    assertTrue(process(new GammaArrivals(2, 2)).isRenewal());
    assertEquals(new Deterministic(1), poisson.poissonGroups());
    assertNull(process(new GammaArrivals(2, 2)).poissonGroups());
    Law pairs = new Deterministic(2);
    ArrivalProcess inPairs = process(new BulkArrivals(2, pairs));
    assertEquals(pairs, inPairs.poissonGroups());
    assertEquals(pairs, new AtRate(inPairs, 5).poissonGroups());
    ArrivalProcess steady =
        process(
            new MarkovModulatedArrivals(
                List.of(2.0, 2.0), null, List.of(List.of(0.0, 3.0), List.of(1.0, 0.0)), null));
    assertEquals(1, steady.dispersion(), 1e-12);
    ArrivalProcess alone = process(new BulkArrivals(2, new Deterministic(1)));
    assertEquals(1, alone.dispersion());
    assertEquals(times(poisson, 3).getAsDouble(), times(alone, 3).getAsDouble());
    ArrivalProcess constant = process(new PiecewiseArrivals(List.of(2.0), List.of(5.0)));
    DoubleSupplier one = times(constant, 3);
    DoubleSupplier other = times(poisson, 3);
    for (int i = 0; i < 1000; i++) {
      double expected = other.getAsDouble();
      assertEquals(expected, one.getAsDouble(), 1e-9 * expected);
    }
  }

  /** Three states with a full matrix of switches: shares and rate solved by hand. */
  @Test
  void aMatrixOfSwitches() {
    // Balance: 3 a = b, a = 2 c (state 2 is left for 0 alone at 2).
    ArrivalProcess process =
        process(
            new MarkovModulatedArrivals(
                List.of(1.0, 2.0, 9.0),
                null,
                List.of(List.of(0.0, 3.0, 0.0), List.of(0.0, 0.0, 1.0), List.of(2.0, 0.0, 0.0)),
                null));
    // Stays of 1/3, 1 and 1/2 in turn.
    assertEquals((1 / 3.0 + 2 + 4.5) / (1 / 3.0 + 1 + 0.5), process.rate(), 1e-12);
    ArrivalProcess turns =
        process(
            new MarkovModulatedArrivals(
                List.of(1.0, 2.0, 9.0), List.of(1 / 3.0, 1.0, 0.5), null, null));
    assertEquals(process.dispersion(), turns.dispersion(), 1e-12);
  }

  /** No arrival in a piece of rate 0, the right share in the others. */
  @Test
  void piecesKeepTheirRates() {
    DoubleSupplier times =
        times(process(new PiecewiseArrivals(List.of(4.0, 0.0, 1.0), List.of(10.0, 5.0, 10.0))), 0);
    int[] found = new int[3];
    int arrivals = 100_000;
    for (int i = 0; i < arrivals; i++) {
      double within = times.getAsDouble() % 25;
      found[within < 10 ? 0 : within < 15 ? 1 : 2]++;
    }
    assertEquals(0, found[1]);
    assertEquals(0.8, found[0] / (double) arrivals, 4 * Math.sqrt(0.16 / arrivals));
  }

  static Stream<Arguments> mistakes() {
    Law uniform = new Uniform(1, 2);
    return Stream.of(
        mistake(
            () -> new GammaArrivals(0, 1),
            "rate must be positive, or inf for all requests at time 0, found 0.0"),
        mistake(() -> new GammaArrivals(1, -1), "cv must be positive and finite, found -1.0"),
        mistake(() -> new WeibullArrivals(1, 1000), "from 0.01 to 100.0, found 1000.0"),
        mistake(
            () -> new MarkovModulatedArrivals(List.of(1.0), List.of(1.0), null, null),
            "two states or more, found [1.0]"),
        mistake(
            () -> new MarkovModulatedArrivals(List.of(1.0, 2.0), null, null, null),
            "one of meanStays and switching"),
        mistake(
            () -> new MarkovModulatedArrivals(List.of(1.0, 2.0), List.of(1.0), null, null),
            "meanStays must have a number for each of 2 states, found 1"),
        mistake(
            () ->
                new MarkovModulatedArrivals(
                    List.of(1.0, 2.0), null, List.of(List.of(1.0, 1.0), List.of(1.0, 0.0)), null),
            "0 on the diagonal, found 1.0 from state 0 to 0"),
        mistake(
            () ->
                process(
                    new MarkovModulatedArrivals(
                        List.of(1.0, 2.0),
                        null,
                        List.of(List.of(0.0, 1.0), List.of(0.0, 0.0)),
                        null)),
            "no way from state 1 to state 0"),
        mistake(
            () -> new PiecewiseArrivals(List.of(0.0), List.of(1.0)),
            "one of the rates must be positive, found [0.0]"),
        mistake(
            () -> new PiecewiseArrivals(List.of(1.0), List.of(1.0, 2.0)),
            "as many durations as rates, found 2 and 1"),
        mistake(() -> new BulkArrivals(Double.NaN, uniform), "rate must be positive"),
        mistake(
            () -> process(new BulkArrivals(1, new Pareto(1.5, 1))),
            "groups of arrivals must have at most 1048576 requests"));
  }

  private static Arguments mistake(Supplier<?> made, String words) {
    return Arguments.of(made, words);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refusesWhatIsNoProcess(Supplier<?> made, String words) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, made::get);
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }

  @Test
  void gammaGapsAreThoseOfTheLaw() {
    RenewalProcess process = (RenewalProcess) process(new GammaArrivals(2, 3));
    assertEquals(new Gamma(1 / 9.0, 4.5), process.gap());
  }
}
