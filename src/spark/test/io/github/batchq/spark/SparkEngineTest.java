package io.github.batchq.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.EngineProvider;
import io.github.batchq.engine.RunEngine;
import io.github.batchq.engine.Runner;
import io.github.batchq.engine.ThreadEngine;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.experiment.RunJournal;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.RunMeasurement;
import io.github.batchq.study.Capacity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on Spark are those on threads, to the last byte, and so are its sentences. */
class SparkEngineTest {
  private static final String SWEEP =
      """
      name: sweep
      scenario:
        arrivals: {process: poisson, rate: 0.5}
        service: {law: uniform, min: 1, max: 20}
        policy: {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8}
        requests: 2000
      sweep:
        arrivals.rate: [0.2, 0.5, 0.8]
        policy.bins: [1, 2]
      replications: 3
      """;

  private static RunEngine spark;
  private static RunEngine threads;
  private static @TempDir Path folder;

  @BeforeAll
  static void begin() {
    spark = SparkEngine.open("local[2]", null);
    threads = new ThreadEngine(2);
  }

  @AfterAll
  static void end() {
    spark.close();
    threads.close();
  }

  private static Experiment read(String text) throws IOException {
    Path file = folder.resolve("experiment.yaml");
    Files.writeString(file, text);
    return ExperimentFile.read(file, Map.of());
  }

  private static String csv(Experiment experiment, RunEngine engine) throws InterruptedException {
    RunResults results =
        Runner.run(experiment, engine, (runs, all, requests) -> {}, RunJournal.NONE);
    return results.summary().toCsv() + results.replications().toCsv();
  }

  private static void assertSame(Experiment experiment) throws InterruptedException {
    assertEquals(csv(experiment, threads), csv(experiment, spark));
  }

  @Test
  void aSweepIsTheSame() throws Exception {
    assertSame(read(SWEEP));
  }

  /** What the command line and a comparison change travels too. */
  @Test
  void aChangedExperimentIsTheSame() throws Exception {
    Experiment changed =
        read(SWEEP + "metrics: [latency.mean]\n")
            .withReplications(2)
            .withSeed(7)
            .measuring(List.of(Metric.named("slowdown.mean")));
    assertEquals(runs(changed, threads), runs(changed, spark));
  }

  private static List<RunMeasurement> runs(Experiment experiment, RunEngine engine)
      throws InterruptedException {
    List<Pair> pairs = List.of(new Pair(5, 1), new Pair(0, 0), new Pair(3, 1));
    return engine.begin(experiment, null).make(pairs, (pair, run) -> {});
  }

  /**
   * A long run alone has intervals; independent, antithetic and quasi-random runs their streams.
   */
  @Test
  void waysToSampleAreTheSame() throws Exception {
    assertSame(read(SWEEP.replace("replications: 3", "replications: 1")));
    assertSame(
        read(
            SWEEP.replace(
                "replications: 3", "replications: 4\nvarianceReduction: {antithetic: true}")));
    assertSame(
        read(
            SWEEP.replace(
                "replications: 3",
                "replications: 4\nprecision: {metric: latency.mean, relative: 0.02,"
                    + " maxReplications: 16}")));
  }

  @Test
  void dataFilesTravel() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data")).resolve("lengths.csv");
    Files.writeString(data, "tokens\n3\n5\n9\n14\n");
    assertSame(
        read(
            SWEEP.replace(
                "{law: uniform, min: 1, max: 20}",
                "{law: empirical, file: data/lengths.csv, column: tokens}")));
  }

  @Test
  void aSearchIsTheSame() throws Exception {
    Experiment experiment = read(SWEEP.replace("policy.bins: [1, 2]", "policy.bins: [2]"));
    Capacity capacity = new Capacity(Metric.named("latency.mean"), 60, 0.2, 0.95, 8);
    assertEquals(
        capacity.search(experiment, threads, runs -> {}),
        capacity.search(experiment, spark, runs -> {}));
  }

  /** Every run is told once, and those that are finished before a refusal are kept. */
  @Test
  void everyRunIsTold() throws Exception {
    Experiment experiment = read(SWEEP);
    List<Pair> told = Collections.synchronizedList(new ArrayList<>());
    Runner.run(
        experiment,
        spark,
        (runs, all, requests) -> {},
        new RunJournal() {
          @Override
          public @Nullable RunMeasurement find(int point, int replication) {
            return null;
          }

          @Override
          public void finished(int point, int replication, RunMeasurement measurement) {
            told.add(new Pair(point, replication));
          }
        });
    assertEquals(18, told.size());
    assertEquals(18, new HashSet<>(told).size());
  }

  @Test
  void aRefusedRunIsTheSameSentence() throws Exception {
    Experiment experiment =
        read(
            SWEEP.replace("requests: 2000", "requests: 2000\n  warmUp: {time: 2490}")
                + "seed: 3\n");
    BadInputException byThreads =
        assertThrows(BadInputException.class, () -> csv(experiment, threads));
    BadInputException bySpark = assertThrows(BadInputException.class, () -> csv(experiment, spark));
    assertTrue(String.valueOf(byThreads.getMessage()).contains("nothing is left to measure"));
    assertEquals(byThreads.getMessage(), bySpark.getMessage());
  }

  @Test
  void noClusterIsOneSentence() {
    BadInputException none =
        assertTimeout(
            Duration.ofSeconds(10),
            () ->
                assertThrows(
                    BadInputException.class, () -> SparkEngine.open("spark://127.0.0.1:1", null)));
    assertEquals(
        "no Spark cluster answers at spark://127.0.0.1:1: Connection refused", none.getMessage());
    BadInputException noPort =
        assertThrows(BadInputException.class, () -> SparkEngine.open("spark://here", null));
    assertEquals("--master: expected spark://HOST:PORT, found 'spark://here'", noPort.getMessage());
  }

  @Test
  void theProviderIsFound() {
    assertTrue(EngineProvider.of("spark").isPresent());
    assertEquals("spark 4.2.0 at local[2]", spark.name());
    assertEquals(2, spark.threads());
  }

  /** Short runs go many to a task, long ones one by one, and each thread gets several tasks. */
  @Test
  void aSliceIsAboutASecond() {
    assertEquals(1, SliceSize.of(20, 20 * 1e9, 2));
    assertEquals(1818, SliceSize.of(100_000, 100_000 * 1e3, 2));
    assertEquals(2, SliceSize.of(8, 8 * 4e6, 1));
    assertEquals(25, SliceSize.of(200, 200 * 1e5, 2));
  }
}
