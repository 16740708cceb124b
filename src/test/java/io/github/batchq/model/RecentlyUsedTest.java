package io.github.batchq.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentlyUsedTest {
  @Test
  void forgetsWhatWasNotAskedForLongest() {
    List<Integer> computed = new ArrayList<>();
    RecentlyUsed<Integer, String> texts = new RecentlyUsed<>(2);
    for (int key : new int[] {1, 2, 1, 3, 1, 2}) {
      assertEquals(
          "text " + key,
          texts.get(
              key,
              k -> {
                computed.add(k);
                return "text " + k;
              }));
    }
    // 2 was forgotten when 3 came, since 1 had been asked for after it.
    assertEquals(List.of(1, 2, 3, 2), computed);
  }
}
