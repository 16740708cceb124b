package io.github.batchq.results;

import io.github.batchq.file.data.FileReason;
import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that results are written to, locked against other processes from before the work for
 * them to their end. No file is ever half-written in it: all are written to a temporary folder in
 * it, then moved into place one by one.
 */
public final class ResultFolder implements AutoCloseable {
  /** How the names of temporary folders begin. */
  private static final String TEMPORARY = ".batchq-";

  private final Path name;
  private final Path folder;
  private final List<Path> made;
  private final FolderLock lock;
  private List<Path> inputs = List.of();
  private final Thread ending = new Thread(this::release, "results folder");

  private ResultFolder(Path name, Path folder, List<Path> made, FolderLock lock) {
    this.name = name;
    this.folder = folder;
    this.made = made;
    this.lock = lock;
    Runtime.getRuntime().addShutdownHook(ending);
  }

  /**
   * Opens a folder, before long work is done for it. It is created if it does not exist, and
   * removed on closing if nothing was written to it.
   *
   * @throws BadInputException if it cannot be written, or another process writes to it
   */
  public static ResultFolder open(Path name) {
    check(name);
    Path folder = name.toAbsolutePath().normalize();
    List<Path> made = new ArrayList<>();
    for (Path path = folder; path != null && !Files.exists(path); path = path.getParent()) {
      made.add(path);
    }
    try {
      makeFolder(folder);
      return new ResultFolder(name, folder, made, FolderLock.take(folder));
    } catch (IOException e) {
      removeEmpty(made);
      throw cannotBeWritten(name, e);
    } catch (BadInputException e) {
      removeEmpty(made);
      throw e;
    }
  }

  /** Opens a folder if one is named. */
  public static @Nullable ResultFolder openIfNamed(@Nullable Path name) {
    return name == null ? null : open(name);
  }

