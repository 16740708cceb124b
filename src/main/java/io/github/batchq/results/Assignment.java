package io.github.batchq.results;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.experiment.Round;
import io.github.batchq.experiment.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of an experiment a part has, and what for.
 *
 * @param slice the slice of a round
 * @param wanted the round; null for the first one, which every experiment has
 * @param question what is asked of the runs other than what {@code run} writes, as a tree for who
 *     answers it; null if nothing is
 */
public record Assignment(Slice slice, @Nullable Round wanted, @Nullable JsonNode question) {
  /** The runs, in their order. */
  public List<Pair> pairs(Experiment experiment) {
    return slice.of(wanted == null ? Round.first(experiment) : wanted);
  }
}
