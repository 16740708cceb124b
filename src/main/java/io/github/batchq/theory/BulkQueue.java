package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Law;
import java.util.Arrays;
import org.apache.commons.math3.util.ArithmeticUtils;
import org.jspecify.annotations.Nullable;

/**
 * The bulk-service queue M^[X]/G_b^{(a,B)}/1 in steady state: groups of X requests at the times of
 * a Poisson process, one server, which starts a batch as soon as it is free and at least a requests
 * wait, all of a group counted, and takes the b = min(waiting, B) that came first. A batch lasts
 * {@link BatchTime} of its size and its longest length. a = B serves full batches (the base paper's
 * standard batching), a = 1 is dynamic batching, B = 1 is the M^[X]/G/1 queue; X = 1, requests that
 * come alone, is the queue of Bailey (1954) and Neuts (1967), here with batch times that depend on
 * b; T20 of docs/theory.md, and T18 for groups.
 *
 * <p>Let L be the number left waiting when a batch completes. The next batch starts with N waiting,
 * the first of L, L + X_1, L + X_1 + X_2, ... that is at least a, and takes b = min(N, B); the next
 * L is L' = N - b + A_b, A_b being the arrivals of a batch time. While L &ge; B this is a random
 * walk with steps A_B - B; watched only below B the chain has B states, into which the walk falls
 * by the law of its descending ladder height. The length of the queue is not truncated: only the
 * arrivals of one batch time are cut, where less than 1e-18 of their probability remains, and group
 * sizes, where less than 1e-14 of their second moment does. The B states are solved by state
 * reduction (Grassmann, Taksar and Heyman), which subtracts nothing; what lies above B enters
 * through the exact balance of L and of L squared:
 *
 * <pre>sum of pi_L (E[L' | L] - L) = 0,   sum of pi_L (E[L'^2 | L] - L^2) = 0.</pre>
 *
 * <p>Waits and latencies are seconds. Where the queue has no steady state, or a batch time or a
 * group has no variance, or may bring more arrivals than can be kept apart, every value is
 * undefined and says why.
 */
public final class BulkQueue {
  /** The largest batch size for which the chain is solved. */
  public static final int LARGEST_BATCH = 2048;

  private static final String ALONE = "T20, embedded chain of M/G_b^(a,B)/1";
  private static final String GROUPS = "T18, embedded chain of M^[X]/G_b^(a,B)/1";

  private final Law law;
  private final BatchTime time;
  private final int batchSize;
  private final double rate;
  private final String source;
  private final @Nullable Solution solution;
  private final @Nullable Means means;
  private final String reason;

  private BulkQueue(
      Law law, BatchTime time, int least, int batchSize, double rate, GroupSizes sizes) {
    this.law = law;
    this.time = time;
    this.batchSize = batchSize;
    this.rate = rate;
    this.source = sizes.areOne() ? ALONE : GROUPS;
    String trouble = trouble();
    boolean isStable = trouble.isEmpty();
    trouble = trouble.isEmpty() ? sizes.trouble() : trouble;
    Solution found = null;
    if (trouble.isEmpty()) {
      BatchArrivals full = new BatchArrivals(law, rate / sizes.mean(), time, batchSize);
      trouble = trouble(full.beyond());
      if (trouble.isEmpty()) {
        found = new Solution(full, time, least, rate, sizes);
        trouble = found.trouble();
      }
    }
    this.solution = trouble.isEmpty() ? found : null;
    Means chain = solution == null ? null : solution.means();
    this.means =
        chain == null && isStable && sizes.areOne() && least == batchSize ? fullBatches() : chain;
    this.reason = trouble;
  }

