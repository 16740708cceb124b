package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Excerpt;
import io.github.batchq.results.Manifest;
import java.io.OutputStreamWriter;
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
 * The command {@code batchq}. Exit status 0: done; 1: a check that fails, memory that is used up,
 * standard output that cannot be written, or a defect of batchq; 2: bad input, told in one
 * sentence; 3: merge needs more runs.
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
      PlanCommand.class,
      MergeCommand.class,
      ReproduceCommand.class,
      TwinCommand.class,
      CapacityCommand.class,
      BestCommand.class,
      SignificanceCommand.class,
      ValidateCommand.class,
      SelfTestCommand.class,
      VarianceReductionCommand.class,
      DescribeCommand.class,
      GroupCommand.class,
      FitCommand.class,
      ListCommand.class,
      PlotCommand.class,
      ReportCommand.class,
      DistributionCommand.class,
      TimelineCommand.class,
      ReferenceCommand.class,
      TheoryCommand.class,
      BenchCommand.class,
      HelpCommand.class
    })
public final class Main implements Runnable {
  private static final int BAD_INPUT = 2;
  private static final int FAILURE = 1;

  /** How many characters are shown of a sentence that repeats what the user wrote. */
  private static final int LONGEST_MESSAGE = 500;

  private static final long MEGABYTE = 1024 * 1024;

  private static final String NESTED =
      "the input is nested too deeply, or a list in it is too long, to be read";

  /** What stands in the place of a letter that cannot be read. */
  private static final char REPLACEMENT = '\uFFFD';

  /** The one character beyond ASCII that tables need. */
  private static final char PLUS_MINUS = '±';

  @Spec private CommandSpec spec;

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
    StandardOutput out = StandardOutput.ofProcess();
    boolean inUtf8 = !canEncode(PLUS_MINUS);
    Charset charset = inUtf8 ? StandardCharsets.UTF_8 : outputCharset();
    line.setOut(new PrintWriter(new OutputStreamWriter(out, charset), true));
    if (inUtf8) {
      line.setErr(new PrintWriter(new OutputStreamWriter(System.err, charset), true));
    }
    int status = isReadable(arguments, line.getErr()) ? execute(line, arguments) : BAD_INPUT;
    line.getOut().flush();
    if (out.failure() != null) {
      line.getErr().println("batchq: standard output could not be written: " + out.failure());
      line.getErr().flush();
      status = status == 0 ? FAILURE : status;
    }
    System.exit(status);
  }

  /**
   * Whether all of the command line could be read: letters that the locale cannot encode arrive as
   * a replacement.
   */
  private static boolean isReadable(String[] arguments, PrintWriter err) {
    for (String argument : arguments) {
      if (argument.indexOf(REPLACEMENT) >= 0) {
        err.println(
            "batchq: '"
                + Excerpt.of(argument)
                + "' has letters that this locale cannot read: set one with UTF-8, such as"
                + " LC_ALL=C.UTF-8");
        err.flush();
        return false;
      }
    }
    return true;
  }

  /**
   * Runs a command; tests run it too.
   *
   * @return the exit status
   */
  static int execute(CommandLine line, String... arguments) {
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError | StackOverflowError e) {
      return tell(e, line.getErr());
    }
  }

  /** Tells the user of a process that ran out of memory what to do next, without a stack trace. */
  private static int tell(Error e, PrintWriter err) {
    err.println("batchq: " + (e instanceof OutOfMemoryError ? memory(e) : NESTED));
    err.flush();
    return e instanceof OutOfMemoryError ? FAILURE : BAD_INPUT;
  }

  private static String memory(Error e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("native thread")) {
      return "the system starts no more threads: ask for fewer by --threads";
    }
    return "the memory of "
        + Runtime.getRuntime().maxMemory() / MEGABYTE
        + " MB is used up: give more, as in JAVA_OPTS=-Xmx8g ./batchq ..., or ask for less, such as"
        + " fewer requests (of an overloaded system all that wait are kept), points, replications or"
        + " bins, or a part of the trace";
  }

  /**
   * Whether standard output can encode a character. In a locale without an encoding, such as C, it
   * cannot encode all.
   */
  private static boolean canEncode(char sign) {
    return outputCharset().newEncoder().canEncode(sign);
  }

  private static Charset outputCharset() {
    String name =
        System.getProperty(
            "stdout.encoding",
            System.getProperty("sun.stdout.encoding", Charset.defaultCharset().name()));
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.US_ASCII;
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
            + Excerpt.of(
                command.getUnmatchedArguments().isEmpty()
                    ? firstLine(String.valueOf(e.getMessage()))
                    : UnknownWord.sentence(command.getUnmatchedArguments().get(0), command),
                LONGEST_MESSAGE)
            + " (see "
            + command.getCommandSpec().qualifiedName()
            + " --help)");
    err.flush();
    return BAD_INPUT;
  }

  private static int refuse(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError || cause instanceof StackOverflowError) {
        return tell((Error) cause, err);
      }
    }
    int status;
    if (e instanceof BadInputException refused) {
      err.println("batchq: " + Excerpt.of(refused.getMessage(), LONGEST_MESSAGE));
      status = BAD_INPUT;
    } else {
      err.println("batchq: " + Defect.sentence(e));
      status = FAILURE;
    }
    err.flush();
    return status;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }

  /** Says the version, the commit that it was built from where that is known, and the JDK. */
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
