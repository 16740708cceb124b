package io.github.batchq.cli;

import io.github.batchq.results.ResultFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that a command writes a page to. It is checked before the work for the page begins.
 *
 * @param file where it is; a device or a pipe takes the page too
 */
record PageFile(Path file) {
  /**
   * The file that {@code --out} names.
   *
   * @throws io.github.batchq.model.BadInputException if it names a folder, a place that cannot be
   *     written, or one of the files that are read
   */
  static PageFile of(Path out, Path... inputs) {
    ResultFolder.checkFile(out);
    ResultFolder.checkInputs(out, List.of(inputs));
    return new PageFile(out);
  }

  /** Writes the page. */
  void write(String page) {
    ResultFolder.writeFile(file, page.getBytes(StandardCharsets.UTF_8));
  }
}
