package io.github.batchq.file;

import io.github.batchq.experiment.Experiment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Experiment files for tests. */
public final class ExperimentFiles {
  /** A small experiment that works. */
  public static final String SMALL =
      """
      name: small
      scenario:
        arrivals: {process: poisson, rate: 0.5}
        service: {law: uniform, min: 1, max: 20}
        predictor: {type: oracle}
        policy: {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8}
        servers: 1
        requests: 2000
      sweep:
        policy.bins: [1, 2, 4]
        arrivals.rate: {from: 0.4, to: 0.6, step: 0.1}
      replications: 3
      seed: 1
      metrics: [throughput, latency.mean]
      charts:
        - {file: throughput, x: arrivals.rate, y: throughput, series: policy.bins}
      """;

  private ExperimentFiles() {}

  public static Path write(Path folder, String text) {
    try {
      return java.nio.file.Files.writeString(folder.resolve("experiment.yaml"), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Experiment read(Path folder, String text) {
    return ExperimentFile.read(write(folder, text), Map.of());
  }
}
