package io.github.batchq.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Given requests, each with given kin. */
public final class KinRequests implements ArrivingRequests {
  private final RequestSource source;
  private final List<Kinship> kin;

  public KinRequests(RequestSource source, List<Kinship> kin) {
    this.source = source;
    this.kin = kin;
  }

  @Override
  public double nextTime() {
    return source.nextTime();
  }

  @Override
  public @Nullable Request next() {
    Request request = source.next();
    return request == null
        ? null
        : new Request(request, request.id(), request.arrivalTime(), kin.get((int) request.id()));
  }

  @Override
  public long drawn() {
    return source.drawn();
  }

  @Override
  public boolean isOver() {
    return source.isOver();
  }
}
