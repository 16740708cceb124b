package io.github.batchq.file;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

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
      return Files.writeString(folder.resolve("experiment.yaml"), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Experiment read(Path folder, String text) {
    return ExperimentFile.read(write(folder, text), Map.of());
  }

  /** Runs an experiment on two threads. */
  public static RunResults run(Experiment experiment) {
    try {
      return Runner.run(experiment, 2, (runs, allRuns, requests) -> {});
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 200 requests of 1 s that are there at time 0, served ten at a time. */
  public static String offlineJob(String horizon) {
    return """
        name: job
        scenario:
          arrivals: {process: all-at-zero}
          service: {law: deterministic, value: 1}
          policy: {type: standard, batchSize: 10}
          requests: 200
          horizon: %s
        metrics: [latency.mean]
        """
        .formatted(horizon);
  }

  /** Two bins whose service is to be named. */
  public static String withService(String service, String more) {
    return """
        name: models
        scenario:
          arrivals: {process: poisson, rate: 0.2}
          service: %s
          policy: {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8}
          requests: 4000
        %s
        replications: 10
        seed: 3
        metrics: [throughput, latency.mean, service.mean, padding]
        """
        .formatted(service, more);
  }

  /** Requests of 1 to 20 s whose servers are to be named. */
  public static String withServers(String servers, String policy, double rate) {
    return """
        name: servers
        scenario:
          arrivals: {process: poisson, rate: %s}
          service: {tokens: {law: uniform, min: 1, max: 20}, secondsPerToken: 1}
          policy: %s
          servers: %s
          requests: 40000
        replications: 4
        metrics: [throughput, availability]
        """
        .formatted(rate, policy, servers);
  }

  /**
   * Writes two traces: in told.csv a request generates 10 tokens for each of its prompt and a few
   * by chance; in untold.csv prompts say nothing.
   */
  public static void writeTracesWithPrompts(Path folder) throws IOException {
    Random random = new Random(5);
    StringBuilder told = new StringBuilder("gap,n,p\n");
    StringBuilder untold = new StringBuilder("gap,n,p\n");
    for (int i = 0; i < 8000; i++) {
      int prompt = 1 + random.nextInt(100);
      int tokens = 10 * prompt + random.nextInt(5);
      told.append("1,%d,%d\n".formatted(tokens, prompt));
      untold.append("1,%d,%d\n".formatted(tokens, 1 + random.nextInt(100)));
    }
    Files.writeString(folder.resolve("told.csv"), told);
    Files.writeString(folder.resolve("untold.csv"), untold);
  }
}
