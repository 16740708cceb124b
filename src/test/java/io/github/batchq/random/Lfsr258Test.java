package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import umontreal.ssj.rng.LFSR258;

/** The numbers are those of SSJ's generator, bit for bit. */
class Lfsr258Test {
  @ParameterizedTest
  @ValueSource(longs = {-1, 8_388_608, 123_456_789_123_456_789L, Long.MIN_VALUE, Long.MAX_VALUE})
  void numbersAreThoseOfSsj(long component) {
    long[] state = {component, component, component, component, component};
    LFSR258 reference = new LFSR258();
    reference.setSeed(state);
    Lfsr258 stream = new Lfsr258(state);
    for (int substream = 0; substream < 3; substream++) {
      for (int i = 0; i < 10_000; i++) {
        assertEquals(reference.nextDouble(), stream.nextDouble());
        assertEquals(reference.nextInt(-7, i), stream.nextInt(-7, i));
      }
      double[] numbers = new double[1000];
      stream.nextArrayOfDouble(numbers, 3, 990);
      double[] expected = new double[1000];
      reference.nextArrayOfDouble(expected, 3, 990);
      assertArrayEquals(expected, numbers);
      reference.resetStartSubstream();
      stream.resetStartSubstream();
      assertEquals(reference.nextDouble(), stream.nextDouble());
      reference.resetNextSubstream();
      stream.resetNextSubstream();
    }
    reference.resetStartStream();
    stream.resetStartStream();
    assertEquals(reference.nextDouble(), stream.nextDouble());
  }
}
