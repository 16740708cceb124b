package io.github.batchq.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir Path folder;

  @Test
  void nothingStaysAfterTheEnd() throws IOException {
    FolderLock lock = FolderLock.take(folder);
    assertTrue(lock.isHeld());
    assertTrue(Files.exists(folder.resolve(FolderLock.NAME)));
    lock.close();
    lock.close();
    assertFalse(Files.exists(folder.resolve(FolderLock.NAME)));
    FolderLock.take(folder).close();
  }

  @Test
  void isRefusedWhileAnotherHasIt() throws IOException {
    FolderLock lock = FolderLock.take(folder);
    assertThrows(BadInputException.class, () -> FolderLock.take(folder));
    assertThrows(BadInputException.class, () -> FolderLock.take(folder, channel -> false));
    assertThrows(
        BadInputException.class,
        () ->
            FolderLock.take(
                folder,
                channel -> {
                  throw new OverlappingFileLockException();
                }));
    assertTrue(Files.exists(folder.resolve(FolderLock.NAME)));
    lock.close();
  }

  /** As on some network file systems. */
  @Test
  void worksWithoutLocksWhereThereAreNone() throws IOException {
    FolderLock lock =
        FolderLock.take(
            folder,
            channel -> {
              throw new IOException("No locks available");
            });
    assertFalse(lock.isHeld());
    lock.close();
    assertFalse(Files.exists(folder.resolve(FolderLock.NAME)));
  }

  /** The one before removes its file between our opening of it and our lock. */
  @Test
  void locksTheFileOfThatNameAndNoneThatWasRemoved() throws IOException {
    int[] calls = new int[1];
    FolderLock lock =
        FolderLock.take(
            folder,
            channel -> {
              calls[0]++;
              if (calls[0] == 1) {
                Files.delete(folder.resolve(FolderLock.NAME));
              }
              return channel.tryLock() != null;
            });
    assertEquals(2, calls[0]);
    assertTrue(Files.exists(folder.resolve(FolderLock.NAME)));
    assertThrows(BadInputException.class, () -> FolderLock.take(folder));
    lock.close();
  }

  @Test
  void whatIsNoLockIsLeftAsItIs() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious.yaml"), "name: mine");
    Files.createSymbolicLink(folder.resolve(FolderLock.NAME), precious);
    assertThrows(BadInputException.class, () -> FolderLock.take(folder));
    Files.delete(folder.resolve(FolderLock.NAME));
    Files.writeString(folder.resolve(FolderLock.NAME), "text");
    BadInputException refused =
        assertThrows(BadInputException.class, () -> FolderLock.take(folder));
    assertTrue(refused.getMessage().contains("is no lock of batchq"), refused.getMessage());
    assertEquals("name: mine", Files.readString(precious));
    assertEquals("text", Files.readString(folder.resolve(FolderLock.NAME)));
  }
}
