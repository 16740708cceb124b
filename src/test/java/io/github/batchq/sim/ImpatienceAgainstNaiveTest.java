package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.Drain;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.PolicySetting;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.policy.StepRules;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.service.AffineBatch;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.sim.NaiveImpatience.Serving;
import io.github.batchq.sim.NaiveImpatience.Setting;
import io.github.batchq.workload.ArrivingRequests;
import io.github.batchq.workload.Departure;
import io.github.batchq.workload.Impatience;
import io.github.batchq.workload.PatientRequests;
import io.github.batchq.workload.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import umontreal.ssj.rng.RandomStream;

/** The kernels and a simulation that shares nothing with them agree on clients who give up. */
class ImpatienceAgainstNaiveTest {
  private static final int RUNS = 400;

  /** A random setting, and the laws from which it was drawn. */
  private record Case(Setting setting, Impatience impatience, int seed) {
    static Case random(Serving serving, int seed) {
      Random random = new Random(seed);
      boolean quarters = seed % 2 == 0;
      int n = 20 + random.nextInt(120);
      int servers = 1 + random.nextInt(3);
      int slots = 1 + random.nextInt(5);
      double mean = 1 + random.nextInt(6);
      double rate = servers * slots / mean * (0.5 + random.nextDouble());
      double[] arrivals = new double[n];
      double[] lengths = new double[n];
      double now = 0;
      for (int i = 0; i < n; i++) {
        now += exponential(random, rate, quarters);
        arrivals[i] = now;
        lengths[i] = 0.25 + exponential(random, 1 / mean, quarters);
      }
      double[] values = new double[50];
      Arrays.setAll(values, i -> exponential(random, 0.3 / mean, quarters));
      Law patience = Empirical.of(values);
      Arrays.setAll(values, i -> exponential(random, 1, quarters));
      boolean retries = random.nextBoolean();
      Law pause = retries ? Empirical.of(values) : null;
      int most = retries ? 1 + random.nextInt(3) : 0;
      Impatience impatience = new Impatience(patience, random.nextBoolean(), pause, most);
      double[][] numbers = new double[n][1 + 2 * most];
      RandomStream shared = stream(seed);
      DoubleSupplier patiences = patience.sampler(shared);
      DoubleSupplier pauses = pause == null ? null : pause.sampler(shared);
      for (double[] own : numbers) {
        own[0] = patiences.getAsDouble();
        for (int i = 1; i < own.length && pauses != null; i += 2) {
          own[i] = pauses.getAsDouble();
          own[i + 1] = patiences.getAsDouble();
        }
      }
      return new Case(
          new Setting(
              DoubleStream.of(arrivals).boxed().toList(),
              DoubleStream.of(lengths).boxed().toList(),
              List.of(numbers),
              impatience.inService(),
              servers,
              slots,
              serving,
              0.25 * (1 + random.nextInt(3)),
              random.nextBoolean() ? 0.25 : 0),
          impatience,
          seed);
    }

    private static double exponential(Random random, double rate, boolean quarters) {
      double value = -Math.log(1 - random.nextDouble()) / rate;
      return quarters ? Math.floor(4 * value) / 4 : value;
    }

    private static RandomStream stream(int seed) {
      return new RandomStreams(seed, 1).stream(0, StreamName.PATIENCE);
    }

    ArrivingRequests source() {
      return new PatientRequests(
          Run.source(doubles(setting.arrivals()), doubles(setting.lengths())),
          impatience,
          stream(seed));
    }

    private static double[] doubles(List<Double> values) {
      return values.stream().mapToDouble(value -> value).toArray();
    }

    Outcome kernel() {
      int slots = setting.slots();
      PolicySpec spec =
          setting.serving() == Serving.FULL
              ? new StandardBatching(slots, Drain.DISCARD)
              : new DynamicBatching(slots, null, null);
      Outcome outcome = new Outcome(setting.lengths().size());
      outcome.counts =
          new Kernel(
                  source(),
                  spec.create(BinBoundaries.none()),
                  new AffineBatch(setting.seconds(), setting.secondsPerMember(), 1, 0),
                  setting.servers(),
                  slots,
                  List.of(outcome))
              .run();
      return outcome;
    }

