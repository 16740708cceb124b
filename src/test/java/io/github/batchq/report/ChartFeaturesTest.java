package io.github.batchq.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ChartSpec.Intervals;
import io.github.batchq.model.ChartSpec.Legend;
import io.github.batchq.model.ChartSpec.Plotted;
import io.github.batchq.model.ChartSpec.Scale;
import io.github.batchq.model.ChartSpec.Threshold;
import io.github.batchq.model.ResultTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.annotations.XYTitleAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.data.xy.IntervalXYDataset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Scales, thresholds, the paper's points, panels, bands, legends and styles, by their structure.
 */
class ChartFeaturesTest {
  private static final ResultTable TABLE =
      Samples.summary(
          "throughput",
          List.of(
              List.of("1", "4.0", "4.0", "0.25", "4.0", "exact"),
              List.of("1", "8.0", "6.5", "0.25", "6.5", "exact"),
              List.of("2", "4.0", "4.0", "0.5", "4.0", "exact"),
              List.of("2", "8.0", "8.0", "0.5", "8.0", "exact")));

  private static ChartSpec spec(
      @Nullable Scale xScale,
      @Nullable Scale yScale,
      @Nullable List<Threshold> thresholds,
      @Nullable Plotted plotted,
      @Nullable String panel,
      @Nullable Intervals intervals,
      @Nullable Legend legend) {
    return new ChartSpec(
        "c",
        "arrivals.rate",
        "throughput",
        panel == null ? "policy.bins" : null,
        null,
        null,
        "Title",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        xScale,
        yScale,
        thresholds,
        plotted,
        panel,
        intervals,
        legend,
        null);
  }

  private static Chart chart(ChartSpec spec, ChartStyle style) {
    return new Chart(spec, TABLE, metric -> "req/s", style);
  }

  private static XYPlot plot(ChartSpec spec) {
    return chart(spec, ChartStyle.SCREEN).draw().getXYPlot();
  }

  @Test
  void logarithmicAxes() {
    XYPlot plot = plot(spec(Scale.LOG, Scale.LOG, null, null, null, null, null));
    assertInstanceOf(LogarithmicAxis.class, plot.getDomainAxis());
    assertInstanceOf(LogarithmicAxis.class, plot.getRangeAxis());
    assertTrue(plot.getDomainAxis().getRange().contains(4));
    assertTrue(plot.getRangeAxis().getRange().contains(8.5));
    assertTrue(plot.getRangeAxis().getLowerBound() > 3);
    assertInstanceOf(
        NumberAxis.class,
        plot(spec(null, Scale.LINEAR, null, null, null, null, null)).getRangeAxis());
  }

  @Test
  void aLogarithmicAxisNeedsPositiveValues() {
    ResultTable table =
        Samples.summary("throughput", List.of(List.of("1", "0", "4.0", "", "4.0", "exact")));
    assertTrue(
        String.valueOf(
                assertThrows(
                        BadInputException.class,
                        () ->
                            new Chart(
                                spec(Scale.LOG, null, null, null, null, null, null),
                                table,
                                metric -> "s"))
                    .getMessage())
            .contains("positive values, found 0"));
  }

  @Test
  void thresholdsStandWhereTheyAreAndSayTheirName() {
    XYPlot plot =
        plot(
            spec(
                null,
                null,
                List.of(new Threshold(5, "k = 1"), new Threshold(6, null)),
                null,
                null,
                null,
                null));
    assertEquals(2, plot.getDomainMarkers(Layer.FOREGROUND).size());
    List<String> labels =
        plot.getAnnotations().stream()
            .filter(XYTextAnnotation.class::isInstance)
            .map(annotation -> ((XYTextAnnotation) annotation).getText().strip())
            .toList();
    assertEquals(List.of("k = 1"), labels);
  }

