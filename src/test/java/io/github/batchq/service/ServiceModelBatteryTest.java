package io.github.batchq.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.CoefficientPack;
import io.github.batchq.file.CoefficientPackSpec;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.ServiceTableSpec;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BatchShape;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.sim.KernelRun;
import io.github.batchq.sim.Run;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServerPool;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every service model owes: finite times that grow with the batch, members' own times that are
 * those of batches of which they were the longest, what it says of itself (affine, blind to its
 * members), servers that are twice as fast, and a refusal outside its range. A test of the
 * catalogue fails for a model that is not among {@link #cases()}.
 */
public class ServiceModelBatteryTest {
  private static final int BATCHES = 100;

  /**
   * A model and batches that it covers.
   *
   * @param most most requests of a batch
   * @param shortest least length of a request
   * @param longest largest length of a request
   */
  public record Case(ServiceModelSpec spec, int most, double shortest, double longest) {}

  /** Models with every kind of the catalogue among them. */
  public static Stream<Case> cases() {
    return Stream.concat(
        Stream.of(
            new Case(new LongestRequestSpec(0.03, 0.2), 64, 0, 500),
            new Case(new LongestRequestSpec(1, 0), 8, 0.5, 20),
            new Case(new AffineBatch(2, 0.1, 0.5, 0.05), 32, 0, 300),
            new Case(new AffineBatch(2, 0.1, 0, 0), 32, 0, 300),
            new Case(new StepTimeSpec(0.03, 0.001), 128, 1, 600),
            new Case(new TokenLevel(0.02, 1e-4, 0.02, 1e-3, 4, 1e-6), 64, 0.5, 800),
            new Case(
                new ServiceTableSpec(
                    DataFile.of(
                        "src/test/resources/io/github/batchq/service/service-grid.csv",
                        Path.of("."))),
                8,
                10,
                100)),
        CoefficientPack.all().stream()
            .map(
                pack ->
                    new Case(
                        new CoefficientPackSpec(pack.name()),
                        pack.batchSizes().get(1),
                        pack.lengths() == null ? 1 : pack.lengths().get(0),
                        pack.lengths() == null ? 500 : pack.lengths().get(1))));
  }

  /** The lengths of a batch. */
  private static double[] draw(Case tested, SplittableRandom random) {
    int size = random.nextInt(least(tested), tested.most() + 1);
    return random.doubles(size, tested.shortest(), Math.nextUp(tested.longest())).toArray();
  }

  private static BatchShape batch(double[] lengths, SplittableRandom random) {
    return new BatchShape(
        lengths.length,
        Arrays.stream(lengths).max().orElseThrow(),
        Arrays.stream(lengths).sum(),
        random.nextInt(0, 2000));
  }

  private static int least(Case tested) {
    return tested.spec() instanceof CoefficientPackSpec pack
        ? CoefficientPack.named(pack.name()).batchSizes().get(0)
        : 1;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void timesAreFiniteAndGrowWithTheBatch(Case tested) {
    ServiceTimeModel model = tested.spec().create();
    model.check(tested.most(), tested.shortest(), tested.longest());
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < BATCHES; i++) {
      BatchShape batch = batch(draw(tested, random), random);
      double seconds = model.seconds(batch);
      assertTrue(seconds >= 0 && Double.isFinite(seconds), seconds + " s for " + batch);
      double longer = (batch.longestLength() + tested.longest()) / 2;
      assertTrue(
          model.seconds(
                  new BatchShape(
                      batch.size(), longer, batch.totalLength() + longer, batch.promptTokens()))
              >= seconds * (1 - 1e-12),
          "a longer batch than " + batch + " takes less");
      if (batch.size() < tested.most()) {
        assertTrue(
            model.seconds(
                    new BatchShape(
                        batch.size() + 1,
                        batch.longestLength(),
                        batch.totalLength() + tested.shortest(),
                        batch.promptTokens()))
                >= seconds * (1 - 1e-12),
            "a larger batch than " + batch + " takes less");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ownTimesAreThoseOfBatchesOfWhichAMemberIsTheLongest(Case tested) {
    ServiceTimeModel model = tested.spec().create();
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < BATCHES; i++) {
      double[] lengths = draw(tested, random);
      BatchShape batch = batch(lengths, random);
      double expected = 0;
      for (double length : lengths) {
        expected +=
            model.seconds(
                new BatchShape(batch.size(), length, batch.totalLength(), batch.promptTokens()));
      }
      assertEquals(expected, model.ownSeconds(batch, lengths), 1e-9 * (1 + expected));
      assertTrue(expected <= batch.size() * model.seconds(batch) * (1 + 1e-12));
    }
  }

  /** It is affine, or blind to members and prompts, exactly where it says so. */
  @ParameterizedTest
  @MethodSource("cases")
  void isWhatItSays(Case tested) {
    ServiceTimeModel model = tested.spec().create();
    AffineBatch affine = model.affine();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < BATCHES; i++) {
      double[] lengths = draw(tested, random);
      BatchShape batch = batch(lengths, random);
      if (affine != null) {
        double expected =
            affine.alpha()
                + affine.beta() * batch.size()
                + (affine.gamma() + affine.delta() * batch.size()) * batch.longestLength();
        assertEquals(expected, model.seconds(batch), 1e-12 * (1 + expected), "affine " + batch);
      }
      if (!model.readsMembers()) {
        BatchShape other =
            new BatchShape(batch.size(), batch.longestLength(), batch.longestLength(), 0);
        assertEquals(model.seconds(other), model.seconds(batch), "reads members of " + batch);
        assertEquals(model.ownSeconds(batch, lengths), model.ownSeconds(batch, new double[0]));
      }
    }
  }

  /** Ten full batches, all there at once, on one server: twice as fast, twice as soon. */
  @ParameterizedTest
  @MethodSource("cases")
  void aServerTwiceAsFastTakesHalfTheTime(Case tested) {
    double[] once = completions(tested, 1);
    double[] twice = completions(tested, 2);
    assertEquals(10, once.length);
    for (int i = 0; i < once.length; i++) {
      assertEquals(once[i] / 2, twice[i], 1e-12 * once[i]);
    }
  }

  private static double[] completions(Case tested, double speed) {
    int batchSize = tested.most();
    double[] lengths =
        new SplittableRandom(4)
            .doubles(10L * batchSize, tested.shortest(), Math.nextUp(tested.longest()))
            .toArray();
    double[] times = new double[10];
    int[] next = {0};
    KernelRun.of(Run.source(new double[lengths.length], lengths), new StandardBatching(batchSize))
        .service(tested.spec().create())
        .servers(new ServerPool(1, List.of(speed), null, List.of()), 1)
        .tell(
            new Run.Recorder() {
              @Override
              public void completed(ServedBatch batch, double now) {
                times[next[0]++] = now;
              }
            });
    return times;
  }

  /** A measured model refuses what was not measured; the others have no range. */
  @ParameterizedTest
  @MethodSource("cases")
  void refusesWhatLiesOutsideItsRange(Case tested) {
    ServiceTimeModel model = tested.spec().create();
    int tooMany = tested.most() + 1;
    double tooLong = 2 * tested.longest();
    if (model instanceof RangedService ranged) {
      assertThrows(BadInputException.class, () -> model.check(tooMany, 10, 10));
      assertThrows(
          BadInputException.class, () -> model.seconds(new BatchShape(tooMany, 10, 10, 0)));
      if (ranged.range().lengths() != null) {
        BatchShape batch = new BatchShape(tested.most(), tooLong, tooLong, 0);
        assertThrows(BadInputException.class, () -> model.seconds(batch));
        assertThrows(
            BadInputException.class,
            () -> model.check(tested.most(), tested.shortest(), Double.POSITIVE_INFINITY));
      }
    } else {
      model.check(Integer.MAX_VALUE, 0, Double.POSITIVE_INFINITY);
      assertTrue(model.seconds(new BatchShape(tooMany, tooLong, tooLong, 0)) > 0);
    }
  }
}
