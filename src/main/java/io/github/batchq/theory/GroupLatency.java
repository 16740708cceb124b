package io.github.batchq.theory;

import io.github.batchq.model.Require;
import io.github.batchq.random.Law;
import io.github.batchq.theory.TheoryResult.Undefined;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a group of N siblings takes on infinitely many servers, from when it comes until its
 * j-th answer, and a check of its answers after that. A sibling that is served alone takes S(1, L),
 * so with the j-th smallest length X_(j) of the group it is
 *
 * <pre>S(1, X_(j)) + v + w (P + X_(1) + ... + X_(j)),</pre>
 *
 * v seconds for a check and w for each token that it reads, of a prompt of P tokens and of the
 * answers. A batch that holds the whole group takes S(N, X_(N)) where its requests leave together,
 * and S(N, X_(j)) until the j-th where they do not. N is drawn for each group by itself, so means
 * and chances are weighted by its law. T48 of docs/theory.md. Times are seconds.
 *
 * @param law law of a length
 * @param correlation of the siblings' lengths, as in {@link Siblings}
 * @param size law of the number of siblings N, rounded to whole numbers of at least 1
 * @param first j, the answers that a group waits for, at least 1, or all if it has fewer; null for
 *     all
 * @param time how long a server holds a batch
 * @param served how siblings share servers
 * @param check what comes after the last answer
 */
public record GroupLatency(
    Law law,
    double correlation,
    Law size,
    @Nullable Integer first,
    BatchTime time,
    Served served,
    Check check) {
  private static final String SOURCE = "T48, a group on infinitely many servers";

  /** The most different numbers of siblings for which integrals are computed. */
  private static final int MOST_SIZES = 256;

  private static final double TOLERANCE = 1e-12;

  /** How siblings share servers. */
  public enum Served {
    /** Each has a server of its own. */
    ALONE,
    /** All are one batch, and leave together. */
    TOGETHER,
    /** All are one batch, and each leaves when its own tokens are done. */
    EARLY
  }

  /**
   * A check of the answers of a group, on a server of its own.
   *
   * @param seconds of every check, finite, at least 0
   * @param secondsPerToken for each token that it reads, finite, at least 0
   * @param promptTokens tokens of the prompt, on average, that it reads beside the answers
   */
  public record Check(double seconds, double secondsPerToken, double promptTokens) {
    /** No check. */
    public static final Check NONE = new Check(0, 0, 0);

    public Check {
      Require.ARGUMENT.notNegativeFinite("seconds", seconds);
      Require.ARGUMENT.notNegativeFinite("secondsPerToken", secondsPerToken);
      Require.ARGUMENT.notNegativeFinite("promptTokens", promptTokens);
    }
  }

  /** The groups of one size. */
  private record OfSize(int size, double probability) {}

  public GroupLatency {
    if (first != null) {
      Require.ARGUMENT.atLeast("first", first, 1);
    }
  }

  private List<OfSize> sizes() {
    List<OfSize> sizes = new ArrayList<>();
    double[] probabilities = GroupSizes.of(size).probabilities();
    for (int n = 1; n < probabilities.length; n++) {
      if (probabilities[n] > 0) {
        sizes.add(new OfSize(n, probabilities[n]));
      }
    }
    return sizes;
  }

  /** Why integrals are not computed; null where they are. */
  private @Nullable Undefined trouble(List<OfSize> sizes) {
    String trouble = GroupSizes.of(size).trouble();
    if (!trouble.isEmpty()) {
      return new Undefined(trouble, SOURCE);
    }
    return sizes.size() > MOST_SIZES
        ? new Undefined("more than " + MOST_SIZES + " different sizes of groups", SOURCE)
        : null;
  }

  /** The answer that ends the service of a group of this size. */
  private int last(int siblings) {
    Integer wanted = first;
    return wanted == null || served == Served.TOGETHER ? siblings : Math.min(wanted, siblings);
  }

  /** The number of requests in the batch of a sibling. */
  private int batch(int siblings) {
    return served == Served.ALONE ? 1 : siblings;
  }

  /** Mean time of a group. */
  public TheoryResult mean() {
    List<OfSize> sizes = sizes();
    Undefined trouble = trouble(sizes);
    if (trouble != null) {
      return trouble;
    }
    if (served == Served.TOGETHER && first != null && check.secondsPerToken() > 0) {
      return new Undefined("answers that come together have no first ones", SOURCE);
    }
    double sum = 0;
    for (OfSize group : sizes) {
      Siblings siblings = new Siblings(law, group.size(), correlation);
      TheoryResult longest = siblings.mean(last(group.size()));
      if (longest instanceof Undefined || Double.isInfinite(longest.value())) {
        return longest;
      }
      double service = time.seconds(batch(group.size()), longest.value());
      sum += group.probability() * (service + checkSeconds(siblings));
    }
    return TheoryResult.exact(sum, SOURCE);
  }

  private double checkSeconds(Siblings siblings) {
    return check.secondsPerToken() == 0
        ? check.seconds()
        : check.seconds() + check.secondsPerToken() * (check.promptTokens() + answered(siblings));
  }

  /** Mean tokens of the answers that are checked. */
  private double answered(Siblings siblings) {
    Integer wanted = first;
    if (wanted == null || wanted >= siblings.number()) {
      return siblings.number() * law.mean();
    }
    double sum = 0;
    for (int place = 1; place <= wanted; place++) {
      sum += siblings.mean(place).value();
    }
    return sum;
  }

  /**
   * The smallest time that a group keeps with a probability, to a relative 1e-12; undefined where
   * the time of the check depends on the answers.
   *
   * @param probability between 0 and 1, both excluded
   * @throws IllegalArgumentException if it is out of its range
   */
  public TheoryResult quantile(double probability) {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "a quantile is asked for a probability between 0 and 1, found " + probability);
    }
    List<OfSize> sizes = sizes();
    Undefined trouble = trouble(sizes);
    if (trouble != null) {
      return trouble;
    }
    if (check.secondsPerToken() > 0) {
      return new Undefined("the time of a check depends on its answers", SOURCE);
    }
    List<Siblings.Exceeds> exceeds =
        sizes.stream()
            .map(group -> new Siblings(law, group.size(), correlation).exceeds(last(group.size())))
            .toList();
    double low = 0;
    double high = time.seconds(1, law.quantile(0.5)) + check.seconds() + Double.MIN_NORMAL;
    while (exceeds(sizes, exceeds, high) > 1 - probability) {
      low = high;
      high *= 2;
    }
    while (high - low > TOLERANCE * high) {
      double middle = low + (high - low) / 2;
      if (exceeds(sizes, exceeds, middle) > 1 - probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return TheoryResult.exact(high, SOURCE);
  }

  /** P(a group takes longer). */
  private double exceeds(List<OfSize> sizes, List<Siblings.Exceeds> exceeds, double seconds) {
    double sum = 0;
    for (int i = 0; i < sizes.size(); i++) {
      int batch = batch(sizes.get(i).size());
      double rest = seconds - check.seconds() - time.offset(batch);
      double perUnit = time.secondsPerUnit(batch);
      double chance = rest < 0 ? 1 : perUnit == 0 ? 0 : exceeds.get(i).at(rest / perUnit);
      sum += sizes.get(i).probability() * chance;
    }
    return sum;
  }
}
