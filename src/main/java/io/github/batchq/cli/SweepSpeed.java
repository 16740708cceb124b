package io.github.batchq.cli;

import com.sun.management.OperatingSystemMXBean;
import io.github.batchq.engine.Runner;
import io.github.batchq.expectation.TheoryEffort;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.model.ResultTable;
import io.github.batchq.results.FileContent;
import io.github.batchq.results.JournalFile;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.results.StoredResults;
import io.github.batchq.results.TableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How fast large sweeps of short runs are, from the file of the experiment to its tables on disk:
 * points are prepared, run, kept in a journal, put beside theory and written, on one thread. What
 * that costs is compared with a few long runs of the same requests.
 */
final class SweepSpeed {
  /** Requests of a short run. */
  private static final int SHORT = 1000;

  private static final int REPLICATIONS = 2;
  private static final int BINS = 4;
  private static final BigDecimal FIRST_RATE = new BigDecimal("0.2");

  /**
   * What a sweep took.
   *
   * @param points how many points it had
   * @param runs how many runs
   * @param nanoseconds processor time of a request, of the whole process
   * @param wallSeconds time that passed
   * @param bytes of the heap that are in use while all results are there, for each point
   */
  record Cost(int points, int runs, double nanoseconds, double wallSeconds, double bytes) {}

  /** A sweep of so many points, rounded up to whole rates: 1,000 requests a run, two runs each. */
  Cost shortRuns(int points) {
    int rates = Math.max(1, (points + BINS - 1) / BINS);
    return measure(rates, SHORT);
  }

  /** As many requests in eight long runs. */
  Cost longRuns(int points) {
    return measure(1, Math.max(SHORT, (long) points * SHORT / BINS));
  }

  private Cost measure(int rates, long requests) {
    try {
      Path folder = Files.createTempDirectory("batchq-bench");
      Path file = Files.writeString(folder.resolve("sweep.yaml"), text(rates, requests));
      Path results = folder.resolve("results");
      long heap = heapInUse();
      long processor = processorNanoseconds();
      long start = System.nanoTime();
      Experiment experiment = ExperimentFile.read(file, Map.of());
      RunResults runs;
      ResultTable summary;
      try (ResultFolder out = ResultFolder.open(results);
          JournalFile journal = JournalFile.open(results, experiment, false)) {
        runs = Runner.run(experiment, 1, (made, all, simulated) -> {}, journal);
        summary = runs.summary(TheoryEffort.ofSweep(experiment.points().size())).table();
        Map<String, FileContent> tables = new LinkedHashMap<>();
        tables.put(StoredResults.SUMMARY, new TableFile(StoredResults.SUMMARY, summary, false));
        tables.put(
            StoredResults.REPLICATIONS,
            new TableFile(StoredResults.REPLICATIONS, runs.replications(), false));
        out.writeAll(tables);
        journal.remove();
      }
      double wallSeconds = (System.nanoTime() - start) / 1e9;
      double nanoseconds = (double) (processorNanoseconds() - processor);
      double bytes = (double) (heapInUse() - heap) / experiment.points().size();
      int points = summary.rows().size();
      int made = runs.replications().rows().size();
      for (String table : StoredResults.TABLES) {
        Files.delete(results.resolve(table));
      }
      Files.delete(results);
      Files.delete(file);
      Files.delete(folder);
      return new Cost(points, made, nanoseconds / ((double) made * requests), wallSeconds, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a sweep cannot be measured", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the measurement was interrupted", e);
    }
  }

  /** Rates from half of what one bin carries to nearly all of it. */
  private static String text(int rates, long requests) {
    BigDecimal step = FIRST_RATE.divide(BigDecimal.valueOf(rates), 9, RoundingMode.DOWN);
    return String.format(
        Locale.ROOT,
        """
        name: sweep
        scenario:
          arrivals: {process: poisson, rate: 1}
          service: {law: uniform, min: 1, max: 20}
          policy: {type: multi-bin, batchSize: 8, bins: 1, boundaries: equal-mass}
          requests: %d
        sweep:
          arrivals.rate: {from: 0.2, to: %s, step: %s}
          policy.bins: {from: 1, to: %d, step: 1}
        replications: %d
        metrics: [throughput, latency.mean, latency.p99]
        """,
        requests,
        FIRST_RATE.add(step.multiply(BigDecimal.valueOf(rates - 1L))).toPlainString(),
        step.toPlainString(),
        BINS,
        REPLICATIONS);
  }

  private static long processorNanoseconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long heapInUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
