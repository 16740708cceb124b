package io.github.batchq.results;

import io.github.batchq.file.data.FileReason;
import io.github.batchq.file.data.GzipStream;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads tables of results from CSV files. */
public final class StoredTable {
  private StoredTable() {}

  /**
   * Reads a table from a CSV file.
   *
   * @throws BadInputException if the file is missing, two columns have one name, or a row is not as
   *     long as the header
   */
  public static ResultTable read(Path file) {
    return parse(file, bytes(file));
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be read: " + FileReason.of(e), e);
    }
  }

  /** The table of a file whose content has been read. */
  static ResultTable parse(Path file, byte[] content) {
    // A table may be compressed. This decoder refuses bytes that are no text; the usual one would
    // put a replacement for them.
    try (Reader reader =
            new InputStreamReader(
                GzipStream.unzipped(content), StandardCharsets.UTF_8.newDecoder());
        CSVParser parser = CSVParser.parse(reader, CSVFormat.DEFAULT)) {
      List<CSVRecord> records = parser.getRecords();
      if (records.isEmpty()) {
        throw new BadInputException(file + " is empty; a header line was expected");
      }
      List<String> columns = records.get(0).toList();
      for (String column : columns) {
        if (Collections.frequency(columns, column) > 1) {
          throw new BadInputException(file + ": the column '" + column + "' is there twice");
        }
      }
      List<List<String>> rows = new ArrayList<>();
      for (CSVRecord record : records.subList(1, records.size())) {
        if (record.size() != columns.size()) {
          throw new BadInputException(
              file
                  + ", row "
                  + record.getRecordNumber()
                  + ": "
                  + record.size()
                  + " cells where the header has "
                  + columns.size());
        }
        rows.add(record.toList());
      }
      return new ResultTable(columns, rows);
    } catch (UncheckedIOException e) {
      throw new BadInputException(
          file + " cannot be read: " + FileReason.of(Objects.requireNonNull(e.getCause())), e);
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be read: " + FileReason.of(e), e);
    }
  }
}
