package io.github.batchq.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.model.Key;
import io.github.batchq.model.NearestName;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.LawSpec;
import io.github.batchq.scenario.LengthSpec;
import io.github.batchq.scenario.ServiceSpec;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.service.ServiceModelSpec;
import io.github.batchq.workload.Trace.LengthUnit;
import io.github.batchq.workload.TraceSpec;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the key {@code service}: lengths by a law in seconds or by phases of laws, or tokens and
 * what they cost, or what a trace recorded.
 */
final class ServiceDeserializer extends JsonDeserializer<ServiceSpec> {
  private static final String PHASES = "phases";
  private static final String SAMPLE = "sample";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final List<String> SAMPLE_KEYS = Catalogue.keys(Sample.class);
  private static final List<String> TOKEN_KEYS = Catalogue.keys(Tokens.class);

  /** The keys of lengths in tokens. */
  record Tokens(
      @Key(
              type = "law, phases, sample, or trace",
              about =
                  "generated tokens of requests: their law, phases of laws, a trace that requests are drawn from, or trace for those of the replayed trace",
              unit = "tokens",
              example = "{law: uniform, min: 30, max: 600}")
          LengthSpec tokens,
      @Key(
              about = "time of each token of the longest request in a batch",
              unit = "s",
              range = "positive, finite",
              absent = "model is given",
              example = "0.0366")
          @Nullable Double secondsPerToken,
      @Key(
              about = "time of every batch beside its tokens; not with model",
              unit = "s",
              range = "finite, at least 0",
              absent = "0",
              example = "0.2")
          @Nullable Double offset,
      @Key(
              about = "how long a batch takes",
              absent = "secondsPerToken is given",
              example = "{type: step-time, tau0: 0.03243, tau1: 0.000641}",
              insteadOf = "secondsPerToken")
          @Nullable ServiceModelSpec model,
      @Key(
              type = "law, whole number, or trace",
              about =
                  "prompt tokens of requests: their law, the same for all, or trace for those of the replayed trace",
              unit = "tokens",
              range = "at least 0",
              absent = "as a trace has them, else no prompts",
              example = "512")
          @Nullable LengthSpec prompts) {}

  /** The keys of requests that are drawn from a trace. */
  record Sample(
      @Key(
              about = "the trace; each request has its own length and prompt",
              example = "{format: vidur, file: 'resource:sample-vidur.csv'}")
          TraceSpec sample,
      @Key(
              about = "start of the part that is drawn from, after the first arrival",
              unit = "s",
              range = "at least 0, finite, as recorded",
              absent = "the first arrival",
              example = "60")
          @Nullable Double from,
      @Key(
              about =
                  "end of the part that is drawn from, after the first arrival; a request at this time is no part of it",
              unit = "s",
              range = "later than from, as recorded",
              absent = "the end of the trace",
              example = "3600")
          @Nullable Double to) {}

