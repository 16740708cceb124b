package io.github.batchq.experiment;

import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes the files of a result folder so that none is ever half there: all are written to a
 * temporary folder beside it, then moved into place one by one.
 */
public final class ResultFolder {
  private ResultFolder() {}

  /**
   * Refuses a folder that could not be written, before long work is done for it.
   *
   * @throws BadInputException if the folder, or the nearest folder above it that exists, is no
   *     writable directory
   */
  public static void check(Path folder) {
    Path existing = folder.toAbsolutePath().normalize();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
      throw new BadInputException(
          "the results cannot be written to "
              + folder
              + ": "
              + existing
              + " is no folder that can be written");
    }
  }

  /**
   * Writes files.
   *
   * @param folder created if it does not exist; other files in it stay
   * @param files contents by name
   * @throws BadInputException if the folder cannot be written
   */
  public static void write(Path folder, Map<String, byte[]> files) {
    Path absolute = folder.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    List<Path> created = new ArrayList<>();
    Path temporary = null;
    try {
      if (parent == null) {
        throw new IOException("it is the root of the file system");
      }
      Files.createDirectories(parent);
      temporary = Files.createTempDirectory(parent, "." + absolute.getFileName() + "-");
      Path inProgress = temporary;
      Object moving = new Object();
      Thread cleanUp = new Thread(() -> delete(inProgress, moving));
      Runtime.getRuntime().addShutdownHook(cleanUp);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = temporary.resolve(file.getKey());
        Files.write(path, file.getValue());
        created.add(path);
      }
      Files.createDirectories(absolute);
      synchronized (moving) {
        for (Path path : created) {
          Files.move(
              path,
              absolute.resolve(path.getFileName().toString()),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Runtime.getRuntime().removeShutdownHook(cleanUp);
    } catch (IOException e) {
      throw new BadInputException("the results cannot be written to " + folder + ": " + e, e);
    } finally {
      if (temporary != null) {
        delete(temporary);
      }
    }
  }

  /** Deletes it when the process ends, but lets a move of files that has begun come to its end. */
  private static void delete(Path folder, Object moving) {
    synchronized (moving) {
      delete(folder);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // A temporary folder that stays behind does no harm, and there may be nobody left to tell.
      return;
    }
  }
}
