package io.github.batchq.experiment;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every experiment file of the repository can run. */
class ShippedExperimentsTest {
  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("experiments"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isValid(Path file) throws IOException {
    assumeTrue(
        !Files.readString(file).contains("AzureLLM")
            || Files.exists(Path.of("../shared/data/AzureLLMInferenceTrace_conv.csv")),
        "the Azure trace is not there");
    assertFalse(Experiment.read(file, Map.of()).points().isEmpty());
  }
}
