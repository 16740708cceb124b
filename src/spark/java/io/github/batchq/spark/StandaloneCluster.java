package io.github.batchq.spark;

import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * A standalone cluster of Spark. Spark itself waits for minutes where there is none, and for ever
 * where it has no worker, so both are looked at first.
 *
 * @param address as Spark writes it
 * @param masters host and port of each master, of which one leads
 */
record StandaloneCluster(String address, List<String> masters) {
  private static final String SCHEME = "spark://";
  private static final int CONNECT_MILLIS = 5_000;
  private static final int EXECUTOR_MILLIS = 60_000;
  private static final int POLL_MILLIS = 50;

  /** The cluster of an address, or null if it is of another kind. */
  static @Nullable StandaloneCluster of(String address) {
    return address.startsWith(SCHEME)
        ? new StandaloneCluster(address, List.of(address.substring(SCHEME.length()).split(",", -1)))
        : null;
  }

  /**
   * Requires a master to be there.
   *
   * @throws BadInputException if none answers
   */
  void requireMaster() {
    List<String> reasons = new ArrayList<>();
    for (String master : masters) {
      int colon = master.lastIndexOf(':');
      try (Socket socket = new Socket()) {
        int port = Integer.parseInt(master.substring(colon + 1));
        String host = master.substring(0, Math.max(0, colon));
        socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        return;
      } catch (IllegalArgumentException e) {
        throw new BadInputException(
            "--master: expected spark://HOST:PORT, found '" + address + "'", e);
      } catch (IOException e) {
        reasons.add(String.valueOf(e.getMessage()));
      }
    }
    throw new BadInputException(
        "no Spark cluster answers at " + address + ": " + String.join(", ", reasons));
  }

  /**
   * Waits for the first executor.
   *
   * @throws BadInputException if there is none after a minute; the context is closed then
   */
  void requireExecutor(JavaSparkContext context, SparkLog log) {
    long start = System.nanoTime();
    // The driver counts as one.
    while (context.statusTracker().getExecutorInfos().length < 2) {
      if (System.nanoTime() - start > EXECUTOR_MILLIS * 1_000_000L) {
        context.close();
        throw new BadInputException(
            "the Spark cluster at "
                + address
                + " gives no executor within "
                + EXECUTOR_MILLIS / 1000
                + " s: it has no worker with a free core and enough memory"
                + log.where());
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        context.close();
        Thread.currentThread().interrupt();
        throw new BadInputException("the wait for the Spark cluster was interrupted", e);
      }
    }
  }
}
