package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.scenario.Replication;
import io.github.batchq.sim.Run;
import io.github.batchq.sim.ServedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A measured run of vLLM replayed with the step costs of its GPU (validation against published
 * values; the experiment's comment has their source). Quantiles are those of 300 values, by linear
 * interpolation on both sides.
 */
class MeasuredRunTest {
  private static final Path MEASURED =
      Path.of("../shared/data/vllm-rtx4090-llama31-8b-requests.csv");

  /** When requests arrived, had their first and last tokens, and how many tokens they had. */
  private record Request(double arrived, double first, double last, double tokens) {}

  /** What a run comes to. */
  private record Summary(List<Request> requests) {
    double throughput() {
      return requests.size() / requests.stream().mapToDouble(Request::last).max().orElseThrow();
    }

    double[] firstTokens() {
      return requests.stream().mapToDouble(request -> request.first - request.arrived).toArray();
    }

    double[] latencies() {
      return requests.stream().mapToDouble(request -> request.last - request.arrived).toArray();
    }

    double[] secondsPerToken() {
      return requests.stream()
          .filter(request -> request.tokens > 1)
          .mapToDouble(request -> (request.last - request.first) / (request.tokens - 1))
          .toArray();
    }
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double quantile(double[] values, double share) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  private static Summary measured() throws IOException {
    List<Request> requests = new ArrayList<>();
    List<String> lines = Files.readAllLines(MEASURED);
    assertEquals(
        "arrival_s,prompt_tokens,output_tokens,scheduled_s,first_token_s,last_token_s",
        lines.get(0));
    for (String line : lines.subList(1, lines.size())) {
      double[] row = Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      requests.add(new Request(row[0], row[4], row[5], row[2]));
    }
    assertEquals(300, requests.size());
    return new Summary(requests);
  }

  private static Summary simulated() {
    Experiment experiment = ExperimentFile.read(Path.of("experiments/vllm-rtx4090.yaml"), Map.of());
    List<Request> requests = new ArrayList<>();
    new Replication(experiment.points().get(0).scenario(), new RandomStreams(1, 1), 0)
        .simulate(
            new Run.Recorder() {
              @Override
              public void left(ServedRequest request, double now) {
                requests.add(
                    new Request(
                        request.arrivalTime(), request.firstTokenTime(), now, request.tokens()));
              }
            });
    assertEquals(300, requests.size());
    return new Summary(requests);
  }

  private static void assertNear(double measured, double simulated, double share, String what) {
    assertEquals(measured, simulated, share * measured, what);
  }

  @Test
  void theReplayComesNearTheMeasurement() throws IOException {
    assumeTrue(Files.exists(MEASURED), "the measured run is not at " + MEASURED);
    Summary measured = measured();
    Summary simulated = simulated();
    // As the publication has them.
    assertNear(1.634, measured.throughput(), 0.001, "throughput");
    assertNear(86.58, mean(measured.latencies()), 0.001, "mean latency");
    assertNear(153.6, quantile(measured.latencies(), 0.99), 0.001, "p99 latency");

    assertNear(measured.throughput(), simulated.throughput(), 0.015, "throughput");
    for (List<double[]> pair :
        List.of(
            List.of(measured.firstTokens(), simulated.firstTokens()),
            List.of(measured.secondsPerToken(), simulated.secondsPerToken()),
            List.of(measured.latencies(), simulated.latencies()))) {
      assertNear(mean(pair.get(0)), mean(pair.get(1)), 0.015, "mean");
      assertNear(quantile(pair.get(0), 0.99), quantile(pair.get(1), 0.99), 0.015, "p99");
    }
    assertNear(
        quantile(measured.latencies(), 0.5),
        quantile(simulated.latencies(), 0.5),
        0.05,
        "median latency");
  }
}
