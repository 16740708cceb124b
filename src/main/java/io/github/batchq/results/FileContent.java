package io.github.batchq.results;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a file is to hold, written piece by piece: a table of a million rows is in no memory. */
@FunctionalInterface
public interface FileContent {
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

  /** Files whose bytes are there, in their order. */
  static Map<String, FileContent> of(Map<String, byte[]> files) {
    Map<String, FileContent> contents = new LinkedHashMap<>();
    files.forEach((name, bytes) -> contents.put(name, of(bytes)));
    return contents;
  }
}
