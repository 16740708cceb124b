package io.github.batchq.file;

import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Law;
import io.github.batchq.random.LawSpec;
import io.github.batchq.random.Mixture;
import io.github.batchq.random.MixtureSpec;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Laws and numbers as an experiment file that is made of data writes them: in six digits. */
public final class LawText {
  private static final int DIGITS = 6;
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?(E-?\\d+)?|-\\d[\\d.E-]*");

  private LawText() {}

  /** A number without an exponent. */
  public static String plain(double value) {
    return value == 0 || Double.isInfinite(value)
        ? ResultTable.cell(value)
        : Numerals.digits(value, DIGITS);
  }

  /** The law whose parameters are what the file says. */
  public static Law rounded(Law law) {
    String call =
        NUMBER
            .matcher(law.toString())
            .replaceAll(number -> plain(Double.parseDouble(number.group())));
    return LawCall.law(call, Path.of(""));
  }

  /** The block of an experiment file that denotes a law. */
  public static String block(Law law) {
    if (law instanceof Mixture mixture) {
      return mixture.laws().stream()
          .map(LawText::block)
          .collect(
              Collectors.joining(
                  ", ",
                  "{law: "
                      + name(MixtureSpec.class)
                      + ", weights: "
                      + mixture.weights().stream().map(LawText::plain).toList()
                      + ", laws: [",
                  "]}"));
    }
    StringBuilder text = new StringBuilder("{law: " + name(law.getClass()));
    for (RecordComponent component : law.getClass().getRecordComponents()) {
      try {
        double value = ((Number) component.getAccessor().invoke(law)).doubleValue();
        text.append(", ").append(component.getName()).append(": ").append(plain(value));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a law tells its parameters", e);
      }
    }
    return text.append('}').toString();
  }

  private static String name(Class<? extends LawSpec> type) {
    return Catalogue.LAWS.kinds().stream()
        .filter(known -> known.type() == type)
        .findFirst()
        .orElseThrow()
        .name();
  }
}