  /** The means of full batches by the roots, where the chain has too many states. */
  private @Nullable Means fullBatches() {
    BatchSystem system = new BatchSystem(law, BinBoundaries.none(), batchSize, time, 1);
    double perUnit = time.secondsPerUnit(batchSize);
    double variance = 0;
    if (perUnit > 0) {
      double longest = batchSize == 1 ? law.variance() : LongestLength.of(system)[0].variance();
      variance = perUnit * perUnit * longest;
    }
    double mean = batchSize == 1 ? system.meanOwnSeconds() : time.seconds(batchSize, fullLongest());
    TheoryResult wait =
        ErlangArrivals.meanWait(
            batchSize, rate, mean, variance, BatchTransform.of(law, time, batchSize));
    return Double.isNaN(wait.value())
        ? null
        : new Means(
            wait.value() + (batchSize - 1) / (2 * rate),
            mean,
            batchSize,
            batchSize,
            rate * mean / batchSize,
            wait.source());
  }

  private static String trouble(double beyond) {
    return beyond > BatchArrivals.NEGLIGIBLE
        ? "a full batch may last so long that more than "
            + BatchArrivals.MOST
            + " requests arrive meanwhile (probability "
            + beyond
            + ")"
        : "";
  }

  /**
   * The queue of requests that come alone, solved.
   *
   * @param law law of the lengths
   * @param time seconds of a batch
   * @param least fewest requests with which a batch starts a, from 1 to the batch size
   * @param batchSize most requests in a batch B, from 1 to {@link #LARGEST_BATCH}
   * @param rate arrival rate, requests per second, positive and finite
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static BulkQueue of(Law law, BatchTime time, int least, int batchSize, double rate) {
    return of(law, time, least, batchSize, rate, new Deterministic(1));
  }

  /**
   * The queue of requests that come in groups, solved.
   *
   * @param law law of the lengths
   * @param time seconds of a batch
   * @param least fewest requests with which a batch starts a, from 1 to the batch size
   * @param batchSize most requests in a batch B, from 1 to {@link #LARGEST_BATCH}
   * @param rate arrival rate, requests (not groups) per second, positive and finite
   * @param group law of the number of requests in a group X, rounded to whole ones of at least 1
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static BulkQueue of(
      Law law, BatchTime time, int least, int batchSize, double rate, Law group) {
    if (batchSize < 1 || batchSize > LARGEST_BATCH) {
      throw new IllegalArgumentException(
          "batchSize must be from 1 to "
              + LARGEST_BATCH
              + " for the embedded chain, found "
              + batchSize);
    }
    if (least < 1 || least > batchSize) {
      throw new IllegalArgumentException(
          "least must be from 1 to the batch size " + batchSize + ", found " + least);
    }
    Require.ARGUMENT.positiveFinite("the arrival rate", rate);
    return new BulkQueue(law, time, least, batchSize, rate, GroupSizes.of(group));
  }

  /** Why there is no steady state that can be computed; empty where there is one. */
  private String trouble() {
    if (time.dependsOnLength() && law.mean() == Double.POSITIVE_INFINITY) {
      return Moments.noMean(law, ", so a batch never ends on average");
    }
    double full = time.seconds(batchSize, fullLongest());
    double load = rate * full;
    if (!(load < batchSize)) {
      return "unstable: "
          + load
          + " requests arrive in the mean time of a full batch, which serves "
          + batchSize;
    }
    if (time.dependsOnLength() && law.variance() == Double.POSITIVE_INFINITY) {
      return Moments.noVariance(law, ", so the mean wait is infinite");
    }
    return "";
  }

  private double fullLongest() {
    return time.dependsOnLength()
        ? BatchMaximum.expectedMaximum(law, batchSize, 0, Double.POSITIVE_INFINITY)
        : 0;
  }

  /** Mean wait of a request until its batch starts. */
  public TheoryResult meanWait() {
    return means == null ? undefined() : exact(means.meanWait());
  }

  /** Mean time in system of a request, which leaves when its batch ends. */
  public TheoryResult meanLatency() {
    return means == null ? undefined() : exact(means.meanWait() + means.batchSeconds());
  }

