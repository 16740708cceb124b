package io.github.batchq.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BatchShape;
import org.junit.jupiter.api.Test;

/** A measured grid that never stood in a file. */
class ServiceTableBuilderTest {
  private static ServiceTableBuilder rows(double... sizesLengthsAndSeconds) {
    ServiceTableBuilder rows = new ServiceTableBuilder();
    for (int i = 0; i < sizesLengthsAndSeconds.length; i += 3) {
      rows.add(
          new Measurement(
              (int) sizesLengthsAndSeconds[i],
              sizesLengthsAndSeconds[i + 1],
              sizesLengthsAndSeconds[i + 2],
              0));
    }
    return rows;
  }

  @Test
  void interpolatesWithinItsGrid() {
    ServiceTimeModel model = rows(1, 10, 1, 1, 20, 3, 3, 10, 2, 3, 20, 8).build("mine");
    assertEquals(3.5, model.seconds(new BatchShape(2, 15, 30, 0)));
    assertEquals(
        "a batch of 4 is outside the table mine, which has batch sizes 1 to 3",
        assertThrows(BadInputException.class, () -> model.seconds(new BatchShape(4, 15, 60, 0)))
            .getMessage());
  }

  @Test
  void refusesWhatIsNoGrid() {
    String batch =
        "a measured batch has at least 1 request, a positive time, and a length and prompt tokens of"
            + " at least 0, found ";
    refused(batch + "batchSize 0, length 10.0, seconds 1.0, promptTokens 0", 0, 10, 1);
    refused(batch + "batchSize 1, length -1.0, seconds 1.0, promptTokens 0", 1, -1, 1);
    refused(batch + "batchSize 1, length 10.0, seconds 0.0, promptTokens 0", 1, 10, 0);
    refused(batch + "batchSize 1, length NaN, seconds 1.0, promptTokens 0", 1, Double.NaN, 1);
    refused("rows must be ordered by batchSize, found 1 after 2", 2, 10, 1, 1, 10, 1);
    refused("the lengths of a batchSize must increase, found 9.0 after 10.0", 1, 10, 1, 1, 9, 1);
    refused("batchSize 2 has no row of length 20.0", 1, 10, 1, 1, 20, 1, 2, 10, 1, 3, 10, 1);
    String same = "every batchSize needs the same lengths in the same order, found ";
    refused(same + "11.0 where 10.0 was expected", 1, 10, 1, 2, 11, 1);
    refused(same + "20.0 where the next batchSize was expected", 1, 10, 1, 2, 10, 1, 2, 20, 1);
  }

  private static void refused(String message, double... rows) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> rows(rows)).getMessage());
  }

  @Test
  void refusesAGridWithoutAnEnd() {
    assertEquals(
        "mine has no measurement, at least one was expected",
        assertThrows(BadInputException.class, () -> rows().build("mine")).getMessage());
    ServiceTableBuilder cut = rows(1, 10, 1, 1, 20, 1, 2, 10, 1);
    assertEquals(
        "mine: batchSize 2 has no row of length 20.0",
        assertThrows(BadInputException.class, () -> cut.build("mine")).getMessage());
  }
}
