package io.github.batchq.scenario;

import io.github.batchq.policy.Serving;
import io.github.batchq.random.Sampler;
import io.github.batchq.random.StreamName;
import io.github.batchq.workload.ConversationProcess;
import io.github.batchq.workload.GroupProcess;
import io.github.batchq.workload.PromptBlocks;
import io.github.batchq.workload.SiblingNumbers;
import io.github.batchq.workload.SiblingOrder;
import io.github.batchq.workload.Trace;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * Where the lengths and prompts of a replication's requests come from: laws, the trace that
 * arrivals replay, or requests drawn from a trace.
 */
final class RequestStreams {
  private final Replication replication;
  private final Traffic traffic;

  RequestStreams(Replication replication) {
    this.replication = replication;
    this.traffic = replication.scenario().traffic();
  }

  /** Their prompts, in tokens; null where they have none. Siblings of a group have the same. */
  @Nullable IntSupplier prompts() {
    if (traffic.arrivals() instanceof ConversationProcess conversations) {
      return conversations.prompts(lengths(), replication::stream);
    }
    IntSupplier own = ownPrompts();
    if (own == null || !(traffic.arrivals() instanceof GroupProcess groups)) {
      return own;
    }
    SiblingOrder siblings = groups.siblings(replication::stream);
    return new IntSupplier() {
      private int ofGroup;

      @Override
      public int getAsInt() {
        int drawn = own.getAsInt();
        ofGroup = siblings.nextIsFirst() ? drawn : ofGroup;
        return ofGroup;
      }
    };
  }

  private @Nullable IntSupplier ownPrompts() {
    if (traffic.promptLaw() == null) {
      RequestRows rows = promptRows();
      return rows == null ? null : () -> rows.trace().promptTokens(rows.next().getAsInt());
    }
    Sampler tokens = traffic.promptLaw().sampler(replication.stream(StreamName.PROMPTS));
    return () -> (int) Math.min(Integer.MAX_VALUE, Math.max(0, Math.round(tokens.getAsDouble())));
  }

  /** Their lengths. */
  DoubleSupplier lengths() {
    if (traffic.phases() != null) {
      boolean byTurn = traffic.phases().turns() != null;
      return traffic
          .phases()
          .lengths(
              lengthNumbers(),
              byTurn && traffic.arrivals() instanceof ConversationProcess conversations
                  ? conversations.order(replication::stream)::nextIsFirst
                  : () -> false);
    }
    RequestRows rows = lengthRows();
    RandomStream numbers = lengthNumbers();
    if (rows == null && numbers instanceof SiblingNumbers) {
      // A quantile grows with its number, also where a law is sampled in another way.
      return () -> traffic.lengthLaw().quantile(numbers.nextDouble());
    }
    return rows == null
        ? traffic.lengthLaw().sampler(numbers)
        : () -> rows.trace().length(rows.next().getAsInt());
  }

  /** One number for each length; those of siblings may be correlated. */
  private RandomStream lengthNumbers() {
    RandomStream own = replication.stream(StreamName.SERVICE);
    return traffic.arrivals() instanceof GroupProcess groups && groups.within() > 0
        ? new SiblingNumbers(
            groups.siblings(replication::stream),
            groups.within(),
            own,
            replication.stream(StreamName.SIBLINGS))
        : own;
  }

  /** What their prompts consist of, where servers keep prompts and a trace tells it; else null. */
  @Nullable Supplier<PromptBlocks> blocks() {
    boolean kept =
        replication.scenario().policy().serving() instanceof Serving.InSteps steps
            && steps.rules().prefixCache() != null;
    RequestRows rows = kept && traffic.promptLaw() == null ? promptRows() : null;
    return rows == null || !rows.trace().hasBlocks()
        ? null
        : () -> rows.trace().blocks(rows.next().getAsInt());
  }

  /** What their trace recorded as predicted of their lengths; null where it recorded nothing. */
  @Nullable DoubleSupplier predictions() {
    RequestRows rows = lengthRows();
    return rows == null || !rows.trace().hasPredictions()
        ? null
        : () -> rows.trace().predicted(rows.next().getAsInt());
  }

  /**
   * Requests of a trace, one after the other. Who asks twice gets two equal sequences, so the
   * prompt and the length of a request are those of the same row.
   */
  private record RequestRows(Trace trace, IntSupplier next) {}

  private @Nullable RequestRows lengthRows() {
    return traffic.sample() != null
        ? new RequestRows(traffic.sample().trace(), traffic.sample().rows(lengthNumbers()))
        : arrivalRows(traffic.lengthTrace());
  }

  private @Nullable RequestRows promptRows() {
    return traffic.sample() != null ? lengthRows() : arrivalRows(traffic.arrivals().trace());
  }

  private @Nullable RequestRows arrivalRows(@Nullable Trace trace) {
    return trace == null
        ? null
        : new RequestRows(
            trace, traffic.arrivals().traceRows(replication.stream(StreamName.ARRIVALS)));
  }
}
