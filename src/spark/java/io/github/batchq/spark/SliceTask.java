package io.github.batchq.spark;

import io.github.batchq.engine.RunFunction;
import io.github.batchq.experiment.Pair;
import io.github.batchq.metric.Histograms;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.RunMeasurement;
import io.github.batchq.spark.CarriedExperiment.CarriedStep;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * Makes the runs of a slice on an executor. A mistake of the user comes back as its sentence: to
 * try again, as Spark does with tasks that fail, would end the same way.
 */
final class SliceTask extends AbstractFunction1<Iterator<int[]>, SliceResult>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private final Broadcast<CarriedExperiment> experiment;
  private final @Nullable CarriedStep step;

  SliceTask(Broadcast<CarriedExperiment> experiment, @Nullable CarriedStep step) {
    this.experiment = experiment;
    this.step = step;
  }

  /**
   * Makes them.
   *
   * @param slices one array: point and replication of each run
   */
  @Override
  public SliceResult apply(Iterator<int[]> slices) {
    int[] slice = slices.next();
    List<RunMeasurement> runs = new ArrayList<>();
    try {
      RunFunction function = experiment.value().function(step);
      Histograms histograms = new Histograms();
      for (int i = 0; i < slice.length; i += 2) {
        runs.add(function.measure(new Pair(slice[i], slice[i + 1]), histograms));
      }
    } catch (BadInputException e) {
      return new SliceResult(runs, String.valueOf(e.getMessage()), null);
    } catch (RuntimeException e) {
      return new SliceResult(runs, null, e.toString());
    }
    return new SliceResult(runs, null, null);
  }
}
