package io.github.batchq.results;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.model.ResultTable;
import io.github.batchq.scenario.RequestRow;
import io.github.batchq.scenario.Traffic;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;

/**
 * A table of requests as a CSV file, one row each: runs one after the other, and in each its
 * requests in the order of arrival. Rows are written while the runs are made, so that no more are
 * in memory than are under way.
 */
public final class RequestsFile implements FileContent {
  /** The column that the swept values stand before. */
  public static final String REPLICATION = "replication";

  /** Length in tokens, where all points count them. */
  public static final String TOKENS = "output_tokens";

  /** Length in seconds, where a point counts them. */
  public static final String SECONDS = "length_s";

  /** Up to here all whole doubles are written without a point. */
  private static final double WHOLE = 1L << 53;

  private static final List<String> BEFORE_LENGTH =
      List.of(
          REPLICATION,
          "id",
          "arrival_s",
          "bin",
          "batch",
          "server",
          "formed_s",
          "start_s",
          "first_token_s",
          "end_s",
          "prompt_tokens");

  /** When clients sent requests last, where a point holds some back or sends some again. */
  private static final String SENT = "sent_s";

  /** The group or conversation of a request, where a point has such. */
  private static final String GROUP = "group";

  /** When clients gave up for good or called requests back, where they may. */
  private static final String GAVE_UP = "gave_up_s";

  /** How often clients sent requests, where they may do so again. */
  private static final String TRIES = "tries";

  private static final List<String> AFTER_LENGTH = List.of("predicted", "measured");

  private final Experiment experiment;
  private final List<Pair> pairs;
  private final BiConsumer<Pair, Consumer<RequestRow>> runs;
  private final boolean compressed;
  private final boolean sent;
  private final boolean giveUp;
  private final boolean inGroups;
  private final boolean sendAgain;
  private long rows;

  /**
   * @param pairs the runs, in the order of the file
   * @param runs makes a run and tells of its requests
   * @param compressed whether the file is compressed
   */
  public RequestsFile(
      Experiment experiment,
      List<Pair> pairs,
      BiConsumer<Pair, Consumer<RequestRow>> runs,
      boolean compressed) {
    this.experiment = experiment;
    this.pairs = List.copyOf(pairs);
    this.runs = runs;
    this.compressed = compressed;
    List<Traffic> traffic =
        experiment.points().stream().map(point -> point.scenario().traffic()).toList();
    this.giveUp = traffic.stream().anyMatch(Traffic::mayWithdraw);
    this.inGroups = traffic.stream().anyMatch(Traffic::isInGroups);
    this.sendAgain =
        traffic.stream().map(Traffic::impatience).anyMatch(of -> of != null && of.mostAgain() > 0);
    this.sent = sendAgain || traffic.stream().anyMatch(of -> of.concurrency() != null);
  }

  /** Number of requests that were written. */
  public long rows() {
    return rows;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    FileContent text = FileContent.ofText(this::write);
    (compressed ? text.compressed() : text).writeTo(out);
  }

  private void write(Writer writer) throws IOException {
    writer.append(CSVFormat.DEFAULT.format(columns().toArray())).append('\n');
    try {
      for (Pair pair : pairs) {
        String first = first(pair);
        runs.accept(pair, row -> write(writer, first, row));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private List<String> columns() {
    boolean tokens =
        experiment.points().stream()
            .allMatch(point -> point.scenario().measurementTerms().tokens());
    List<String> columns = new ArrayList<>(experiment.paths());
    columns.addAll(BEFORE_LENGTH);
    columns.add(tokens ? TOKENS : SECONDS);
    columns.addAll(AFTER_LENGTH);
    if (sent) {
      columns.add(SENT);
    }
    if (giveUp) {
      columns.add(GAVE_UP);
    }
    if (sendAgain) {
      columns.add(TRIES);
    }
    if (inGroups) {
      columns.add(GROUP);
    }
    return columns;
  }

  /** The cells that all requests of a run have, and the comma after them. */
  private String first(Pair pair) {
    List<Object> cells = new ArrayList<>(experiment.points().get(pair.point()).values());
    cells.add(pair.replication());
    return CSVFormat.DEFAULT.format(cells.toArray()) + ',';
  }

  private void write(Writer writer, String first, RequestRow row) {
    rows++;
    String line =
        first
            + String.join(
                ",",
                Long.toString(row.id()),
                ResultTable.cell(row.arrival()),
                Integer.toString(row.bin()),
                number(row.batch()),
                number(row.server()),
                ResultTable.cell(row.formed()),
                ResultTable.cell(row.start()),
                ResultTable.cell(row.firstToken()),
                ResultTable.cell(row.end()),
                Integer.toString(row.promptTokens()),
                length(row.length()),
                length(row.predicted()),
                row.measured() ? "1" : "0")
            + (sent ? ',' + ResultTable.cell(row.sent()) : "")
            + (giveUp ? ',' + ResultTable.cell(row.gaveUp()) : "")
            + (sendAgain ? "," + row.tries() : "")
            + (inGroups ? "," + number(row.group()) : "")
            + '\n';
    try {
      writer.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String number(long number) {
    return number < 0 ? "" : Long.toString(number);
  }

  private static String length(double length) {
    return length == Math.rint(length) && Math.abs(length) < WHOLE
        ? Long.toString((long) length)
        : ResultTable.cell(length);
  }
}
