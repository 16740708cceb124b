package io.github.batchq.study;

import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.scenario.ServerSpec;

/** A server in words. */
final class TwinServerText {
  private TwinServerText() {}

  static String of(TwinServer server) {
    ServerSpec servers = server.servers();
    String many =
        servers == null || servers.equals(ServerSpec.ONE)
            ? ""
            : servers.speeds() == null
                ? ", on " + servers.count() + " servers"
                : ", on servers of speeds " + servers.speeds();
    if (server.policy() instanceof ContinuousBatching policy) {
      return "continuous batching, "
          + policy.batchSize()
          + " slots, "
          + (policy.memory() == null
              ? "no limit of memory"
              : "memory for " + policy.memory() + " tokens")
          + (policy.chunk() == null
              ? ", prompts in steps of their own"
              : ", prompts in chunks of steps of " + policy.chunk() + " tokens")
          + many;
    }
    return server.policy() + many;
  }
}
