package io.github.batchq.spark;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.logging.log4j.core.config.Configurator;
import org.jspecify.annotations.Nullable;

/**
 * The file where Spark logs, beside what batchq prints: in the folder of temporary files, and gone
 * in the end unless a message has named it. Who configures Log4j by its own system property has
 * Spark's log where that says.
 */
final class SparkLog implements AutoCloseable {
  private static final String CONFIGURATION = "log4j2.configurationFile";

  /** The property by which the configuration knows the file. */
  private static final String FILE = "batchq.spark.log";

  private final @Nullable Path file;
  private boolean named;

  private SparkLog(@Nullable Path file) {
    this.file = file;
  }

  /** Begins to log. */
  static SparkLog begin() {
    if (System.getProperty(CONFIGURATION) != null) {
      return new SparkLog(null);
    }
    String name = "batchq-spark-" + ProcessHandle.current().pid() + ".log";
    Path file = Path.of(System.getProperty("java.io.tmpdir"), name);
    System.setProperty(FILE, file.toString());
    try {
      Configurator.reconfigure(
          Objects.requireNonNull(SparkLog.class.getResource("/batchq-spark-log4j2.properties"))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a resource has an address", e);
    }
    return new SparkLog(file);
  }

  /** Where it is, for the end of a sentence. */
  String where() {
    named = true;
    // Under spark-submit the installation says where the log is, and the file stays empty.
    return file == null || file.toFile().length() == 0 ? "" : " (its log is " + file + ")";
  }

  @Override
  public void close() {
    if (file == null || named) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Then a small file stays in the folder of temporary files.
      return;
    }
  }
}
