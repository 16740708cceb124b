package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BinBoundaries;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardBatchingTest implements PolicyBattery {
  @Override
  public List<Case> specs() {
    return List.of(
        new Case(new StandardBatching(1, null), BinBoundaries.none()),
        new Case(new StandardBatching(8, null), BinBoundaries.none()),
        new Case(new StandardBatching(8, Drain.DISCARD), BinBoundaries.none()));
  }

  @Test
  void isOneBin() {
    assertEquals(1, new StandardBatching(8, null).bins());
    assertNull(new StandardBatching(8, null).boundaries());
  }

  @Test
  void refusesABatchSizeOfNothing() {
    assertEquals(
        "batchSize must be at least 1, found 0",
        assertThrows(IllegalArgumentException.class, () -> new StandardBatching(0, null))
            .getMessage());
  }
}
