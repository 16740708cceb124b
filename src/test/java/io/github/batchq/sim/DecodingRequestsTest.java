package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests come and go at random beside a list that is sorted anew for every look at it. */
class DecodingRequestsTest {
  private static final Comparator<ServedRequest> ORDER =
      Comparator.<ServedRequest>comparingLong(request -> request.lastStep)
          .thenComparing(Comparator.<ServedRequest>comparingLong(r -> r.joined).reversed());

  @ParameterizedTest
  @CsvSource({"5, 1", "5, 3", "40, 10", "300, 50", "300, 100000"})
  void aSortedListAgrees(int most, int steps) {
    Random random = new Random(most + steps);
    DecodingRequests requests = new DecodingRequests();
    List<ServedRequest> expected = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      int what = random.nextInt(20);
      if (expected.isEmpty() || (what < 11 && expected.size() < most)) {
        ServedRequest request = new ServedRequest();
        request.joined = i;
        request.lastStep = random.nextInt(steps);
        requests.add(request);
        expected.add(request);
        expected.sort(ORDER);
      } else if (what < 19) {
        assertSame(expected.get(0), requests.first());
        assertSame(expected.remove(0), requests.removeFirst());
      } else {
        ServedRequest last = requests.lastJoined();
        assertEquals(expected.stream().mapToLong(r -> r.joined).max().orElseThrow(), last.joined);
        requests.remove(last);
        expected.remove(last);
      }
      assertEquals(expected, requests.all());
      assertEquals(expected.size(), requests.size());
      assertEquals(expected.isEmpty(), requests.isEmpty());
    }
    requests.clear();
    assertEquals(List.of(), requests.all());
  }
}
