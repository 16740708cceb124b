package io.github.batchq.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell of every notebook runs, and gives what the notebook has saved: texts to the letter,
 * pictures to their size, since their pixels depend on the JDK. With {@code -Dnotebooks.save=true}
 * the outputs are saved.
 */
@Tag("long")
class NotebooksTest {
  static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("notebooks-java"))) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void runsAndGivesItsSavedOutputs(Path file) throws IOException {
    NotebookFile executed = NotebookFile.read(file).executed();
    if (Boolean.getBoolean("notebooks.save")) {
      executed.write(file);
    }
    NotebookFile saved = NotebookFile.read(file);
    assertEquals(executed.texts(), saved.texts());
    assertEquals(sizes(executed), sizes(saved));
    assertFalse(sizes(saved).isEmpty(), "a notebook shows a picture");
  }

  private static List<String> sizes(NotebookFile notebook) throws IOException {
    return notebook.pictures().stream().map(NotebooksTest::size).toList();
  }

  private static String size(BufferedImage picture) {
    return picture.getWidth() + " x " + picture.getHeight();
  }
}
