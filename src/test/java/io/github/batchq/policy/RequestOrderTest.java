package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.batchq.model.QueuedRequest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counting places and the library's stable sort give the same order, equal lengths included. */
class RequestOrderTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 31, 32, 127, 128, 129, 500})
  void theLibraryAgrees(int size) {
    Random random = new Random(size);
    RequestOrder order = new RequestOrder();
    for (int repetition = 0; repetition < 20; repetition++) {
      QueuedRequest[] requests = new QueuedRequest[size + 1];
      Arrays.setAll(requests, i -> new QueuedRequest(i, i, 0, random.nextInt(1 + size / 2) / 3.0));

      QueuedRequest[] byLength = requests.clone();
      order.byLength(byLength, size);
      QueuedRequest[] expected = requests.clone();
      Arrays.sort(expected, 0, size, Comparator.comparingDouble(QueuedRequest::predictedLength));
      assertArrayEquals(expected, byLength);

      order.byArrival(byLength, size);
      assertArrayEquals(requests, byLength);
    }
  }
}
