package io.github.batchq.results;

import io.github.batchq.model.ResultTable;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** A table as a CSV file, compressed or not, which knows its SHA-256 once it is written. */
public final class TableFile implements FileContent {
  /** Ending of the names of compressed files. */
  public static final String GZIP = ".gz";

  private final String name;
  private final ResultTable table;
  private final boolean compressed;
  private String sha256 = "";

  /**
   * @param name its name, without {@link #GZIP}
   * @param compressed whether it is compressed
   */
  public TableFile(String name, ResultTable table, boolean compressed) {
    this.name = name + (compressed ? GZIP : "");
    this.table = table;
    this.compressed = compressed;
  }

  /** The name of the file. */
  public String name() {
    return name;
  }

  /** The SHA-256 of what was written, in hexadecimal digits; empty before. */
  String sha256() {
    return sha256;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    MessageDigest digest = Fingerprint.newSha256();
    DigestOutputStream digested = new DigestOutputStream(out, digest);
    (compressed ? content().compressed() : content()).writeTo(digested);
    sha256 = Fingerprint.hexadecimal(digest.digest());
  }

  private FileContent content() {
    return FileContent.ofText(
        writer -> {
          for (String line : table.csvLines()) {
            writer.write(line);
          }
        });
  }
}
