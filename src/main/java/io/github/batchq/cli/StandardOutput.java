package io.github.batchq.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers why it could not be written. The writers in front of it hide that
 * a disk is full or that nobody reads a pipe any more.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream stream;
  private @Nullable String failure;

  StandardOutput(OutputStream stream) {
    this.stream = stream;
  }

  /** The standard output of this process. */
  static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out));
  }

  @Override
  public void write(int letter) throws IOException {
    write(new byte[] {(byte) letter}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      stream.write(bytes, offset, length);
    } catch (IOException e) {
      if (failure == null) {
        failure = String.valueOf(e.getMessage());
      }
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    stream.flush();
  }

  /** Why it could not be written; null if it could. */
  @Nullable String failure() {
    return failure;
  }
}
