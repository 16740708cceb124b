package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Words of a command line: numbers as users write them, what is refused, and help. */
class ArgumentsTest {
  @TempDir Path folder;

  private Shell small(String arguments) {
    Path file = Shell.write(folder.resolve("small.yaml"), Shell.SMALL);
    return words(arguments.replace("FILE", file.toString()));
  }

  /** Runs a command; two quotes are an empty word. */
  private static Shell words(String command) {
    return Shell.run(
        Stream.of(command.trim().split(" +"))
            .map(word -> word.replace("''", ""))
            .toArray(Object[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "validate FILE --seed 1e3 | validate FILE --seed 1000",
        "validate FILE --set scenario.requests=8e2 | validate FILE --set scenario.requests=800",
        "validate FILE --set scenario.requests=800.0 | validate FILE --set scenario.requests=800",
        "validate FILE --set seed=1e3 | validate FILE --set seed=1000",
        "validate FILE --set replications=5e0 | validate FILE --set replications=5",
        "validate FILE --set sweep.policy.bins=[1e0,2.0,3] | validate FILE --set sweep.policy.bins=[1,2,3]",
        "validate FILE --set sweep.arrivals.rate=[4e-1,6E-1] | validate FILE",
        "validate FILE --set scenario.servers=2e0 | validate FILE --set scenario.servers=2",
        "validate FILE --set scenario.servers={\"count\":2e0} | validate FILE --set scenario.servers={\"count\":2}",
        "theory throughput --law uniform(1,2e1) --batch-size 8e0 --bins 1e1,2e1 | theory throughput --law uniform(1,20) --batch-size 8 --bins 10,20",
        "theory throughput --law uniform(1,20) --batch-size 8 --bins 1e0..3e0 | theory throughput --law uniform(1,20) --batch-size 8 --bins 1..3",
        "theory throughput --law uniform(1,20) --batch-size 8 --boundaries 5e0,1e1 | theory throughput --law uniform(1,20) --batch-size 8 --boundaries 5,10",
        "theory throughput --law uniform(1,20) --batch-size 8 --servers 1e1 | theory throughput --law uniform(1,20) --batch-size 8 --servers 10",
        "theory best-bins --law uniform(1,20) --batch-size 8 --servers infinite --rate 1e1,2e1 | theory best-bins --law uniform(1,20) --batch-size 8 --servers infinite --rate 10,20",
        "theory boundaries --law uniform(1,20) --batch-size 8 --bins 4e0 | theory boundaries --law uniform(1,20) --batch-size 8 --bins 4",
        "theory errors --law uniform(1,20) --batch-size 8 --bins 2e0 --error-rates 1e-1,2e-1 | theory errors --law uniform(1,20) --batch-size 8 --bins 2 --error-rates 0.1,0.2",
      })
  void aNumberWithAnExponentIsThatNumber(String exponent, String plain) {
    Shell found = small(exponent);
    assertEquals("", found.err());
    assertEquals(0, found.status());
    assertEquals(small(plain).out(), found.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "validate FILE --set scenario.requests=1.5e0 | key 'scenario.requests': expected a whole number, found 1.5",
        "validate FILE --set scenario.servers=1.5 | expected a whole number of servers",
        "validate FILE --set sweep.policy.bins=[1,1.5] | expected a whole number, found 1.5",
        "validate FILE --set scenario.policy.batchSize=99999999999 | expected a whole number of at most 2147483647, found 99999999999",
        "validate FILE --set scenario.policy.batchSize=3e9 | expected a whole number of at most 2147483647",
        "validate FILE --set scenario.requests=1e30 | expected a whole number of at most 9007199254740991",
        "validate FILE --set seed=9007199254740993.0 | expected a whole number of at most 9007199254740991",
        "validate FILE --set seed=99999999999999999999 | expected a whole number of at most 9223372036854775807",
        "validate FILE --seed 1.5 | option '--seed': expected a whole number, found '1.5'",
        "validate FILE --seed 1e30 | option '--seed': expected a whole number of at most 9223372036854775807, found '1e30'",
        "validate FILE --seed 1e-999999999 | option '--seed': expected a whole number",
        "validate FILE --seed 1e999999999 | option '--seed': expected a whole number",
        "validate FILE --seed 0x10 | option '--seed': expected a whole number, found '0x10'",
        "run FILE --threads 99999999999 | option '--threads': expected a whole number of at most 2147483647, found '99999999999'",
        "theory throughput --law uniform(1,20) --batch-size 1.5 | option '--batch-size': expected a whole number, found '1.5'",
        "theory throughput --law uniform(1,20) --batch-size 8 --bins 1.5 | --bins takes whole numbers",
        "theory throughput --law uniform(1,20) --batch-size 8 --bins 99999999999 | --bins takes whole numbers",
        "theory throughput --law uniform(1,20) --batch-size 8 --servers '' | --servers must be a whole number of at least 1, found ''",
        "theory throughput --law uniform(1,20) --batch-size 8 --boundaries 5,1e400 | --boundaries takes a rule or increasing numbers",
        "theory throughput --law uniform(1,20) --batch-size 8 --offset 1e400 | option '--offset': expected a finite number, found '1e400'",
        "theory throughput --law uniform(1,20) --batch-size 8 --offset 1d | option '--offset': expected a finite number, found '1d'",
        "theory throughput --law uniform(1,20) --batch-size 8 --offset NaN | option '--offset': expected a finite number, found 'NaN'",
        "theory throughput --law uniform(1,20) --batch-size 8 --offset inf | --offset must be finite and at least 0",
        "theory best-bins --law uniform(1,20) --batch-size 8 --rate 1e-400 | --rate takes numbers",
        "capacity FILE --limit latency.mean=60d | --limit takes METRIC=VALUE",
        "run FILE --seed 1 --seed 2 | option '--seed' (S) should be specified only once",
        "run FILE --seeds 1 | unknown option '--seeds'; did you mean '--seed'?",
        "run FILE --replication=3 | unknown option '--replication'; did you mean '--replications'?",
        "run FILE FILE | is one argument too many for batchq run",
        "theory bins --lwa uniform(1,20) --batch-size 8 --epsilon 1 | unknown option '--lwa'; did you mean '--law'?",
        "validate-all --out x.md | the command 'validate-all' is called 'self-test' now",
        "rnu FILE | unknown command 'batchq rnu'; did you mean 'run'?",
        "theory bin | unknown command 'batchq theory bin'; did you mean 'bins'?",
        "fit wrkload | unknown command 'batchq fit wrkload'; did you mean 'workload'?",
        "help theory bin | unknown command 'batchq theory bin'; did you mean 'bins'?",
        "help rnu | unknown command 'batchq rnu'; did you mean 'run'?",
        "help theory bins now | batchq theory bins has no command 'now' below it",
      })
  void otherWordsAreRefusedInOneSentence(String command, String sentence) {
    assertRefused(small(command), sentence);
    assertEquals(List.of("small.yaml"), Shell.names(folder));
  }

  /** Every option of every command that takes a value. */
  static List<String> optionsWithValues() {
    List<String> found = new ArrayList<>();
    collect(Main.commandLine(), found);
    return found;
  }

  private static void collect(CommandLine command, List<String> found) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      Class<?> type = option.typeInfo().getType();
      if (option.arity().max() > 0 && (type.isPrimitive() || type == Path.class || type.isEnum())) {
        found.add(command.getCommandSpec().qualifiedName() + " " + option.longestName());
      }
    }
    command.getSubcommands().values().forEach(below -> collect(below, found));
  }