  @Override
  public ServiceSpec deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    JsonNode node = parser.readValueAsTree();
    if (node.has("law") || node.has(PHASES)) {
      return inSeconds(parser, node);
    }
    if (node.isTextual() && node.asText().equals("trace")) {
      return new ServiceSpec(
          new LengthSpec.FromTrace(), LengthUnit.SECONDS, LongestRequest.SECONDS);
    }
    if (!node.has("tokens")) {
      throw JsonMappingException.from(
          parser,
          "expected a law of service times {law: ...}, phases of laws {phases: [...]}, tokens {tokens: ..., secondsPerToken: ...} or {tokens: ..., model: ...}, or 'trace', found "
              + YamlTree.describe(node));
    }
    for (String key : YamlTree.keysOf(node)) {
      if (!TOKEN_KEYS.contains(key)) {
        throw JsonMappingException.from(
            parser, "unknown key '" + key + "'; " + NearestName.hint(key, TOKEN_KEYS));
      }
    }
    return new ServiceSpec(
        tokens(parser, node),
        LengthUnit.TOKENS,
        node.has("model") ? model(parser, node) : longest(parser, node),
        prompts(parser, node));
  }

  private static ServiceSpec inSeconds(JsonParser parser, JsonNode node) throws IOException {
    for (String key : List.of("model", "prompts")) {
      if (node.has(key)) {
        throw JsonMappingException.from(
            parser,
            "the key '"
                + key
                + "' needs lengths that are tokens, {tokens: {law: ...}, model: ...}, found a law of"
                + " service times");
      }
    }
    LengthSpec lengths =
        node.has(PHASES)
            ? parser.getCodec().treeToValue(node, LengthSpec.Drifting.class)
            : new LengthSpec.FromLaw(parser.getCodec().treeToValue(node, LawSpec.class));
    return new ServiceSpec(lengths, LengthUnit.SECONDS, LongestRequest.SECONDS);
  }

  private static LengthSpec lengths(JsonParser parser, JsonNode node, String key)
      throws IOException {
    JsonNode value = node.path(key);
    return value.isTextual() && value.asText().equals("trace")
        ? new LengthSpec.FromTrace()
        : new LengthSpec.FromLaw(part(parser, node, key, LawSpec.class));
  }

  private static LengthSpec tokens(JsonParser parser, JsonNode node) throws IOException {
    JsonNode value = node.path("tokens");
    if (value.has(PHASES)) {
      return part(parser, node, "tokens", LengthSpec.Drifting.class);
    }
    if (!value.has(SAMPLE)) {
      return lengths(parser, node, "tokens");
    }
    for (String key : YamlTree.keysOf(value)) {
      if (!SAMPLE_KEYS.contains(key)) {
        throw JsonMappingException.from(
            parser, "unknown key '" + key + "'; " + NearestName.hint(key, SAMPLE_KEYS));
      }
    }
    return new LengthSpec.Sampled(
        part(parser, value, SAMPLE, TraceSpec.class),
        value.has(FROM) ? number(parser, value, FROM) : null,
        value.has(TO) ? number(parser, value, TO) : null);
  }

  private static @Nullable LengthSpec prompts(JsonParser parser, JsonNode node) throws IOException {
    JsonNode value = node.path("prompts");
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isNumber()) {
      return lengths(parser, node, "prompts");
    }
    double tokens = value.doubleValue();
    if (!(tokens >= 0 && tokens <= Integer.MAX_VALUE) || tokens != Math.rint(tokens)) {
      throw JsonMappingException.from(
          parser,
          "prompts must be a whole number from 0 to 2147483647 or a law, found "
              + YamlTree.describe(value));
    }
    return new LengthSpec.FromLaw(new Deterministic(tokens));
  }

  private static ServiceModelSpec model(JsonParser parser, JsonNode node) throws IOException {
    for (String key : List.of("secondsPerToken", "offset")) {
      if (node.has(key)) {
        throw JsonMappingException.from(
            parser, "the keys 'model' and '" + key + "' exclude each other: a model has its own");
      }
    }
    return part(parser, node, "model", ServiceModelSpec.class);
  }

  private static ServiceModelSpec longest(JsonParser parser, JsonNode node) throws IOException {
    double secondsPerToken = number(parser, node, "secondsPerToken");
    double offset = node.has("offset") ? number(parser, node, "offset") : 0;
    try {
      return new LongestRequest(offset, secondsPerToken);
    } catch (IllegalArgumentException e) {
      throw JsonMappingException.from(parser, e.getMessage(), e);
    }
  }

  /** Binds what stands behind a key, which messages then name. */
  private static <T> T part(JsonParser parser, JsonNode node, String key, Class<T> type)
      throws IOException {
    if (node.path(key).isNull()) {
      throw JsonMappingException.from(parser, "the key '" + key + "' has no value");
    }
    try {
      return parser.getCodec().treeToValue(node.path(key), type);
    } catch (JsonMappingException e) {
      e.prependPath(node, key);
      throw e;
    }
  }

  private static double number(JsonParser parser, JsonNode node, String key) throws IOException {
    JsonNode value = node.path(key);
    if (!value.isNumber()) {
      throw JsonMappingException.from(
          parser,
          value.isMissingNode()
              ? "the key '" + key + "' is missing"
              : key + " must be a number, found " + YamlTree.describe(value));
    }
    return value.doubleValue();
  }
}
