package io.github.batchq.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.batchq.file.ExperimentFile;
import io.github.batchq.file.TraceChoice;
import io.github.batchq.model.BadInputException;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Gamma;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.Sampler;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.workload.ArrivalProcess;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The written experiment has the rate, the mean length and the index of dispersion of the trace.
 */
class WorkloadFitTest {
  private static final int RECORDINGS = 40;

  @TempDir Path folder;

  /** What was fitted to a trace, and the first point of the experiment that was written. */
  private record Written(Trace trace, WorkloadFit fit, PreparedScenario scenario) {
    ArrivalProcess arrivals() {
      return scenario.arrivals();
    }
  }

  private Written written(Path file, Map<String, String> columns) throws IOException {
    TraceChoice choice = TraceChoice.of(file.toString(), null, columns, Map.of());
    Trace trace = new Traces().get(choice.spec());
    WorkloadFit fit = new WorkloadFit(trace, 1);
    String text = fit.experiment(choice, folder, Arrays.asList(null, null), 0.02, 8);
    Path written = Files.writeString(folder.resolve("experiment.yaml"), text);
    return new Written(
        trace, fit, ExperimentFile.read(written, Map.of()).points().get(0).scenario());
  }

  private Written written(double[] times) throws IOException {
    Random random = new Random(2);
    StringBuilder text = new StringBuilder("t,n\n");
    for (double time : times) {
      text.append(time).append(',').append(1 + random.nextInt(100)).append('\n');
    }
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    return written(file, Map.of("arrivalTime", "t", "tokens", "n"));
  }

  /** Arrival times of a law of gaps, as a clock with a tick writes them down; 0 for a fine one. */
  private static double[] renewal(Law gap, int requests, double tick) {
    Sampler gaps = gap.sampler(new RandomStreams(9, 1).stream(0, StreamName.ARRIVALS));
    double now = 0;
    double[] times = new double[requests];
    for (int i = 0; i < requests; i++) {
      now += gaps.getAsDouble();
      times[i] = tick == 0 ? now : tick * Math.floor(now / tick);
    }
    return times;
  }

  /** Simulated recordings of the written arrivals, each as long as the trace and from time 0. */
  private static double[][] recordings(Written written) {
    RandomStreams streams = new RandomStreams(4711, RECORDINGS);
    double[][] recordings = new double[RECORDINGS][written.trace().size()];
    for (int r = 0; r < RECORDINGS; r++) {
      DoubleSupplier times =
          written.arrivals().arrivalTimes(streams.stream(r, StreamName.ARRIVALS));
      double first = times.getAsDouble();
      for (int i = 1; i < recordings[r].length; i++) {
        recordings[r][i] = times.getAsDouble() - first;
      }
    }
    return recordings;
  }

  /** Variance over mean of the arrivals in windows, from the shares of time of each request. */
  private static double index(double[] times, double seconds, double tick) {
    int windows = (int) (times[times.length - 1] / seconds);
    int[] counts = new int[windows];
    for (double time : times) {
      int window = (int) ((time + tick / 2) / seconds);
      if (window < windows) {
        counts[window]++;
      }
    }
    SummaryStatistics statistics = new SummaryStatistics();
    Arrays.stream(counts).forEach(statistics::addValue);
    return statistics.getVariance() / statistics.getMean();
  }

  private static SummaryStatistics over(double[][] recordings, Statistic of) {
    SummaryStatistics statistics = new SummaryStatistics();
    Arrays.stream(recordings).mapToDouble(of::value).forEach(statistics::addValue);
    return statistics;
  }

  /** A number of a recording. */
  private interface Statistic {
    double value(double[] times);
  }