  /**
   * Mean time in system when a request leaves as soon as its own tokens are done, S(b, its own
   * length) after its batch of b starts, while the server stays with the batch to its end: elastic
   * batching. What a batch takes was decided before its lengths mattered, so the mean of b times
   * the own length is the product of the means.
   */
  public TheoryResult meanElasticLatency() {
    return means == null
        ? undefined()
        : exact(
            means.meanWait()
                + time.alpha()
                + time.beta() * means.requestBatchSize()
                + (time.dependsOnLength()
                    ? (time.gamma() + time.delta() * means.requestBatchSize()) * law.mean()
                    : 0));
  }

  /** Mean number of requests in a batch, over batches. */
  public TheoryResult meanBatchSize() {
    return means == null ? undefined() : exact(means.batchSize());
  }

  /** Mean number of requests in the batch of a request, over requests. */
  public TheoryResult requestBatchSize() {
    return means == null ? undefined() : exact(means.requestBatchSize());
  }

  /** Mean seconds of the batch of a request, over requests. */
  public TheoryResult requestBatchSeconds() {
    return means == null ? undefined() : exact(means.batchSeconds());
  }

  /** Share of time in which the server is busy. */
  public TheoryResult utilization() {
    return means == null ? undefined() : exact(means.utilization());
  }

  /** Largest arrival rate below which the queue is stable, B / E[S_B], in requests per second. */
  public TheoryResult capacity() {
    double full = new BatchSystem(law, BinBoundaries.none(), batchSize, time, 1).meanBatchSeconds();
    return TheoryResult.exact(batchSize / full, "T20, stability rate E[S_B] < B");
  }

  /**
   * P(L = 0), ..., P(L = states - 1) for the number L of requests left waiting when a batch
   * completes.
   *
   * @param states how many probabilities, at least 1
   * @throws IllegalStateException if the queue has no steady state
   */
  public double[] leftWaiting(int states) {
    if (solution == null) {
      throw new IllegalStateException(reason);
    }
    return solution.leftWaiting(states);
  }

  /** What the quadrature and the factorisation still moved by at their end. */
  double lastChange() {
    return solution == null ? Double.NaN : solution.change;
  }

  private TheoryResult undefined() {
    return new TheoryResult.Undefined(reason, source);
  }

  private TheoryResult exact(double value) {
    return TheoryResult.exact(value, means == null ? source : means.source());
  }

  /** What is said of a request and of the server. */
  private record Means(
      double meanWait,
      double batchSeconds,
      double batchSize,
      double requestBatchSize,
      double utilization,
      String source) {}

  /** The embedded chain and what follows from it. */
  private static final class Solution {
    /** A change of the quadrature or the factorisation above this is not accepted. */
    private static final double UNSETTLED = 1e-9;

    private final int least;
    private final int most;
    private final double[] groups;
    private final double[][] arrivals;
    private final double beyond;
    private final LadderHeights ladder;

    /** pi_0..pi_{B-1}, scaled so that all states sum to 1. */
    private final double[] left;

    private final double change;
    private final Means means;

