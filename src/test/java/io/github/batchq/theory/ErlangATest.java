package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Gamma;
import io.github.batchq.random.Law;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Truncated;
import io.github.batchq.random.Uniform;
import io.github.batchq.random.Weibull;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Queues whose requests give up, against birth and death processes, closed forms and each other.
 */
class ErlangATest {
  /** Birth and death by weights from the mode: nothing of the code under test. */
  private record BirthAndDeath(double abandoned, double anyWait, double servedWait, double busy) {
    static BirthAndDeath of(double rate, int servers, double mu, double theta, boolean inService) {
      int states = (int) (servers + 2 * rate / (theta * 1.0) + 400);
      double[] log = new double[states];
      for (int n = 1; n < states; n++) {
        int inUse = Math.min(n, servers);
        double leaving = inUse * mu + (inService ? n : n - inUse) * theta;
        log[n] = log[n - 1] + Math.log(rate) - Math.log(leaving);
      }
      double most = Arrays.stream(log).max().orElseThrow();
      double total = 0;
      double busy = 0;
      double queue = 0;
      double servedWait = 0;
      double served = 0;
      double mean = 0;
      double freed = servers * (inService ? mu + theta : mu);
      double sum = 0;
      for (int n = 0; n < states; n++) {
        double p = Math.exp(log[n] - most);
        total += p;
        busy += p * Math.min(n, servers);
        queue += p * Math.max(0, n - servers);
        mean += p * n;
        if (n >= servers) {
          int ahead = n - servers + 1;
          sum += 1 / (freed + ahead * theta);
          servedWait += p * freed / (freed + ahead * theta) * sum;
          served += p * freed / (freed + ahead * theta);
        } else {
          served += p;
        }
      }
      double gone = (inService ? mean : queue) * theta / rate / total;
      return new BirthAndDeath(
          gone, queue / rate / total, servedWait / served, busy / servers / total);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 1, 1, 1",
    "3, 1, 1, 10",
    "10, 8, 1, 0.1",
    "0.001, 3, 2, 5",
    "950, 1000, 1, 2",
    "1000, 1000, 1, 100",
    "5000, 1000, 1, 0.5",
    "20, 1000, 1, 1",
    "40, 4, 1, 200"
  })
  void exponentialPatienceIsABirthAndDeathProcess(
      double rate, int servers, double service, double patience) {
    Law law = new Exponential(1 / patience);
    BirthAndDeath chain = BirthAndDeath.of(rate, servers, 1 / service, 1 / patience, false);
    ErlangA queue = ErlangA.untilService(rate, servers, service, law);
    same(chain.abandoned(), queue.abandonedShare());
    same(chain.anyWait(), queue.meanWait());
    same(chain.servedWait(), queue.meanWaitOfServed());
    same(chain.busy(), queue.utilization());
    same(chain.servedWait() + service, queue.meanLatency());
    same(rate * (1 - chain.abandoned()), queue.throughput());
    // The same law without the closed form of its integral.
    ErlangA gamma = ErlangA.untilService(rate, servers, service, new Gamma(1, patience));
    same(chain.abandoned(), gamma.abandonedShare());
    same(chain.servedWait(), gamma.meanWaitOfServed());

    BirthAndDeath leaving = BirthAndDeath.of(rate, servers, 1 / service, 1 / patience, true);
    ErlangA all = ErlangA.untilAnswer(rate, servers, service, law, true);
    same(leaving.abandoned(), all.abandonedShare());
    same(leaving.servedWait(), all.meanWaitOfServed());
    same(leaving.busy(), all.utilization());
    same(leaving.busy() * servers / service, all.throughput());
    ErlangA held = ErlangA.untilAnswer(rate, servers, service, law, false);
    same(chain.busy(), held.utilization());
    double answered = (1 - chain.abandoned()) * patience / (patience + service);
    same(1 - answered, held.abandonedShare());
    same(rate * answered, held.throughput());
  }

  private static void same(double expected, TheoryResult found) {
    assertEquals("exact", found.kind());
    assertEquals(expected, found.value(), 1e-10 * Math.abs(expected) + 1e-14);
  }

