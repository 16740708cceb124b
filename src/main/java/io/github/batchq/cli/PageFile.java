package io.github.batchq.cli;

import io.github.batchq.experiment.ResultFolder;
import io.github.batchq.model.BadInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file that a command writes a page to, checked before the work for it begins.
 *
 * @param folder where it is
 * @param name its name
 */
record PageFile(Path folder, String name) {
  /**
   * The file that {@code --out} names.
   *
   * @throws BadInputException if it names a folder, or a place that cannot be written
   */
  static PageFile of(Path out) {
    Path file = out.toAbsolutePath().normalize();
    Path folder = file.getParent();
    if (folder == null || file.toFile().isDirectory()) {
      throw new BadInputException("--out must name a file, found the folder " + out);
    }
    ResultFolder.check(folder);
    return new PageFile(folder, String.valueOf(file.getFileName()));
  }

  /** Writes the page. */
  void write(String page) {
    ResultFolder.write(folder, Map.of(name, page.getBytes(StandardCharsets.UTF_8)));
  }
}
