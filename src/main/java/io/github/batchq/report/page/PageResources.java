package io.github.batchq.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Files that every page is made of. */
final class PageResources {
  private PageResources() {}

  /** The text of a file beside this class. */
  static String text(String name) {
    try (InputStream stream = PageResources.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