  /** M/M/1 whose requests wait for at most T: two exponential pieces. */
  @ParameterizedTest
  @CsvSource({"0.5, 1, 3", "2, 1, 4", "0.9, 1, 40"})
  void constantPatienceByHand(double rate, double service, double patience) {
    double mu = 1 / service;
    double slope = rate - mu;
    double below = Math.expm1(slope * patience) / slope;
    double atEnd = Math.exp(slope * patience);
    double idle = 1 / (1 + rate * (below + atEnd / mu));
    ErlangA queue = ErlangA.untilService(rate, 1, service, new Deterministic(patience));
    same(1 - idle, queue.utilization());
    same(idle * rate * atEnd / mu, queue.abandonedShare());
    double first = (atEnd * (slope * patience - 1) + 1) / (slope * slope);
    same(idle * rate * first / (1 - idle * rate * atEnd / mu), queue.meanWaitOfServed());
  }

  /** What is served is what keeps servers busy, for laws of all shapes. */
  @Test
  void flowsBalance() {
    for (Law law :
        new Law[] {
          new Uniform(1, 5),
          new Weibull(0.5, 2),
          new Pareto(0.9, 0.5),
          new Gamma(0.3, 5),
          new Gamma(30, 0.1),
          new Truncated(new Weibull(0.7, 4), 0.5, 9),
          Empirical.of(new double[] {1, 2, 7}, new long[] {3, 1, 4})
        }) {
      for (double rate : new double[] {0.1, 2, 3, 30}) {
        ErlangA queue = ErlangA.untilService(rate, 3, 1, law);
        double served = rate * (1 - queue.abandonedShare().value());
        assertEquals(served, queue.throughput().value(), 1e-9 * served, law + " at " + rate);
      }
    }
  }

  /** A plain simulation of first come first served. */
  @ParameterizedTest
  @CsvSource({"2, 1.7", "3, 4"})
  void aSimulationAgrees(int servers, double rate) {
    Law patience = new Uniform(0.2, 3);
    ErlangA queue = ErlangA.untilService(rate, servers, 1, patience);
    int runs = 20;
    double[] gone = new double[runs];
    double[] waits = new double[runs];
    for (int run = 0; run < runs; run++) {
      SplittableRandom random = new SplittableRandom(1000 + run);
      double[] free = new double[servers];
      double now = 0;
      int served = 0;
      int requests = 100_000;
      for (int i = 0; i < requests; i++) {
        now += -Math.log1p(-random.nextDouble()) / rate;
        int first = 0;
        for (int j = 1; j < servers; j++) {
          first = free[j] < free[first] ? j : first;
        }
        double wait = Math.max(0, free[first] - now);
        double service = -Math.log1p(-random.nextDouble());
        double limit = patience.quantile(random.nextDouble());
        if (wait <= limit) {
          free[first] = now + wait + service;
          served++;
          waits[run] += wait;
        }
      }
      gone[run] = 1 - (double) served / requests;
      waits[run] /= served;
    }
    within(queue.abandonedShare().value(), gone);
    within(queue.meanWaitOfServed().value(), waits);
  }

  private static void within(double expected, double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (values.length - 1);
    double error = Math.sqrt(variance / values.length);
    // Student's t with 19 degrees of freedom, 99.9 %.
    assertEquals(expected, mean, 3.883 * error);
    assertTrue(error < 0.01 * expected);
  }

  private static BatchSystem one(Law law, int batchSize) {
    return BatchSystem.of(law, BinBoundaries.none(), batchSize);
  }

  /** One server and exponential service: the series, the chain of batches of one and Erlang-A. */
  @ParameterizedTest
  @CsvSource({"0.1, 5", "0.5, 2", "0.24, 100", "1, 30", "20, 10", "3, 0.1"})
  void oneServerInThreeWays(double rate, double patience) {
    Law service = new Exponential(0.25);
    ErlangA queue = ErlangA.untilService(rate, 1, 4, new Exponential(1 / patience));
    ImpatientQueue series = new ImpatientQueue(one(service, 1), rate, patience);
    same(queue.abandonedShare().value(), series.abandonedShare());
    same(queue.utilization().value(), series.utilization());
    same(queue.throughput().value(), series.throughput());
    same(queue.meanWait().value(), series.meanWait());
    same(queue.meanWaitOfServed().value(), series.meanWaitOfServed());
    same(queue.meanLatency().value(), series.meanLatency());
    ImpatientBatches chain = new ImpatientBatches(one(service, 1), 1, rate, patience);
    same(queue.abandonedShare().value(), chain.abandonedShare());
    same(queue.utilization().value(), chain.utilization());
    same(queue.throughput().value(), chain.served());
    same(queue.meanWait().value(), chain.meanWait());
    ErlangA held = ErlangA.untilAnswer(rate, 1, 4, new Exponential(1 / patience), false);
    same(held.throughput().value(), chain.answeredInTime(false));
    same(held.throughput().value(), chain.answeredInTime(true));
  }

