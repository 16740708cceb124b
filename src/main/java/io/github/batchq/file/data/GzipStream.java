package io.github.batchq.file.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unzips gzip data, of one or several members, to its very end: what follows them and is no gzip
 * data would be left out without a word by the class below.
 */
public final class GzipStream extends GZIPInputStream {
  private static final int TRAILER = 8;
  private static final int BUFFER = 1 << 16;

  GzipStream(InputStream zipped, int buffer) throws IOException {
    super(zipped, buffer);
  }

  /**
   * The content of bytes that may be zipped, as their beginning tells.
   *
   * @throws IOException if they begin as gzip data and are none
   */
  public static InputStream unzipped(byte[] bytes) throws IOException {
    InputStream stream = new ByteArrayInputStream(bytes);
    return FileSignature.isGzip(Arrays.copyOf(bytes, 2)) ? new GzipStream(stream, BUFFER) : stream;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = super.read(into, from, length);
    if (count < 0 && (inf.getRemaining() > TRAILER || in.read() >= 0)) {
      throw new ZipException("bytes after its end that are no gzip data");
    }
    return count;
  }
}
