package io.github.batchq.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.workload.Verify.Scorers;
import java.io.IOException;

/** Reads who scores answers: {@code same}, or a number of servers. */
final class ScorersDeserializer extends JsonDeserializer<Scorers> {
  @Override
  public Scorers deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonNode node = parser.readValueAsTree();
    if (node.isTextual() && node.asText().equals("same")) {
      return new Scorers(0);
    }
    if (node.canConvertToExactIntegral() && node.canConvertToInt() && node.intValue() > 0) {
      try {
        return new Scorers(node.intValue());
      } catch (IllegalArgumentException e) {
        throw JsonMappingException.from(parser, e.getMessage(), e);
      }
    }
    throw JsonMappingException.from(
        parser,
        "expected 'same' or a whole number of servers of at least 1, found "
            + YamlTree.describe(node));
  }
}