    Solution(BatchArrivals full, BatchTime time, int least, double rate, GroupSizes sizes) {
      this.least = least;
      this.most = full.requests();
      groups = sizes.probabilities();
      arrivals = new double[most + 1][];
      double[] mean = new double[most + 1];
      double[] square = new double[most + 1];
      double largestChange = 0;
      for (int b = least; b <= most; b++) {
        BatchArrivals batch =
            b == most ? full : new BatchArrivals(full.law(), full.rate(), time, b);
        arrivals[b] = batch.probabilities();
        mean[b] = batch.mean();
        square[b] = batch.square();
        largestChange = Math.max(largestChange, batch.change());
      }
      beyond = sizes.areOne() ? full.beyond() : compound();
      ladder = new LadderHeights(arrivals[most], most);
      change = Math.max(largestChange, ladder.moved());
      left = stationary();

      // Balance of L and of L^2: the states from B on, together.
      double clumping = sizes.square() / sizes.mean();
      double drift = most - rate * mean[most];
      double spread =
          rate * rate * square[most]
              + rate * mean[most] * clumping
              - 2 * most * rate * mean[most]
              + most * most;
      double inside = 0;
      double pushed = 0;
      double pushedSquares = 0;
      for (int l = 0; l < most; l++) {
        inside += left[l];
        double[] start = waiting(l);
        for (int n = Math.max(l, least); n < start.length; n++) {
          double share = left[l] * start[n];
          int b = Math.min(n, most);
          double over = (double) n - b;
          double arriving = rate * mean[b];
          pushed += share * (over + arriving - l);
          pushedSquares +=
              share
                  * (rate * rate * square[b]
                      + arriving * clumping
                      + over * (over + 2 * arriving)
                      - (double) l * l);
        }
      }
      double outside = Math.max(0, pushed / drift);
      double outsideFirst = Math.max(0, (pushedSquares + outside * spread) / (2 * drift));
      double total = inside + outside;
      for (int l = 0; l < most; l++) {
        left[l] /= total;
      }
      outside /= total;
      outsideFirst /= total;

      double cycle = outside * mean[most];
      double busy = cycle;
      double area =
          (outsideFirst - most * outside) * mean[most] + outside * rate * square[most] / 2;
      double batches = outside * most;
      double sizeSquares = outside * most * most;
      double sizeSeconds = outside * most * mean[most];
      for (int l = 0; l < most; l++) {
        double[] start = waiting(l);
        // While the server waits for the least batch; a number of groups has come by each time.
        double idle = 0;
        double forming = 0;
        for (int n = l; n < least; n++) {
          idle += start[n];
          forming += start[n] * n;
        }
        idle /= full.rate();
        forming /= full.rate();
        for (int n = Math.max(l, least); n < start.length; n++) {
          double share = left[l] * start[n];
          int b = Math.min(n, most);
          cycle += share * (idle + mean[b]);
          busy += share * mean[b];
          area += share * (forming + (n - b) * mean[b] + rate * square[b] / 2);
          batches += share * b;
          sizeSquares += share * b * (double) b;
          sizeSeconds += share * b * mean[b];
        }
      }
      means =
          new Means(
              area / cycle / rate,
              sizeSeconds / batches,
              batches,
              sizeSquares / batches,
              busy / cycle,
              sizes.areOne() ? ALONE : GROUPS);
    }

    Means means() {
      return means;
    }

    /** Makes requests of groups; probability of more requests than are kept. */
    private double compound() {
      CompoundArrivals requests = new CompoundArrivals(arrivals, groups);
      for (int b = least; b <= most; b++) {
        arrivals[b] = requests.probabilities(b);
      }
      return requests.beyond(most);
    }

    String trouble() {
      return change > UNSETTLED
          ? "the quadrature did not settle: it still moves by " + change
          : BulkQueue.trouble(beyond);
    }

    /**
     * How the server waits for the least batch when l are left: the probabilities that n wait at
     * some time, for n &lt; a, and that it then starts with N = n waiting, for n &ge; a.
     */
    private double[] waiting(int l) {
      double[] passed = new double[Math.max(l + 1, least + groups.length - 1)];
      passed[l] = 1;
      for (int n = l; n < least; n++) {
        for (int i = 1; i < groups.length; i++) {
          passed[n + i] += passed[n] * groups[i];
        }
      }
      return passed;
    }

    /** Transition probabilities of the chain watched only while L &lt; B. */
    private double[][] censored() {
      double[][] started = new double[most + 1][];
      for (int n = least; n <= most; n++) {
        started[n] = Arrays.copyOf(fallen(arrivals[n].clone()), most);
      }
      double[][] rows = new double[most][];
      for (int l = 0; l < most; l++) {
        if (l >= least) {
          rows[l] = started[l];
        } else {
          double[] start = waiting(l);
          // Who starts with more than B waiting is in the walk already.
          double[] above = start.clone();
          Arrays.fill(above, 0, Math.min(above.length, most + 1), 0);
          rows[l] = Arrays.copyOf(fallen(above), most);
          for (int n = least; n <= most && n < start.length; n++) {
            for (int j = 0; j < most; j++) {
              rows[l][j] += start[n] * started[n][j];
            }
          }
        }
      }
      return rows;
    }

