package io.github.batchq.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ResultTable;
import java.awt.BasicStroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.IntervalXYDataset;
import org.jfree.data.xy.XYDataset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ChartTest {
  private static final ResultTable SMALL =
      Samples.summary(
          "throughput",
          List.of(
              List.of("1", "8.0", "7.5", "0.25", "7.75", "exact"),
              List.of("1", "4.0", "4.0", "", "4.0", "exact"),
              List.of("2", "4.0", "", "", "", ""),
              List.of("2", "8.0", "8.0", "0.5", "", "")));

  private static Chart chart(ChartSpec spec, ResultTable summary) {
    return new Chart(spec, summary, metric -> metric.equals("throughput") ? "req/s" : "s");
  }

  private static byte[] file(String name) {
    return files().getOrDefault(name, new byte[0]);
  }

  private static XYPlot plot(Chart chart) {
    return chart.draw().getXYPlot();
  }

  private static String refusal(ChartSpec spec, ResultTable summary) {
    return String.valueOf(
        assertThrows(BadInputException.class, () -> chart(spec, summary)).getMessage());
  }

  private static ChartSpec spec(String x, String y, @Nullable String series) {
    return new ChartSpec(
        "c", x, y, series, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null);
  }

  private static ChartSpec where(Map<String, String> where) {
    return new ChartSpec(
        "c",
        "arrivals.rate",
        "throughput",
        null,
        null,
        null,
        null,
        where,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static ChartSpec range(
      @Nullable Double xMax, @Nullable Double yMin, @Nullable Double yMax) {
    return new ChartSpec(
        "c",
        "arrivals.rate",
        "latency.mean",
        "policy.bins",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        xMax,
        yMin,
        yMax,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void pointsCarryTheirIntervalsAndLinesGoThroughTheSweptPointsInOrder() {
    XYPlot plot = plot(chart(Samples.spec("c", "throughput"), SMALL));
    IntervalXYDataset points = (IntervalXYDataset) plot.getDataset(0);
    assertEquals(2, points.getSeriesCount());
    assertEquals("bins = 1", points.getSeriesKey(0));
    assertEquals(2, points.getItemCount(0));
    assertEquals(4.0, points.getXValue(0, 0));
    assertEquals(4.0, points.getStartYValue(0, 0), "no interval, no bar");
    assertEquals(4.0, points.getEndYValue(0, 0), "no interval, no bar");
    assertEquals(7.25, points.getStartYValue(0, 1));
    assertEquals(7.75, points.getEndYValue(0, 1));
    assertEquals(1, points.getItemCount(1), "a mean that is not defined is no point");
    XYDataset lines = plot.getDataset(1);
    assertEquals(4.0, lines.getYValue(0, 0));
    assertEquals(7.75, lines.getYValue(0, 1));
    assertTrue(Double.isNaN(lines.getYValue(1, 0)));
    assertTrue(plot.getLegendItems().get(0).isLineVisible());
    assertFalse(plot.getLegendItems().get(1).isLineVisible(), "no theory, no line");
  }

  @Test
  void axesSayWhatTheyMeasureAndInWhichUnit() {
    XYPlot plot = plot(chart(Samples.spec("c", "throughput"), SMALL));
    assertEquals("arrival rate [req/s]", plot.getDomainAxis().getLabel());
    assertEquals("throughput [req/s]", plot.getRangeAxis().getLabel());
    assertEquals("mean latency [s]", AxisLabels.ofMetric("latency.mean", "s"));
    assertEquals("p99 latency [s]", AxisLabels.ofMetric("latency.p99", "s"));
    assertEquals("utilization", AxisLabels.ofMetric("utilization", "1"));
    assertEquals("policy batch size", AxisLabels.ofPath("policy.batchSize"));
  }

  @Test
  void labelsAndTitleOfTheFileWin() {
    ChartSpec spec =
        new ChartSpec(
            "c",
            "arrivals.rate",
            "throughput",
            "policy.bins",
            false,
            null,
            "Title",
            null,
            null,
            "load",
            "rate",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    Chart chart = chart(spec, SMALL);
    assertEquals("load", plot(chart).getDomainAxis().getLabel());
    assertEquals("rate", plot(chart).getRangeAxis().getLabel());
    assertEquals("points: simulation, 95 % CI", chart.note(), "theory: false draws none");
    assertEquals(3, chart.draw().getSubtitleCount(), "note, legend and title");
  }

  @Test
  void theNoteSaysWhatPointsAndLinesAre() {
    assertEquals(
        "points: simulation, 95 % CI; lines: theory",
        chart(Samples.spec("c", "throughput"), SMALL).note());
    assertEquals(
        "points: simulation, 95 % CI; lines: lower bound",
        chart(range(null, null, 100.0), Samples.latency()).note());
    ResultTable single =
        Samples.summary("throughput", List.of(List.of("1", "4", "4", "", "5", "approximation")));
    assertEquals(
        "points: simulation; lines: approximation",
        chart(Samples.spec("c", "throughput"), single).note());
  }

  @Test
  void theAxesHoldAllPointsWithTheirIntervals() {
    XYPlot plot = plot(chart(Samples.spec("c", "throughput"), SMALL));
    assertTrue(plot.getDomainAxis().getRange().contains(4));
    assertTrue(plot.getDomainAxis().getRange().contains(8));
    assertTrue(plot.getRangeAxis().getRange().contains(8.5));
    assertTrue(plot.getRangeAxis().getRange().contains(4));
    assertTrue(plot.getRangeAxis().getUpperBound() < 9);
  }

  @Test
  void theEndsOfTheAxesThatTheFileGivesAreKept() {
    XYPlot plot = plot(chart(range(10.0, 0.0, 100.0), Samples.latency()));
    assertEquals(10, plot.getDomainAxis().getUpperBound());
    assertEquals(0, plot.getRangeAxis().getLowerBound());
    assertEquals(100, plot.getRangeAxis().getUpperBound());
    XYPlot fitted = plot(chart(range(null, null, 100.0), Samples.latency()));
    assertTrue(fitted.getRangeAxis().getLowerBound() < 25);
    assertTrue(fitted.getRangeAxis().getLowerBound() > 15);
  }

  @Test
  void ticksAreRoundNumbersInEveryLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals("0.5", Ticks.of(0, 1, 2, false).label(0.5));
      assertEquals("10000", Ticks.of(0, 50000, 5, false).label(10000));
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(1, Ticks.of(4, 12, 10, false).step());
    assertEquals(20, Ticks.of(22, 100, 7, false).step());
    assertEquals(0.05, Ticks.of(0.27, 0.5, 7, false).step(), 1e-15);
    assertEquals(1, Ticks.of(1, 3, 10, true).step(), "there is no half bin");
    assertEquals("0.30", Ticks.of(0.27, 0.5, 7, false).label(0.30000000000000004));
    assertEquals("1e-6", Ticks.of(0, 5e-6, 5, false).label(1e-6));
  }

  @Test
  void everySeriesHasItsOwnMarkerAndItsOwnDashes() {
    Set<String> markers = new HashSet<>();
    Set<String> dashes = new HashSet<>();
    for (int s = 0; s < Marks.MOST; s++) {
      StringBuilder outline = new StringBuilder().append(Marks.filled(s));
      PathIterator path = Marks.marker(s, 3).getPathIterator(new AffineTransform());
      for (double[] xy = new double[6]; !path.isDone(); path.next()) {
        outline.append(path.currentSegment(xy)).append(Arrays.toString(xy));
      }
      markers.add(outline.toString());
      dashes.add(Arrays.toString(Marks.line(s, 1).getDashArray()));
    }
    assertEquals(Marks.MOST, markers.size());
    assertEquals(Marks.MOST, dashes.size());
    assertTrue(Marks.filled(0));
    assertFalse(Marks.filled(1));
  }

  @Test
  void aLineHasTheColourOfItsPointsAndLiesUnderThem() {
    XYPlot plot = plot(chart(Samples.spec("c", "throughput"), Samples.throughput()));
    for (int s = 0; s < 5; s++) {
      assertEquals(
          plot.getRenderer(0).getSeriesPaint(s), plot.getRenderer(1).getSeriesPaint(s), "series");
      BasicStroke line = (BasicStroke) plot.getRenderer(1).getSeriesStroke(s);
      assertTrue(line.getLineWidth() < 1);
    }
    assertEquals(
        org.jfree.chart.plot.DatasetRenderingOrder.REVERSE, plot.getDatasetRenderingOrder());
    assertEquals(5, plot.getLegendItems().getItemCount());
    assertEquals(41, plot.getDataset(0).getItemCount(0));
  }

  @Test
  void whereChoosesTheRows() {
    XYPlot plot = plot(chart(where(Map.of("policy.bins", "1.0")), SMALL));
    assertEquals(1, plot.getSeriesCount());
    assertEquals(2, plot.getDataset(0).getItemCount(0));
  }

  @Test
  void namesOfPoliciesStandAsTheyAre() {
    ResultTable table =
        new ResultTable(
            List.of("policy", "arrivals.rate", "throughput", "throughput.ci95"),
            List.of(List.of("multi-bin", "4", "4", ""), List.of("standard", "4", "3", "")));
    XYPlot plot = plot(chart(spec("arrivals.rate", "throughput", "policy"), table));
    assertEquals("multi-bin", plot.getDataset(0).getSeriesKey(0));
    assertEquals("standard", plot.getDataset(0).getSeriesKey(1));
    assertEquals(
        "chart 'c': x is policy, whose value 'multi-bin' is not a number; swept paths with numbers"
            + " are arrivals.rate",
        refusal(spec("policy", "throughput", "arrivals.rate"), table));
  }

  @Test
  void whatIsNotThereIsNamedWithWhatIs() {
    assertEquals(
        "chart 'c': x is 'rate', expected a swept path; there are policy.bins, arrivals.rate",
        refusal(spec("rate", "throughput", null), SMALL));
    assertEquals(
        "chart 'c': y is 'latency', expected a metric of the summary; there are throughput",
        refusal(spec("arrivals.rate", "latency", null), SMALL));
    assertEquals(
        "chart 'c': series is 'bins', expected a swept path; there are policy.bins, arrivals.rate",
        refusal(spec("arrivals.rate", "throughput", "bins"), SMALL));
    assertEquals(
        "chart 'c': where is 'bins', expected a swept path; there are policy.bins, arrivals.rate",
        refusal(where(Map.of("bins", "1")), SMALL));
    assertEquals(
        "chart 'c': where is 'policy.bins: 3', expected a value of the sweep; there are 1, 2",
        refusal(where(Map.of("policy.bins", "3")), SMALL));
  }

  @Test
  void aChartMustSayWhichOfSeveralValuesToDraw() {
    assertEquals(
        "chart 'c': policy.bins varies too (1, 2); make it the series or choose one value in where",
        refusal(spec("arrivals.rate", "throughput", null), SMALL));
  }

  @Test
  void whatCannotBeReadIsRefused() {
    List<List<String>> rows = new ArrayList<>();
    for (int s = 0; s <= Marks.MOST; s++) {
      rows.add(List.of("" + s, "4", "4", "", "", ""));
    }
    assertEquals(
        "chart 'c': series 'policy.bins' has 13 values, and a reader tells at most 12 apart",
        refusal(Samples.spec("c", "throughput"), Samples.summary("throughput", rows)));
    ResultTable nothing = Samples.summary("throughput", List.of(List.of("1", "4", "", "", "", "")));
    assertEquals(
        "chart 'c': 'throughput' has no value at any of its points",
        refusal(Samples.spec("c", "throughput"), nothing));
    assertEquals(
        "chart 'c': xMax is 3.0, expected more than the least x, 4",
        refusal(range(3.0, null, null), Samples.latency()));
    assertEquals(
        "chart 'c': the vertical axis would run from 1000 to 802.807, expected yMin below yMax and below"
            + " the greatest value",
        refusal(range(null, 1000.0, null), Samples.latency()));
  }

  @Test
  void theSvgIsThreePointThreeInchesWideAndItsLettersAreOutlines() throws Exception {
    byte[] svg = file("c.svg");
    Document document =
        DocumentBuilderFactory.newDefaultNSInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg));
    assertEquals("3.3in", document.getDocumentElement().getAttribute("width"));
    assertEquals("2.5in", document.getDocumentElement().getAttribute("height"));
    assertEquals("0 0 237.6 180", document.getDocumentElement().getAttribute("viewBox"));
    assertEquals(0, document.getElementsByTagNameNS("*", "text").getLength());
    assertEquals(0, document.getElementsByTagNameNS("*", "image").getLength());
  }

  @Test
  void thePdfIsOnePageOfTheChartWithItsFontEmbedded() throws IOException {
    byte[] pdf = file("c.pdf");
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertEquals(1, document.getNumberOfPages());
      PDPage page = document.getPage(0);
      assertEquals(3.3 * 72, page.getMediaBox().getWidth(), 1e-3);
      assertEquals(2.5 * 72, page.getMediaBox().getHeight(), 1e-3);
      int fonts = 0;
      for (COSName name : page.getResources().getXObjectNames()) {
        PDFormXObject form = (PDFormXObject) page.getResources().getXObject(name);
        for (COSName key : form.getResources().getFontNames()) {
          PDFont font = form.getResources().getFont(key);
          assertTrue(font.isEmbedded(), font.getName());
          assertTrue(font.getName().endsWith("LiberationSans"), font.getName());
          fonts++;
        }
        assertFalse(form.getResources().getXObjectNames().iterator().hasNext(), "no pictures");
      }
      assertTrue(fonts > 0);
      String text = new PDFTextStripper().getText(document);
      assertTrue(text.contains("arrival rate [req/s]"), text);
      assertTrue(text.contains("bins = 5"), text);
    }
  }

  @Test
  void thePngHasThreeHundredDotsPerInchAndSaysSo() throws IOException {
    byte[] png = file("c.png");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(990, image.getWidth());
    assertEquals(750, image.getHeight());
    assertEquals(0xFFFFFFFF, image.getRGB(0, 0), "white paper");
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(png))) {
      ImageReader reader = ImageIO.getImageReaders(in).next();
      reader.setInput(in);
      org.w3c.dom.Element metadata =
          (org.w3c.dom.Element) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
      org.w3c.dom.Element size =
          (org.w3c.dom.Element) metadata.getElementsByTagName("pHYs").item(0);
      assertEquals("11811", size.getAttribute("pixelsPerUnitXAxis"));
      assertEquals("meter", size.getAttribute("unitSpecifier"));
      reader.dispose();
    }
  }

  @Test
  void theSameTableGivesTheSameBytes() {
    Map<String, byte[]> first = files();
    Map<String, byte[]> second = files();
    assertEquals(List.of("c.svg", "c.pdf", "c.png", "c.csv"), List.copyOf(first.keySet()));
    first.forEach((name, bytes) -> assertArrayEquals(bytes, second.get(name), name));
  }

  private static Map<String, byte[]> files() {
    return chart(Samples.spec("c", "throughput"), Samples.throughput()).files();
  }

  private static ChartSpec only(@Nullable String series, String... values) {
    return new ChartSpec(
        "c",
        "arrivals.rate",
        "throughput",
        series,
        null,
        null,
        null,
        null,
        List.of(values),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void onlySomeSeriesInTheOrderOfTheList() {
    XYPlot plot = plot(chart(only("policy.bins", "2", "1"), SMALL));
    assertEquals("bins = 2", plot.getDataset(0).getSeriesKey(0));
    assertEquals("bins = 1", plot.getDataset(0).getSeriesKey(1));
    assertEquals(1, plot(chart(only("policy.bins", "1"), SMALL)).getDataset(0).getSeriesCount());
    assertEquals(
        "chart 'c': only is '3', expected a value of the series; there are 1, 2",
        refusal(only("policy.bins", "3"), SMALL));
  }

  /** The second series has a point without a value, where its line breaks. */
  @Test
  void linesMayJoinSimulatedPoints() {
    ChartSpec spec =
        new ChartSpec(
            "c",
            "arrivals.rate",
            "throughput",
            "policy.bins",
            false,
            true,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    Chart chart = chart(spec, SMALL);
    XYDataset points = plot(chart).getDataset(0);
    XYDataset lines = plot(chart).getDataset(1);
    assertEquals(points.getYValue(0, 1), lines.getYValue(0, 1));
    assertEquals(2, lines.getItemCount(1));
    assertEquals(1, points.getItemCount(1));
    assertTrue(plot(chart).getLegendItems().get(0).isLineVisible());
    assertEquals("points: simulation, 95 % CI, joined for the eye", chart.note());
  }
}