  @Test
  void thePointsOfThePaper() {
    ChartSpec spec = spec(null, null, null, new Plotted("fig3", "k=*"), null, null, null);
    XYPlot plot = plot(spec);
    assertEquals(41, plot.getDataset(3).getItemCount(0), "too few at our abscissas: all");
    assertEquals(4.0, plot.getDataset(3).getXValue(0, 0), 1e-6);
    assertTrue(chart(spec, ChartStyle.SCREEN).note().endsWith("; hollow: the paper"));
    ResultTable table = chart(spec, ChartStyle.SCREEN).table();
    assertEquals(4 + 2 * 41, table.rows().size());
    assertEquals(
        List.of("panel", "series", "x", "simulated", "low", "high", "theory", "kind", "plotted"),
        table.columns());
    assertEquals(
        List.of("", "bins = 1", "4.0", "4.0", "3.75", "4.25", "4.0", "exact", ""),
        table.rows().get(0));
  }

  @Test
  void panelsShareTheirHorizontalAxis() {
    ChartSpec spec = spec(null, null, null, null, "policy.bins", null, null);
    CombinedDomainXYPlot plot = (CombinedDomainXYPlot) plot(spec);
    assertEquals(2, plot.getSubplots().size());
    XYPlot second = plot.getSubplots().get(1);
    assertEquals(8.0, second.getDataset(0).getYValue(0, 1));
    assertEquals(1, second.getDataset(0).getSeriesCount());
    XYTextAnnotation name = (XYTextAnnotation) second.getAnnotations().get(0);
    // Its points go from the lower left to the upper right, so the name stands on the left.
    assertEquals(" bins = 2", name.getText());
    assertEquals(second.getDomainAxis().getLowerBound(), name.getX());
    assertEquals("bins = 1", chart(spec, ChartStyle.SCREEN).table().text(0, "panel"));
  }

  @Test
  void aBandTakesTheIntervalsFromThePoints() {
    XYPlot plot = plot(spec(null, null, null, null, null, Intervals.BAND, null));
    assertInstanceOf(DeviationRenderer.class, plot.getRenderer(2));
    IntervalXYDataset points = (IntervalXYDataset) plot.getDataset(0);
    IntervalXYDataset band = (IntervalXYDataset) plot.getDataset(2);
    assertEquals(4.0, points.getEndYValue(0, 0));
    assertEquals(4.25, band.getEndYValue(0, 0));
  }

  @Test
  void theLegendIsBelowInsideOrNowhere() {
    JFreeChart inside =
        chart(spec(null, null, null, null, null, null, Legend.INSIDE), ChartStyle.SCREEN).draw();
    assertEquals(2, inside.getSubtitleCount(), "note and title");
    // The points go from the lower left to the upper right.
    assertTrue(
        inside.getXYPlot().getAnnotations().stream()
            .anyMatch(
                annotation ->
                    annotation instanceof XYTitleAnnotation legend
                        && legend.getTitleAnchor() == RectangleAnchor.TOP_LEFT));
    assertEquals(
        2,
        chart(spec(null, null, null, null, null, null, Legend.NONE), ChartStyle.SCREEN)
            .draw()
            .getSubtitleCount());
    assertEquals(
        3,
        chart(spec(null, null, null, null, null, null, null), ChartStyle.SCREEN)
            .draw()
            .getSubtitleCount());
  }

  @Test
  void aPaperHasNoTitleAndASlideIsLarge() throws IOException {
    ChartSpec spec = spec(null, null, null, null, null, null, null);
    assertEquals(2, chart(spec, ChartStyle.PAPER).draw().getSubtitleCount(), "note and legend");
    assertEquals(3, chart(spec, ChartStyle.SLIDES).draw().getSubtitleCount());
    assertEquals(990, width(chart(spec, ChartStyle.PAPER)));
    assertEquals(1500, width(chart(spec, ChartStyle.SLIDES)));
  }

  private static int width(Chart chart) throws IOException {
    Map<String, byte[]> files = chart.files();
    return ImageIO.read(new ByteArrayInputStream(Objects.requireNonNull(files.get("c.png"))))
        .getWidth();
  }
}
