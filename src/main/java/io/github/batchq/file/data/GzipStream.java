package io.github.batchq.file.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unzips gzip data, of one or several members, to its very end: what follows them and is no gzip
 * data would be left out without a word by the class below.
 */
final class GzipStream extends GZIPInputStream {
  private static final int TRAILER = 8;

  GzipStream(InputStream zipped, int buffer) throws IOException {
    super(zipped, buffer);
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
