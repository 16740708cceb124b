package io.github.batchq.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.util.List;
import java.util.Map;
import org.jfree.chart.annotations.XYBoxAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;

/** Timelines and heat maps by their structure. */
class BoxChartTest {
  private static final TimelineChart TIMELINE =
      new TimelineChart(
          List.of(
              new TimelineChart.Row("standard", List.of(List.of(1.0, 5.0), List.of(2.0, 6.0))),
              new TimelineChart.Row("two bins", List.of(List.of(1.0, 2.0), List.of(5.0, 6.0)))));

  private static List<String> texts(XYPlot plot) {
    return plot.getAnnotations().stream()
        .filter(XYTextAnnotation.class::isInstance)
        .map(annotation -> ((XYTextAnnotation) annotation).getText())
        .toList();
  }

  private static List<XYBoxAnnotation> boxes(XYPlot plot) {
    return plot.getAnnotations().stream()
        .filter(XYBoxAnnotation.class::isInstance)
        .map(XYBoxAnnotation.class::cast)
        .toList();
  }

  /** Eight requests, of which four wait for a longer one. */
  @Test
  void aTimelineShowsRequestsAndWaste() {
    XYPlot plot = TIMELINE.draw().getXYPlot();
    assertEquals(List.of("1", "5", "2", "6", "1", "2", "5", "6"), texts(plot));
    assertEquals(12, boxes(plot).size());
    assertEquals(11.22, plot.getDomainAxis().getUpperBound(), 1e-12);
    assertArrayEquals(
        new String[] {"two bins", "standard"}, ((SymbolAxis) plot.getRangeAxis()).getSymbols());
    // The first request of the second batch in bins starts at 2 s and ends at 7 s.
    XYBoxAnnotation box = boxes(plot).get(9);
    assertEquals(2, box.getX0());
    assertEquals(7, box.getX1());
  }

  @Test
  void aHeatMapShowsCountsAndShares() {
    XYPlot plot =
        new HeatMapChart(List.of(List.of(3.0, 1.0), List.of(0.0, 8.0)), "two").draw().getXYPlot();
    assertEquals(List.of("3", "1", "0", "8"), texts(plot));
    assertArrayEquals(new String[] {"2", "1"}, ((SymbolAxis) plot.getRangeAxis()).getSymbols());
    assertEquals(Color.WHITE, HeatMapChart.shade(0));
    assertEquals(new Color(0x08306B), HeatMapChart.shade(1));
    // The first row stands on top.
    assertEquals(0.5, boxes(plot).get(0).getY0());
  }

  @Test
  void theSameChartGivesTheSameBytes() {
    Map<String, byte[]> first = TIMELINE.files("t");
    assertEquals(List.of("t.svg", "t.pdf", "t.png"), List.copyOf(first.keySet()));
    TIMELINE.files("t").forEach((name, bytes) -> assertArrayEquals(first.get(name), bytes, name));
  }
}
