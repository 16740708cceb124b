package io.github.batchq.report;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * The one font of the charts, Liberation Sans as PDFBox carries it: the same letters on every
 * machine, also on one that has no fonts.
 */
final class ChartFont {
  private static final String FILE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final String FONT_CONFIGURATION = "sun.awt.fontconfig";
  private static final Font FONT = load();

  private ChartFont() {}

  /** The font at a size in points. */
  static Font size(float points) {
    return FONT.deriveFont(points);
  }

  /** The font file, to embed it. */
  static InputStream open() throws IOException {
    InputStream in = PDDocument.class.getResourceAsStream(FILE);
    if (in == null) {
      throw new FileNotFoundException(FILE + " is not on the class path");
    }
    return in;
  }

  /**
   * Loads the font. On a Linux machine without any installed font the JDK fails to start its font
   * machinery even for a font from a file, unless a property names a font configuration; there, and
   * only there, an empty one is given to it.
   */
  private static Font load() {
    try {
      try {
        return create();
      } catch (IOException e) {
        if (System.getProperty(FONT_CONFIGURATION) != null) {
          throw e;
        }
        Path empty = Files.createTempFile("batchq-fontconfig", ".properties");
        empty.toFile().deleteOnExit();
        Files.writeString(empty, "version=1\nsequence.allfonts=default\n");
        System.setProperty(FONT_CONFIGURATION, empty.toString());
        return create();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Font create() throws IOException {
    try (InputStream in = open()) {
      return Font.createFont(Font.TRUETYPE_FONT, in);
    } catch (FontFormatException e) {
      throw new IOException(FILE, e);
    }
  }
}
