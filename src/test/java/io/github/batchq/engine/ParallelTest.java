package io.github.batchq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks on several threads give what they give one after the other, also when they fail. */
class ParallelTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void resultsAreInTheOrderOfTheTasks(int threads) throws InterruptedException {
    AtomicInteger workers = new AtomicInteger();
    try (Parallel parallel = new Parallel(threads)) {
      assertEquals(
          IntStream.range(0, 1000).map(task -> task * task).boxed().toList(),
          parallel.all(
              1000,
              () -> {
                workers.incrementAndGet();
                return task -> task * task;
              }));
    }
    assertEquals(threads, workers.get());
  }

  @Test
  void noTasksHaveNoResults() throws InterruptedException {
    try (Parallel parallel = new Parallel(2)) {
      assertTrue(parallel.all(0, () -> task -> task).isEmpty());
    }
  }

  /** Task 3 waits until task 7 has failed, and fails then: its sentence is the one to tell. */
  @Test
  void ofSeveralMistakesTheFirstIsTold() {
    CountDownLatch laterFailed = new CountDownLatch(1);
    Set<Integer> begun = ConcurrentHashMap.newKeySet();
    try (Parallel parallel = new Parallel(2)) {
      BadInputException first =
          assertThrows(
              BadInputException.class,
              () ->
                  parallel.all(
                      1000,
                      () ->
                          task -> {
                            begun.add(task);
                            if (task == 3) {
                              laterFailed.await();
                              throw new BadInputException("three");
                            }
                            if (task == 7) {
                              laterFailed.countDown();
                              throw new BadInputException("seven");
                            }
                            return task;
                          }));
      assertEquals("three", first.getMessage());
    }
    // Nothing is begun after a failure but what is before it or was begun already.
    assertTrue(begun.size() < 12, begun.toString());
  }

  @Test
  void aDefectIsNoMistakeOfTheUser() {
    try (Parallel parallel = new Parallel(2)) {
      IllegalStateException defect =
          assertThrows(
              IllegalStateException.class,
              () ->
                  parallel.all(
                      2,
                      () ->
                          task -> {
                            throw new ArithmeticException("task " + task);
                          }));
      assertEquals("a run failed: java.lang.ArithmeticException: task 0", defect.getMessage());
    }
  }

  @Test
  void memoryThatIsUsedUpStaysWhatItIs() {
    try (Parallel parallel = new Parallel(1)) {
      assertThrows(
          OutOfMemoryError.class,
          () ->
              parallel.all(
                  1,
                  () ->
                      task -> {
                        throw new OutOfMemoryError("as if");
                      }));
    }
  }
}
