package io.github.batchq.workload;

import io.github.batchq.model.Require;
import io.github.batchq.random.Law;
import io.github.batchq.random.Mixture;
import io.github.batchq.random.Scaled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * Lengths that drift: their law changes from phase to phase, and that of the last phase stays. The
 * requests are counted in the order in which they are drawn: in that of their arrival where the
 * system has no say in it, client after client and client after client again in a closed loop.
 *
 * @param phases at least one; all but the last have an end
 * @param turns how many requests a conversation has, each of which begins with the first phase
 *     again; null where requests are counted once and for all
 */
public record LengthPhases(List<Phase> phases, @Nullable SiblingCounts turns) {
  /**
   * Lengths of one law.
   *
   * @param law the law
   * @param requests how many requests have it, at least 1; {@link Long#MAX_VALUE} for the last
   *     phase
   */
  public record Phase(Law law, long requests) {
    public Phase {
      Require.ARGUMENT.atLeast("requests", requests, 1);
    }
  }

  /** Checks that there is a phase. */
  public LengthPhases {
    phases = List.copyOf(phases);
    if (phases.isEmpty()) {
      throw new IllegalArgumentException("phases must be at least one, found none");
    }
  }

  /**
   * The law of a request that is picked at random from a run: the mixture of the laws of the phases
   * that the run reaches.
   *
   * @param requests requests of the run, at least 1
   */
  public Law law(long requests) {
    if (turns != null) {
      return lawOfTurns(turns);
    }
    List<Double> weights = new ArrayList<>();
    List<Law> laws = new ArrayList<>();
    long left = requests;
    for (Phase phase : phases) {
      if (left > 0) {
        long part = Math.min(left, phase.requests());
        weights.add((double) part);
        laws.add(phase.law());
        left -= part;
      }
    }
    return laws.size() == 1 ? laws.get(0) : new Mixture(weights, laws);
  }

  /** Turn t is there if the conversation has at least t of them. */
  private Law lawOfTurns(SiblingCounts counts) {
    List<Double> weights = new ArrayList<>();
    List<Law> laws = new ArrayList<>();
    long turn = 1;
    for (Phase phase : phases) {
      double weight = 0;
      double most = counts.most();
      for (long i = 0; i < phase.requests() && turn <= most; i++, turn++) {
        weight += counts.atLeast(turn);
      }
      if (weight > 0) {
        weights.add(weight);
        laws.add(phase.law());
      }
    }
    return laws.size() == 1 ? laws.get(0) : new Mixture(weights, laws);
  }

  /**
   * The lengths, one after the other.
   *
   * @param stream one number for each request
   * @param restarts whether the next request begins with the first phase again
   */
  public DoubleSupplier lengths(RandomStream stream, BooleanSupplier restarts) {
    List<DoubleUnaryOperator> transforms =
        phases.stream().map(phase -> phase.law().transform()).toList();
    return new DoubleSupplier() {
      private int phase;
      private long left = phases.get(0).requests();

      @Override
      public double getAsDouble() {
        if (restarts.getAsBoolean()) {
          phase = 0;
          left = phases.get(0).requests();
        } else if (left == 0) {
          left = phases.get(++phase).requests();
        }
        left--;
        return transforms.get(phase).applyAsDouble(stream.nextDouble());
      }
    };
  }

  /** Whether lengths of one phase differ. */
  public boolean isSpread() {
    return phases.stream().anyMatch(phase -> phase.law().lower() < phase.law().upper());
  }

  /**
   * The same phases with all lengths multiplied.
   *
   * @param factor positive and finite
   */
  public LengthPhases times(double factor) {
    UnaryOperator<Law> scaled = law -> new Scaled(law, factor);
    return new LengthPhases(
        phases.stream()
            .map(phase -> new Phase(scaled.apply(phase.law()), phase.requests()))
            .toList(),
        turns);
  }
}
