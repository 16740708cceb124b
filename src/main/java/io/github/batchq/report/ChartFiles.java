package io.github.batchq.report;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import io.github.batchq.model.Numerals;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Writes a chart as vectors and as pixels. The same chart gives the same bytes. */
final class ChartFiles {
  /** Points in an inch. */
  static final double POINTS = 72;

  private static final double METRES_PER_INCH = 0.0254;
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final String PNG_METADATA = "javax_imageio_png_1.0";

  private final JFreeChart chart;
  private final Rectangle2D area;
  private final double scale;
  private final int dotsPerInch;

  /** A chart at one column of a paper. */
  ChartFiles(JFreeChart chart, double width, double height) {
    this(chart, width, height, 1, ChartStyle.SCREEN.dotsPerInch());
  }

  /**
   * A chart in a style.
   *
   * @param height in points before scaling
   */
  ChartFiles(JFreeChart chart, ChartStyle style, double height) {
    this(chart, style.width(), height, style.scale(), style.dotsPerInch());
  }

  private ChartFiles(JFreeChart chart, double width, double height, double scale, int dotsPerInch) {
    this.chart = chart;
    this.area = new Rectangle2D.Double(0, 0, width, height);
    this.scale = scale;
    this.dotsPerInch = dotsPerInch;
  }

  /** The chart as files: the name with extension to content, as svg, pdf and png. */
  Map<String, byte[]> named(String name) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(name + ".svg", svg());
    files.put(name + ".pdf", pdf());
    files.put(name + ".png", png());
    return files;
  }

  /**
   * The chart as scalable vector graphics; letters are outlines, so that no reader needs the font.
   */
  private byte[] svg() {
    Document document = emptySvg();
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(null);
    context.setPrecision(4);
    SVGGraphics2D graphics = new SVGGraphics2D(context, true);
    chart.draw(graphics, area);
    Element root = graphics.getRoot();
    root.setAttributeNS(null, "width", inches(scale * area.getWidth()));
    root.setAttributeNS(null, "height", inches(scale * area.getHeight()));
    root.setAttributeNS(
        null,
        "viewBox",
        "0 0 " + Numerals.plain(area.getWidth()) + " " + Numerals.plain(area.getHeight()));
    StringWriter out = new StringWriter();
    try {
      graphics.stream(root, out, false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      graphics.dispose();
    }
    // Readers of the file would fetch the document type from the network.
    return out.toString().replaceFirst("<!DOCTYPE[^>]*>\\s*", "").getBytes(StandardCharsets.UTF_8);
  }

  /** The chart as a PDF of one page of its own size, with its font embedded. */
  private byte[] pdf() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument();
        InputStream font = ChartFont.open();
        PdfBoxGraphics2DFontTextDrawer text = new PdfBoxGraphics2DFontTextDrawer()) {
      document.setDocumentId(1L);
      float width = (float) (scale * area.getWidth());
      float height = (float) (scale * area.getHeight());
      PDPage page = new PDPage(new PDRectangle(width, height));
      document.addPage(page);
      text.registerFont(ChartFont.size(1).getFontName(), font);
      PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, width, height);
      graphics.setFontTextDrawer(text);
      if (scale != 1) {
        graphics.scale(scale, scale);
      }
      chart.draw(graphics, area);
      graphics.dispose();
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawForm(graphics.getXFormObject());
      }
      document.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The chart as pixels; the file states how many there are in an inch. */
  private byte[] png() {
    double pixels = scale * dotsPerInch / POINTS;
    BufferedImage image =
        new BufferedImage(
            (int) Math.round(area.getWidth() * pixels),
            (int) Math.round(area.getHeight() * pixels),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.scale(pixels, pixels);
    chart.draw(graphics, area);
    graphics.dispose();
    try {
      return withResolution(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] withResolution(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(
            ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
    String perMetre = String.valueOf(Math.round(dotsPerInch / METRES_PER_INCH));
    IIOMetadataNode resolution = new IIOMetadataNode("pHYs");
    resolution.setAttribute("pixelsPerUnitXAxis", perMetre);
    resolution.setAttribute("pixelsPerUnitYAxis", perMetre);
    resolution.setAttribute("unitSpecifier", "meter");
    IIOMetadataNode root = new IIOMetadataNode(PNG_METADATA);
    root.appendChild(resolution);
    metadata.mergeTree(PNG_METADATA, root);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, metadata), null);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static Document emptySvg() {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every JDK has a document builder", e);
    }
  }

  private static String inches(double points) {
    return Numerals.plain(points / POINTS) + "in";
  }
}
