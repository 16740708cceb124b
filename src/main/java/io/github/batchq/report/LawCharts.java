package io.github.batchq.report;

import io.github.batchq.model.ChartSpec;
import io.github.batchq.random.LawFit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws observed values beside the laws that were fitted to them: their quantiles, and their tails.
 */
public final class LawCharts {
  private static final int POINTS = 40;

  /** More laws than this could not be told apart in a chart. */
  private static final int MOST_LAWS = 3;

  /** Axes are logarithmic if the largest value is at least this many times the smallest. */
  private static final double WIDE = 50;

  private static final String LAW = "law";
  private static final String VALUE = "value";

  private final String of;
  private final String unit;
  private final double[] sorted;
  private final List<LawFit> fits;

  /**
   * @param of what the values are, such as gaps; part of the names of the files
   * @param unit their unit
   * @param sorted the values in increasing order
   * @param fits the laws, the best one first
   */
  public LawCharts(String of, String unit, double[] sorted, List<LawFit> fits) {
    this.of = of;
    this.unit = unit;
    this.sorted = sorted.clone();
    this.fits = fits.subList(0, Math.min(MOST_LAWS, fits.size()));
  }

  /** The charts as files, name with extension to content. */
  public Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.putAll(quantiles());
    files.putAll(tails());
    return files;
  }

  /** Quantiles of the values over those of the laws, at the middles of equal shares. */
  private Map<String, byte[]> quantiles() {
    SeriesRows rows = rows();
    SeriesRows equal = rows();
    for (LawFit fit : fits) {
      for (int i = 0; i < POINTS; i++) {
        double share = (i + 0.5) / POINTS;
        double x = fit.law().quantile(share);
        rows.point(fit.family().id(), x, at(share));
        equal.line("equal", x, x);
      }
    }
    rows.addAll(equal);
    boolean wide = at(0.5 / POINTS) * WIDE < at(1 - 0.5 / POINTS);
    ChartSpec.Scale scale = wide ? ChartSpec.Scale.LOG : ChartSpec.Scale.LINEAR;
    return rows.files(
        of + "-qq",
        new ChartSpec.Axes(
            "quantile of the law [" + unit + "]",
            "quantile of the trace [" + unit + "]",
            scale,
            scale),
        "points: quantiles of the " + of + "; line: where both agree",
        ChartStyle.SCREEN);
  }

  /** Quantile of the values. */
  private double at(double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /** Shares of the values, and probabilities of the laws, that are larger. */
  private Map<String, byte[]> tails() {
    SeriesRows rows = rows();
    double low = at(0.01);
    double high = sorted[sorted.length - 1];
    double least = 0.5 / sorted.length;
    int above = 0;
    for (int i = 0; i <= POINTS; i++) {
      double x = low * Math.pow(high / low, (double) i / POINTS);
      while (above < sorted.length && sorted[above] <= x) {
        above++;
      }
      double share = (double) (sorted.length - above) / sorted.length;
      if (share > 0) {
        rows.point("trace", x, share);
      }
    }
    for (LawFit fit : fits) {
      for (int i = 0; i <= 2 * POINTS; i++) {
        double x = low * Math.pow(high / low, i / (2.0 * POINTS));
        double share = fit.law().survival(x);
        if (share >= least) {
          rows.line(fit.family().id(), x, share);
        }
      }
    }
    return rows.files(
        of + "-ccdf",
        new ChartSpec.Axes(
            "x [" + unit + "]",
            "share of " + of + " above x",
            ChartSpec.Scale.LOG,
            ChartSpec.Scale.LOG),
        "points: the trace; lines: laws",
        ChartStyle.SCREEN);
  }

  private static SeriesRows rows() {
    return new SeriesRows(LAW, "x", VALUE);
  }
}
