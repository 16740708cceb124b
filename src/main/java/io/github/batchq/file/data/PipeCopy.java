package io.github.batchq.file.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A pipe that can be read more than once: what has come through it is kept in a temporary file
 * without a name, which is gone when the process ends, however it does. The pipe is read only as
 * far as somebody has asked. Safe for several threads.
 */
final class PipeCopy {
  /** A pipe is the process's, and can be read once: so there is one copy of each in a process. */
  private static final Map<Object, PipeCopy> COPIES = new ConcurrentHashMap<>();

  /** Opens a pipe. */
  interface Opener {
    InputStream open() throws IOException;
  }

  private final Opener opener;
  private @Nullable InputStream pipe;
  private @Nullable FileChannel copy;
  private long size;
  private boolean ended;

  private PipeCopy(Opener opener) {
    this.opener = opener;
  }

  /**
   * The copy of a pipe.
   *
   * @param pipe what tells it from others
   * @param opener opens it, at the first read
   */
  static PipeCopy of(Object pipe, Opener opener) {
    return COPIES.computeIfAbsent(pipe, key -> new PipeCopy(opener));
  }

  /** All that comes through the pipe, from the beginning. */
  InputStream stream() {
    return new CopyStream();
  }

  private synchronized int read(long position, byte[] into, int from, int length)
      throws IOException {
    FileChannel kept = copy == null ? create() : copy;
    if (position < size) {
      int known = (int) Math.min(length, size - position);
      return kept.read(ByteBuffer.wrap(into, from, known), position);
    }
    if (ended) {
      return -1;
    }
    InputStream source = pipe == null ? opener.open() : pipe;
    pipe = source;
    int count = source.read(into, from, length);
    if (count < 0) {
      ended = true;
      source.close();
      return count;
    }
    keep(kept, ByteBuffer.wrap(into, from, count));
    return count;
  }

  private FileChannel create() throws IOException {
    try {
      Path file = Files.createTempFile("batchq", ".pipe");
      FileChannel created =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      copy = created;
      return created;
    } catch (IOException e) {
      throw unkept(e);
    }
  }

  private void keep(FileChannel kept, ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        size += kept.write(bytes, size);
      }
    } catch (IOException e) {
      throw unkept(e);
    }
  }

  private static IOException unkept(IOException e) {
    return new IOException(
        "a pipe is kept in a file in "
            + System.getProperty("java.io.tmpdir")
            + ", which cannot be written: "
            + FileReason.of(e),
        e);
  }

  private synchronized int available(long position) {
    return position < size ? (int) Math.min(Integer.MAX_VALUE, size - position) : ended ? 0 : 1;
  }

  /** Reads from the beginning. */
  private final class CopyStream extends InputStream {
    private long position;

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int count = PipeCopy.this.read(position, into, from, length);
      position += Math.max(0, count);
      return count;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Zipped data goes on after its end only where this is positive. */
    @Override
    public int available() {
      return PipeCopy.this.available(position);
    }
  }
}
