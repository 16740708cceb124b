package io.github.batchq.cli;

import io.github.batchq.experiment.Manifest;
import io.github.batchq.model.BadInputException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code batchq}. Exit status 0: done; 1: a defect of batchq, or a check that fails; 2:
 * bad input, told in one sentence.
 */
@Command(
    name = "batchq",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Simulates batching policies of LLM inference servers, with their theory beside them.",
    subcommands = {
      RunCommand.class,
      CompareCommand.class,
      ReproduceCommand.class,
      CapacityCommand.class,
      BestCommand.class,
      ValidateCommand.class,
      ValidateAllCommand.class,
      VarianceReductionCommand.class,
      DescribeCommand.class,
      FitCommand.class,
      ListCommand.class,
      PlotCommand.class,
      TheoryCommand.class,
      BenchCommand.class,
      HelpCommand.class
    })
public final class Main implements Runnable {
  private static final int BAD_INPUT = 2;
  private static final int DEFECT = 1;

  /** A sign beyond ASCII that tables need. */
  private static final char PLUS_MINUS = '±';

  @Spec private CommandSpec spec;

  /** picocli fills the fields. */
  @SuppressWarnings("NullAway.Init")
  Main() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /**
   * Runs a command and exits.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    CommandLine line = commandLine();
    if (!canEncode(PLUS_MINUS)) {
      line.setOut(inUtf8(System.out));
      line.setErr(inUtf8(System.err));
    }
    try {
      System.exit(line.execute(arguments));
    } catch (OutOfMemoryError e) {
      System.err.println(
          "batchq: the memory is used up: give more, such as JAVA_TOOL_OPTIONS=-Xmx8g, or cut the"
              + " trace");
      System.exit(DEFECT);
    }
  }

  /**
   * Whether standard output has a sign; that of a locale without an encoding, such as C, has not.
   */
  private static boolean canEncode(char sign) {
    String name =
        System.getProperty(
            "stdout.encoding",
            System.getProperty("sun.stdout.encoding", Charset.defaultCharset().name()));
    return Charset.isSupported(name) && Charset.forName(name).newEncoder().canEncode(sign);
  }

  private static PrintWriter inUtf8(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** The command line with its error handling; tests run it too. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    OptionTypes.register(line);
    line.setParameterExceptionHandler(Main::refuseArguments);
    line.setExecutionExceptionHandler((e, command, parsed) -> refuse(e, command));
    return line;
  }

  private static int refuseArguments(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(
        "batchq: "
            + (command.getUnmatchedArguments().isEmpty()
                ? firstLine(String.valueOf(e.getMessage()))
                : UnknownWord.sentence(command.getUnmatchedArguments().get(0), command))
            + " (see "
            + command.getCommandSpec().qualifiedName()
            + " --help)");
    err.flush();
    return BAD_INPUT;
  }

  private static int refuse(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    int status;
    if (e instanceof BadInputException) {
      err.println("batchq: " + e.getMessage());
      status = BAD_INPUT;
    } else {
      err.println("batchq: this is a defect, please report it with the command and its input:");
      e.printStackTrace(err);
      status = DEFECT;
    }
    err.flush();
    return status;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }

  /** Version, the commit that it was built from where that is known, and JDK. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String commit = Manifest.commit();
      return new String[] {
        "batchq " + Manifest.version() + (commit.isEmpty() ? "" : " (commit " + commit + ")"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version")
      };
    }
  }
}
