package io.github.batchq.file.trace;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.FileHead;
import io.github.batchq.file.data.FileHead.Layout;
import io.github.batchq.file.data.UnitOfTime;
import io.github.batchq.file.trace.TraceColumn.Role;
import io.github.batchq.file.trace.TraceColumn.Since;
import io.github.batchq.model.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A format of recorded traces: what tells it, what its columns are called, in which unit its times
 * are, and where it comes from. All formats stand in {@link TraceFormats}.
 *
 * @param name how files name it
 * @param description what it is, one line
 * @param reference where it is published or documented
 * @param signs names of columns or keys, all of which tell the format; several in one text,
 *     separated by |, where one of them is enough; none where it is never guessed
 * @param columns its columns
 * @param rows path to its rows in a JSON document; empty where they are the file
 * @param layout how its rows are laid out; null where it may be a table, lines or a list
 * @param filters columns by which requests can be chosen, by the keys of an experiment file
 * @param remark what a user must know of the numbers; empty for nothing
 * @param example keys of an experiment file that reads a sample, with their values in YAML
 */
public record TraceFormat(
    String name,
    String description,
    String reference,
    List<String> signs,
    List<TraceColumn> columns,
    String rows,
    @Nullable Layout layout,
    Map<String, String> filters,
    String remark,
    Map<String, String> example) {
  /** Names of columns that tell times, as far as names can tell. */
  private static final Pattern TIME =
      Pattern.compile(
          "(?i).*(time|stamp|arriv|date|start|offset|gap|sent|_at\\b|\\bts\\b|\\bt\\b).*");

  public TraceFormat {
    signs = List.copyOf(signs);
    columns = List.copyOf(columns);
    filters = Map.copyOf(filters);
    example = Map.copyOf(example);
  }

  /**
   * A format whose rows are a table, JSON lines or a JSON list.
   *
   * @param name how files name it
   * @param description what it is, one line
   * @param reference where it is published or documented
   * @param signs names that tell it
   */
  static TraceFormat of(String name, String description, String reference, String... signs) {
    return new TraceFormat(
        name, description, reference, List.of(signs), List.of(), "", null, Map.of(), "", Map.of());
  }

  private TraceFormat plus(TraceColumn column) {
    List<TraceColumn> more = new ArrayList<>(columns);
    more.add(column);
    return new TraceFormat(
        name, description, reference, signs, more, rows, layout, filters, remark, example);
  }

  private static List<String> split(String names) {
    return List.of(names.split("\\|", -1));
  }

  /** Its arrival times, on a clock in a unit; null for dates. */
  TraceFormat arriving(@Nullable UnitOfTime unit, String names) {
    return plus(new TraceColumn(Role.ARRIVAL_TIME, split(names), unit, Since.CLOCK, false));
  }

  /** Its arrival times, which older files do not tell. */
  TraceFormat perhapsArriving(UnitOfTime unit, String names) {
    return plus(new TraceColumn(Role.ARRIVAL_TIME, split(names), unit, Since.CLOCK, true));
  }

  /** The same with a column that lists the blocks of prompts, where files have it. */
  TraceFormat blocks(String names) {
    return plus(new TraceColumn(Role.BLOCKS, split(names), null, Since.CLOCK, true));
  }

  /** Its generated tokens and its prompt tokens. */
  TraceFormat counting(String tokens, String promptTokens) {
    TraceFormat counted =
        plus(new TraceColumn(Role.TOKENS, split(tokens), null, Since.CLOCK, false));
    return promptTokens.isEmpty()
        ? counted
        : counted.plus(
            new TraceColumn(Role.PROMPT_TOKENS, split(promptTokens), null, Since.CLOCK, false));
  }

  /** What tells that a request had no answer, if it is there. */
  TraceFormat failing(String names) {
    return plus(new TraceColumn(Role.FAILED, split(names), null, Since.CLOCK, true));
  }

  /** When requests had their first tokens, if it is there. */
  TraceFormat firstToken(@Nullable UnitOfTime unit, Since since, String names) {
    return plus(new TraceColumn(Role.FIRST_TOKEN, split(names), unit, since, true));
  }

  /** When requests had their last tokens, if it is there. */
  TraceFormat end(@Nullable UnitOfTime unit, Since since, String names) {
    return plus(new TraceColumn(Role.END, split(names), unit, since, true));
  }

  /** More signs tell it. */
  TraceFormat signedBy(String... more) {
    List<String> all = new ArrayList<>(signs);
    all.addAll(List.of(more));
    return new TraceFormat(
        name, description, reference, all, columns, rows, layout, filters, remark, example);
  }

  /** Its rows are in a document. */
  TraceFormat within(String path) {
    return new TraceFormat(
        name,
        description,
        reference,
        signs,
        columns,
        path,
        Layout.DOCUMENT,
        filters,
        remark,
        example);
  }

  /** Its rows are laid out in one way. */
  TraceFormat laidOut(Layout one) {
    return new TraceFormat(
        name, description, reference, signs, columns, rows, one, filters, remark, example);
  }

  /** Requests can be chosen by some columns. */
  TraceFormat filtered(Map<String, String> by) {
    return new TraceFormat(
        name, description, reference, signs, columns, rows, layout, by, remark, example);
  }

  /** What a user must know of its numbers. */
  TraceFormat remarking(String words) {
    return new TraceFormat(
        name, description, reference, signs, columns, rows, layout, filters, words, example);
  }

  /** A sample of it is carried, with a suffix that its files have. */
  TraceFormat sampled(String suffix) {
    return exemplified(Map.of("file", "'resource:sample-" + name + "." + suffix + "'"));
  }

  /** Some keys, with their values in YAML, read a sample of it. */
  TraceFormat exemplified(Map<String, String> keys) {
    return new TraceFormat(
        name, description, reference, signs, columns, rows, layout, filters, remark, keys);
  }

  /** Whether it tells arrival times, or can be told which they are. */
  public boolean hasArrivalTimes() {
    return byColumn() || column(Role.ARRIVAL_TIME).isPresent();
  }

  /** Whether the columns are named by the user. */
  public boolean byColumn() {
    return columns.isEmpty();
  }

  /** Its column for a role, if it has one. */
  Optional<TraceColumn> column(Role role) {
    return columns.stream().filter(column -> column.role() == role).findFirst();
  }

  /**
   * Whether a file begins as files of this format do. What tells no arrival times is a format only
   * where nothing else looks like a time.
   */
  boolean tells(FileHead head) {
    boolean signed =
        !signs.isEmpty()
            && signs.stream().allMatch(sign -> split(sign).stream().anyMatch(head::has));
    boolean timeless = columns.stream().noneMatch(column -> column.role() == Role.ARRIVAL_TIME);
    boolean known = columns.stream().anyMatch(column -> column.unit() != null);
    return signed
        && (!timeless
            || known
            || head.names().stream().noneMatch(name -> TIME.matcher(name).matches()));
  }

  /** The columns as a table shows them. */
  public String columnWords() {
    return columns.stream().map(TraceColumn::toString).collect(Collectors.joining("; "));
  }

  /**
   * Says where a file of a public format is to be had that is not there.
   *
   * @throws BadInputException if the format is public
   */
  void explainMissing(DataFile file) {
    if (reference.contains(" public ")) {
      throw new BadInputException(
          "trace file "
              + file.location()
              + " does not exist; "
              + reference
              + ": fetch one of its files and name it with --set scenario.arrivals.trace.file=PATH");
    }
  }
}
