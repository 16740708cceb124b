package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRefused;
import static io.github.batchq.theory.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class TimeoutBatchingTest {
  private static BatchSystem uniform(int batchSize) {
    return BatchSystem.of(new Uniform(1, 20), BinBoundaries.none(), batchSize);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/io/github/batchq/theory/timeouts.csv", delimiter = '|')
  void reproducesTheTable(
      double rate,
      int batchSize,
      double timeout,
      double wait,
      double seen,
      double size,
      double seconds) {
    TimeoutBatching batching = new TimeoutBatching(uniform(batchSize), timeout, rate);
    assertEquals(wait, batching.formation().value(), 5.1e-7);
    assertEquals(seen, batching.requestSeconds().value(), 5.1e-7);
    assertEquals(size, batching.meanSize().value(), 5.1e-7);
    assertEquals(seconds, batching.meanBatchSeconds(0).value(), 5.1e-7);
    assertRelative(rate * seconds / size, batching.load().value(), 1e-6);
    assertEquals(wait + seen, batching.infiniteServers().value(), 1.1e-6);
    assertEquals(1, Arrays.stream(batching.sizes(0)).sum(), 1e-14);
    assertEquals(batching.formation().value(), batching.formation(0).value(), 1e-12);
    assertEquals(batching.meanSize().value(), batching.meanSize(0).value(), 1e-12 * size);
    assertEquals(batching.requestSeconds().value(), batching.requestSeconds(0).value(), 1e-12);
  }

  @Test
  void patienceFillsBatches() {
    TimeoutBatching patient = new TimeoutBatching(uniform(8), Double.POSITIVE_INFINITY, 0.3);
    assertRelative(7 / 0.6, patient.formation().value(), 1e-14);
    assertEquals(8, patient.meanSize().value(), 1e-14);
    TimeoutBatching hasty = new TimeoutBatching(uniform(8), 0, 0.3);
    assertEquals(0, hasty.formation().value());
    assertEquals(1, hasty.meanSize().value());
    assertRelative(0.3 * 10.5, hasty.load().value(), 1e-12);
    double wait = 0;
    double load = Double.POSITIVE_INFINITY;
    for (double timeout = 1; timeout < 200; timeout *= 2) {
      TimeoutBatching batching = new TimeoutBatching(uniform(8), timeout, 0.3);
      assertTrue(batching.formation().value() > wait);
      assertTrue(batching.load().value() < load);
      wait = batching.formation().value();
      load = batching.load().value();
    }
    assertRelative(7 / 0.6, wait, 1e-6);
  }

  /** Bins are averaged with their shares; each is a system of its own. */
  @Test
  void binsAreSystemsOfTheirOwn() {
    Exponential law = new Exponential(0.1);
    BinBoundaries bins = BinBoundaries.of(5, 20);
    BatchSystem system = new BatchSystem(law, bins, 16, new BatchTime(0.5, 0.1, 2, 0.05), 3);
    TimeoutBatching batching = new TimeoutBatching(system, 4, 6);
    double[] masses = BatchMaximum.binProbabilities(law, bins);
    double wait = 0;
    double seen = 0;
    double load = 0;
    double batches = 0;
    for (int bin = 0; bin < 3; bin++) {
      wait += masses[bin] * batching.formation(bin).value();
      seen += masses[bin] * batching.requestSeconds(bin).value();
      double flow = 6 * masses[bin] / batching.meanSize(bin).value();
      batches += flow;
      load += flow * batching.meanBatchSeconds(bin).value() / 3;
      double[] sizes = batching.sizes(bin);
      double mean = 0;
      for (int n = 1; n < sizes.length; n++) {
        mean += n * sizes[n];
      }
      assertRelative(mean, batching.meanSize(bin).value(), 1e-12);
    }
    assertRelative(wait, batching.formation().value(), 1e-12);
    assertRelative(seen, batching.requestSeconds().value(), 1e-12);
    assertRelative(load, batching.load().value(), 1e-12);
    assertRelative(6 / batches, batching.meanSize().value(), 1e-12);
    TimeoutBatching patient = new TimeoutBatching(system, Double.POSITIVE_INFINITY, 6);
    assertRelative(Latency.formation(system, 6).value(), patient.formation().value(), 1e-12);
    assertRelative(
        Latency.infiniteServers(system, 6).value(), patient.infiniteServers().value(), 1e-12);
  }

  /** The load is 1 at the capacity, which lies between single requests and full batches. */
  @Test
  void capacityIsWhereTheLoadIsOne() {
    BatchSystem system =
        new BatchSystem(
            new Exponential(0.1), BinBoundaries.of(5, 20), 16, new BatchTime(0.5, 0.1, 2, 0.05), 3);
    double full = Throughput.capacity(system).value();
    double before = TimeoutBatching.capacity(system, 0).value();
    assertRelative(3 / new BatchTime(0.5, 0.1, 2, 0.05).seconds(1, 10), before, 1e-12);
    for (double timeout : new double[] {1, 10, 100, 1000}) {
      double capacity = TimeoutBatching.capacity(system, timeout).value();
      assertRelative(1, new TimeoutBatching(system, timeout, capacity).load().value(), 1e-10);
      assertTrue(capacity > before && capacity <= full * (1 + 1e-12), timeout + " s");
      before = capacity;
    }
    assertRelative(full, before, 1e-9);
    assertRelative(full, TimeoutBatching.capacity(system, Double.POSITIVE_INFINITY).value(), 1e-12);
    BatchSystem endless = BatchSystem.of(new Pareto(1, 1), BinBoundaries.none(), 8);
    assertEquals(0, TimeoutBatching.capacity(endless, 1).value());
  }

  @Test
  void refusesWhatHasNoValue() {
    assertRefused("timeout", () -> new TimeoutBatching(uniform(8), -1, 1));
    assertRefused("rate", () -> new TimeoutBatching(uniform(8), 1, 0));
    TimeoutBatching empty =
        new TimeoutBatching(BatchSystem.of(new Uniform(1, 20), BinBoundaries.of(0.5), 8), 1, 1);
    assertRefused("nobody", () -> empty.sizes(0));
    assertRelative(
        new TimeoutBatching(uniform(8), 1, 1).formation().value(),
        empty.formation().value(),
        1e-14);
    TimeoutBatching endless =
        new TimeoutBatching(BatchSystem.of(new Pareto(1, 1), BinBoundaries.none(), 8), 1, 1);
    assertEquals("undefined", endless.load().kind());
    assertEquals("undefined", endless.requestSeconds().kind());
    assertEquals("exact", endless.formation().kind());
  }
}
