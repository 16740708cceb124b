package io.github.batchq.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.scenario.ServerSpec;
import io.github.batchq.sim.Kernel;
import io.github.batchq.sim.PlannedDrain;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the key {@code servers}: a number, {@code infinite}, or a map of keys. */
final class ServersDeserializer extends JsonDeserializer<ServerSpec> {
  /** The keys of the map. */
  private record Keys(
      @Nullable Integer count,
      @Nullable List<Double> speeds,
      ServerSpec.@Nullable FailureSpec failures,
      @Nullable List<PlannedDrain> drains) {}

  @Override
  public ServerSpec deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    JsonNode node = parser.readValueAsTree();
    try {
      if (node.isTextual() && node.asText().equals("infinite")) {
        return new ServerSpec(Kernel.INFINITE_SERVERS);
      }
      if (node.isObject()) {
        Keys keys = parser.getCodec().treeToValue(node, Keys.class);
        return new ServerSpec(keys.count(), keys.speeds(), keys.failures(), keys.drains());
      }
      if (node.canConvertToExactIntegral() && node.canConvertToInt()) {
        return new ServerSpec(node.intValue());
      }
    } catch (IllegalArgumentException e) {
      throw JsonMappingException.from(parser, e.getMessage(), e);
    }
    throw JsonMappingException.from(
        parser,
        "expected a whole number of servers, 'infinite', or a map with the keys count, speeds,"
            + " failures, drains, found "
            + YamlTree.describe(node));
  }
}
