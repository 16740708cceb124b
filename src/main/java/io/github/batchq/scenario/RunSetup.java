package io.github.batchq.scenario;

import io.github.batchq.metric.MeasurementTerms;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.service.ServiceTimeModel;

/**
 * How long the runs of a prepared scenario are, and what of them is measured.
 *
 * @param requests number of requests of a run
 * @param warmUp what is not measured
 * @param measurementTerms what makes more than times measurable
 * @param horizon which question the runs answer
 * @param horizonGiven whether the user chose that; else the arrivals did
 */
public record RunSetup(
    long requests,
    WarmUp warmUp,
    MeasurementTerms measurementTerms,
    Horizon horizon,
    boolean horizonGiven) {

  /** The same for runs of another length. */
  RunSetup of(long otherRequests, WarmUp otherWarmUp) {
    return new RunSetup(otherRequests, otherWarmUp, measurementTerms, horizon, horizonGiven);
  }

  /** The same, measured from the start. */
  RunSetup withoutWarmUp() {
    return new RunSetup(requests, WarmUp.NONE, measurementTerms, horizon, horizonGiven);
  }

  /** The same with the slowdown of requests in batches. */
  RunSetup withSlowdown(ServiceTimeModel alone) {
    return new RunSetup(
        requests, warmUp, measurementTerms.withSlowdown(alone), horizon, horizonGiven);
  }
}
