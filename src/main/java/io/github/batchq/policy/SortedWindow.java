package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.Key;
import io.github.batchq.model.QueuedRequest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Sorted grouping, a rival of bins that knows nothing of the law of the lengths: n B requests are
 * collected, sorted by predicted length and cut into n batches of B, all formed at that moment. The
 * batch that was formed first is served first, and of one window the shortest first. With n = 1 it
 * is standard batching; with the window as large as an offline job of full batches, it is the
 * division that keeps one server busy for the shortest time. T14 of docs/theory.md has its mean
 * batch time.
 *
 * <p>When arrivals have ended, what is left of the window is sorted and cut likewise, so that the
 * batch of the longest requests is the partial one.
 *
 * @param batchSize B, at least 1
 * @param window batches of a window n, at least 1
 * @param drain what happens to the last window when arrivals have ended before it was full; {@link
 *     Drain#FLUSH} when absent
 */
public record SortedWindow(
    @Key(about = "requests in a batch B", unit = "requests", range = "at least 1", example = "8")
        int batchSize,
    @Key(
            about = "batches in a window n",
            unit = "batches",
            range = "at least 1",
            example = "4",
            tried = {"2", "4", "16"})
        int window,
    @Key(
            about =
                "what becomes of the last window, if it is not full, when arrivals have ended: they are served, or discarded",
            absent = "flush",
            example = "discard")
        @Nullable Drain drain)
    implements PolicySpec {
  public SortedWindow {
    FullBatches.checkBatchSize(batchSize);
    if (window < 1) {
      throw new IllegalArgumentException("window must be at least 1 batch, found " + window);
    }
    if ((long) window * batchSize > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a window must have fewer than 2^31 requests, found "
              + window
              + " batches of "
              + batchSize);
    }
  }

  @Override
  public boolean readsLengths() {
    return window > 1;
  }

  @Override
  public long mostForming() {
    return (long) window * batchSize - 1;
  }

  @Override
  public long leastCompany() {
    return (long) window * batchSize;
  }

  @Override
  public boolean flushes() {
    return drain != Drain.DISCARD;
  }

  @Override
  public BatchingPolicy create(PolicySetting setting) {
    return new Window(batchSize, window, drain == null ? Drain.FLUSH : drain);
  }

  /** The window of one run, and the batches that wait for a server. */
  private static final class Window implements BatchingPolicy {
    private final int batchSize;
    private final int most;
    private final Drain drain;
    private final RequestOrder order = new RequestOrder();
    private final Queue<Batch> formed = new ArrayDeque<>();
    private QueuedRequest[] collected;
    private int size;
    private int waiting;

    Window(int batchSize, int batches, Drain drain) {
      this.batchSize = batchSize;
      this.most = batchSize * batches;
      this.drain = drain;
      this.collected = new QueuedRequest[Math.min(most, 1024)];
    }

    @Override
    public void enqueue(QueuedRequest request) {
      if (size == collected.length) {
        collected = Arrays.copyOf(collected, (int) Math.min(most, 2L * size));
      }
      collected[size++] = request;
      waiting++;
      if (size == most) {
        form(request.arrivalTime(), false);
      }
    }

    /** Sorts what was collected and cuts it into batches, whose members go back into order. */
    private void form(double now, boolean flushed) {
      if (size > batchSize) {
        order.byLength(collected, size);
      }
      for (int from = 0; from < size; from += batchSize) {
        QueuedRequest[] members =
            Arrays.copyOfRange(collected, from, Math.min(size, from + batchSize));
        order.byArrival(members, members.length);
        formed.add(new Batch(members, 0, now, flushed));
      }
      size = 0;
    }

    @Override
    public Decision decide(double now, FreeServers free) {
      Batch batch = formed.poll();
      if (batch == null) {
        return Decision.WAIT;
      }
      waiting -= batch.size();
      return new Decision.Dispatch(batch);
    }

    @Override
    public void arrivalsEnded(double now) {
      if (drain == Drain.FLUSH) {
        form(now, true);
      }
    }

    @Override
    public void companyEnded(double now) {
      arrivalsEnded(now);
    }

    @Override
    public void withdraw(QueuedRequest request, double now) {
      waiting--;
      int place = 0;
      while (place < size && collected[place] != request) {
        place++;
      }
      if (place < size) {
        size--;
        System.arraycopy(collected, place + 1, collected, place, size - place);
      } else {
        FormedBatches.remove(request, formed);
      }
    }

    @Override
    public int waiting() {
      return waiting;
    }
  }
}
