package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** M/M/c against its birth and death process, state by state. */
class ErlangCTest {
  @ParameterizedTest
  @CsvSource({"0.5, 1, 1, 4", "0.2, 3, 10, 5", "7.6, 8, 1, 8", "0.01, 2, 3, 9", "95, 100, 1, 140"})
  void statesByThemselves(double rate, int servers, double service, int limit) {
    double log = 0;
    double most = 0;
    double[] logs = new double[20_000];
    for (int n = 1; n < logs.length; n++) {
      log += Math.log(rate * service / Math.min(n, servers));
      logs[n] = log;
      most = Math.max(most, log);
    }
    double total = 0;
    double there = 0;
    double inFlight = 0;
    for (int n = 0; n < logs.length; n++) {
      double p = Math.exp(logs[n] - most);
      total += p;
      there += n * p;
      inFlight += Math.min(n, limit) * p;
    }
    ErlangC queue = new ErlangC(rate, servers, service);
    assertEquals(there / total / rate, queue.meanLatency().value(), 1e-10 * service);
    assertEquals(inFlight / total, queue.meanAtMost(limit), 1e-10 * servers);
  }

  @Test
  void outOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ErlangC(1, 2, 2));
    assertThrows(IllegalArgumentException.class, () -> new ErlangC(1, 2, 1).meanAtMost(1));
  }
}
