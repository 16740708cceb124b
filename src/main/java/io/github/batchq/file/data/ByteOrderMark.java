package io.github.batchq.file.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * The mark at the beginning of a text that tells how its characters are written.
 *
 * @param hex its bytes in hexadecimal digits; empty where there is none
 * @param charset the charset that it tells
 */
record ByteOrderMark(String hex, Charset charset) {
  /** Longer marks first, since that of UTF-32 begins as that of UTF-16 does. */
  private static final List<ByteOrderMark> MARKS =
      List.of(
          new ByteOrderMark("0000feff", Charset.forName("UTF-32BE")),
          new ByteOrderMark("fffe0000", Charset.forName("UTF-32LE")),
          new ByteOrderMark("efbbbf", StandardCharsets.UTF_8),
          new ByteOrderMark("feff", StandardCharsets.UTF_16BE),
          new ByteOrderMark("fffe", StandardCharsets.UTF_16LE));

  private static final ByteOrderMark NONE = new ByteOrderMark("", StandardCharsets.UTF_8);

  /** The mark that a text begins with. */
  static ByteOrderMark of(byte[] head) {
    String start = HexFormat.of().formatHex(head, 0, Math.min(4, head.length));
    return MARKS.stream().filter(mark -> start.startsWith(mark.hex)).findFirst().orElse(NONE);
  }

  /** Number of its bytes. */
  int size() {
    return hex.length() / 2;
  }
}