  /**
   * The rate is that of the trace, to the six digits of the file and in the simulated recordings,
   * 99.9 % for 39 degrees of freedom; in each window the index of the trace is one that recordings
   * show.
   */
  private static void agrees(Written written, double tick, double... windows) {
    Trace trace = written.trace();
    double gap = trace.duration() / (trace.size() - 1);
    assertEquals(1 / gap, written.arrivals().rate(), 5e-6 / gap);
    double[][] recordings = recordings(written);
    SummaryStatistics gaps = over(recordings, times -> times[times.length - 1] / times.length);
    double error = gaps.getStandardDeviation() / Math.sqrt(RECORDINGS);
    assertEquals(gap, gaps.getMean() * trace.size() / (trace.size() - 1), 3.558 * error);
    assertTrue(error < 0.06 * gap, "the rate is not known: " + error);
    double[] recorded = IntStream.range(0, trace.size()).mapToDouble(trace::arrivalTime).toArray();
    for (double seconds : windows) {
      SummaryStatistics indices = over(recordings, times -> index(times, seconds, tick));
      double index = index(recorded, seconds, tick);
      assertEquals(index, indices.getMean(), 3.29 * indices.getStandardDeviation(), "" + seconds);
      assertTrue(indices.getStandardDeviation() < 0.3 * index, indices.toString());
    }
    double length = Arrays.stream(trace.lengths(trace.size())).average().orElseThrow();
    assertEquals(length, written.scenario().lengthLaw().mean(), 1e-5 * length);
  }

  /** Four groups of four, three seconds apart: too few to judge a law by. */
  @Test
  void keepsTheRateOfAFewGroups() throws IOException {
    double[] times = IntStream.range(0, 16).mapToDouble(i -> 3 * (i / 4)).toArray();
    Written written = written(times);
    assertEquals("trace-bootstrap, block 4", written.fit().arrivals().process());
    assertEquals(0.6, 1 / written.arrivals().rate(), 1e-12);
    agrees(written, 0, 0.6);
  }

  @Test
  void keepsTheRateOfTheSharedGroups() throws IOException {
    Path file = Path.of("../shared/cases/files/ties.csv");
    assumeTrue(Files.exists(file), "there is no " + file);
    Written written = written(file, Map.of("arrivalTime", "t", "tokens", "n"));
    assertEquals(0.6, 1 / written.arrivals().rate(), 1e-12);
    agrees(written, 0, 0.6);
  }

  /** What a slow clock wrote down of Poisson arrivals is explained by Poisson arrivals. */
  @ParameterizedTest
  @CsvSource({"5, 1", "0.8, 1", "40, 1", "3, 3", "2, 0"})
  void findsPoissonArrivalsBehindASlowClock(double rate, double tick) throws IOException {
    Written written = written(renewal(new Exponential(rate), 20_000, tick));
    assertEquals("poisson", written.fit().arrivals().process());
    assertTrue(written.arrivals().isPoisson());
    double window = Math.max(tick, 2 / rate);
    window = tick == 0 ? window : tick * Math.ceil(window / tick);
    agrees(written, tick, window, 10 * window);
  }

  /** Groups of 1, 2, 3 or 8 with exponential gaps: the index is 19.5 / 3.5 in all windows. */
  @Test
  void findsGroups() throws IOException {
    double[] starts = renewal(new Exponential(1), 4_000, 0);
    Random random = new Random(8);
    double[] times =
        Arrays.stream(starts)
            .flatMap(
                start -> {
                  double[] group = new double[new int[] {1, 2, 3, 8}[random.nextInt(4)]];
                  Arrays.fill(group, start);
                  return Arrays.stream(group);
                })
            .toArray();
    Written written = written(times);
    assertEquals("bulk", written.fit().arrivals().process());
    assertEquals(19.5 / 3.5, written.arrivals().dispersion(), 0.15);
    agrees(written, 0, 1, 10);
  }

  /** Times that are busier than others, on a clock of seconds, are no law of gaps or groups. */
  @Test
  void resamplesBurstsThatLast() throws IOException {
    Random random = new Random(5);
    double[] times = new double[12_000];
    double now = 0;
    double change = 0;
    boolean busy = false;
    for (int i = 0; i < times.length; i++) {
      if (now >= change) {
        busy = !busy;
        change = now - (busy ? 20 : 40) * Math.log(1 - random.nextDouble());
      }
      now -= Math.log(1 - random.nextDouble()) / (busy ? 9 : 1);
      times[i] = Math.floor(now);
    }
    Written written = written(times);
    assertTrue(written.fit().arrivals().process().startsWith("trace-bootstrap, block "));
    assertTrue(written.fit().arrivals().reason().startsWith("no law of gaps or groups"));
    agrees(written, 1, 1, 10);
  }

  /** A clock that is fine has the law of its gaps, whose index 0.25 is not that of Poisson. */
  @Test
  void keepsTheLawOfGapsThatAreTold() throws IOException {
    Written written = written(renewal(new Gamma(4, 0.1), 20_000, 0));
    assertTrue(written.arrivals().isRenewal());
    assertEquals(0.25, written.arrivals().dispersion(), 0.01);
    agrees(written, 0, 0.8, 8);
  }

