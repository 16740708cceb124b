package io.github.batchq.file.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchq.file.data.JsonColumn.Reduction;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Excerpt;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads chosen columns of a JSON document whose rows are the objects of a list in it, such as
 * {@code /benchmarks/0/requests/successful}, or the entries of parallel lists, such as {@code
 * start_times[]}. A list of objects is read one after the other in bounded memory; of parallel
 * lists, what is wanted is kept.
 *
 * <p>In the path to the rows {@code *} stands for the number of a run: documents of several runs
 * have a list of them, or one document follows the other.
 */
public final class JsonDocumentReader implements TableReader {
  private static final String RUN = "*";

  private final DataFile file;
  private final JsonTokens tokens;
  private final List<JsonColumn> columns;
  private final String path;
  private final int run;
  private final JsonCells cells;
  private final List<TextColumn> lists = new ArrayList<>();

  /** How deep the list of runs is, or -1, and how many runs were seen. */
  private int depthOfRuns = -1;

  private int runs;
  private long row;

  private JsonDocumentReader(DataFile file, String path, int run, List<String> columns) {
    this.file = file;
    this.path = path;
    this.run = run;
    this.columns = columns.stream().map(JsonColumn::of).toList();
    this.cells = new JsonCells(this.columns);
    this.tokens = new JsonTokens(file);
  }

  /**
   * Opens a file.
   *
   * @param file the file
   * @param path JSON pointer to the list of the rows, or to the object of parallel lists; empty for
   *     the whole document
   * @param run which run it is where the path has a {@code *}, from 1
   * @param columns keys or pointers from there on, all of them with {@code []} for parallel lists;
   *     the other methods count them from 0
   * @throws BadInputException if the file is missing or no JSON, or there are no such rows
   */
  public static JsonDocumentReader open(DataFile file, String path, int run, List<String> columns) {
    JsonDocumentReader reader = new JsonDocumentReader(file, path, run, columns);
    try {
      reader.begin();
      return reader;
    } catch (BadInputException e) {
      reader.close();
      throw e;
    }
  }

  private void begin() {
    List<String> steps = path.isEmpty() ? List.of() : List.of(path.substring(1).split("/", -1));
    boolean found = seek(steps);
    boolean listed = columns.stream().allMatch(JsonColumn::listed);
    if (!found) {
      finish();
      throw new BadInputException(
          file
              + (runs > 0 && runs < run
                  ? " has " + runs + (runs == 1 ? " run" : " runs") + ", there is no run " + run
                  : ": there is nothing at " + (path.isEmpty() ? "its top" : Excerpt.of(path))));
    }
    if (!listed && columns.stream().anyMatch(JsonColumn::listed)) {
      throw new BadInputException(
          file
              + ": either all columns are parallel lists, with [] behind their names, or none is,"
              + " found "
              + Excerpt.list(columns.stream().map(JsonColumn::name).toList()));
    }
    JsonToken expected = listed ? JsonToken.START_OBJECT : JsonToken.START_ARRAY;
    if (tokens.token() != expected) {
      throw new BadInputException(
          file
              + ", line "
              + tokens.line()
              + (listed
                  ? ": an object with lists was expected"
                  : ": a list of objects was expected; rows names where it is, such as"
                      + " /benchmarks/0/requests, and parallel lists are named as start_times[]"));
    }
    if (listed) {
      readLists();
      finish();
    }
  }

  /** Moves to the value that a path leads to. */
  private boolean seek(List<String> steps) {
    boolean ofDocuments = !steps.isEmpty() && steps.get(0).equals(RUN);
    while (tokens.next() != null) {
      if (!ofDocuments || tokens.token() == JsonToken.START_ARRAY) {
        return descend(steps);
      }
      depthOfRuns = 0;
      runs++;
      if (runs == run) {
        return descend(steps.subList(1, steps.size()));
      }
      tokens.skip();
    }
    return false;
  }

