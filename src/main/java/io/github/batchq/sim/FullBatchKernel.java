package io.github.batchq.sim;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import io.github.batchq.policy.Drain;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.workload.RequestBlock;
import io.github.batchq.workload.RequestSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * One run of full batches that are served in the order in which they were formed, as a recursion: a
 * batch starts when it is formed or when a server is free for it, whichever is later. What {@link
 * Kernel} computes for such a policy from events and decisions, this computes without them, to the
 * last digit and in less time. Requests are never objects here: they lie in the arrays of their
 * batch. Its listener hears of the completions in the order of time, of the arrivals that it asks
 * for, and of no dispatch. Not thread-safe; used once.
 */
public final class FullBatchKernel {
  /** Servers are looked at when about this many requests are in formed batches, to save time. */
  private static final int REQUESTS_AT_ONCE = 512;

  private final RequestSource source;
  private final BinBoundaries boundaries;
  private final int batchSize;
  private final Drain drain;
  private final ServiceTimeModel service;
  private final boolean keepsMembers;
  private final SimulationListener listener;

  private final ServedBatch[] forming;
  private final int[] bins = new int[RequestBlock.CAPACITY];
  private final ArrayDeque<ServedBatch> formed;
  private final ArrayDeque<ServedBatch> spare;
  private final FirstFormedFirstServed servers;
  private int formedLimit;
  private long completed;
  private long announced;
  private double now;

  /**
   * Prepares a run.
   *
   * @param source the requests
   * @param boundaries the bins
   * @param batchSize B, at least 1
   * @param drain what happens to partial batches when arrivals have ended
   * @param service how long a batch takes
   * @param servers number of servers, at least 1, or {@link Kernel#INFINITE_SERVERS}
   * @param listener is told what happens
   */
  public FullBatchKernel(
      RequestSource source,
      BinBoundaries boundaries,
      int batchSize,
      Drain drain,
      ServiceTimeModel service,
      int servers,
      SimulationListener listener) {
    Require.ARGUMENT.atLeast("servers", servers, 1);
    this.source = source;
    this.boundaries = boundaries;
    this.batchSize = batchSize;
    this.drain = drain;
    this.service = service;
    this.keepsMembers = service.readsMembers() || listener.readsMembers();
    this.listener = listener;
    this.servers = servers == 1 ? new OneServer() : new ManyServers(servers);
    int batchesAtOnce = 2 + REQUESTS_AT_ONCE / batchSize;
    this.formed = new ArrayDeque<>(batchesAtOnce);
    this.spare = new ArrayDeque<>(batchesAtOnce + boundaries.bins());
    this.forming = new ServedBatch[boundaries.bins()];
    for (int bin = 0; bin < forming.length; bin++) {
      forming[bin] = emptyBatch(bin);
    }
  }

  /**
   * Runs until nothing is left to happen.
   *
   * @return where the requests are at the end; what still waits was discarded
   */
  public RequestCounts run() {
    announced = listener.nextArrival(0);
    RequestBlock block = source.nextBlock();
    while (block.size() > 0) {
      arrive(block);
      block = source.nextBlock();
    }
    if (drain == Drain.FLUSH) {
      flush();
    }
    servers.completeBefore(Double.POSITIVE_INFINITY);
    long arrived = block.firstId();
    RequestCounts counts = new RequestCounts(arrived, arrived - completed, 0, completed, 0);
    listener.ended(counts);
    return counts;
  }

  /** Lets the requests of a block arrive: into their bins, and each bin of B becomes a batch. */
  private void arrive(RequestBlock block) {
    int size = block.size();
    block.bins(boundaries, bins);
    double time = now;
    long id = block.firstId();
    for (int i = 0; i < size; i++, id++) {
      double arrivalTime = block.arrivalTime(i);
      if (!(arrivalTime >= time) || arrivalTime == Double.POSITIVE_INFINITY) {
        SteppedSimulator.refuse(arrivalTime, time);
      }
      time = arrivalTime;
      if (id == announced) {
        servers.completeBefore(time);
        listener.arrived(id, time);
        announced = listener.nextArrival(id + 1);
      }
      int bin = bins[i];
      ServedBatch batch = forming[bin];
      if (keepsMembers) {
        batch.keep(block.length(i), block.promptTokens(i));
      }
      batch.add(id, time, block.length(i));
      if (batch.size == batchSize) {
        form(batch, time, false);
        forming[bin] = emptyBatch(bin);
      }
    }
    now = time;
  }

  /** Partial batches leave in the order of their oldest requests. */
  private void flush() {
    List<ServedBatch> partial = new ArrayList<>();
    for (ServedBatch batch : forming) {
      if (batch.size > 0) {
        partial.add(batch);
      }
    }
    partial.sort(Comparator.comparingLong(batch -> batch.id(0)));
    for (ServedBatch batch : partial) {
      form(batch, now, true);
    }
  }

  private void form(ServedBatch batch, double time, boolean flushed) {
    batch.formedTime = time;
    batch.flushed = flushed;
    formed.add(batch);
    if (formed.size() >= formedLimit) {
      servers.completeBefore(time);
      formedLimit = formed.size() + REQUESTS_AT_ONCE / batchSize;
    }
  }

  private void complete(ServedBatch batch, double now) {
    completed += batch.size;
    listener.completed(batch, now);
    spare.push(batch);
  }

  private ServedBatch emptyBatch(int bin) {
    ServedBatch batch = spare.poll();
    if (batch == null) {
      batch = new ServedBatch(batchSize, keepsMembers, false, false);
    }
    batch.clear(bin);
    return batch;
  }

  /** The servers, which take the formed batches in turn. */
  private interface FirstFormedFirstServed {
    void completeBefore(double time);
  }

  /** One server: the first of the formed batches is in service. */
  private final class OneServer implements FirstFormedFirstServed {
    private double free;

    @Override
    public void completeBefore(double time) {
      ServedBatch batch = formed.peek();
      while (batch != null) {
        double end = batch.start(Math.max(batch.formedTime, free), service);
        if (!(end < time)) {
          return;
        }
        free = end;
        formed.remove();
        complete(batch, end);
        batch = formed.peek();
      }
    }
  }

  /** Several servers: batches that have started are in the order of their ends. */
  private final class ManyServers implements FirstFormedFirstServed {
    private final TimeHeap<ServedBatch> busy = new TimeHeap<>();
    private int freeServers;

    ManyServers(int servers) {
      this.freeServers = servers;
    }

    @Override
    public void completeBefore(double time) {
      ServedBatch next = formed.peek();
      while (next != null) {
        while (busy.firstTime() < next.formedTime) {
          completeFirst();
        }
        double now = next.formedTime;
        if (freeServers == 0) {
          now = busy.firstTime();
          if (!(now < time)) {
            return;
          }
          completeFirst();
        }
        formed.remove();
        start(next, now);
        next = formed.peek();
      }
      while (busy.firstTime() < time) {
        completeFirst();
      }
    }

    private void start(ServedBatch batch, double now) {
      freeServers--;
      busy.add(batch.start(now, service), batch);
    }

    private void completeFirst() {
      double end = busy.firstTime();
      freeServers++;
      complete(Objects.requireNonNull(busy.removeFirst()), end);
    }
  }
}
