package io.github.batchq.cli;

import io.github.batchq.model.NumberText;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * Says how the values of options are read: numbers as in files, with or without an exponent, where
 * 1e3 is a whole number too; an empty text is not the name of a file.
 */
final class OptionTypes {
  /** Infinity as files write it, and as Java does. */
  private static final Pattern INFINITY = Pattern.compile("([-+]?)(\\.?inf|Infinity)");

  private OptionTypes() {}

  /** Makes a command and all its subcommands read values in this way. */
  static void register(CommandLine line) {
    line.registerConverter(int.class, OptionTypes::wholeInt);
    line.registerConverter(Integer.class, OptionTypes::wholeInt);
    line.registerConverter(long.class, OptionTypes::whole);
    line.registerConverter(Long.class, OptionTypes::whole);
    line.registerConverter(double.class, OptionTypes::number);
    line.registerConverter(Double.class, OptionTypes::number);
    line.registerConverter(Path.class, OptionTypes::path);
  }

  private static int wholeInt(String text) {
    return NumberText.wholeInt(text).orElseThrow(() -> noWhole(text, Integer.MAX_VALUE));
  }

  private static long whole(String text) {
    return NumberText.whole(text).orElseThrow(() -> noWhole(text, Long.MAX_VALUE));
  }

  private static TypeConversionException noWhole(String text, long most) {
    boolean tooLarge =
        NumberText.decimal(text)
            .filter(number -> number.stripTrailingZeros().scale() <= 0)
            .isPresent();
    return refuse("a whole number" + (tooLarge ? " of at most " + most : ""), text);
  }

  private static double number(String text) {
    Matcher infinity = INFINITY.matcher(text);
    if (infinity.matches()) {
      return infinity.group(1).equals("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return NumberText.decimal(text)
        .map(BigDecimal::doubleValue)
        .orElseThrow(() -> refuse("a finite number", text));
  }

  private static Path path(String text) {
    if (text.isBlank()) {
      throw refuse("the name of a file or folder", text);
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw text.indexOf('\0') >= 0
          ? refuse("the name of a file or folder", text)
          : new TypeConversionException(
              "'"
                  + text
                  + "' has letters that this locale cannot write in names of files: set one with"
                  + " UTF-8, such as LC_ALL=C.UTF-8");
    }
  }

  private static TypeConversionException refuse(String expected, String text) {
    return new TypeConversionException("expected " + expected + ", found '" + text + "'");
  }
}
