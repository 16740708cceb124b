package io.github.batchq.theory;

import io.github.batchq.random.Law;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * How many of the b requests of an elastic batch are back when its longest request ends. Given that
 * this one has length x, and that no two are equal, each of the others is shorter by the law F of
 * the lengths below x, and back with the probability
 *
 * <pre>q(x) = E[1 - exp(-g (x - L) / Z); L &lt; x] / F(x) = (1 / F(x)) integral over y &lt; x of
 * (g / Z) exp(-g (x - y) / Z) F(y) dy</pre>
 *
 * with g seconds for a unit of length and the mean think time Z. Where x has a probability of its
 * own several may end together: the law is the difference of that of b lengths of at most x and
 * that of b lengths below x. T49 of docs/theory.md.
 */
final class ElasticReturns {
  /** Who left so many think times ago is back. */
  private static final double FARTHEST = 50;

  private static final double[] SPLITS = {1, 4, 16};

  private final Law law;
  private final int batch;
  private final double rate;
  private final @Nullable AtomicLaw discrete;
  private final Binomial others;
  private final Binomial all;
  private final Map<Double, double[]> known = new HashMap<>();

  /**
   * @param batch requests of the batch b, at least 2
   * @param think Z in seconds
   */
  ElasticReturns(BatchSystem system, int batch, double think) {
    this.law = system.law();
    this.batch = batch;
    this.rate = system.service().secondsPerUnit(batch) / think;
    this.discrete = AtomicLaw.of(law);
    this.others = new Binomial(batch - 1);
    this.all = new Binomial(batch);
  }

  /** Probabilities that 0, 1, ..., b - 1 are back, given the longest length; not to be changed. */
  double[] law(double longest) {
    return known.computeIfAbsent(longest, this::computed);
  }

  private double[] computed(double longest) {
    double atMost = law.cdf(longest);
    double below = 1 - law.atLeast(longest);
    double back = rate == 0 ? 0 : back(longest);
    if (law.atLeast(longest) == law.survival(longest)) {
      return others(back, atMost);
    }
    double[] ofAll = all.law(back / atMost, 1 - back / atMost);
    double[] ofShorter =
        below > 0 ? all.law(back / below, 1 - back / below) : new double[batch + 1];
    double share = Math.pow(below / atMost, batch);
    double[] chances = new double[batch];
    for (int j = 0; j < batch; j++) {
      chances[j] = (ofAll[j] - share * ofShorter[j]) / (1 - share);
    }
    return chances;
  }

  private double[] others(double back, double atMost) {
    double chance = atMost > 0 ? Math.min(1, back / atMost) : 0;
    return others.law(chance, 1 - chance);
  }

  /** E[1 - exp(-g (x - L) / Z); L &lt; x], over the time since who left in units of Z. */
  private double back(double longest) {
    AtomicLaw atoms = discrete;
    if (atoms != null) {
      return sum(atoms, longest);
    }
    double farthest = Math.min(FARTHEST, rate * (longest - law.lower()));
    if (!(farthest > 0)) {
      return 0;
    }
    double[] inner =
        DoubleStream.concat(
                DoubleStream.of(SPLITS),
                Arrays.stream(law.breakpoints()).map(x -> rate * (longest - x)))
            .toArray();
    // The error is relative to the whole batch.
    return new Quadrature(t -> Math.exp(-t) * law.cdf(longest - t / rate), 0)
        .over(LongestLength.between(inner, 0, farthest), 1);
  }

  private double sum(AtomicLaw atoms, double longest) {
    double[] values = atoms.values();
    double[] masses = atoms.masses();
    double total = masses[values.length] - masses[0];
    double sum = 0;
    for (int i = 0; i < values.length && values[i] < longest; i++) {
      sum += (masses[i + 1] - masses[i]) / total * -Math.expm1(-rate * (longest - values[i]));
    }
    return sum;
  }
}
