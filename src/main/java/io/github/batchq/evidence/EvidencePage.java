package io.github.batchq.evidence;

import io.github.batchq.model.MarkdownTable;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.TableFormat;
import java.util.ArrayList;
import java.util.List;

/** Writes a page of evidence in Markdown, block by block. */
public final class EvidencePage {
  private final List<String> blocks = new ArrayList<>();

  /**
   * @param title the heading of the page
   */
  public EvidencePage(String title) {
    blocks.add("# " + title);
  }

  /** Adds the heading of a section. */
  public EvidencePage section(String heading) {
    blocks.add("## " + heading);
    return this;
  }

  /** Adds a paragraph. */
  public EvidencePage paragraph(String text) {
    blocks.add(text);
    return this;
  }

  /** Adds a list with a bullet before each item. */
  public EvidencePage list(List<String> items) {
    return lines(items.stream().map(item -> "- " + item).toList());
  }

  /** Adds pictures, one below the other; nothing if there are none. */
  public EvidencePage pictures(String description, List<String> files) {
    return files.isEmpty()
        ? this
        : lines(files.stream().map(file -> "![" + description + "](" + file + ")").toList());
  }

  /** Adds a table of numbers in aligned columns, rounded to six significant digits. */
  public EvidencePage numbers(ResultTable table) {
    blocks.add(TableFormat.MARKDOWN.render(table).stripTrailing());
    return this;
  }

  /**
   * Adds a table whose cells are sentences as much as numbers: as they are, in columns that are not
   * aligned, since the lines of aligned ones would be too long to read.
   *
   * @param rules one for each column, such as {@code ---:} where text ends at the right
   */
  public EvidencePage words(ResultTable table, List<String> rules) {
    String rule = "|" + String.join("|", rules) + "|";
    blocks.add(MarkdownTable.of(table.columns(), rule, table.rows()).stripTrailing());
    return this;
  }

  /** Adds a section about a statement: what is claimed, by whom, and what was found. */
  public EvidencePage evidence(Evidence<?> evidence, List<String> columns) {
    Statement statement = evidence.statement();
    String source = statement.source().isEmpty() ? "" : " Source: " + statement.source() + ".";
    return section(statement.id())
        .paragraph(statement.claim() + source)
        .numbers(evidence.table(columns));
  }

  private EvidencePage lines(List<String> lines) {
    blocks.add(String.join("\n", lines));
    return this;
  }

  /** The page, which ends with a line feed. */
  public String markdown() {
    return String.join("\n\n", blocks) + "\n";
  }
}
