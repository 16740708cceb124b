package io.github.batchq.results;

import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process from writing into a folder. The operating system holds the lock of a file
 * in it for as long as the process lives, so a process that is killed leaves none behind (at most
 * the file, which locks nothing). On file systems without locks nothing is locked.
 */
final class FolderLock implements AutoCloseable {
  /** Name of the file within the folder. */
  static final String NAME = ".lock";

  /** The lock file has a length up to this, by which a process recognises it. */
  private static final int LENGTHS = 1 << 12;

  /** A way to lock an open file. */
  interface Locking {
    /** Whether the lock was free, and is now this process's. */
    boolean lock(FileChannel channel) throws IOException;
  }

  private final Path file;
  private final FileChannel channel;
  private final boolean held;

  private FolderLock(Path file, FileChannel channel, boolean held) {
    this.file = file;
    this.channel = channel;
    this.held = held;
  }

  /**
   * Locks a folder.
   *
   * @param folder an existing folder
   * @throws BadInputException if another process has locked it
   * @throws IOException if the file cannot be written
   */
  static FolderLock take(Path folder) throws IOException {
    return take(folder, channel -> channel.tryLock() != null);
  }

  /** Locks a folder with another way to lock files, as a test does. */
  static FolderLock take(Path folder, Locking locking) throws IOException {
    Path file = folder.resolve(NAME);
    while (true) {
      checkRegular(file);
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      FolderLock taken = null;
      try {
        boolean held = isHeld(channel, folder, locking);
        checkContent(file, channel);
        if (isStill(file, channel)) {
          taken = new FolderLock(file, channel, held);
          return taken;
        }
      } finally {
        if (taken == null) {
          channel.close();
        }
      }
    }
  }

  /** Refuses a link, a pipe and a folder; to open a pipe would wait for its other end. */
  private static void checkRegular(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw notOurs(file);
    }
  }

  /** Refuses a file that is not a lock's: a lock writes only zeros. */
  private static void checkContent(Path file, FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(LENGTHS + 1);
    channel.read(content, 0);
    boolean ours = content.position() <= LENGTHS;
    for (int i = 0; i < content.position(); i++) {
      ours &= content.get(i) == 0;
    }
    if (!ours) {
      throw notOurs(file);
    }
  }

  private static BadInputException notOurs(Path file) {
    return new BadInputException(
        file + " is no lock of batchq, which needs this name in a results folder: move it");
  }

  private static boolean isHeld(FileChannel channel, Path folder, Locking locking) {
    boolean free;
    try {
      free = locking.lock(channel);
    } catch (OverlappingFileLockException e) {
      free = false;
    } catch (IOException e) {
      return false;
    }
    if (!free) {
      throw new BadInputException(
          folder
              + ": another batchq is writing into this folder: wait for its end or name another"
              + " one");
    }
    return true;
  }

  /**
   * Whether the locked file is still the one of that name: the process that had the lock may have
   * removed it since it was opened here. The length tells, because to open the file again and close
   * it would give the lock up on POSIX systems.
   */
  private static boolean isStill(Path file, FileChannel channel) throws IOException {
    int length = 1 + (int) (System.nanoTime() & (LENGTHS - 1));
    channel.truncate(0);
    channel.write(ByteBuffer.allocate(length));
    try {
      return Files.size(file) == length;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether the file system has locks. */
  boolean isHeld() {
    return held;
  }

  /** Removes the file and gives the lock up. */
  @Override
  public void close() {
    try (channel) {
      // A second call finds the file of another process, if any.
      if (channel.isOpen()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // The lock ends with the process at the latest; the file alone locks nothing.
      return;
    }
  }
}
