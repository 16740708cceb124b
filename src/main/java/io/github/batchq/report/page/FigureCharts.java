package io.github.batchq.report.page;

import io.github.batchq.model.ResultTable;
import io.github.batchq.report.page.PointsSpecification.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Charts of the tables that stand beside drawn charts, such as those of {@code batchq reproduce}:
 * what the figure of the same name shows. A page of text beside them says what the axes are.
 */
final class FigureCharts implements ChartChoice {
  private static final List<String> COLUMNS =
      List.of("panel", "series", "x", "simulated", "low", "high", "theory", "kind", "plotted");

  private static final String TABLE = ".csv";

  /** How the ids of these charts begin. */
  static final String ID = "figure-";

  /** What a caption says of its axes, such as "Mean latency against the arrival rate, ...". */
  private static final Pattern AGAINST =
      Pattern.compile("(?:.*; )?(?<y>[^.:;]*?),? against (?:the |their )?(?<x>[^.:,;]*).*");

  private static final String NOTE =
      "Points: simulation, with 95 % intervals. Lines: theory; hollow marks: the paper's points.";

  @Override
  public List<PageChart> charts(PageInput input) {
    if (input.summary() != null || input.tables().containsKey(TwinPageCharts.TWIN)) {
      return List.of(); // the charts of these show nothing more
    }
    List<PageChart> charts = new ArrayList<>();
    for (Map.Entry<String, ResultTable> entry : input.tables().entrySet()) {
      if (entry.getValue().columns().equals(COLUMNS)) {
        ResultTable table = entry.getValue();
        for (String panel : SummaryAxes.values(table, "panel")) {
          charts.add(chart(input, entry.getKey(), table, panel, charts.size()));
        }
      }
    }
    return charts;
  }

  /** Whether a table is what a chart of that name shows. */
  static boolean isFigure(ResultTable table) {
    return table.columns().equals(COLUMNS);
  }

  private static PageChart chart(
      PageInput input, String file, ResultTable table, String panel, int number) {
    String name = file.substring(0, file.length() - TABLE.length());
    String caption = caption(input, name);
    Matcher against = AGAINST.matcher(caption);
    boolean told = against.matches();
    Labels labels =
        new Labels(
            name + (panel.isEmpty() ? "" : ", " + panel),
            told ? withUnit(against.group("x")) : "x",
            told ? withUnit(lower(against.group("y"))) : "value");
    PageChart chart = chart(name, labels, NOTE, table, panel);
    if (!caption.isEmpty()) {
      chart.specification().put("description", labels.title() + ": " + caption);
    }
    return panel.isEmpty() ? chart : chart.named(chart.id() + "-" + number);
  }

  /** What stands above a chart and at its axes. */
  record Labels(String title, String x, String y) {}

  /**
   * The chart of a panel of a table.
   *
   * @param name of the table's file, without its ending
   */
  static PageChart chart(String name, Labels labels, String note, ResultTable table, String panel) {
    PointsSpecification points =
        new PointsSpecification(
            labels.title(), labels.x(), labels.y(), SummaryAxes.isNumeric(table, "x"), List.of());
    for (int row = 0; row < table.rows().size(); row++) {
      if (!table.text(row, "panel").equals(panel)) {
        continue;
      }
      String series = table.text(row, "series");
      if (table.text(row, "plotted").isEmpty()) {
        points.add(
            new Point(
                series,
                table.text(row, "x"),
                table.number(row, "simulated"),
                table.number(row, "low"),
                table.number(row, "high"),
                table.number(row, "theory"),
                table.text(row, "kind")),
            Specification.object());
      } else {
        points.addPlotted(series, table.number(row, "x"), table.number(row, "plotted"));
      }
    }
    return PageChart.plain(
        ID + name.replaceAll("[^A-Za-z0-9_-]", "-"),
        labels.title(),
        note,
        points.specification(false, List.of(), null),
        name + TABLE);
  }

  /** The words of an axis with the unit that these quantities have everywhere. */
  private static String withUnit(String words) {
    boolean rate = words.equals("arrival rate") || words.matches("throughput( of k-bin batching)?");
    return words + (rate ? " [req/s]" : words.startsWith("mean latency") ? " [s]" : "");
  }

  private static String lower(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }

  /** The paragraph above the picture of that name in a page of text; empty where there is none. */
  private static String caption(PageInput input, String name) {
    for (String text : input.texts().values()) {
      List<String> blocks = List.of(text.split("\n\\s*\n"));
      for (int block = 1; block < blocks.size(); block++) {
        if (blocks.get(block).contains("](" + name + ".png)")) {
          int above = block - 1;
          while (above > 0 && blocks.get(above).startsWith("![")) {
            above--;
          }
          return blocks.get(above).replaceAll("\\s+", " ").strip();
        }
      }
    }
    return "";
  }
}
