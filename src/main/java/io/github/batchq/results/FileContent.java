package io.github.batchq.results;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What a file is to hold, written piece by piece: a table of a million rows is in no memory. */
@FunctionalInterface
public interface FileContent {
  /** Bytes that are handed on together. */
  int BUFFER = 1 << 16;

  /**
   * Writes it, once.
   *
   * @throws IOException if {@code out} does
   */
  void writeTo(OutputStream out) throws IOException;

  /** Bytes that are there. */
  static FileContent of(byte[] bytes) {
    return out -> out.write(bytes);
  }

  /** The same as gzip data. */
  default FileContent compressed() {
    return out -> {
      GZIPOutputStream zipped = new GZIPOutputStream(out, BUFFER);
      writeTo(zipped);
      zipped.finish();
    };
  }

  /** A text that is written letter by letter. */
  static FileContent ofText(Text text) {
    return out -> {
      Writer writer =
          new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
      text.writeTo(writer);
      writer.flush();
    };
  }

  /** A text of any length. */
  @FunctionalInterface
  interface Text {
    /**
     * Writes it, once.
     *
     * @throws IOException if {@code out} does
     */
    void writeTo(Writer out) throws IOException;
  }

  /** Files whose bytes are there, in their order. */
  static Map<String, FileContent> of(Map<String, byte[]> files) {
    Map<String, FileContent> contents = new LinkedHashMap<>();
    files.forEach((name, bytes) -> contents.put(name, of(bytes)));
    return contents;
  }
}
