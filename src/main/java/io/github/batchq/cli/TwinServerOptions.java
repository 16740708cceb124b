package io.github.batchq.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.file.ScenarioParts;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NumberText;
import io.github.batchq.model.Require;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.study.ServerSearch.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that say what served a measured run. */
@Command
final class TwinServerOptions {
  private static final String NONE = "none";

  /** What vLLM takes unless it is told otherwise. */
  private static final int SLOTS = 256;

  private static final int CHUNK = 2048;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      description =
          "policy that the server had, as an experiment file has it, such as '{type: dynamic,"
              + " batchSize: 8}' (default: continuous batching, by the next three options)")
  private @Nullable String policy;

  @Option(
      names = "--slots",
      paramLabel = "B",
      description =
          "most requests that ran at once on a server (default: as a fit finds them, else 256)")
  private @Nullable Integer slots;

  @Option(
      names = "--memory",
      paramLabel = "TOKENS",
      description =
          "tokens for which a server had memory, or none for no limit (default: as a fit finds it,"
              + " else none)")
  private @Nullable String memory;

  @Option(
      names = "--chunk",
      paramLabel = "TOKENS",
      description =
          "most tokens of a step in which prompts are processed beside decoding, or none where they"
              + " have steps of their own (default: as a fit finds it, else 2048)")
  private @Nullable String chunk;

  @Option(
      names = "--servers",
      paramLabel = "C",
      description = "how many servers there were (default: ${DEFAULT-VALUE})")
  private int servers = 1;

  /** Whether any of them is given. */
  boolean areGiven() {
    return servers != 1
        || Stream.of(policy, slots, memory, chunk).anyMatch(option -> option != null);
  }

  /** The policy and the servers, as an experiment file has them. */
  ObjectNode parts() {
    Require.INPUT.atLeast("--servers", servers, 1);
    ObjectNode parts = JsonNodeFactory.instance.objectNode();
    parts.set("policy", policyKeys());
    parts.put("servers", servers);
    return parts;
  }

  private ObjectNode policyKeys() {
    if (policy != null) {
      if (slots != null || memory != null || chunk != null) {
        throw new BadInputException(
            "--slots, --memory and --chunk are of continuous batching: leave them out, or --policy");
      }
      return ScenarioParts.policy("--policy", policy);
    }
    int batchSize = slots == null ? SLOTS : slots;
    Integer tokens =
        chunk == null
            ? Integer.valueOf(CHUNK > batchSize ? CHUNK : 8 * batchSize)
            : NONE.equals(chunk) ? null : Integer.valueOf((int) tokens("--chunk", chunk));
    return BadInputException.naming(
        "--slots, --memory and --chunk",
        () ->
            ScenarioParts.policy(
                new ContinuousBatching(
                    batchSize,
                    memory == null || NONE.equals(memory) ? null : tokens("--memory", memory),
                    tokens,
                    1,
                    null)));
  }

  private static long tokens(String option, String text) {
    return NumberText.whole(text).stream()
        .boxed()
        .findFirst()
        .filter(number -> number > 0 && number <= Integer.MAX_VALUE)
        .orElseThrow(
            () ->
                new BadInputException(
                    option
                        + " takes a whole number of tokens from 1 to 2147483647, or none, found '"
                        + text
                        + "'"));
  }

  /** What is not said of continuous batching. */
  List<Unknown> unknown() {
    List<Unknown> unknown = new ArrayList<>();
    if (policy == null && slots == null) {
      unknown.add(Unknown.SLOTS);
    }
    if (policy == null && memory == null) {
      unknown.add(Unknown.MEMORY);
    }
    if (policy == null && chunk == null) {
      unknown.add(Unknown.CHUNK);
    }
    return unknown;
  }
}
