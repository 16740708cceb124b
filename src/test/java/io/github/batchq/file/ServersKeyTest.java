package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.model.BadInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key {@code servers} in one sentence where it is wrong. */
class ServersKeyTest {
  @TempDir Path folder;

  private Experiment experiment(String servers, String policy, double rate) {
    return ExperimentFiles.read(folder, ExperimentFiles.withServers(servers, policy, rate));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{speeds: [1, ~]}|servers.speeds[1]': a list has no empty values",
        "{speeds: [1, 0]}|speeds must be positive",
        "{count: 3, speeds: [1, 2]}|a speed for each of the 3",
        "{count: 2, speed: [1, 2]}|did you mean 'speeds'",
        "{count: 2.5}|a whole number",
        "{count: 2, failures: {up: {law: deterministic, value: 5}, batch: retry}}|'down' is missing",
        "{count: 2, failures: {up: {law: exponential, rate: 1}, down: {law: exponential, rate: 1},"
            + " batch: drop}}|one of retry, lose",
        "{count: 2, drains: [{server: 2, from: 0}]}|numbers 0 to 1",
        "{count: 2, drains: [{server: 1, from: 7, until: 3}]}|after its beginning",
        "two|a whole number of servers",
        "2000000|from 1 to 1000000",
      })
  void whatServersCannotBeIsOneSentence(String servers, String part) {
    String message =
        String.valueOf(
            assertThrows(
                    BadInputException.class,
                    () -> experiment(servers, "{type: standard, batchSize: 8}", 1))
                .getMessage());
    assertTrue(message.contains(part), message);
    assertTrue(message.contains(".yaml"), message);
  }
}
