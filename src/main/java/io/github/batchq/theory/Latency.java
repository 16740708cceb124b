package io.github.batchq.theory;

import io.github.batchq.model.Require;
import java.util.Arrays;

/**
 * Mean time in system of a request in a {@link BatchSystem} with Poisson arrivals, in seconds: wait
 * until its batch is full, wait of the full batch for a server, service.
 */
public final class Latency {
  private Latency() {}

  /**
   * Mean wait of a request until its batch is full, k (B-1) / (2 rate), for any law and any
   * boundaries; k counts the bins that receive anybody. Bin i of mass p_i fills at rate p_i * rate,
   * so its requests wait (B-1) / (2 rate p_i), and they are a share p_i of all: Appendix B.1 of
   * arXiv:2412.04504, eq. (62)-(64), without its uniform law and its equal masses (our T11).
   *
   * @param rate arrival rate, requests per second, positive
   * @throws IllegalArgumentException if the rate is not positive
   */
  public static TheoryResult formation(BatchSystem system, double rate) {
    return TheoryResult.exact(formationSeconds(system, rate), "eq. (64), T11");
  }

  /**
   * Mean latency with infinitely many servers, E[service] + k (B-1) / (2 rate): Lemma 5.1 of
   * arXiv:2412.04504, for any law and boundaries (our T11). The system's number of servers is not
   * used.
   *
   * @param rate arrival rate, requests per second, positive
   * @throws IllegalArgumentException if the rate is not positive
   */
  public static TheoryResult infiniteServers(BatchSystem system, double rate) {
    String source = "Lemma 5.1, T11";
    return lastsForever(system)
        ? TheoryResult.infinite(source)
        : TheoryResult.exact(seconds(system, rate), source);
  }

  /**
   * Lower bound of the mean latency with the system's own number of servers: {@link
   * #infiniteServers} without the wait for a server, which is small below about 85 % of capacity
   * with many servers and grows without bound at capacity.
   *
   * @param rate arrival rate, requests per second, positive
   * @throws IllegalArgumentException if the rate is not positive
   */
  public static TheoryResult mean(BatchSystem system, double rate) {
    String source = "Lemma 5.1, T11, without the wait for a server";
    return lastsForever(system)
        ? TheoryResult.infinite(source)
        : TheoryResult.lowerBound(seconds(system, rate), source);
  }

  private static boolean lastsForever(BatchSystem system) {
    return system.meanBatchSeconds() == Double.POSITIVE_INFINITY;
  }

  private static double seconds(BatchSystem system, double rate) {
    return formationSeconds(system, rate) + system.meanBatchSeconds();
  }

  private static double formationSeconds(BatchSystem system, double rate) {
    Require.ARGUMENT.positive("the arrival rate", rate);
    long bins = Arrays.stream(system.binMasses()).filter(mass -> mass > 0).count();
    return bins * (system.batchSize() - 1) / (2 * rate);
  }
}
