package io.github.batchq.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.ServiceTableSpec;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BatchShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTableTest {
  private static final String GRID =
      """
      batchSize,length,seconds
      1,10,0.1
      1,20,0.3
      1,100,0.7
      4,10,0.2
      4,20,0.5
      4,100,1.5
      8,10,0.4
      8,20,0.9
      8,100,3.1
      """;

  @TempDir private Path folder;

  private ServiceTimeModel table(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    return new ServiceTableSpec(new DataFile("t.csv", file.toString())).create();
  }

  private static double seconds(ServiceTimeModel table, int size, double longest) {
    return table.seconds(new BatchShape(size, longest, longest, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10, 0.1",
    "1, 100, 0.7",
    "4, 20, 0.5",
    "8, 10, 0.4",
    "8, 100, 3.1",
  })
  void exactAtItsPoints(int size, double length, double seconds) throws IOException {
    assertEquals(seconds, seconds(table(GRID), size, length));
  }

  @ParameterizedTest
  @CsvSource({
    // Between lengths, between sizes, between both: (0.35 + 2 * 0.2) / 3 and so on.
    "1, 15, 0.2",
    "4, 60, 1.0",
    "6, 10, 0.3",
    "2, 10, 0.13333333333333333",
    "6, 15, 0.5",
    "7, 60, 1.75",
  })
  void bilinearBetweenThem(int size, double length, double seconds) throws IOException {
    assertEquals(seconds, seconds(table(GRID), size, length), 1e-14);
  }

  @Test
  void ownTimesAreInterpolatedOneByOne() throws IOException {
    double own =
        table(GRID).ownSeconds(new BatchShape(4, 60, 95, 0), new double[] {60, 15, 10, 10});
    assertEquals(1.0 + 0.35 + 0.2 + 0.2, own, 1e-14);
  }

  @Test
  void refusesWhatLiesOutside() throws IOException {
    ServiceTimeModel table = table(GRID);
    String lengths = " is outside the table t.csv, which has lengths 10.0 to 100.0";
    refused("a length of 101.0" + lengths, () -> seconds(table, 1, 101));
    refused("a length of 9.0" + lengths, () -> seconds(table, 1, 9));
    refused("a length of 9.0" + lengths, () -> table.check(4, 9, 50));
    refused("a length of Infinity" + lengths, () -> table.check(4, 10, Double.POSITIVE_INFINITY));
    refused(
        "a batch of 9 is outside the table t.csv, which has batch sizes 1 to 8",
        () -> seconds(table, 9, 50));
    table.check(8, 10, 100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4,20,0.5 | 4,15,0.5 | line 6: every batchSize needs the same lengths in the same order, found 15.0",
        "4,20,0.5 | 4,10,0.5 | line 6: every batchSize needs the same lengths in the same order, found 10.0",
        "1,20,0.3 | 1,10,0.3 | line 3: the lengths of a batchSize must increase",
        "8,10,0.4 | 3,10,0.4 | line 8: rows must be ordered by batchSize, found 3 after 4",
        "8,10,0.4 | 4,200,2 | line 8: every batchSize needs the same lengths in the same order, found 200.0",
        "4,100,1.5 | 5,10,1.5 | line 7: batchSize 4 has no row of length 100.0",
        "8,100,3.1 | 9,10,3.1 | line 10: batchSize 8 has no row of length 100.0",
        "4,20,0.5 | 4,20,-1 | line 6: seconds must be positive, found -1",
        "4,20,0.5 | 4,20,x | line 6: seconds is 'x', a number was expected",
        "4,20,0.5 | 4.5,20,1 | line 6: batchSize must be a whole number of at least 1, found 4.5",
        "4,20,0.5 | 4,-2,1 | line 6: length must be at least 0, found -2",
        "batchSize,length | size,length | line 1: there is no column 'batchSize'",
      })
  void refusesWhatIsNoGrid(String right, String wrong, String sentence) {
    refused("t.csv, " + sentence, () -> table(GRID.replace(right, wrong)));
  }

  @Test
  void refusesAGridThatEndsEarly() {
    refused(
        "t.csv: batchSize 8 has no row of length 100.0",
        () -> table(GRID.replace("8,100,3.1\n", "")));
    refused(
        "t.csv has no measurement, at least one was expected",
        () -> table("batchSize,length,seconds\n"));
  }

  private interface Call {
    void run() throws IOException;
  }

  private static void refused(String words, Call call) {
    String message = assertThrows(BadInputException.class, call::run).getMessage();
    assertTrue(message.startsWith(words), message);
  }
}
