package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.LawCall;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Truncated;
import io.github.batchq.random.Uniform;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed loops whose requests leave a batch that holds its server, against other programs. */
class ElasticClosedBatchesTest {
  private static ClosedBatches elastic(
      Law law, int batchSize, int least, int clients, double think) {
    return new ClosedBatches(
        BatchSystem.of(law, BinBoundaries.none(), batchSize), least, clients, think, true);
  }

  /** With exponential lengths all is a Markov chain in time: who runs, and who waits. */
  @ParameterizedTest
  @CsvSource({"2, 2, 2, 10", "4, 1, 8, 20", "4, 3, 8, 5", "3, 1, 2, 1", "8, 5, 12, 100"})
  void exponentialLengths(int batchSize, int least, int clients, double think) {
    double mean = 6;
    int width = clients + 1;
    int states = (batchSize + 1) * width;
    RealMatrix rates = new Array2DRowRealMatrix(states, states);
    for (int running = 0; running <= batchSize; running++) {
      for (int waiting = 0; waiting + running <= clients; waiting++) {
        int from = running * width + waiting;
        int thinking = clients - running - waiting;
        if (running == 0 && waiting >= least) {
          continue;
        }
        if (thinking > 0) {
          move(rates, from, running, waiting + 1, thinking / think, least, batchSize, width);
        }
        if (running > 0) {
          move(rates, from, running - 1, waiting, running / mean, least, batchSize, width);
        }
      }
    }
    double[] law = stationary(rates);
    double busy = 0;
    double runs = 0;
    for (int state = 0; state < states; state++) {
      int running = state / width;
      runs += law[state] * running;
      busy += running > 0 ? law[state] : 0;
    }
    ClosedBatches chain = elastic(new Exponential(1 / mean), batchSize, least, clients, think);
    assertEquals(runs / mean, chain.throughput().value(), 1e-10);
    assertEquals(busy, chain.utilization().value(), 1e-9);
    assertEquals(clients * mean / runs - think, chain.meanLatency().value(), 1e-8);
    assertEquals(mean, chain.requestBatchSeconds().value(), 1e-10);
    assertEquals(clients * mean / runs - think - mean, chain.meanWait().value(), 1e-8);
  }

  private static void move(
      RealMatrix rates,
      int from,
      int running,
      int waiting,
      double rate,
      int least,
      int batchSize,
      int width) {
    int taken = running == 0 && waiting >= least ? Math.min(waiting, batchSize) : 0;
    rates.addToEntry(from, (running + taken) * width + waiting - taken, rate);
    rates.addToEntry(from, from, -rate);
  }

  private static double[] stationary(RealMatrix rates) {
    int states = rates.getRowDimension();
    RealMatrix equations = rates.transpose();
    for (int i = 0; i < states; i++) {
      // States that are never left are never met.
      if (rates.getEntry(i, i) == 0) {
        equations.setEntry(i, i, 1);
      }
    }
    RealVector right = new ArrayRealVector(states);
    int known = states == 0 ? 0 : Math.max(0, firstMet(rates));
    for (int j = 0; j < states; j++) {
      equations.setEntry(known, j, 1);
    }
    right.setEntry(known, 1);
    return new LUDecomposition(equations, 0).getSolver().solve(right).toArray();
  }

  private static int firstMet(RealMatrix rates) {
    int state = 0;
    while (rates.getEntry(state, state) == 0) {
      state++;
    }
    return state;
  }

  /** Equal lengths end together, so that leaving early is nothing. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4})
  void equalLengthsAreWholeBatches(int least) {
    Law law = new Deterministic(7);
    ClosedBatches whole =
        new ClosedBatches(BatchSystem.of(law, BinBoundaries.none(), 4), least, 9, 20);
    ClosedBatches early = elastic(law, 4, least, 9, 20);
    assertEquals(whole.throughput().value(), early.throughput().value(), 1e-13);
    assertEquals(whole.meanWait().value(), early.meanWait().value(), 1e-10);
  }

  /** A plain simulation of clients, for lengths with a density, with atoms and with both. */
  @Test
  void aSimulationAgrees() {
    Law atoms = Empirical.of(new double[] {1, 6, 9}, new long[] {3, 4, 3});
    Law both = LawCall.law("mixture(0.5,uniform(1,20),0.5,deterministic(12))", Path.of(""));
    for (Law law :
        new Law[] {new Uniform(1, 20), atoms, both, new Truncated(new Exponential(0.1), 2, 30)}) {
      double think = 15;
      int clients = 7;
      ClosedBatches chain = elastic(law, 3, 2, clients, think);
      int runs = 20;
      double[] throughput = new double[runs];
      for (int run = 0; run < runs; run++) {
        throughput[run] = simulated(law, 3, 2, clients, think, new SplittableRandom(77 + run));
      }
      double mean = Arrays.stream(throughput).average().orElseThrow();
      double variance =
          Arrays.stream(throughput).map(x -> (x - mean) * (x - mean)).sum() / (runs - 1);
      double error = Math.sqrt(variance / runs);
      assertEquals(chain.throughput().value(), mean, 3.883 * error, law.toString());
      assertTrue(error < 0.003 * mean);
    }
  }

  private static double simulated(
      Law law, int batchSize, int least, int clients, double think, SplittableRandom random) {
    DoubleUnaryOperator lengths = law.transform();
    double[] comes = new double[clients];
    for (int i = 0; i < clients; i++) {
      comes[i] = -think * Math.log1p(-random.nextDouble());
    }
    double now = 0;
    int answers = 0;
    while (answers < 30_000) {
      double[] order = comes.clone();
      Arrays.sort(order);
      now = Math.max(now, order[least - 1]);
      double start = now;
      int taken = 0;
      while (taken < batchSize) {
        int first = -1;
        for (int i = 0; i < clients; i++) {
          first = comes[i] <= start && (first < 0 || comes[i] < comes[first]) ? i : first;
        }
        if (first < 0) {
          break;
        }
        double end = start + lengths.applyAsDouble(random.nextDouble());
        now = Math.max(now, end);
        comes[first] = end - think * Math.log1p(-random.nextDouble());
        // Who has come again waits for the next batch.
        comes[first] = Math.max(comes[first], Math.nextUp(start));
        taken++;
      }
      answers += taken;
    }
    return answers / now;
  }
}
