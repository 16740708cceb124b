package io.github.batchq.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.List;

/**
 * How series are told apart: by colour (Okabe and Ito's palette, which colour-blind readers can
 * tell apart, without its yellow, which is too light for thin lines), and, for a print in grey, by
 * the shape and the filling of the marker and by the dashes of the line.
 */
final class Marks {
  /** Nobody could tell more series than this apart. */
  static final int MOST = 12;

  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0x000000),
          new Color(0xE69F00),
          new Color(0x56B4E9));

  /** Lengths of dashes and gaps in points; solid first. */
  private static final List<List<Float>> DASHES =
      List.of(
          List.of(),
          List.of(5f, 2f),
          List.of(1f, 1.5f),
          List.of(5f, 1.5f, 1f, 1.5f),
          List.of(2.5f, 1.5f),
          List.of(9f, 2f),
          List.of(5f, 1.5f, 1f, 1.5f, 1f, 1.5f),
          List.of(9f, 1.5f, 2.5f, 1.5f),
          List.of(1f, 3.5f),
          List.of(9f, 1.5f, 1f, 1.5f),
          List.of(2.5f, 4f),
          List.of(5f, 5f));

  private static final int SHAPES = 6;

  /** An arrow that points upward to its place, 7 points long. */
  static final Shape ARROW = arrow();

  private Marks() {}

  private static Shape arrow() {
    Path2D path = new Path2D.Double();
    path.moveTo(0, 0);
    path.lineTo(2.2, 4);
    path.lineTo(0.4, 4);
    path.lineTo(0.4, 7.5);
    path.lineTo(-0.4, 7.5);
    path.lineTo(-0.4, 4);
    path.lineTo(-2.2, 4);
    path.closePath();
    return path;
  }

  /** Colour of a series. */
  static Color colour(int series) {
    return COLOURS.get(series % COLOURS.size());
  }

  /** Whether the marker of a series is filled; else it is white inside. */
  static boolean filled(int series) {
    return (series + series / SHAPES) % 2 == 0;
  }

  /**
   * Marker of a series.
   *
   * @param size diameter in points
   */
  static Shape marker(int series, double size) {
    double r = size / 2;
    return switch (series % SHAPES) {
      case 0 -> new Ellipse2D.Double(-r, -r, size, size);
      case 1 -> polygon(-0.9 * r, -0.9 * r, 0.9 * r, -0.9 * r, 0.9 * r, 0.9 * r, -0.9 * r, 0.9 * r);
      case 2 -> polygon(0, -1.2 * r, 1.15 * r, 0.85 * r, -1.15 * r, 0.85 * r);
      case 3 -> polygon(0, -1.3 * r, 1.3 * r, 0, 0, 1.3 * r, -1.3 * r, 0);
      case 4 -> polygon(0, 1.2 * r, 1.15 * r, -0.85 * r, -1.15 * r, -0.85 * r);
      default ->
          polygon(
              -1.3 * r, 0, -0.65 * r, -1.1 * r, 0.65 * r, -1.1 * r, 1.3 * r, 0, 0.65 * r, 1.1 * r,
              -0.65 * r, 1.1 * r);
    };
  }

  /** Line of theory of a series. */
  static BasicStroke line(int series, float width) {
    List<Float> dashes = DASHES.get(series % DASHES.size());
    if (dashes.isEmpty()) {
      return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }
    float[] lengths = new float[dashes.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = dashes.get(i);
    }
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, lengths, 0);
  }

  private static Shape polygon(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }
}
