package io.github.batchq.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.batchq.engine.Parallel;
import io.github.batchq.file.TraceChoice;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.ResultTable;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.scenario.ServerSpec;
import io.github.batchq.service.TokenLevel;
import io.github.batchq.study.ServerSearch.Unknown;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Trace.LengthUnit;
import io.github.batchq.workload.TraceBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TwinRunTest {
  private static final Path MEASURED =
      Path.of("../shared/data/vllm-rtx4090-llama31-8b-requests.csv");

  private static final TokenLevel COSTS = new TokenLevel(0.004, 0.0001, 0.015, 0.0002, 0, 1e-7);

  private static final TwinServer SERVER =
      new TwinServer(new ContinuousBatching(64, null, 2048, 1, null), null, null);

  /** A run that a server with known costs has served. */
  static MeasuredRun simulated(int requests, double rate, TokenLevel costs, TwinServer server) {
    Random random = new Random(7);
    TraceBuilder plain = new TraceBuilder();
    double now = 0;
    for (int i = 0; i < requests; i++) {
      plain.add(now, 20 + random.nextInt(400), 50 + random.nextInt(1500));
      now += -Math.log(random.nextDouble()) / rate;
    }
    Trace trace = plain.build("simulated", LengthUnit.TOKENS);
    RequestTimes times = Replay.of(server.replay(trace, costs), new RandomStreams(1, 1), 0);
    TraceBuilder timed = new TraceBuilder(new TraceBuilder.Told(true, false, true, true), false);
    for (int i = 0; i < requests; i++) {
      timed.add(
          new TraceBuilder.Row(
              i + 1L,
              trace.arrivalTime(i),
              trace.length(i),
              trace.promptTokens(i),
              Double.NaN,
              times.firsts()[i],
              times.ends()[i]));
    }
    return new MeasuredRun(timed.build("simulated", LengthUnit.TOKENS));
  }

  private static double difference(ResultTable table, String metric) {
    for (int row = 0; row < table.rows().size(); row++) {
      if (table.text(row, "metric").equals(metric)) {
        return table.number(row, "difference [%]");
      }
    }
    throw new AssertionError(metric);
  }

  /**
   * Step and prompt costs of a simulated run are found to 15 %, the time of a step with its typical
   * requests to 1 %, and the means of the requests that were held out to 2 %.
   */
  @Test
  void knownCostsAreRecovered() throws InterruptedException {
    MeasuredRun run = simulated(200, 1.5, COSTS, SERVER);
    try (Parallel threads = new Parallel(2)) {
      Calibration fit = Calibration.fit(run, SERVER, 0.5, new ServerSearch(List.of()), threads);
      TokenLevel found = (TokenLevel) fit.model();
      assertEquals(COSTS.step(), found.step(), 0.15 * COSTS.step());
      assertEquals(
          COSTS.prefillPerToken(), found.prefillPerToken(), 0.15 * COSTS.prefillPerToken());
      double typical = COSTS.tokenCosts().stepSeconds(12, 12 * 900);
      assertEquals(typical, found.tokenCosts().stepSeconds(12, 12 * 900), 0.01 * typical);
      ResultTable table = new TwinRun(run, fit, 14, 20, 1, threads).table();
      for (String metric : List.of("ttft.mean", "tpot.mean", "latency.mean")) {
        assertEquals(0, difference(table, metric), 2, metric);
      }
    }
  }

  @Test
  void limitsThatAreNotSaidAreFoundFromTheRun() throws InterruptedException {
    TwinServer tight = new TwinServer(new ContinuousBatching(8, null, 2048, 1, null), null, null);
    MeasuredRun run = simulated(200, 4, COSTS, tight);
    TwinServer said = new TwinServer(new ContinuousBatching(256, null, 2048, 1, null), null, null);
    try (Parallel threads = new Parallel(2)) {
      Calibration fit =
          Calibration.fit(
              run, said, 0.5, new ServerSearch(List.of(Unknown.SLOTS, Unknown.MEMORY)), threads);
      assertEquals(8, fit.server().policy().batchSize());
    }
  }

  /** The gate of the measured run: the half that was held out to 5 %, whatever is said. */
  @Test
  void halfOfTheMeasuredRunTellsTheOtherHalf() throws InterruptedException {
    assumeTrue(Files.exists(MEASURED), "the measured run is not at " + MEASURED);
    Trace trace =
        TraceChoice.of(MEASURED.toString(), null, Map.of(), Map.of()).spec().read(BadRows.none());
    MeasuredRun run = new MeasuredRun(trace);
    TwinServer told =
        new TwinServer(new ContinuousBatching(256, 41408L, 2048, 1, null), null, null);
    TwinServer untold =
        new TwinServer(new ContinuousBatching(256, null, 2048, 1, null), null, null);
    try (Parallel threads = new Parallel(2)) {
      check(run, Calibration.fit(run, told, 0.5, new ServerSearch(List.of()), threads), threads);
      check(
          run,
          Calibration.fit(run, untold, 0.5, new ServerSearch(List.of(Unknown.values())), threads),
          threads);
    }
  }

  private static void check(MeasuredRun run, Calibration fit, Parallel threads)
      throws InterruptedException {
    ResultTable table = new TwinRun(run, fit, 17, 2, 1, threads).table();
    for (String metric : List.of("ttft.mean", "tpot.mean", "latency.mean")) {
      assertEquals(0, difference(table, metric), 5, metric);
    }
  }

  @Test
  void theTrueServerIsInsideAndAnotherIsOutsideWithItsShape() throws InterruptedException {
    MeasuredRun run = simulated(200, 1.5, COSTS, SERVER);
    try (Parallel threads = new Parallel(2)) {
      TwinRun same = new TwinRun(run, Calibration.given(SERVER, COSTS), 14, 100, 1, threads);
      ResultTable table = same.table();
      assertEquals(0, difference(table, "latency.mean"), 1e-9);
      assertTrue(table.rows().stream().noneMatch(row -> row.contains("outside")), table.toCsv());
      assertEquals(List.of(), same.shapes());
      TokenLevel cheap = new TokenLevel(0.004, 0, 0.015, 0.0002, 0, 1e-7);
      List<String> shapes =
          new TwinRun(run, Calibration.given(SERVER, cheap), 14, 100, 1, threads).shapes();
      assertTrue(
          shapes.stream()
              .anyMatch(
                  shape ->
                      shape.startsWith("ttft is outside")
                          && shape.contains("by its shape: per prompt token, +")),
          shapes.toString());
    }
  }

  @Test
  void tablesAreTheSameOnAnyNumberOfThreads() throws InterruptedException {
    MeasuredRun run = simulated(60, 1.5, COSTS, SERVER);
    String alone = tables(run, 1);
    assertEquals(alone, tables(run, 3));
  }

  private static String tables(MeasuredRun run, int number) throws InterruptedException {
    try (Parallel threads = new Parallel(number)) {
      Calibration fit =
          Calibration.fit(run, SERVER, 0.5, new ServerSearch(List.of(Unknown.CHUNK)), threads);
      TwinRun twin = new TwinRun(run, fit, 8, 20, 1, threads);
      TwinServer two = new TwinServer(SERVER.policy(), new ServerSpec(2), null);
      return fit.modelWords()
          + twin.table().toCsv()
          + twin.whatIf(List.of(new TwinRun.Alternative("two", two)), 20, 1, threads).toCsv();
    }
  }

  @Test
  void anAlternativeThatIsTheSameDiffersByNothing() throws InterruptedException {
    MeasuredRun run = simulated(60, 1.5, COSTS, SERVER);
    try (Parallel threads = new Parallel(2)) {
      TwinRun twin = new TwinRun(run, Calibration.given(SERVER, COSTS), 8, 20, 1, threads);
      ResultTable table =
          twin.whatIf(List.of(new TwinRun.Alternative("same", SERVER)), 20, 1, threads);
      for (int row = 0; row < table.rows().size(); row++) {
        for (String column : List.of("difference", "low", "high")) {
          assertEquals(0, table.number(row, column), table.text(row, "metric"));
        }
      }
    }
  }
}
