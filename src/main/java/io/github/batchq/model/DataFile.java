package io.github.batchq.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A data file that a user named: a path, or {@code resource:NAME} for one of the files that batchq
 * carries.
 *
 * @param name the name as the user wrote it; equality and labels use it
 * @param location where to read it: the path resolved against the folder of the experiment file, or
 *     the same {@code resource:NAME}
 */
public record DataFile(String name, String location) {
  /** Prefix of the files that batchq carries. */
  public static final String RESOURCE = "resource:";

  private static final int BUFFER = 1 << 16;

  private static final String RESOURCE_FOLDER = "/io/github/batchq/data/";

  /**
   * The file that {@code name} means when relative paths start in {@code folder}.
   *
   * @param name a path or {@code resource:NAME}
   * @param folder where relative paths start
   */
  public static DataFile of(String name, Path folder) {
    return new DataFile(
        name, name.startsWith(RESOURCE) ? name : folder.resolve(name).normalize().toString());
  }

  /**
   * One of the files that batchq carries.
   *
   * @param name its name, such as {@code phi35-gsm8k-lengths.csv}
   */
  public static DataFile resource(String name) {
    return new DataFile(RESOURCE + name, RESOURCE + name);
  }

  /** Whether there is such a file. */
  public boolean exists() {
    if (location.startsWith(RESOURCE)) {
      return DataFile.class.getResource(resourcePath()) != null;
    }
    return Files.isRegularFile(Path.of(location));
  }

  /**
   * Opens the file as UTF-8 text; a file whose name ends in {@code .gz} is unzipped.
   *
   * @throws BadInputException if there is no such file or it cannot be read
   */
  public BufferedReader open() {
    if (!exists()) {
      throw new BadInputException(
          !location.startsWith(RESOURCE) && Files.isDirectory(Path.of(location))
              ? name + " is a folder, a file was expected"
              : "file " + location + " does not exist");
    }
    try {
      if (location.startsWith(RESOURCE)) {
        InputStream stream = DataFile.class.getResourceAsStream(resourcePath());
        if (stream == null) {
          throw new BadInputException("file " + location + " does not exist");
        }
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      }
      Path path = Path.of(location);
      return location.endsWith(".gz")
          ? unzipped(path)
          : Files.newBufferedReader(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BadInputException("file " + location + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static BufferedReader unzipped(Path path) throws IOException {
    InputStream zipped = Files.newInputStream(path);
    try {
      return new BufferedReader(
          new InputStreamReader(new GZIPInputStream(zipped, BUFFER), StandardCharsets.UTF_8));
    } catch (IOException e) {
      zipped.close();
      throw e;
    }
  }

  private String resourcePath() {
    return RESOURCE_FOLDER + location.substring(RESOURCE.length());
  }

  @Override
  public String toString() {
    return name;
  }
}
