package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Key;
import io.github.batchq.model.QueuedRequest;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Multi-bin batching whose bins are bound to servers instead of sharing one queue, as where each
 * replica of a model serves lengths of its own: with as many bins as servers or more, bin b belongs
 * to server b mod c; with fewer, server s serves bin s mod k (all numbered from 0). A server takes
 * the full batches of its bins, the batch formed first first, and is idle when it has none,
 * whatever waits for the others. Its capacity is that of the server with the most work, never more
 * than that of {@link MultiBinBatching}.
 *
 * @param bins k, at least 1
 * @param boundaries a rule or a list of k-1 values
 * @param batchSize B, at least 1
 * @param drain what happens to partial batches when arrivals have ended; {@link Drain#FLUSH} when
 *     absent
 */
public record DedicatedBinBatching(
    @Key(about = "number of bins k", unit = "bins", range = "at least 1", example = "4") int bins,
    @Key(
            about = "rule that bounds the bins, or their k - 1 inner boundaries",
            unit = "that of the lengths",
            range = "increasing",
            example = "equal-mass")
        BoundaryChoice boundaries,
    @Key(about = "requests in a batch B", unit = "requests", range = "at least 1", example = "8")
        int batchSize,
    @Key(
            about =
                "what becomes of partial batches when arrivals have ended: they are served, or discarded",
            absent = "flush",
            example = "discard")
        @Nullable Drain drain)
    implements PolicySpec {
  public DedicatedBinBatching {
    // The same numbers are right or wrong as with one queue.
    new MultiBinBatching(bins, boundaries, batchSize, drain);
  }

  @Override
  public boolean bindsServers() {
    return true;
  }

  @Override
  public long leastCompany() {
    return batchSize;
  }

  @Override
  public boolean flushes() {
    return drain != Drain.DISCARD;
  }

  @Override
  public BatchingPolicy create(PolicySetting setting) {
    return new Groups(
        setting.boundaries(), setting.servers(), batchSize, drain == null ? Drain.FLUSH : drain);
  }

  /** The batches of one run: group g has the bins and the servers that are g modulo the groups. */
  private static final class Groups implements BatchingPolicy {
    private final BinBoundaries boundaries;
    private final int servers;
    private final Drain drain;
    private final FormingBatch[] bins;
    private final List<Queue<Batch>> formed;
    private int waiting;

    Groups(BinBoundaries boundaries, int servers, int batchSize, Drain drain) {
      this.boundaries = boundaries;
      this.servers = servers;
      this.drain = drain;
      this.bins = FormingBatch.bins(boundaries.bins(), batchSize);
      this.formed =
          Stream.<Queue<Batch>>generate(ArrayDeque::new)
              .limit(Math.min(boundaries.bins(), servers))
              .toList();
    }

    @Override
    public void enqueue(QueuedRequest request) {
      FormingBatch bin = bins[request.predictedBin(boundaries)];
      waiting++;
      if (bin.add(request)) {
        add(bin.close(request.arrivalTime(), false));
      }
    }

    private void add(Batch batch) {
      formed.get(batch.bin() % formed.size()).add(batch);
    }

    @Override
    public Decision decide(double now, FreeServers free) {
      for (int server = 0; server < servers; server++) {
        Queue<Batch> ofServer = formed.get(server % formed.size());
        if (!ofServer.isEmpty() && free.isFree(server)) {
          Batch batch = ofServer.remove();
          waiting -= batch.size();
          return new Decision.Dispatch(batch, server);
        }
      }
      return Decision.WAIT;
    }

    @Override
    public void arrivalsEnded(double now) {
      if (drain == Drain.FLUSH) {
        FormingBatch.flush(bins, now).forEach(this::add);
      }
    }

    @Override
    public boolean choosesServers() {
      return true;
    }

    @Override
    public void companyEnded(double now) {
      arrivalsEnded(now);
    }

    @Override
    public void withdraw(QueuedRequest request, double now) {
      int bin = request.predictedBin(boundaries);
      if (!bins[bin].remove(request)) {
        FormedBatches.remove(request, formed.get(bin % formed.size()));
      }
      waiting--;
    }

    @Override
    public int waiting() {
      return waiting;
    }
  }
}
