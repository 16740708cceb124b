package io.github.batchq.sim;

import java.util.Arrays;

/**
 * The server at which something happens first, the lowest-numbered one of those with the same time:
 * a tree of winners, so setting a time takes logarithmically many steps in the number of servers.
 */
final class EarliestServer {
  private final double[] times;
  private final int[] winners;
  private final int leaves;

  /**
   * @param servers number of servers, at least 1
   */
  EarliestServer(int servers) {
    leaves = servers == 1 ? 1 : 2 * Integer.highestOneBit(servers - 1);
    times = new double[leaves];
    Arrays.fill(times, Double.POSITIVE_INFINITY);
    winners = new int[2 * leaves];
    Arrays.setAll(winners, node -> node < leaves ? 0 : node - leaves);
    for (int node = leaves - 1; node > 0; node--) {
      winners[node] = winners[2 * node];
    }
  }

  /** Says when something happens at a server next; infinite for never. */
  void set(int server, double time) {
    times[server] = time;
    for (int node = (server + leaves) / 2; node > 0; node /= 2) {
      int left = winners[2 * node];
      int right = winners[2 * node + 1];
      winners[node] = times[left] <= times[right] ? left : right;
    }
  }

  int server() {
    return winners[1];
  }

  double time() {
    return times[winners[1]];
  }
}
