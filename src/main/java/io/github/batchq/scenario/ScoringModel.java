package io.github.batchq.scenario;

import io.github.batchq.model.BatchShape;
import io.github.batchq.service.ServiceModelSpec;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.workload.ScoringTime;

/**
 * The time of a pass that scores answers, by a service model: that of one request alone which
 * generates one token.
 *
 * @param spec as a user describes the model
 * @param model the model
 */
public record ScoringModel(ServiceModelSpec spec, ServiceTimeModel model) implements ScoringTime {
  /** By a model that is described. */
  public ScoringModel(ServiceModelSpec spec) {
    this(spec, spec.create());
  }

  @Override
  public double seconds(long promptTokens) {
    return model.seconds(new BatchShape(1, 1, 1, promptTokens));
  }
}
