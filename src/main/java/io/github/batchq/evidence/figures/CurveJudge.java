package io.github.batchq.evidence.figures;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.metric.Estimate;
import io.github.batchq.model.Numerals;
import io.github.batchq.report.PaperFigures;
import java.util.List;
import java.util.Locale;

/**
 * Judges a simulated curve by the points that the paper plots, which are means over 10 runs too.
 * The difference of two such means has the standard error s sqrt(1/n + 1/10), s being the standard
 * deviation of our runs. A point agrees within the 99.9 % quantile of t; a curve agrees if at most
 * one point in forty does not.
 */
public final class CurveJudge {
  private static final int RUNS_OF_THE_PAPER = 10;
  private static final double CONFIDENCE = 0.999;
  private static final double SAME_ABSCISSA = 1e-4;
  private static final double OUTSIDE = 1 / 40.0;

  private final Simulated simulated;
  private final String metric;
  private final PaperFigures paper = new PaperFigures();

  CurveJudge(Simulated simulated, String metric) {
    this.simulated = simulated;
    this.metric = metric;
  }

  /**
   * Judges a curve.
   *
   * @param figure the paper's figure
   * @param series the paper's series
   * @param first the value of the first swept path; the second is the abscissa
   * @param shown the abscissa whose values the verdict shows
   * @param note what to say beside the measure; may be empty
   */
  void judge(
      Reproduction into, String figure, String series, String first, double shown, String note) {
    int compared = 0;
    int outside = 0;
    String plotted = "";
    String ours = "";
    List<Experiment.Point> points = simulated.experiment().points();
    for (int p = 0; p < points.size(); p++) {
      if (!points.get(p).values().get(0).equals(first)) {
        continue;
      }
      double x = Double.parseDouble(points.get(p).values().get(1));
      Estimate estimate = simulated.results().estimate(p, Simulated.metric(metric));
      for (PaperFigures.PlottedPoint point : paper.series(figure, series)) {
        if (Math.abs(point.x() - x) < SAME_ABSCISSA) {
          compared++;
          outside += Math.abs(point.y() - estimate.mean()) > allowed(estimate) ? 1 : 0;
          if (Math.abs(x - shown) < SAME_ABSCISSA) {
            plotted = Reproduction.digits(point.y());
            ours = withInterval(estimate);
          }
        }
      }
    }
    String measure =
        String.format(
            Locale.ROOT,
            "%d of %d points within the 99.9 %% interval of the difference",
            compared - outside,
            compared);
    into.finding(
        series + ", at " + Reproduction.digits(shown),
        plotted,
        ours,
        compared > 0 && outside <= Math.max(1, OUTSIDE * compared),
        measure + (note.isEmpty() ? "" : "; " + note));
  }

  /** The largest difference from a mean of the paper that chance explains. */
  public static double allowed(Estimate ours) {
    int n = ours.degreesOfFreedom() + 1;
    return ours.halfWidthAt(CONFIDENCE) * Math.sqrt(1 + (double) n / RUNS_OF_THE_PAPER);
  }

  public static String withInterval(Estimate estimate) {
    return Numerals.digits(estimate.mean(), Reproduction.DIGITS, estimate.halfWidth());
  }
}