    Outcome steps(boolean merge) {
      Outcome outcome = new Outcome(setting.lengths().size());
      outcome.counts =
          new StepKernel(
                  source(),
                  new ContinuousBatching(setting.slots())
                      .create(PolicySetting.of(BinBoundaries.none())),
                  new TokenCosts(0, 0, 0, setting.seconds(), setting.secondsPerMember(), 0, 0),
                  StepRules.PLAIN,
                  setting.servers(),
                  setting.slots(),
                  merge,
                  List.of(outcome))
              .run();
      return outcome;
    }
  }

  @ParameterizedTest
  @EnumSource(Serving.class)
  void theSameRequestsGiveUpAtTheSameTimes(Serving serving) {
    int answered = 0;
    int gone = 0;
    int comeAgain = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Case tested = Case.random(serving, seed);
      NaiveImpatience naive = new NaiveImpatience(tested.setting());
      if (serving == Serving.STEPS) {
        assertSame(naive, tested.steps(false), "seed " + seed);
        assertSame(naive, tested.steps(true), "merged, seed " + seed);
      } else {
        assertSame(naive, tested.kernel(), "seed " + seed);
      }
      for (int i = 0; i < naive.sent.length; i++) {
        answered += Double.isNaN(naive.answered[i]) ? 0 : 1;
        gone += Double.isNaN(naive.gone[i]) ? 0 : 1;
        comeAgain += naive.sent[i] - 1;
      }
    }
    // What is compared happens often.
    assertTrue(answered > 5_000 && gone > 5_000 && comeAgain > 5_000);
  }

  private static void assertSame(NaiveImpatience naive, Outcome found, String what) {
    assertArrayEquals(naive.answered, found.answered, what);
    assertArrayEquals(naive.started, found.started, what);
    assertArrayEquals(naive.gone, found.gone, what);
    assertArrayEquals(naive.sent, found.sent(), what);
    long answered = Arrays.stream(naive.answered).filter(time -> !Double.isNaN(time)).count();
    long gone = Arrays.stream(naive.gone).filter(time -> !Double.isNaN(time)).count();
    int n = naive.sent.length;
    assertEquals(n, answered + gone, "nobody waits for ever");
    assertEquals(new RequestCounts(n, 0, 0, answered, 0, gone), found.counts, what);
  }

  /** What becomes of each request. */
  private static final class Outcome extends Run.Recorder {
    private final double[] answered;
    private final double[] started;
    private final double[] gone;
    private final int[] again;
    private double now;
    private @Nullable RequestCounts counts;

    Outcome(int requests) {
      answered = new double[requests];
      started = new double[requests];
      gone = new double[requests];
      again = new int[requests];
      Arrays.fill(answered, Double.NaN);
      Arrays.fill(started, Double.NaN);
      Arrays.fill(gone, Double.NaN);
    }

    int[] sent() {
      return Arrays.stream(again).map(times -> times + 1).toArray();
    }

    @Override
    public void completed(ServedBatch batch, double time) {
      for (int i = 0; i < batch.size(); i++) {
        assertTrue(i == 0 || batch.id(i - 1) < batch.id(i));
        answer((int) batch.id(i), batch.startTime(), time);
      }
    }

    @Override
    public void left(ServedRequest request, double time) {
      answer((int) request.id(), request.joinTime(), time);
    }

    private void answer(int number, double start, double time) {
      assertTrue(Double.isNaN(answered[number]) && Double.isNaN(gone[number]));
      answered[number] = time;
      started[number] = start;
    }

    @Override
    public void withdrawn(Request request, Departure how, boolean comesAgain, double time) {
      assertEquals(Departure.ABANDONED, how);
      assertTrue(time >= now);
      now = time;
      int number = (int) request.number();
      if (comesAgain) {
        again[number]++;
      } else {
        assertTrue(Double.isNaN(answered[number]) && Double.isNaN(gone[number]));
        gone[number] = time;
      }
    }
  }
}