  @ParameterizedTest
  @MethodSource("optionsWithValues")
  void anEmptyValueIsRefused(String option) {
    assertRefused(words(option.replace("batchq ", "") + " ''"), "''");
  }

  private static void assertRefused(Shell found, String sentence) {
    assertEquals(2, found.status(), found.err());
    assertEquals(1, found.err().lines().count(), found.err());
    assertTrue(found.err().startsWith("batchq: "), found.err());
    assertTrue(found.err().contains(sentence), found.err());
    assertFalse(found.err().contains("Exception"), found.err());
    assertEquals("", found.out());
  }

  /** Help is formatted, so a percent sign in it stands twice; else picocli warns. */
  @Test
  void noHelpWarns() {
    PrintStream before = System.err;
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
    try {
      assertTrue(usages(Main.commandLine()) > 40);
    } finally {
      System.setErr(before);
    }
    assertEquals("", warnings.toString(StandardCharsets.UTF_8));
  }

  /** Makes the help of a command and of all below it; returns how many they are. */
  private static int usages(CommandLine command) {
    assertFalse(command.getUsageMessage().isEmpty());
    return 1 + command.getSubcommands().values().stream().mapToInt(ArgumentsTest::usages).sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "theory", "theory bins", "fit workload", "help", "best"})
  void helpOfACommandIsWhatItsOptionSays(String command) {
    String help = words(command + " --help").out();
    assertTrue(help.startsWith("Usage: batchq " + command + " "), help);
    assertEquals(new Shell(0, help, ""), words("help " + command));
  }

  @Test
  void helpStandsAlsoBelowACommand() {
    assertEquals(words("help theory bins"), words("theory help bins"));
    assertEquals(words("theory --help"), words("theory help"));
    assertEquals(words("--help"), words("help"));
  }
}