    /**
     * Replaces what lies at B and above by where the walk first falls below B; the entries from B
     * on become the mean numbers of visits in the walk watched downwards.
     */
    private double[] fallen(double[] mass) {
      double[] down = ladder.down();
      for (int m = mass.length - 1; m >= most; m--) {
        for (int k = 1; k <= most; k++) {
          mass[m - k] += mass[m] * down[k];
        }
      }
      return mass;
    }

    /**
     * pi_0..pi_{B-1} up to a factor. From an empty queue on, L is a multiple of what divides B and
     * all sizes of groups; others need not lead there, and have no part in it.
     */
    private double[] stationary() {
      int unit = most;
      for (int i = 1; i < groups.length; i++) {
        unit = groups[i] > 0 ? ArithmeticUtils.gcd(unit, i) : unit;
      }
      double[][] rows = censored();
      double[][] met = new double[most / unit][most / unit];
      for (int i = 0; i < met.length; i++) {
        for (int j = 0; j < met.length; j++) {
          met[i][j] = rows[i * unit][j * unit];
        }
      }
      double[] found = stationary(met);
      double[] pi = new double[most];
      for (int i = 0; i < met.length; i++) {
        pi[i * unit] = found[i];
      }
      return pi;
    }

    /**
     * State reduction; the chain's rows are used up. The state that is kept to the end is one where
     * the chain often is: others may be so improbable that their probability is 0 as a number.
     */
    private static double[] stationary(double[][] p) {
      int size = p.length;
      int often = often(p);
      swap(p, often);
      for (int n = size - 1; n > 0; n--) {
        double out = 0;
        for (int j = 0; j < n; j++) {
          out += p[n][j];
        }
        for (int i = 0; i < n; i++) {
          p[i][n] /= out;
          double share = p[i][n];
          if (share > 0) {
            for (int j = 0; j < n; j++) {
              p[i][j] += share * p[n][j];
            }
          }
        }
      }
      double[] pi = new double[size];
      pi[0] = 1;
      for (int n = 1; n < size; n++) {
        for (int i = 0; i < n; i++) {
          pi[n] += pi[i] * p[i][n];
        }
      }
      pi[0] = pi[often];
      pi[often] = 1;
      return pi;
    }

    private static void swap(double[][] p, int state) {
      double[] row = p[0];
      p[0] = p[state];
      p[state] = row;
      for (double[] each : p) {
        double entry = each[0];
        each[0] = each[state];
        each[state] = entry;
      }
    }

    /** The likeliest state after a few steps from anywhere. */
    private static int often(double[][] p) {
      double[] now = new double[p.length];
      Arrays.fill(now, 1.0 / p.length);
      for (int step = 0; step < 20; step++) {
        double[] next = new double[p.length];
        for (int i = 0; i < p.length; i++) {
          for (int j = 0; j < p.length; j++) {
            next[j] += now[i] * p[i][j];
          }
        }
        now = next;
      }
      int often = 0;
      for (int i = 1; i < p.length; i++) {
        often = now[i] > now[often] ? i : often;
      }
      return often;
    }

    double[] leftWaiting(int states) {
      double[] pi = Arrays.copyOf(left, states);
      int longest =
          Arrays.stream(arrivals).mapToInt(row -> row == null ? 0 : row.length).max().orElse(0);
      double[] mass = new double[most + groups.length + longest];
      for (int l = 0; l < most; l++) {
        double[] start = waiting(l);
        for (int n = Math.max(l, least); n < start.length; n++) {
          double[] row = arrivals[Math.min(n, most)];
          int over = Math.max(0, n - most);
          for (int j = 0; j < row.length; j++) {
            mass[over + j] += left[l] * start[n] * row[j];
          }
        }
      }
      fallen(mass);
      double[] up = ladder.up();
      for (int n = most; n < states; n++) {
        double sum = n < mass.length ? mass[n] : 0;
        for (int d = 1; d < up.length && n - d >= most; d++) {
          sum += pi[n - d] * up[d];
        }
        pi[n] = sum / (1 - up[0]);
      }
      return pi;
    }
  }
}
