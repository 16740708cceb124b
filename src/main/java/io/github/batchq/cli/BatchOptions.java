package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NumberText;
import io.github.batchq.model.Require;
import io.github.batchq.random.Law;
import io.github.batchq.theory.BatchTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that all theory commands share: lengths and service. */
@Command
final class BatchOptions {
  @Option(
      names = "--law",
      required = true,
      paramLabel = "LAW",
      description = "law of the lengths as a call, such as uniform(1,20); batchq list shows all")
  private String lawCall;

  @Option(
      names = "--batch-size",
      required = true,
      paramLabel = "B",
      description = "requests in a batch")
  private int batchSize;

  @Option(
      names = "--servers",
      paramLabel = "C",
      description = "number of servers (default: ${DEFAULT-VALUE})")
  private String servers = "1";

  @Option(
      names = "--seconds-per-token",
      paramLabel = "S",
      description = "seconds for each unit of length (default: 1, lengths are seconds)")
  private double secondsPerToken = 1;

  @Option(
      names = "--offset",
      paramLabel = "S",
      description = "seconds that a batch takes whatever its length (default: 0)")
  private double offset;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  Law law() {
    return LawOption.read(lawCall, command);
  }

  int batchSize() {
    Require.INPUT.atLeast("--batch-size", batchSize, 1);
    return batchSize;
  }

  int servers() {
    return NumberText.wholeInt(servers).stream()
        .filter(number -> number >= 1)
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "--servers must be a whole number of at least 1, found '" + servers + "'"));
  }

  /** Whether the number of servers is {@code infinite}, which not every command knows. */
  boolean hasInfiniteServers() {
    return servers.equals("infinite");
  }

  BatchTime service() {
    Require.INPUT.positiveFinite("--seconds-per-token", secondsPerToken);
    Require.INPUT.notNegativeFinite("--offset", offset);
    return new BatchTime(offset, 0, secondsPerToken);
  }
}
