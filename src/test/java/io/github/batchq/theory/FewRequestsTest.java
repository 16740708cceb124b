package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Uniform;
import org.junit.jupiter.api.Test;

/** Bounds for few requests, against those of asymptotic analysis, exact chains and a search. */
class FewRequestsTest {
  private static BatchSystem system(Law law, int batchSize, BatchTime time, int servers) {
    return new BatchSystem(law, BinBoundaries.none(), batchSize, time, servers);
  }

  private static final BatchTime COSTLY = new BatchTime(2, 0.1, 0.5, 0.05);

  @Test
  void neverAboveAsymptoticAnalysis() {
    for (Law law : new Law[] {new Uniform(1, 20), new Exponential(0.1)}) {
      for (int clients : new int[] {1, 3, 8, 12, 30, 100}) {
        for (double think : new double[] {0, 3, 50}) {
          BatchSystem system = system(law, 4, BatchTime.LONGEST, 3);
          double bound = new FewRequests(system, 1, false).throughput(clients, think).value();
          double known =
              new ClosedLoop(clients, think)
                  .mostThroughput(law.mean(), Throughput.capacity(system).value())
                  .value();
          assertTrue(bound <= known * (1 + 1e-12));
          boolean between =
              (clients == 8 && think == 0)
                  || (clients == 12 && think == 3)
                  || (clients == 30 && think == 50);
          assertTrue(!between || bound < known * (1 - 1e-3));
          double early = new FewRequests(system, 1, true).throughput(clients, think).value();
          assertTrue(early <= known * (1 + 1e-12) && early >= bound * (1 - 1e-12));
        }
      }
    }
  }

  /** One server's chain is below it, for batches that are whole and for those that are left. */
  @Test
  void neverBelowTheTruth() {
    for (BatchTime time : new BatchTime[] {BatchTime.LONGEST, COSTLY}) {
      for (boolean elastic : new boolean[] {false, true}) {
        for (int least : new int[] {1, 3}) {
          BatchSystem system = system(new Uniform(1, 20), 4, time, 1);
          FewRequests bound = new FewRequests(system, least, elastic);
          for (int clients : new int[] {3, 8, 20}) {
            ClosedBatches chain = new ClosedBatches(system, least, clients, 20, elastic);
            double most = bound.throughput(clients, 20).value();
            assertTrue(chain.throughput().value() <= most, time + " " + elastic + " " + clients);
            assertTrue(chain.meanLatency().value() >= bound.latency(clients, 20).value());
          }
        }
      }
    }
  }

  /** The least concave function by all pairs of sizes. */
  @Test
  void mixturesOfTwoSizesReachIt() {
    for (boolean elastic : new boolean[] {false, true}) {
      BatchSystem system = system(new Exponential(0.1), 6, COSTLY, 2);
      double[] there = new double[7];
      double[] rate = new double[7];
      for (int b = 1; b <= 6; b++) {
        double harmonic = 0;
        for (int j = 1; j <= b; j++) {
          harmonic += 1.0 / j;
        }
        rate[b] = b / (2 + 0.1 * b + (0.5 + 0.05 * b) * 10 * harmonic);
        there[b] = elastic ? rate[b] * (2 + 0.1 * b + (0.5 + 0.05 * b) * 10) : b;
      }
      for (int requests = 1; requests <= 14; requests++) {
        double best = 0;
        double each = requests / 2.0;
        int most = Math.min(6, requests);
        for (int a = 0; a <= most; a++) {
          for (int b = 0; b <= most; b++) {
            if (there[a] <= each) {
              double share = there[b] <= each ? 1 : (each - there[a]) / (there[b] - there[a]);
              best = Math.max(best, rate[a] + share * (rate[b] - rate[a]));
            }
          }
        }
        double found = new FewRequests(system, 1, elastic).capacity(requests).value();
        assertEquals(2 * best, found, 1e-9 * best);
      }
    }
  }

  @Test
  void outOfRangeIsRefused() {
    BatchSystem system = system(new Uniform(1, 20), 4, BatchTime.LONGEST, 1);
    assertThrows(IllegalArgumentException.class, () -> new FewRequests(system, 5, false));
    FewRequests few = new FewRequests(system, 1, false);
    assertThrows(IllegalArgumentException.class, () -> few.capacity(0));
    assertThrows(IllegalArgumentException.class, () -> few.throughput(1, -1));
  }
}
