package io.github.batchq.file.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalNumberTest {
  /** The short way to a double against that of Java, to the last bit. */
  @Test
  void isTheNearestDouble() {
    Random random = new Random(18);
    for (int i = 0; i < 200_000; i++) {
      BigInteger digits = new BigInteger(1 + random.nextInt(60), random);
      String text = new BigDecimal(digits, random.nextInt(20)).toPlainString();
      String signed = random.nextInt(4) == 0 ? "-" + text : text;
      double expected = Double.parseDouble(signed) + 0.0;
      double found = DecimalNumber.parse(signed);
      if (Double.isNaN(found)) {
        assertTrue(new BigDecimal(expected).compareTo(new BigDecimal(signed)) != 0, signed);
        assertTrue(Math.abs(expected) >= 1L << 53, signed);
      } else {
        assertEquals(expected, found, signed);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "007",
        "5.",
        ".5",
        "+2",
        "1e3",
        "1E-3",
        "-2.5e+10",
        "9007199254740992",
        "9007199254740994",
        "100000000000000000000",
        "1.7976931348623157e308",
        "4.9e-324",
        "0e999",
        "0.30000000000000004",
        "123456789012345.6"
      })
  void readsWhatIsADouble(String text) {
    assertEquals(Double.parseDouble(text) + 0.0, DecimalNumber.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "-",
        "+",
        "e5",
        "1e",
        "1e+",
        "1-2",
        "+-1",
        "1.2.3",
        "..",
        "1..",
        "0x1p3",
        "1d",
        "1F",
        "1L",
        "NaN",
        "Infinity",
        " 1",
        "1 ",
        "1\t",
        "1_0",
        "1,5",
        "9007199254740993",
        "9007199254740993.0",
        "-9007199254740993",
        "1e309",
        "1e-400",
        "0.0001e-400"
      })
  void readsNothingElse(String text) {
    assertTrue(Double.isNaN(DecimalNumber.parse(text)), text);
    assertTrue(
        DecimalNumber.fault(text).endsWith("expected")
            || DecimalNumber.fault(text).matches(".*(beyond|nearer).*"),
        text);
  }
}
