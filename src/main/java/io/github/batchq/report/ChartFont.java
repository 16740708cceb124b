package io.github.batchq.report;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * The one font of the charts, Liberation Sans as PDFBox carries it: the same letters on every
 * machine, also on one that has no fonts.
 */
final class ChartFont {
  private static final String FILE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
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

  private static Font load() {
    try (InputStream in = open()) {
      return Font.createFont(Font.TRUETYPE_FONT, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FontFormatException e) {
      throw new IllegalStateException(FILE, e);
    }
  }
}
