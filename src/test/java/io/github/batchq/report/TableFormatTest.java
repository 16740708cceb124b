package io.github.batchq.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFormatTest {
  private static final ResultTable TABLE =
      new ResultTable(
          List.of("policy", "rate", "throughput"),
          List.of(
              List.of("standard", "4", "3.9871234567891234"),
              List.of("multi|bin", "12.5", ""),
              List.of("", "0.1", "1.0E-7")));

  @Test
  void aConsoleTableAlignsNumbersOnTheRightAndRoundsThem() {
    assertEquals(
        """
        policy     rate  throughput
        ---------  ----  ----------
        standard      4     3.98712
        multi|bin  12.5
                    0.1        1e-7
        """,
        TableFormat.TABLE.render(TABLE));
  }

  /** A row takes several lines; what is for programs stays in one. */
  @Test
  void aTableOfWordsFitsTheConsole() {
    ResultTable words =
        new ResultTable(
            List.of("name", "description"),
            List.of(
                List.of("short", "two words"),
                List.of("wide", "one two, three four(five,six,seven) eight"),
                List.of("hard", "abcdefghijklmnopqrstuvwxyz")));
    assertEquals(
        """
        name   description
        -----  --------------
        short  two words
        wide   one two, three
                 four(five,
                 six,seven)
                 eight
        hard   abcdefghijklmn
                 opqrstuvwxyz
        """,
        TableFormat.TABLE.renderWithin(words, 21));
    assertEquals(TableFormat.TABLE.render(words), TableFormat.TABLE.renderWithin(words, 100));
    for (TableFormat format : List.of(TableFormat.CSV, TableFormat.JSON, TableFormat.MARKDOWN)) {
      assertEquals(format.render(words), format.renderWithin(words, 21));
    }
  }

  @Test
  void aPipeTableEscapesPipesAndMarksTheAlignment() {
    assertEquals(
        """
        | policy     | rate | throughput |
        | ---------- | ---: | ---------: |
        | standard   |    4 |    3.98712 |
        | multi\\|bin | 12.5 |            |
        |            |  0.1 |       1e-7 |
        """,
        TableFormat.MARKDOWN.render(TABLE));
  }

  @Test
  void csvKeepsEveryDigit() {
    assertEquals(
        "policy,rate,throughput\nstandard,4,3.9871234567891234\nmulti|bin,12.5,\n\"\",0.1,1.0E-7\n",
        TableFormat.CSV.render(TABLE));
  }

  @Test
  void jsonKeepsNumbersAsNumbersAndTextAsText() throws Exception {
    JsonNode rows = new ObjectMapper().readTree(TableFormat.JSON.render(TABLE));
    assertEquals(3, rows.size());
    assertEquals("standard", rows.get(0).get("policy").textValue());
    assertTrue(rows.get(0).get("rate").isInt());
    assertEquals(3.9871234567891234, rows.get(0).get("throughput").doubleValue());
    assertTrue(rows.get(1).get("throughput").isNull());
    assertTrue(rows.get(2).get("policy").isNull());
    assertEquals(1e-7, rows.get(2).get("throughput").doubleValue());
  }

  @Test
  void anInfiniteNumberIsTextInJsonBecauseJsonHasNone() throws Exception {
    ResultTable table =
        new ResultTable(
            List.of("latency", "note"), List.of(List.of(ResultTable.cell(1 / 0.0), "1d")));
    JsonNode row = new ObjectMapper().readTree(TableFormat.JSON.render(table)).get(0);
    assertEquals("Infinity", row.get("latency").textValue());
    assertEquals("1d", row.get("note").textValue());
  }

  @Test
  void anEmptyTableHasItsHeader() {
    ResultTable empty = new ResultTable(List.of("rate"), List.of());
    assertEquals("rate\n----\n", TableFormat.TABLE.render(empty));
    assertEquals("[]\n", TableFormat.JSON.render(empty));
  }

  @ParameterizedTest
  @CsvSource({
    "128000, 128000",
    "12345678.9, 12345679",
    "0.1, 0.1",
    "0.30000000000000004, 0.3",
    "9.9999996, 10",
    "-0.00012345678, -0.000123457",
    "0.00001, 0.00001",
    "1.23456789E-9, 1.23457e-9",
    "9.999999999E-7, 1e-6",
    "1.0E20, 1e20",
    "0.0, 0",
    "-0.0, 0",
    "NaN, NaN",
    "equal-mass, equal-mass"
  })
  void roundingKeepsSixDigitsAndNeverThoseBeforeThePoint(String text, String rounded) {
    assertEquals(rounded, Numerals.rounded(text));
  }
}
