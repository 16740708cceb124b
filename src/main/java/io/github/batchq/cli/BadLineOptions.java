package io.github.batchq.cli;

import io.github.batchq.model.BadRows;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says what becomes of malformed lines of traces. */
final class BadLineOptions {
  private static final int MOST_REPORTED = 10;

  @Option(
      names = "--skip-bad",
      paramLabel = "N",
      description =
          "leave up to N malformed lines of traces out, and report them (default: 0, the first one"
              + " ends the command)")
  private long most;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /** A counter of the malformed lines, which allows as many as the user does. */
  BadRows rows() {
    return new BadRows(most);
  }

  /** Says on standard error what was left out, and what else is to be known of the files. */
  void report(BadRows bad) {
    if (command == null) {
      return;
    }
    var out = command.commandLine().getErr();
    tell(bad, command);
    if (bad.skipped() == 0) {
      return;
    }
    out.println(
        "batchq: skipped " + bad.skipped() + (bad.skipped() == 1 ? " bad line" : " bad lines"));
    bad.reasons().stream().limit(MOST_REPORTED).forEach(reason -> out.println("  " + reason));
    if (bad.skipped() > MOST_REPORTED) {
      out.println("  and " + (bad.skipped() - MOST_REPORTED) + " more");
    }
    out.flush();
  }

  /** Says on standard error what is to be known of the files that a command has read. */
  static void tell(BadRows read, CommandSpec command) {
    var out = command.commandLine().getErr();
    read.notes().forEach(note -> out.println("batchq: " + note));
    out.flush();
  }

  /** Says something of a file on standard error. */
  void say(String sentence) {
    if (command != null) {
      command.commandLine().getErr().println("batchq: " + sentence);
      command.commandLine().getErr().flush();
    }
  }
}
