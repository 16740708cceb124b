package io.github.batchq.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.model.MarkdownTable;
import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How a table of results is written for a person or for another program. */
public enum TableFormat {
  /** Aligned columns for the console, numbers rounded to six significant digits. */
  TABLE {
    @Override
    public String render(ResultTable table) {
      return text(table).render();
    }

    @Override
    public String renderWithin(ResultTable table, int most) {
      return text(table).within(most).render();
    }

    private TextTable text(ResultTable table) {
      List<List<String>> lines = readable(table);
      return TextTable.of(lines.get(0), lines.subList(1, lines.size()), numeric(table));
    }
  },
  /** Comma-separated values with a header line, every number as it is in the table. */
  CSV {
    @Override
    public String render(ResultTable table) {
      return table.toCsv();
    }
  },
  /** An array with one object for each row: numbers are numbers, an empty cell is null. */
  JSON {
    @Override
    public String render(ResultTable table) {
      ObjectMapper mapper = new ObjectMapper();
      List<String> objects = new ArrayList<>();
      for (List<String> row : table.rows()) {
        ObjectNode object = mapper.createObjectNode();
        for (int c = 0; c < row.size(); c++) {
          put(object, table.columns().get(c), row.get(c));
        }
        try {
          objects.add("  " + mapper.writeValueAsString(object));
        } catch (JsonProcessingException e) {
          throw new IllegalStateException("a tree of plain values can be written", e);
        }
      }
      return objects.isEmpty() ? "[]\n" : "[\n" + String.join(",\n", objects) + "\n]\n";
    }
  },
  /** A pipe table for a page on GitHub, numbers rounded to six significant digits. */
  MARKDOWN {
    @Override
    public String render(ResultTable table) {
      List<List<String>> lines =
          readable(table).stream()
              .map(line -> line.stream().map(TableFormat::escaped).toList())
              .toList();
      int[] widths = widths(lines);
      boolean[] numeric = numeric(table);
      String rule =
          IntStream.range(0, widths.length)
              .mapToObj(c -> "-".repeat(widths[c] - 1) + (numeric[c] ? ":" : "-"))
              .collect(Collectors.joining(" | ", "| ", " |"));
      List<List<String>> padded =
          lines.stream().map(line -> padded(line, widths, numeric)).toList();
      return MarkdownTable.of(padded.get(0), rule, padded.subList(1, padded.size()));
    }
  };

  /** The name as the command line shows it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The whole table in this format, ending with a line feed. */
  public abstract String render(ResultTable table);

  /**
   * The whole table as {@link #render} has it, but for cells of words on the console, which are
   * broken so that lines have at most {@code most} characters.
   */
  public String renderWithin(ResultTable table, int most) {
    return render(table);
  }

  /** The header and the rows with their numbers rounded. */
  private static List<List<String>> readable(ResultTable table) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(table.columns());
    for (List<String> row : table.rows()) {
      lines.add(row.stream().map(TableFormat::roundedWords).toList());
    }
    return lines;
  }

  /** A cell whose numbers are rounded: a number, or a list of numbers between blanks. */
  private static String roundedWords(String cell) {
    return Arrays.stream(cell.split(" ", -1))
        .map(Numerals::rounded)
        .collect(Collectors.joining(" "));
  }

  /** Width of each column in characters; at least three, the shortest rule of a pipe table. */
  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[lines.get(0).size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = 3;
      for (List<String> line : lines) {
        widths[c] = Math.max(widths[c], line.get(c).length());
      }
    }
    return widths;
  }

  /** Which columns hold numbers only, and at least one. */
  private static boolean[] numeric(ResultTable table) {
    boolean[] numeric = new boolean[table.columns().size()];
    for (int c = 0; c < numeric.length; c++) {
      int column = c;
      List<String> filled =
          table.rows().stream()
              .map(row -> row.get(column))
              .filter(text -> !text.isEmpty())
              .toList();
      numeric[c] =
          !filled.isEmpty()
              && filled.stream()
                  .allMatch(text -> Numerals.isNumber(text) || text.endsWith("Infinity"));
    }
    return numeric;
  }

  private static List<String> padded(List<String> line, int[] widths, boolean[] right) {
    List<String> cells = new ArrayList<>();
    for (int c = 0; c < widths.length; c++) {
      String space = " ".repeat(widths[c] - line.get(c).length());
      cells.add(right[c] ? space + line.get(c) : line.get(c) + space);
    }
    return cells;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\R", " ");
  }

  private static void put(ObjectNode object, String name, String text) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (text.isEmpty()) {
      object.putNull(name);
    } else if (text.matches("[+-]?[0-9]+")) {
      object.set(name, nodes.numberNode(new BigInteger(text)));
    } else if (Numerals.isNumber(text) && Double.isFinite(Double.parseDouble(text))) {
      object.put(name, Double.parseDouble(text));
    } else {
      object.put(name, text);
    }
  }
}
