package io.github.batchq.file.data;

import io.github.batchq.model.BadInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What tells a kind of file that is no table of text, and what a user may do about it.
 *
 * @param at where the signature stands, in bytes from the beginning
 * @param bytes the signature, a character for each byte
 * @param kind what such a file is
 * @param remedy what makes a table of it
 */
record FileSignature(int at, String bytes, String kind, String remedy) {
  private static final String GZIP = "\u001f\u008b";
  private static final String UNPACK = "unpack it first";
  private static final String EXPORT = "save its table as CSV first";
  private static final String PARQUET =
      "make a CSV file of it by"
          + " python -c \"import pandas; pandas.read_parquet('FILE').to_csv('FILE.csv')\"";
  private static final String OTHER = "name the file of the data";

  /** More special ones first. */
  private static final List<FileSignature> ALL =
      List.of(
          new FileSignature(0, GZIP, "gzip data within gzip data", UNPACK),
          new FileSignature(0, "PAR1", "a Parquet file", PARQUET),
          new FileSignature(0, "ARROW1", "an Arrow file", EXPORT),
          new FileSignature(0, "FEA1", "a Feather file", EXPORT),
          new FileSignature(0, "Obj\u0001", "an Avro file", EXPORT),
          new FileSignature(0, "\u0089HDF", "an HDF5 file", EXPORT),
          new FileSignature(0, "\u0093NUMPY", "a NumPy file", EXPORT),
          new FileSignature(0, "\u0080", "a Python pickle", EXPORT),
          new FileSignature(0, "SQLite format 3", "an SQLite database", EXPORT),
          new FileSignature(30, "[Content_Types].xml", "an Excel or Office file", EXPORT),
          new FileSignature(30, "_rels/.rels", "an Excel or Office file", EXPORT),
          new FileSignature(30, "docProps/", "an Excel or Office file", EXPORT),
          new FileSignature(30, "xl/", "an Excel file", EXPORT),
          new FileSignature(30, "mimetypeapplication/vnd.oasis", "an OpenDocument file", EXPORT),
          new FileSignature(0, "\u00d0\u00cf\u0011\u00e0", "an old Excel or Office file", EXPORT),
          new FileSignature(0, "PK\u0003\u0004", "a zip archive", UNPACK),
          new FileSignature(0, "PK\u0005\u0006", "an empty zip archive", OTHER),
          new FileSignature(0, "(\u00b5/\u00fd", "packed by zstd", UNPACK),
          new FileSignature(4, "1AY&SY", "packed by bzip2", UNPACK),
          new FileSignature(0, "\u00fd7zXZ", "packed by xz", UNPACK),
          new FileSignature(0, "\u0004\"M\u0018", "packed by lz4", UNPACK),
          new FileSignature(0, "\u00ff\u0006\u0000\u0000sNaPpY", "packed by snappy", UNPACK),
          new FileSignature(0, "7z\u00bc\u00af'\u001c", "a 7-Zip archive", UNPACK),
          new FileSignature(0, "Rar!\u001a\u0007", "a RAR archive", UNPACK),
          new FileSignature(257, "ustar", "a tar archive", UNPACK),
          new FileSignature(0, "\u0089PNG", "a PNG picture", OTHER),
          new FileSignature(0, "\u00ff\u00d8\u00ff", "a JPEG picture", OTHER),
          new FileSignature(0, "GIF8", "a GIF picture", OTHER),
          new FileSignature(0, "%PDF-", "a PDF document", OTHER),
          new FileSignature(0, "\u007fELF", "a program", OTHER),
          new FileSignature(0, "\u00ca\u00fe\u00ba\u00be", "a program", OTHER),
          new FileSignature(0, "<!DOCTYPE html", "a web page (HTML)", OTHER),
          new FileSignature(0, "<!doctype html", "a web page (HTML)", OTHER),
          new FileSignature(0, "<html", "a web page (HTML)", OTHER),
          new FileSignature(0, "<?xml", "an XML document", EXPORT),
          new FileSignature(
              0,
              "version https://git-lfs",
              "a pointer of Git LFS to the file that was meant",
              "fetch that file with git lfs pull"));

  /** Whether a file is zipped. */
  static boolean isGzip(byte[] head) {
    return text(head).startsWith(GZIP);
  }

  /**
   * Lets only files pass that may be text.
   *
   * @param head the first bytes of the file
   * @throws BadInputException if they are those of another kind; its message says which
   */
  static void refuseAnyOf(DataFile file, byte[] head) {
    String start = text(head);
    String text = start.stripLeading();
    for (FileSignature signature : ALL) {
      if (start.startsWith(signature.bytes, signature.at)
          || (signature.at == 0 && text.startsWith(signature.bytes))) {
        throw new BadInputException(
            file
                + " is "
                + signature.kind
                + ", a text such as CSV or JSON lines was expected; "
                + signature.remedy.replace("FILE", file.name()));
      }
    }
  }

  private static String text(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1);
  }
}