  private boolean descend(List<String> steps) {
    if (steps.isEmpty()) {
      return true;
    }
    String step = steps.get(0);
    List<String> rest = steps.subList(1, steps.size());
    if (tokens.token() == JsonToken.START_OBJECT) {
      while (tokens.next() == JsonToken.FIELD_NAME) {
        boolean found = tokens.name().equals(step.replace("~1", "/").replace("~0", "~"));
        tokens.next();
        if (found) {
          return descend(rest);
        }
        tokens.skip();
      }
      return false;
    }
    if (tokens.token() != JsonToken.START_ARRAY) {
      return false;
    }
    boolean ofRuns = step.equals(RUN);
    if (ofRuns) {
      depthOfRuns = tokens.depth();
    }
    for (int entry = 0; tokens.next() != JsonToken.END_ARRAY; entry++) {
      runs += ofRuns ? 1 : 0;
      if (ofRuns ? runs == run : step.equals(Integer.toString(entry))) {
        return descend(rest);
      }
      tokens.skip();
    }
    return false;
  }

  private void readLists() {
    for (int i = 0; i < columns.size(); i++) {
      lists.add(new TextColumn());
    }
    boolean[] found = new boolean[columns.size()];
    while (tokens.next() == JsonToken.FIELD_NAME) {
      String name = tokens.name();
      tokens.next();
      int column = columnOf(name);
      if (column >= 0 && tokens.token() == JsonToken.START_ARRAY) {
        found[column] = true;
        readList(columns.get(column).reduction(), lists.get(column));
      } else {
        tokens.skip();
      }
    }
    for (int i = 0; i < found.length; i++) {
      if (!found[i]) {
        throw new BadInputException(file + ": there is no list '" + columns.get(i).name() + "'");
      }
      if (lists.get(i).size() != lists.get(0).size()) {
        throw new BadInputException(
            file
                + ": the lists have different numbers of entries: "
                + columns.get(0).name()
                + " has "
                + lists.get(0).size()
                + " and "
                + columns.get(i).name()
                + " "
                + lists.get(i).size());
      }
    }
  }

  private int columnOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).pointer().equals(JsonPointer.empty().appendProperty(name))) {
        return i;
      }
    }
    return -1;
  }

  private void readList(Reduction reduction, TextColumn list) {
    while (tokens.next() != JsonToken.END_ARRAY) {
      if (tokens.token() == JsonToken.START_ARRAY) {
        list.add(
            tokens
                .read(parser -> ListSummary.of(parser, reduction == Reduction.ALL))
                .text(reduction));
        tokens.leave();
      } else if (tokens.token() == JsonToken.START_OBJECT) {
        list.add("{}");
        tokens.skip();
      } else {
        boolean none = tokens.token() == JsonToken.VALUE_NULL;
        list.add(none ? "" : tokens.read(JsonParser::getText));
      }
    }
  }

  /** Reads to the end, which counts the runs. */
  private void finish() {
    int outside = tokens.depth();
    for (JsonToken token = tokens.next(); token != null; token = tokens.next()) {
      boolean value = token != JsonToken.FIELD_NAME && !token.isStructEnd();
      runs += value && outside == depthOfRuns ? 1 : 0;
      outside = tokens.depth();
      depthOfRuns = outside < depthOfRuns ? -1 : depthOfRuns;
    }
  }

  /** How many runs the document has, once all rows are read; 0 where the path names no run. */
  public int runs() {
    return runs;
  }

  @Override
  public boolean next() {
    row++;
    if (!lists.isEmpty()) {
      return row <= lists.get(0).size();
    }
    JsonToken token = tokens.next();
    if (token == JsonToken.END_ARRAY) {
      finish();
      return false;
    }
    if (token != JsonToken.START_OBJECT) {
      tokens.skip();
      throw refuse("an object such as {\"tokens\": 5} was expected");
    }
    if (!tokens.read(cells::read)) {
      throw new BadInputException(
          file + ", " + place(row) + ": more than " + JsonCells.MOST_KEYS + " keys");
    }
    tokens.leave();
    return true;
  }

  @Override
  public String column(int column) {
    return columns.get(column).name();
  }

  @Override
  public String text(int column) {
    return lists.isEmpty()
        ? cells.text(column, this, missing -> "")
        : lists.get(column).get((int) row - 1).strip();
  }

  @Override
  public boolean holds(int column) {
    if (lists.isEmpty()) {
      return cells.holds(column);
    }
    String entry = text(column);
    return !entry.isEmpty() && !entry.equals("false");
  }

  @Override
  public DataFile file() {
    return file;
  }

  @Override
  public long row() {
    return row;
  }

  @Override
  public String place(long row) {
    return "entry " + row;
  }

  @Override
  public Closeable source() {
    return tokens;
  }
}
