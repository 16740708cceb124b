package io.github.batchq.report;

import io.github.batchq.model.Numerals;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis with ticks at 1, 2 and 5 times powers of ten, at powers of ten alone, at all
 * their multiples, or at powers of two.
 */
final class LogarithmicAxis extends LogAxis {
  private static final long serialVersionUID = 1L;

  /** Over more powers of ten than this, only they have labels. */
  private static final double WIDE = 2.2;

  /**
   * Where the largest value is less than this many times the smallest, all multiples of powers of
   * ten have labels.
   */
  private static final double NARROW = 5;

  private final boolean binary;

  /**
   * @param binary whether ticks stand at powers of two
   */
  LogarithmicAxis(String label, boolean binary) {
    super(label);
    this.binary = binary;
  }

  @Override
  protected List<ValueTick> refreshTicksHorizontal(
      Graphics2D g2, Rectangle2D dataArea, RectangleEdge edge) {
    return ticks(TextAnchor.TOP_CENTER);
  }

  @Override
  protected List<ValueTick> refreshTicksVertical(
      Graphics2D g2, Rectangle2D dataArea, RectangleEdge edge) {
    return ticks(TextAnchor.CENTER_RIGHT);
  }

  private List<ValueTick> ticks(TextAnchor anchor) {
    return binary ? powersOfTwo(anchor) : decades(anchor);
  }

  private List<ValueTick> powersOfTwo(TextAnchor anchor) {
    List<ValueTick> ticks = new ArrayList<>();
    for (double value = 1; value <= getRange().getUpperBound(); value *= 2) {
      if (getRange().contains(value)) {
        ticks.add(tick(value, true, anchor));
      }
    }
    return ticks;
  }

  private List<ValueTick> decades(TextAnchor anchor) {
    double low = getRange().getLowerBound();
    double high = getRange().getUpperBound();
    boolean wide = Math.log10(high / low) > WIDE;
    boolean narrow = high / low < NARROW;
    List<ValueTick> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high; power++) {
      for (int factor = 1; factor < 10; factor++) {
        double value = factor * Math.pow(10, power);
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
          boolean labelled = factor == 1 || narrow || (!wide && (factor == 2 || factor == 5));
          ticks.add(tick(value, labelled, anchor));
        }
      }
    }
    return ticks;
  }

  private static ValueTick tick(double value, boolean labelled, TextAnchor anchor) {
    return new NumberTick(
        labelled ? TickType.MAJOR : TickType.MINOR,
        value,
        labelled ? Numerals.plain(Math.rint(value * 1e9) / 1e9) : "",
        anchor,
        TextAnchor.CENTER,
        0);
  }
}
