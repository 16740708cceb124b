package io.github.batchq.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * What a command did.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
public record Shell(int status, String out, String err) {
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
        requests: 400
      sweep:
        policy.bins: [1, 2]
        arrivals.rate: [0.4, 0.6]
      replications: 3
      seed: 1
      metrics: [throughput, latency.mean]
      charts:
        - {file: throughput, x: arrivals.rate, y: throughput, series: policy.bins}
      """;

  /** Runs a command in this process. */
  public static Shell run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int status =
        Main.execute(line, Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    return new Shell(status, out.toString(), err.toString());
  }

  public static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names in a folder, hidden ones too, in order. */
  public static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