  /**
   * Refuses a folder that could not be written, before long work is done for it.
   *
   * @throws BadInputException if the folder, or the nearest folder above it that exists, is no
   *     writable directory
   */
  public static void check(Path folder) {
    Path existing = folder.toAbsolutePath().normalize();
    List<Path> missing = new ArrayList<>();
    while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
      missing.add(existing.getFileName());
      existing = existing.getParent();
    }
    String wrong = "";
    if (isLinkToNothing(existing)) {
      wrong = existing + " is a link that leads nowhere";
    } else if (!Files.isDirectory(existing)) {
      wrong = existing + " is no folder";
    } else if (!Files.isWritable(existing)) {
      wrong = existing + " may not be written to";
    }
    if (!wrong.isEmpty()) {
      throw new BadInputException("the results cannot be written to " + folder + ": " + wrong);
    }
    for (Path part : missing) {
      // Where it will stand is not there yet; the file system must take the name.
      isFolder(existing.resolve(part));
    }
  }

  /** Whether the path is a link to nothing, or to itself. */
  private static boolean isLinkToNothing(Path path) {
    return Files.isSymbolicLink(path) && !Files.exists(path);
  }

  /** Refuses a name that the file system refuses, and that of a folder. */
  private static void checkName(Path folder, String name) {
    if (isFolder(folder.resolve(name))) {
      throw new BadInputException(
          folder.resolve(name) + " is a folder where a file must be written");
    }
  }

  /** Whether there is a folder of this name, which the file system may refuse. */
  private static boolean isFolder(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new BadInputException(path + " cannot be written: " + FileReason.of(e), e);
    }
  }

  /**
   * Refuses files that could not be written, before long work is done for them.
   *
   * @throws BadInputException if the file system refuses a name, or a folder has it
   */
  public void expect(Collection<String> names) {
    for (String file : names) {
      checkName(folder, file);
      checkInputs(folder.resolve(file), inputs);
    }
  }

  /**
   * Protects files that are read from being overwritten; they may lie in the folder, under any
   * name.
   */
  public void protect(List<Path> files) {
    inputs = List.copyOf(files);
  }

  /**
   * Refuses to write to one of the files that are read.
   *
   * @throws BadInputException if it is one
   */
  public static void checkInputs(Path target, List<Path> inputs) {
    checkInputs("--out", target, inputs);
  }

  /**
   * The same for a file that another option names.
   *
   * @param option its name, for messages
   * @throws BadInputException if it is one
   */
  public static void checkInputs(String option, Path target, List<Path> inputs) {
    if (inputs.stream().anyMatch(input -> isSame(target, input))) {
      throw new BadInputException(
          target + " is read by this command and would be overwritten: name another " + option);
    }
  }

  private static boolean isSame(Path target, Path input) {
    try {
      return Files.exists(target) && Files.isSameFile(target, input);
    } catch (IOException e) {
      // A file that cannot be looked at is not one that was read.
      return false;
    }
  }

  /** The folder as it was named. */
  public Path name() {
    return name;
  }

  @Override
  public String toString() {
    return name.toString();
  }

  /** Whether other processes are kept out, as they are unless the file system has no locks. */
  public boolean isLocked() {
    return lock.isHeld();
  }

  /**
   * Writes files.
   *
   * @param files contents by name; other files of the folder stay
   * @throws BadInputException if the folder cannot be written
   */
  public void write(Map<String, byte[]> files) {
    writeAll(FileContent.of(files));
  }

  /**
   * Writes files one after the other; all of them appear together.
   *
   * @param files contents by name, in the order in which they are written; other files of the
   *     folder stay
   * @throws BadInputException if the folder cannot be written
   */
  public void writeAll(Map<String, FileContent> files) {
    files.keySet().forEach(file -> checkInputs(folder.resolve(file), inputs));
    try {
      makeFolder(folder);
      replace(folder, files);
    } catch (IOException e) {
      throw cannotBeWritten(name, e);
    }
  }

  /**
   * Removes a file of an earlier command, if it is there.
   *
   * @throws BadInputException if it cannot be removed
   */
  public void remove(String file) {
    try {
      Files.deleteIfExists(folder.resolve(file));
    } catch (IOException e) {
      throw cannotBeWritten(name, e);
    }
  }

  /**
   * Writes files to a folder that is locked for no longer than that.
   *
   * @param files contents by name; other files of the folder stay
   * @throws BadInputException if the folder cannot be written, or another process writes to it
   */
  public static void write(Path name, Map<String, byte[]> files) {
    try (ResultFolder folder = open(name)) {
      folder.expect(files.keySet());
      folder.write(files);
    }
  }

  /**
   * Refuses a file that could not be written, before long work is done for it.
   *
   * @throws BadInputException if it is a folder or a link to nothing, or its folder cannot be
   *     written
   */
  public static void checkFile(Path file) {
    checkFile("--out", file);
  }

  /**
   * The same for a file that another option names.
   *
   * @param option its name, for messages
   * @throws BadInputException if it is a folder or a link to nothing, or its folder cannot be
   *     written
   */
  public static void checkFile(String option, Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    if (folder == null || Files.isDirectory(absolute)) {
      throw new BadInputException(option + " must name a file, found the folder " + file);
    }
    if (isLinkToNothing(absolute)) {
      throw new BadInputException(option + " " + file + " is a link that leads nowhere");
    }
    check(folder);
    if (Files.isDirectory(folder)) {
      checkName(folder, String.valueOf(absolute.getFileName()));
    }
  }

  /**
   * Writes a file; a device or a pipe takes the content as it is.
   *
   * @param file its folder is created if it does not exist
   * @throws BadInputException if it cannot be written
   */
  public static void writeFile(Path file, byte[] content) {
    writeFile(file, FileContent.of(content));
  }

  /**
   * Writes a file piece by piece; it appears when it is whole. A device or a pipe takes the content
   * as it is.
   *
   * @param file its folder is created if it does not exist
   * @throws BadInputException if it cannot be written
   */
  public static void writeFile(Path file, FileContent content) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        try (OutputStream out = Files.newOutputStream(file)) {
          content.writeTo(out);
        }
        return;
      }
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
      Path folder = target.getParent();
      if (folder == null) {
        throw new IOException("it is the root of the file system");
      }
      makeFolder(folder);
      replace(folder, Map.of(String.valueOf(target.getFileName()), content));
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be written: " + FileReason.of(e), e);
    }
  }

  private static BadInputException cannotBeWritten(Path name, IOException e) {
    return new BadInputException(
        "the results cannot be written to " + name + ": " + FileReason.of(e), e);
  }

  /** Makes a folder, unless there is one or a link to one. */
  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }

  private static void replace(Path folder, Map<String, FileContent> files) throws IOException {
    Path temporary = Files.createTempDirectory(folder, TEMPORARY);
    Object moving = new Object();
    Thread cleanUp = new Thread(() -> delete(temporary, moving));
    Runtime.getRuntime().addShutdownHook(cleanUp);
    try {
      for (Map.Entry<String, FileContent> file : files.entrySet()) {
        try (OutputStream out = Files.newOutputStream(temporary.resolve(file.getKey()))) {
          file.getValue().writeTo(out);
        }
      }
      synchronized (moving) {
        for (String file : files.keySet()) {
          Files.move(
              temporary.resolve(file),
              folder.resolve(file),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } finally {
      delete(temporary);
      forget(cleanUp);
    }
  }

  /** Gives the lock up, and removes what was made for results that were not written. */
  @Override
  public void close() {
    release();
    forget(ending);
  }

  private synchronized void release() {
    lock.close();
    removeEmpty(made);
  }

  private static void forget(Thread atTheEnd) {
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      // The process is ending, and the thread does its work or has done it.
      return;
    }
  }

  /** Removes folders, the innermost first, up to one that is not empty. */
  private static void removeEmpty(List<Path> folders) {
    try {
      for (Path folder : folders) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      // Something is in it, so it stays with those around it.
      return;
    }
  }

  /**
   * Deletes a temporary folder when the process ends, but lets a move of files that has begun
   * finish.
   */
  private static void delete(Path folder, Object moving) {
    synchronized (moving) {
      delete(folder);
    }
  }

  private static void delete(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
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
