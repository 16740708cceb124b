package io.github.batchq.cli;

import io.github.batchq.model.Excerpt;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a user of a failure that the input did not cause. */
final class Defect {
  private static final int SHOWN = 200;

  private Defect() {}

  /** One sentence; the stack trace, which helps to find the defect, goes into a file. */
  static String sentence(Exception failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String what =
        Excerpt.of(failure.toString(), SHOWN) + (trace.length == 0 ? "" : " at " + trace[0]);
    return "this is a defect of batchq, please report it with the command and its input: "
        + what
        + file(failure);
  }

  private static String file(Exception failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    try {
      Path file = Files.createTempFile("batchq-defect-", ".txt");
      Files.writeString(file, text.toString());
      return " (all of it is in " + file + ")";
    } catch (IOException e) {
      return "";
    }
  }
}
