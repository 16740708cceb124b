package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many numbers at once are the same numbers. */
class SamplerTest {
  static Stream<Law> laws() {
    return Stream.of(
        new Uniform(1, 20),
        new Exponential(0.3),
        new Deterministic(7),
        new Gamma(2.5, 3),
        new Lognormal(1, 0.7),
        new Mixture(List.of(1.0, 2.0), List.of(new Uniform(0, 1), new Exponential(2))));
  }

  @ParameterizedTest
  @MethodSource("laws")
  void fillDrawsTheSameNumbers(Law law) {
    for (Generator generator : Generator.values()) {
      RandomStreams streams = new RandomStreams(generator, 3, 1);
      Sampler alone = law.sampler(streams.stream(0, StreamName.SERVICE));
      Sampler together = law.sampler(streams.stream(0, StreamName.SERVICE));
      double[] values = new double[100];
      for (int size : List.of(0, 1, 100, 37)) {
        together.fill(values, size);
        for (int i = 0; i < size; i++) {
          assertEquals(alone.getAsDouble(), values[i]);
        }
        assertEquals(alone.getAsDouble(), together.getAsDouble());
      }
    }
  }

  @Test
  void anySupplierIsASampler() {
    int[] next = {0};
    double[] values = new double[3];
    Sampler.of(() -> next[0]++).fill(values, 3);
    assertEquals(2, values[2]);
  }
}
