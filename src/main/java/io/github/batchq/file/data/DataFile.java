package io.github.batchq.file.data;

import io.github.batchq.model.BadInputException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * A data file that a user named: a path; {@code -} for standard input; a pipe, such as a shell
 * makes of {@code <(command)}; or {@code resource:NAME} for one of the files that batchq carries. A
 * file that is called {@code -} is named {@code ./-}.
 *
 * <p>Pipes can be opened as often as files: what came through one is kept until the process ends.
 *
 * @param name the name as the user wrote it; equality and labels use it
 * @param location where to read it: the path resolved against the folder of the experiment file,
 *     {@code /dev/stdin} for standard input, or the same {@code resource:NAME}
 */
public record DataFile(String name, String location) {
  /** Prefix of the files that batchq carries. */
  public static final String RESOURCE = "resource:";

  private static final String STANDARD_INPUT = "/dev/stdin";

  /** Names of standard input, whatever the folder. */
  private static final List<String> STANDARD_INPUTS = List.of("-", STANDARD_INPUT, "/dev/fd/0");

  private static final int BUFFER = 1 << 16;

  /** Enough of a file to tell what it is. */
  private static final int HEAD = 1 << 10;

  /** Enough of a line to tell what a file holds. */
  private static final int LONGEST_FIRST_LINE = 1 << 16;

  private static final String RESOURCE_FOLDER = "/io/github/batchq/data/";

  /**
   * The file that {@code name} means when relative paths start in {@code folder}.
   *
   * @param name a path, {@code -} or {@code resource:NAME}
   * @param folder where relative paths start
   * @throws BadInputException if the name is empty or no file can have it
   */
  public static DataFile of(String name, Path folder) {
    if (name.isEmpty()) {
      throw new BadInputException("the name of a file is empty; standard input is called -");
    }
    if (STANDARD_INPUTS.contains(name)) {
      return new DataFile(name, STANDARD_INPUT);
    }
    if (name.startsWith(RESOURCE)) {
      return new DataFile(name, name);
    }
    try {
      return new DataFile(name, folder.resolve(name).normalize().toString());
    } catch (InvalidPathException e) {
      boolean ascii = name.chars().allMatch(letter -> letter < 128);
      throw new BadInputException(
          "no file can be called '"
              + name
              + "'"
              + (ascii ? "" : " in this locale, but in one such as LC_ALL=C.UTF-8")
              + ": "
              + e.getReason(),
          e);
    }
  }

  /**
   * One of the files that batchq carries.
   *
   * @param name its name, such as {@code phi35-gsm8k-lengths.csv}
   */
  public static DataFile resource(String name) {
    return new DataFile(RESOURCE + name, RESOURCE + name);
  }

  /** Whether there is something of this name; only {@link #open} tells whether it can be read. */
  public boolean exists() {
    if (location.startsWith(RESOURCE)) {
      return DataFile.class.getResource(resourcePath()) != null;
    }
    return location.equals(STANDARD_INPUT) || Files.exists(Path.of(location));
  }

  /** Whether this is standard input or a pipe that is gone when the command ends. */
  public boolean endsWithTheCommand() {
    return location.equals(STANDARD_INPUT)
        || location.startsWith("/dev/fd/")
        || location.startsWith("/proc/self/fd/");
  }

  /**
   * Opens the file as text: UTF-8, or UTF-16 and UTF-32 that begin with a byte-order mark, which is
   * passed over; unzipped if it begins as gzip does, whatever its name. No line is longer than 8
   * million characters.
   *
   * @return a reader whose methods throw {@link BadInputException} with file and line where the
   *     file is no such text or a line is too long
   * @throws BadInputException if there is no such file, it cannot be read, or its first bytes are
   *     those of a file that is no text
   */
  public BufferedReader open() {
    return new BufferedReader(text(true));
  }

  /**
   * Its first line that is not blank, or the beginning of a long one.
   *
   * @return at most 65,536 characters, without surrounding blanks; empty if there is no such line
   * @throws BadInputException as {@link #open} does
   */
  public String firstLine() {
    return firstLine('\0');
  }

  /** As {@link #firstLine()}, but for lines that begin with a mark. */
  String firstLine(char comment) {
    char[] start = new char[LONGEST_FIRST_LINE];
    int size = 0;
    try (DataText text = text(true)) {
      int more = 0;
      while (more >= 0 && size < start.length) {
        size += more;
        more = text.read(start, size, start.length - size);
      }
    }
    return new String(start, 0, size)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && line.charAt(0) != comment)
        .findFirst()
        .orElse("");
  }

  /**
   * Its characters.
   *
   * @param linesAreRows whether each line is a row; otherwise the reader says where rows begin
   */
  DataText text(boolean linesAreRows) {
    if (!exists()) {
      throw new BadInputException("file " + location + missing());
    }
    if (!location.startsWith(RESOURCE) && Files.isDirectory(Path.of(location))) {
      throw new BadInputException(name + " is a folder, a file was expected");
    }
    try {
      InputStream stream = new BufferedInputStream(bytes(), BUFFER);
      try {
        byte[] head = head(stream);
        if (FileSignature.isGzip(head)) {
          stream = new BufferedInputStream(new GzipStream(stream, BUFFER), BUFFER);
          head = head(stream);
        }
        FileSignature.refuseAnyOf(this, head);
        ByteOrderMark mark = ByteOrderMark.of(head);
        stream.skipNBytes(mark.size());
        return new DataText(this, stream, mark.charset(), linesAreRows);
      } catch (IOException | BadInputException e) {
        stream.close();
        throw e;
      }
    } catch (IOException e) {
      throw new BadInputException("file " + location + " cannot be read: " + FileReason.of(e), e);
    }
  }

  private String missing() {
    return !location.startsWith(RESOURCE) && Files.isSymbolicLink(Path.of(location))
        ? " is a link to a file that does not exist"
        : " does not exist";
  }

  private InputStream bytes() throws IOException {
    if (location.startsWith(RESOURCE)) {
      InputStream stream = DataFile.class.getResourceAsStream(resourcePath());
      if (stream == null) {
        throw new FileNotFoundException("does not exist");
      }
      return stream;
    }
    if (location.equals(STANDARD_INPUT)) {
      return PipeCopy.of(System.in, () -> System.in).stream();
    }
    Path path = Path.of(location);
    return Files.isRegularFile(path)
        ? Files.newInputStream(path)
        : PipeCopy.of(location, () -> Files.newInputStream(path)).stream();
  }

  private static byte[] head(InputStream stream) throws IOException {
    stream.mark(HEAD);
    byte[] head = stream.readNBytes(HEAD);
    stream.reset();
    return head;
  }

  private String resourcePath() {
    return RESOURCE_FOLDER + location.substring(RESOURCE.length());
  }

  /** The name, in words for standard input. */
  @Override
  public String toString() {
    return location.equals(STANDARD_INPUT) ? "standard input" : name;
  }
}
