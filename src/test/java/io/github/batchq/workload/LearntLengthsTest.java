package io.github.batchq.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A table of lengths, whatever learnt it. */
class LearntLengthsTest {
  @Test
  void theNearestNumberOfPromptTokensCounts() {
    LearntLengths learnt =
        new LearntLengths(
            new int[] {10, 20, 40}, new double[] {1, 2, 3}, new double[] {100, 200, 300});
    assertEquals(100, learnt.length(0));
    assertEquals(100, learnt.length(15));
    assertEquals(200, learnt.length(16));
    assertEquals(2, learnt.mean(20));
    assertEquals(300, learnt.length(Integer.MAX_VALUE));
  }

  @Test
  void refusesWhatIsNoTable() {
    refused("found 0 numbers", new int[0], new double[0], new double[0]);
    refused("found 2 numbers, 1 means", new int[] {1, 2}, new double[1], new double[2]);
    refused("2 means and 3 lengths", new int[] {1, 2}, new double[2], new double[3]);
    refused("must increase, found 2 after 2", new int[] {2, 2}, new double[2], new double[2]);
  }

  private static void refused(String words, int[] prompts, double[] means, double[] lengths) {
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new LearntLengths(prompts, means, lengths))
                .getMessage());
    assertTrue(message.contains(words), message);
  }
}