  /** For other laws the series and the chain, which share no step but the quadrature of S. */
  @Test
  void otherServiceInTwoWays() {
    for (Law law : new Law[] {new Uniform(1, 7), new Deterministic(4), new Weibull(0.6, 3)}) {
      for (double rate : new double[] {0.05, 0.25, 2}) {
        ImpatientQueue series = new ImpatientQueue(one(law, 1), rate, 12);
        ImpatientBatches chain = new ImpatientBatches(one(law, 1), 1, rate, 12);
        same(series.abandonedShare().value(), chain.abandonedShare());
        same(series.utilization().value(), chain.utilization());
      }
    }
  }

  /** Endless patience in all but name: the waits of Pollaczek and Khinchine. */
  @Test
  void patientRequestsWaitAsInAnOpenQueue() {
    ImpatientQueue queue = new ImpatientQueue(one(new Uniform(1, 7), 1), 0.1, 5e4);
    double open = 0.1 * (16 + 3) / (2 * 0.6);
    assertEquals(open, queue.meanWaitOfServed().value(), 1e-3 * open);
  }

  /** A plain simulation of batches of what waits, from which the impatient have gone. */
  @ParameterizedTest
  @CsvSource({"1, 3, 0.5", "2, 4, 0.3", "3, 3, 0.2"})
  void batchesAgreeWithASimulation(int least, int most, double rate) {
    Law law = new Uniform(1, 9);
    double patience = 15;
    ImpatientBatches chain = new ImpatientBatches(one(law, most), least, rate, patience);
    int runs = 20;
    double[] gone = new double[runs];
    double[] answered = new double[runs];
    double[] own = new double[runs];
    for (int run = 0; run < runs; run++) {
      SplittableRandom random = new SplittableRandom(2000 + run);
      Deque<double[]> waiting = new ArrayDeque<>();
      int requests = 60_000;
      double next = 0;
      double now = 0;
      int come = 0;
      int served = 0;
      int inTime = 0;
      int alone = 0;
      while (come < requests) {
        double time = now;
        waiting.removeIf(request -> request[1] <= time);
        if (waiting.size() < least) {
          now = next;
          waiting.add(arrival(now, patience, random));
          next = now - Math.log1p(-random.nextDouble()) / rate;
          come++;
          continue;
        }
        double longest = 0;
        int size = Math.min(most, waiting.size());
        double[] limits = new double[size];
        double[] lengths = new double[size];
        for (int i = 0; i < size; i++) {
          limits[i] = waiting.remove()[1];
          lengths[i] = law.quantile(random.nextDouble());
          longest = Math.max(longest, lengths[i]);
        }
        served += size;
        for (int i = 0; i < size; i++) {
          inTime += limits[i] > now + longest ? 1 : 0;
          alone += limits[i] > now + lengths[i] ? 1 : 0;
        }
        now += longest;
        while (next <= now) {
          waiting.add(arrival(next, patience, random));
          next -= Math.log1p(-random.nextDouble()) / rate;
          come++;
        }
      }
      gone[run] = 1 - (double) served / come;
      answered[run] = inTime / now;
      own[run] = alone / now;
    }
    within(chain.abandonedShare().value(), gone);
    within(chain.answeredInTime(false).value(), answered);
    within(chain.answeredInTime(true).value(), own);
  }

  private static double[] arrival(double now, double patience, SplittableRandom random) {
    return new double[] {now, now - patience * Math.log1p(-random.nextDouble())};
  }

  @Test
  void outOfRangeIsRefused() {
    Law law = new Exponential(1);
    assertThrows(IllegalArgumentException.class, () -> ErlangA.untilService(0, 1, 1, law));
    assertThrows(IllegalArgumentException.class, () -> ErlangA.untilService(1, 0, 1, law));
    assertThrows(
        IllegalArgumentException.class, () -> ErlangA.untilService(1, 1, 1, new Deterministic(0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> ErlangA.untilAnswer(1, 1, 1, new Uniform(1, 2), true));
    assertThrows(
        IllegalArgumentException.class, () -> new ImpatientBatches(one(law, 4), 1, 10, 100));
    assertInstanceOf(
        TheoryResult.Undefined.class,
        new ImpatientQueue(one(law, 1), 1000, 1000).meanWaitOfServed());
  }
}