  /** Times are in milliseconds, as the file says nowhere; they are whole three seconds. */
  @Test
  void keepsTheRateOfMooncakesTrace() throws IOException {
    Path file = Path.of("../shared/data/mooncake-conversation-head.jsonl");
    assumeTrue(Files.exists(file), "the Mooncake trace is not at " + file);
    Map<String, String> columns = new HashMap<>();
    columns.put("arrivalTime", "timestamp");
    columns.put("tokens", "output_length");
    columns.put("promptTokens", "input_length");
    Written written = written(file, columns);
    assertEquals(509_999 / 1499.0, 1 / written.arrivals().rate(), 0.002);
    agrees(written, 2999, 3000, 6000);
  }

  @Test
  void keepsTheRateOfAzuresCodeTrace() throws IOException {
    Path file = Path.of("../shared/data/AzureLLMInferenceTrace_code.csv");
    assumeTrue(Files.exists(file), "the Azure code trace is not at " + file);
    Written written = written(file, Map.of());
    // 8819 requests, 18:17:03.97996 to 19:14:19.928016.
    double gap = 3435.948056 / 8818;
    assertEquals(gap, 1 / written.arrivals().rate(), 1e-6);
    agrees(written, 0, gap, 10 * gap, 100 * gap);
  }

  /** Load 0.8 of servers that carry 8 requests in E[longest of 8] tokens of 0.02 s. */
  @Test
  void theServersFollowFromTheTrueRate() throws IOException {
    Written written = written(renewal(new Exponential(40), 20_000, 1));
    DoubleUnaryOperator longest = x -> 1 - Math.pow(written.scenario().lengthLaw().cdf(x), 8);
    double mean = 0;
    for (double x = 0.005; x < 120; x += 0.01) {
      mean += 0.01 * longest.applyAsDouble(x);
    }
    double needed = written.trace().rate() * mean * 0.02 / 8 / 0.8;
    assertEquals((int) Math.ceil(needed), written.scenario().servers().count());
    assertEquals(1, needed / 11.1, 0.05);
  }

  /** Half of the prompts are 0: they stay so, and the mean is that of the trace. */
  @Test
  void keepsPromptsOfZero() throws IOException {
    StringBuilder text = new StringBuilder("arrived_at,num_prefill_tokens,num_decode_tokens\n");
    Random random = new Random(2);
    double sum = 0;
    for (int i = 0; i < 4_000; i++) {
      int prompt = i % 2 == 0 ? 0 : 100 + random.nextInt(900);
      sum += prompt;
      text.append(i + random.nextDouble()).append(',').append(prompt).append(",128\n");
    }
    Written written = written(Files.writeString(folder.resolve("v.csv"), text), Map.of());
    Law prompts = Objects.requireNonNull(written.scenario().traffic().promptLaw());
    assertEquals(0.5, prompts.cdf(0));
    assertEquals(sum / 4_000, prompts.mean(), 1e-5 * sum / 4_000);
    assertEquals(new Deterministic(128), written.scenario().lengthLaw());
    assertTrue(written.fit().notes().contains("all lengths are 128 tokens"));
    String zeros = "2000 prompts of 0 stay what they are: the laws are those of the others";
    assertTrue(written.fit().notes().contains(zeros), written.fit().notes().toString());
  }

  /** Every second one request of one length. */
  @Test
  void equalGapsAreALaw() throws IOException {
    Written written = written(IntStream.range(0, 100).mapToDouble(i -> i).toArray());
    assertEquals("all gaps are equal", written.fit().arrivals().reason());
    assertEquals(1, written.arrivals().rate());
    assertEquals(0, written.arrivals().dispersion());
    assertInstanceOf(Uniform.class, written.scenario().lengthLaw());
  }

  @Test
  void refusesTwoRequests() {
    BadInputException two =
        assertThrows(BadInputException.class, () -> written(new double[] {3, 4}));
    assertTrue(two.getMessage().contains("at least three requests at two different times"));
    assertThrows(BadInputException.class, () -> written(new double[] {3}));
    assertThrows(BadInputException.class, () -> written(new double[] {3, 3, 3, 3}));
  }
}
