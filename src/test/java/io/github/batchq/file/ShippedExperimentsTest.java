package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.batchq.model.BadRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of an experiment or a plan in the repository can run. */
@Tag("long")
class ShippedExperimentsTest {
  /** Public traces that are no part of the repository. */
  private static final Pattern OUTSIDE = Pattern.compile("shared/data/([\\w.-]+)");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("experiments"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isValid(Path file) throws IOException {
    Matcher outside = OUTSIDE.matcher(Files.readString(file));
    while (outside.find()) {
      Path data = Path.of("../shared/data", outside.group(1));
      assumeTrue(Files.exists(data), data + " is not there");
    }
    if (file.startsWith(Path.of("experiments", "plans"))) {
      assertFalse(PlanFile.read(file, Map.of(), BadRows.none()).options().isEmpty());
      return;
    }
    assertFalse(ExperimentFile.read(file, Map.of()).points().isEmpty());
  }
}
