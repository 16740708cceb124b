package io.github.batchq.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.ResultTable.Cells;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A table of columns of numbers is the table of their texts. */
class ResultTableTest {
  private static ResultTable ofColumns() {
    double[] numbers = {0.1, Double.NaN, Double.POSITIVE_INFINITY};
    List<String> texts = List.of("a,b", "", "say \"c\"");
    Map<String, Cells> columns = new LinkedHashMap<>();
    columns.put("x", Cells.of(numbers));
    columns.put("what", texts::get);
    return new ResultTable(3, columns);
  }

  private static ResultTable ofRows() {
    return new ResultTable(
        List.of("x", "what"),
        List.of(List.of("0.1", "a,b"), List.of("", ""), List.of("Infinity", "say \"c\"")));
  }

  @Test
  void columnsAndRowsAreOneTable() {
    assertEquals(ofRows(), ofColumns());
    assertEquals(ofRows().hashCode(), ofColumns().hashCode());
    assertEquals(ofRows().toString(), ofColumns().toString());
    assertEquals(ofRows().toCsv(), ofColumns().toCsv());
    assertEquals("x,what\n0.1,\"a,b\"\n\"\",\nInfinity,\"say \"\"c\"\"\"\n", ofColumns().toCsv());
    assertNotEquals(new ResultTable(List.of("x", "what"), List.of()), ofColumns());
  }

  @Test
  void numbersAreReadAsTheyAreWritten() {
    for (ResultTable table : List.of(ofRows(), ofColumns())) {
      assertEquals(0.1, table.number(0, "x"));
      assertTrue(Double.isNaN(table.number(1, "x")));
      assertEquals(Double.POSITIVE_INFINITY, table.number(2, "x"));
      assertTrue(Double.isNaN(table.number(1, "what")));
      assertEquals(
          "row 1, column 'what': 'a,b' is not a number",
          assertThrows(BadInputException.class, () -> table.number(0, "what")).getMessage());
      assertEquals(
          "there is no column 'y'; the table has x, what",
          assertThrows(BadInputException.class, () -> table.text(0, "y")).getMessage());
    }
  }
}
