package io.github.batchq.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measured values with their intervals, and known values beside them. */
class MeasuredNumeralsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "empty",
      value = {
        "0.5442670210583749 | 0.0015733942436039017 | 0.5443 ± 0.0016",
        "0.999772 | 0.000051 | 0.999772 ± 0.000051",
        "26.77133 | 0.0996 | 26.77 ± 0.10",
        "253.4 | 71.2 | 253 ± 71",
        "15234.4 | 1249 | 15200 ± 1200",
        "-3.14159 | 0.25 | -3.14 ± 0.25",
        "8 | 0 | 8 ± 0",
        // The interval of a constant is what rounding leaves of it.
        "0.1 | 1.4e-17 | 0.1 ± 0",
        "0 | 0.0123 | 0.000 ± 0.012",
        "1.234e-8 | 5.6789e-9 | 1.234e-8 ± 5.7e-9",
        "5.414312345 | NaN | 5.41431",
        "Infinity | NaN | inf",
        "-Infinity | NaN | -inf",
        "NaN | NaN | empty",
        "NaN | 1 | empty"
      })
  void halfWidthsHaveTwoDigitsAndValuesEndWithThem(
      double value, double halfWidth, @org.jspecify.annotations.Nullable String text) {
    assertEquals(text == null ? "" : text, Numerals.measured(value, halfWidth));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "empty",
      value = {
        "0.5446390400287477 | 0.0015733942436039017 | 0.5446",
        "0.3 | 0.0012 | 0.3000",
        "21.69123 | 1.0 | 21.7",
        "1523.4 | 120 | 1523",
        // Three digits at least, however wide the interval is.
        "0.00123456 | 0.5 | 0.00123",
        "3.456 | 12 | 3.46",
        "0 | 0.5 | 0",
        "0.5446390400287477 | 0 | 0.544639",
        "0.5446390400287477 | NaN | 0.544639",
        "Infinity | 0.1 | inf",
        "NaN | 0.1 | empty"
      })
  void knownValuesHaveTheDecimalsOfTheMeasuredOne(
      double known, double halfWidth, @org.jspecify.annotations.Nullable String text) {
    assertEquals(text == null ? "" : text, Numerals.beside(known, halfWidth));
  }

  @ParameterizedTest
  @CsvSource({"123456, 5, 123460", "0.00012345, 3, 0.000123", "2.5, 1, 3", "7.0, 6, 7", "0, 5, 0"})
  void significantDigitsHaveNoExponent(double value, int digits, String text) {
    assertEquals(text, Numerals.digits(value, digits));
    assertEquals(text + " ± 0.10", Numerals.digits(value, digits, 0.1));
  }
}
