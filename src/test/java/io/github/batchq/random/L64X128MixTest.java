package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class L64X128MixTest {
  /** Bytes below 128: Java 17 mixes others up (JDK-8282144). */
  private static final long SMALL_BYTES = 0x7f7f7f7f7f7f7f7fL;

  /** The JDK takes its state (increment, sum, xoroshiro128) from 32 bytes. */
  private static RandomGenerator jdk(long... state) {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    for (long part : state) {
      bytes.putLong(part);
    }
    return RandomGeneratorFactory.of("L64X128MixRandom").create(bytes.array());
  }

  @Test
  void bitsAreThoseOfTheJdk() {
    SplittableRandom states = new SplittableRandom(2021);
    for (int round = 0; round < 100; round++) {
      long increment = (states.nextLong() & SMALL_BYTES) | 1;
      long sum = states.nextLong() & SMALL_BYTES;
      long low = states.nextLong() & SMALL_BYTES;
      long high = states.nextLong() & SMALL_BYTES;
      L64X128Mix stream = new L64X128Mix(increment, sum, low, high);
      RandomGenerator reference = jdk(increment, sum, low, high);
      for (int i = 0; i < 1000; i++) {
        assertEquals(reference.nextLong(), stream.nextLong());
      }
    }
  }

  @Test
  void numbersAreOddMultiplesOfTwoToTheMinus53() {
    L64X128Mix stream = LxmStreams.stream(1, 0, 0);
    L64X128Mix bits = LxmStreams.stream(1, 0, 0);
    double[] many = new double[2000];
    LxmStreams.stream(1, 0, 0).nextArrayOfDouble(many, 0, many.length);
    for (double number : many) {
      assertEquals(number, stream.nextDouble());
      assertEquals(2 * (bits.nextLong() >>> 12) + 1, (long) (number * 0x1p53));
      assertTrue(number > 0 && number < 1);
    }
    // The ends of the range: log(1 - u) is finite at both.
    assertTrue(Math.log(1 - 0x1p-53) < 0);
    assertEquals(1 - (((-1L >>> 11) | 1) * 0x1p-53), 0x1p-53);
  }

  /**
   * The jump of xoroshiro128 by 2^64 steps, by squaring its matrix over the field of two elements
   * 64 times: the columns are the images of the 128 unit vectors.
   */
  @Test
  void substreamsAreTwoToTheSixtyFourApart() {
    BigInteger[] columns = new BigInteger[128];
    for (int i = 0; i < 128; i++) {
      columns[i] = step(BigInteger.ONE.shiftLeft(i));
    }
    for (int squaring = 0; squaring < 64; squaring++) {
      BigInteger[] squared = new BigInteger[128];
      for (int i = 0; i < 128; i++) {
        squared[i] = apply(columns, columns[i]);
      }
      columns = squared;
    }
    long low = 0x123456789abcdef1L;
    long high = -98_765L;
    L64X128Mix stream = new L64X128Mix(3, 17, low, high);
    stream.nextDouble();
    stream.resetNextSubstream();
    BigInteger jumped = apply(columns, join(low, high));
    L64X128Mix expected =
        new L64X128Mix(3, 17, jumped.longValue(), jumped.shiftRight(64).longValue());
    double[] numbers = new double[100];
    expected.nextArrayOfDouble(numbers, 0, 100);
    for (int reset = 0; reset < 2; reset++) {
      double[] found = new double[100];
      stream.nextArrayOfDouble(found, 0, 100);
      assertArrayEquals(numbers, found);
      stream.resetStartSubstream();
    }
    stream.resetStartStream();
    assertEquals(new L64X128Mix(3, 17, low, high).nextDouble(), stream.nextDouble());
  }

  private static BigInteger join(long low, long high) {
    return new BigInteger(Long.toUnsignedString(high))
        .shiftLeft(64)
        .or(new BigInteger(Long.toUnsignedString(low)));
  }

  private static BigInteger step(BigInteger state) {
    long low = state.longValue();
    long high = state.shiftRight(64).longValue() ^ low;
    return join(Long.rotateLeft(low, 24) ^ high ^ (high << 16), Long.rotateLeft(high, 37));
  }

  private static BigInteger apply(BigInteger[] columns, BigInteger vector) {
    BigInteger image = BigInteger.ZERO;
    for (int i = 0; i < columns.length; i++) {
      if (vector.testBit(i)) {
        image = image.xor(columns[i]);
      }
    }
    return image;
  }

  @Test
  void refusesStatesThatItCannotHave() {
    assertThrows(IllegalArgumentException.class, () -> new L64X128Mix(2, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new L64X128Mix(1, 1, 0, 0));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> new L64X128Mix(1, 1, 1, 1).nextArrayOfDouble(new double[3], 1, 3));
    assertThrows(IllegalArgumentException.class, () -> new L64X128Mix(1, 1, 1, 1).nextInt(3, 2));
  }

  @Test
  void wholeNumbersHaveTheirRange() {
    L64X128Mix stream = new L64X128Mix(1, 1, 1, 1);
    int[] counts = new int[6];
    int[] drawn = new int[60_000];
    stream.nextArrayOfInt(-2, 3, drawn, 0, drawn.length);
    for (int number : drawn) {
      counts[number + 2]++;
    }
    for (int count : counts) {
      // Standard deviation 91; 4.5 of them.
      assertEquals(10_000, count, 410);
    }
    stream.nextInt(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
