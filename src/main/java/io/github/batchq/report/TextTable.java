package io.github.batchq.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Text in aligned columns: a header of one line or more, a rule, and the rows.
 *
 * @param columns at least one, all with equally many cells
 */
record TextTable(List<Column> columns) {
  private static final String SPACE = "  ";

  /** Narrower columns are hard to see. */
  private static final int LEAST_WIDTH = 3;

  /**
   * A column.
   *
   * @param header its lines, the last of which stands on the rule
   * @param cells one for each row
   * @param right whether its text ends at the right edge, as numbers do
   */
  record Column(List<String> header, List<String> cells, boolean right) {
    Column {
      header = List.copyOf(header);
      cells = List.copyOf(cells);
    }

    /** Characters of the longest line. */
    int width() {
      return Math.max(LEAST_WIDTH, Math.max(longest(header), longest(cells)));
    }

    /**
     * The same column with its header broken after some characters, as far as this makes it
     * narrower.
     */
    Column wrappedAfter(char end) {
      List<String> pieces =
          Arrays.asList(String.join(" ", header).split("(?<=" + Pattern.quote("" + end) + ")"));
      int width = Math.max(longest(cells), longest(pieces.stream().map(String::strip).toList()));
      List<String> lines = new ArrayList<>();
      String line = "";
      for (String piece : pieces) {
        if ((line + piece).stripTrailing().length() > width) {
          lines.add(line.stripTrailing());
          line = "";
        }
        line += piece;
      }
      lines.add(line);
      return new Column(lines, cells, right);
    }

    private static int longest(List<String> lines) {
      return lines.stream().mapToInt(String::length).max().orElse(0);
    }

    private String padded(String text, int width) {
      String space = " ".repeat(width - text.length());
      return right ? space + text : text + space;
    }

    /** A line of the header. Headers of different heights all end above the rule. */
    private String headerLine(int line, int height) {
      int own = line - (height - header.size());
      return own < 0 ? "" : header.get(own);
    }
  }

  /** A column whose header is one line. */
  static Column column(String header, List<String> cells, boolean right) {
    return new Column(List.of(header), cells, right);
  }

  /** The columns of a table of rows. */
  static TextTable of(List<String> headers, List<List<String>> rows, boolean[] right) {
    return new TextTable(
        IntStream.range(0, headers.size())
            .mapToObj(
                c ->
                    column(headers.get(c), rows.stream().map(row -> row.get(c)).toList(), right[c]))
            .toList());
  }

  /** Characters of a line. */
  int width() {
    return columns.stream().mapToInt(Column::width).sum() + SPACE.length() * (columns.size() - 1);
  }

  /**
   * The same table in lines of at most {@code most} characters, at least about twenty for each
   * column: cells of the widest columns are broken, and a row takes several lines.
   */
  TextTable within(int most) {
    int[] widths = columns.stream().mapToInt(Column::width).toArray();
    for (int wide = width() - most; wide > 0; wide--) {
      int widest = 0;
      for (int c = 1; c < widths.length; c++) {
        widest = widths[c] > widths[widest] ? c : widest;
      }
      widths[widest]--;
    }
    List<List<String>> cells =
        columns.stream().<List<String>>map(column -> new ArrayList<>()).toList();
    for (int row = 0; row < columns.get(0).cells().size(); row++) {
      List<List<String>> broken = new ArrayList<>();
      for (int c = 0; c < widths.length; c++) {
        broken.add(broken(columns.get(c).cells().get(row), widths[c]));
      }
      int height = broken.stream().mapToInt(List::size).max().orElse(1);
      for (int line = 0; line < height; line++) {
        for (int c = 0; c < widths.length; c++) {
          cells.get(c).add(line < broken.get(c).size() ? broken.get(c).get(line) : "");
        }
      }
    }
    return new TextTable(
        IntStream.range(0, widths.length)
            .mapToObj(
                c -> new Column(columns.get(c).header(), cells.get(c), columns.get(c).right()))
            .toList());
  }

  /**
   * A cell in lines of at most some characters, broken after blanks, commas and slashes, and where
   * it must be anywhere; lines after the first are indented.
   */
  private static List<String> broken(String cell, int width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String piece : cell.split("(?<=[ ,/])", -1)) {
      if ((line + piece).stripTrailing().length() > width && !line.isBlank()) {
        lines.add(line.stripTrailing());
        line = SPACE;
      }
      line += piece;
      while (line.stripTrailing().length() > width) {
        lines.add(line.substring(0, width));
        line = SPACE + line.substring(width);
      }
    }
    lines.add(line.stripTrailing());
    return lines;
  }

  /** The table, each line ending with a line feed. */
  String render() {
    int height = columns.stream().mapToInt(column -> column.header().size()).max().orElse(1);
    int[] widths = columns.stream().mapToInt(Column::width).toArray();
    StringBuilder out = new StringBuilder();
    for (int line = 0; line < height; line++) {
      int at = line;
      append(out, widths, column -> column.headerLine(at, height));
    }
    append(out, widths, column -> "-".repeat(column.width()));
    for (int row = 0; row < columns.get(0).cells().size(); row++) {
      int at = row;
      append(out, widths, column -> column.cells().get(at));
    }
    return out.toString();
  }

  private void append(StringBuilder out, int[] widths, Function<Column, String> text) {
    String line =
        IntStream.range(0, widths.length)
            .mapToObj(c -> columns.get(c).padded(text.apply(columns.get(c)), widths[c]))
            .collect(Collectors.joining(SPACE));
    out.append(line.stripTrailing()).append('\n');
  }
}
