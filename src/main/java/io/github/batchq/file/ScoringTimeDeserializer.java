package io.github.batchq.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.scenario.ScoringModel;
import io.github.batchq.service.ServiceModelSpec;
import io.github.batchq.workload.ScoringTime;
import java.io.IOException;

/** Reads how long scoring takes: a service model. */
final class ScoringTimeDeserializer extends JsonDeserializer<ScoringTime> {
  @Override
  public ScoringTime deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    JsonNode node = parser.readValueAsTree();
    return new ScoringModel(parser.getCodec().treeToValue(node, ServiceModelSpec.class));
  }
}
