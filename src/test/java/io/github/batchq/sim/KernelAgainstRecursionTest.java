package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.workload.RenewalProcess;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernel and a direct recursion over arrays, on the same random streams, agree in the time in
 * system of every single request to the last digit.
 */
class KernelAgainstRecursionTest {
  private static final int REQUESTS = 40_003;
  private static final List<Double> FOUR_BINS = List.of(5.75, 10.5, 15.25);

  static Stream<Arguments> scenarios() {
    return Stream.of(1, 3, 16)
        .flatMap(
            servers ->
                Stream.of(1, 4)
                    .flatMap(
                        bins ->
                            Stream.of(1, 8, 128)
                                .flatMap(
                                    batchSize ->
                                        Stream.of(0.5, 0.9, 1.5)
                                            .map(
                                                load ->
                                                    Arguments.of(
                                                        servers, bins, batchSize, load)))));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void agreeToTheLastDigit(int servers, int bins, int batchSize, double load) {
    agree(new Uniform(1, 20), 10.5, servers, bins, batchSize, load);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void agreeToTheLastDigitForExponentialLengths(int servers, int bins, int batchSize, double load) {
    agree(new Exponential(0.1), 10, servers, bins, batchSize, load);
  }

  private static void agree(
      Law length, double mean, int servers, int bins, int batchSize, double load) {
    RandomStreams streams = new RandomStreams(20241203, 2);
    double rate = load * servers * batchSize / (1.5 * mean);
    double[] arrivalTimes =
        Run.draw(
            new RenewalProcess(new Exponential(rate))
                .arrivalTimes(streams.stream(1, StreamName.ARRIVALS)),
            REQUESTS);
    double[] lengths = Run.draw(length.sampler(streams.stream(1, StreamName.SERVICE)), REQUESTS);
    List<Double> values = bins == 1 ? List.of() : FOUR_BINS;
    BinBoundaries boundaries =
        BinBoundaries.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    MultiBinBatching spec =
        new MultiBinBatching(bins, BoundaryChoice.values(values), batchSize, null);
    assertArrayEquals(
        Run.recursionLatencies(arrivalTimes, lengths, boundaries, servers, batchSize),
        Run.kernelLatencies(arrivalTimes, lengths, spec.create(boundaries), servers, batchSize),
        0.0);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void agreeWhereAllRequestsAreThereAtZero(int servers, int bins, int batchSize, double load) {
    double[] arrivalTimes = new double[REQUESTS];
    double[] lengths =
        Run.draw(
            new Uniform(1, 20)
                .sampler(new RandomStreams((long) (10 * load), 1).stream(0, StreamName.SERVICE)),
            REQUESTS);
    List<Double> values = bins == 1 ? List.of() : FOUR_BINS;
    BinBoundaries boundaries =
        BinBoundaries.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    double[] latencies =
        Run.kernelLatencies(
            arrivalTimes,
            lengths,
            new MultiBinBatching(bins, BoundaryChoice.values(values), batchSize, null)
                .create(boundaries),
            servers,
            batchSize);
    assertArrayEquals(
        Run.recursionLatencies(arrivalTimes, lengths, boundaries, servers, batchSize),
        latencies,
        0.0);
    assertArrayEquals(new double[0], Arrays.stream(latencies).filter(Double::isNaN).toArray());
  }
}
