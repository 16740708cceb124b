package io.github.batchq.file.data;

import io.github.batchq.model.Excerpt;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a table whose cells are not separated by commas, so that commas may be decimal ones:
 * as the file's author writes them, if that can be told. Where a point may separate thousands or
 * not, the user is asked.
 */
final class CellNumbers {
  private static final Pattern WITH_COMMA =
      Pattern.compile("[-+]?[0-9]+,[0-9]*([eE][-+]?[0-9]+)?|[-+]?,[0-9]+");

  /** Thousands, each separated by a point. */
  private static final Pattern GROUPED =
      Pattern.compile("[-+]?[1-9][0-9]{0,2}(\\.[0-9]{3})+(,[0-9]*)?");

  private final @Nullable DecimalMark said;

  /** The first number that tells a mark, and where it stands. */
  private @Nullable String point;

  private @Nullable String comma;

  /**
   * @param said the mark that the user named, or null
   */
  CellNumbers(@Nullable DecimalMark said) {
    this.said = said;
  }

  /**
   * The text of a cell with a decimal point, if it is a number.
   *
   * @throws io.github.batchq.model.BadRowException if it may be two numbers
   */
  String pointed(TableReader reader, int column) {
    String text = reader.text(column);
    if (text.indexOf(',') < 0 && text.indexOf('.') < 0) {
      return text;
    }
    DecimalMark mark = said == null ? guess(text, reader, column) : said;
    if (mark == DecimalMark.POINT) {
      return text;
    }
    if (WITH_COMMA.matcher(text).matches() || GROUPED.matcher(text).matches()) {
      return text.replace(".", "").replace(',', '.');
    }
    throw reader.refuse(
        Excerpt.of(reader.column(column))
            + " is '"
            + Excerpt.of(text)
            + "', a number with a decimal comma and nothing but points between thousands was"
            + " expected");
  }

  private DecimalMark guess(String text, TableReader reader, int column) {
    boolean grouped = GROUPED.matcher(text).matches();
    boolean hasComma = text.indexOf(',') >= 0;
    if (!hasComma && grouped && (comma != null || point == null)) {
      String other = comma == null ? "no number above tells which" : comma + " has a decimal comma";
      throw ambiguous(text, other, reader, column);
    }
    DecimalMark mark = hasComma ? DecimalMark.COMMA : DecimalMark.POINT;
    String against = hasComma ? point : comma;
    if (against != null) {
      throw ambiguous(text, against + " has a decimal " + name(other(mark)), reader, column);
    }
    String here = "'" + Excerpt.of(text) + "' in " + reader.place(reader.row());
    if (hasComma) {
      comma = comma == null ? here : comma;
    } else {
      point = point == null ? here : point;
    }
    return mark;
  }

  private static RuntimeException ambiguous(
      String text, String other, TableReader reader, int column) {
    return reader.refuse(
        Excerpt.of(reader.column(column))
            + " is '"
            + Excerpt.of(text)
            + "', which is one number with a decimal point and another with a decimal comma, and "
            + other
            + ": say decimal: comma or decimal: point, by --decimal on the command line");
  }

  private static DecimalMark other(DecimalMark mark) {
    return mark == DecimalMark.COMMA ? DecimalMark.POINT : DecimalMark.COMMA;
  }

  private static String name(DecimalMark mark) {
    return mark.name().toLowerCase(Locale.ROOT);
  }
}
