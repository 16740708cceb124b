package io.github.batchq.scenario;

import io.github.batchq.metric.MeasuredPeriod;
import io.github.batchq.model.BatchShape;
import io.github.batchq.sim.RequestCounts;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import io.github.batchq.sim.SimulationListener;
import io.github.batchq.workload.Departure;
import io.github.batchq.workload.Kinship;
import io.github.batchq.workload.Request;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.function.Consumer;

/**
 * Follows every request of a run, and tells of it when it and all that arrived before it have left:
 * what is kept are the requests from the oldest on that is still there.
 */
final class RequestLog implements SimulationListener {
  private final PreparedScenario scenario;
  private final boolean predictsLengths;
  private final MeasuredPeriod period;
  private final Consumer<RequestRow> rows;

  /** Requests that have arrived and not been told of, in the order of arrival. */
  private final ArrayList<Followed> open = new ArrayList<>();

  private final BitSet busy = new BitSet();
  private final IdentityHashMap<ServedBatch, Integer> servers = new IdentityHashMap<>();
  private long firstOpen;
  private int told;
  private long batches;

  /** A request on its way. */
  private static final class Followed {
    private final Request request;
    private final boolean measured;
    private int bin;
    private long batch = -1;
    private int server = -1;
    private double sent = Double.NaN;
    private double formed = Double.NaN;
    private double start = Double.NaN;
    private double firstToken = Double.NaN;
    private double done = Double.NaN;
    private double end = Double.NaN;
    private double released = Double.NaN;
    private double gaveUp = Double.NaN;
    private int tries = 1;
    private boolean gone;

    Followed(Request request, int bin, boolean measured) {
      this.request = request;
      this.bin = bin;
      this.measured = measured;
    }

    /** What a server did for it counts for nothing: it failed, or the client begins anew. */
    void forgetService() {
      batch = -1;
      server = -1;
      formed = Double.NaN;
      start = Double.NaN;
      done = Double.NaN;
      released = Double.NaN;
    }
  }

  RequestLog(Replication replication, MeasuredPeriod period, Consumer<RequestRow> rows) {
    this.scenario = replication.scenario();
    this.predictsLengths = scenario.predictor().predictsLengths();
    this.period = period;
    this.rows = rows;
  }

  @Override
  public boolean readsMembers() {
    return true;
  }

  @Override
  public boolean hearsDispatches() {
    return true;
  }

  @Override
  public void arrived(Request request) {
    long id = request.number();
    double now = request.intendedTime();
    period.arrived(id, now);
    open.add(
        new Followed(
            request, request.predictedBin(scenario.boundaries()), period.includes(id, now)));
  }

  /** Not told by kernels that tell of dispatches. */
  @Override
  public void arrived(long id, double now) {
    throw new IllegalStateException("request " + id + " is not known");
  }

  @Override
  public void dispatched(ServedBatch batch) {
    int server = batch.server();
    if (server < 0) {
      server = busy.nextClearBit(0);
      busy.set(server);
      servers.put(batch, server);
    }
    double end = batch.startTime() + batch.seconds();
    long prompts = 0;
    for (int i = 0; i < batch.size(); i++) {
      prompts += batch.promptTokens(i);
    }
    for (int i = 0; i < batch.size(); i++) {
      // What the batch would take if this member were its longest.
      BatchShape own = new BatchShape(batch.size(), batch.length(i), batch.totalLength(), prompts);
      double done = batch.startTime() + scenario.service().seconds(own) / batch.speed();
      Followed member = followed(batch.id(i));
      member.bin = batch.bin();
      member.batch = batches;
      member.server = server;
      member.sent = batch.sentTime(i);
      member.formed = batch.formedTime();
      member.start = batch.startTime();
      member.done = Math.min(end, done);
      member.released = end;
    }
    batches++;
  }

  @Override
  public void completed(ServedBatch batch, double now) {
    free(batch);
    for (int i = 0; i < batch.size(); i++) {
      leave(followed(batch.id(i)), batch.departureTime(i));
    }
    tell();
  }

  @Override
  public void interrupted(ServedBatch batch, boolean retry, double now) {
    free(batch);
    for (int i = 0; i < batch.size(); i++) {
      Followed member = followed(batch.id(i));
      if (batch.leavesEarly() && batch.departureTime(i) <= now) {
        member.released = now;
        leave(member, batch.departureTime(i));
      } else {
        member.forgetService();
        member.gone = !retry;
      }
    }
    tell();
  }

  @Override
  public void withdrawn(Request request, Departure how, boolean again, double now) {
    Followed followed = followed(request.number());
    if (again) {
      followed.tries++;
      followed.forgetService();
    } else {
      followed.gaveUp = now;
      followed.gone = true;
      tell();
    }
  }

  private void free(ServedBatch batch) {
    Integer server = servers.remove(batch);
    if (server != null) {
      busy.clear(server);
    }
  }

  @Override
  public void left(ServedRequest request, double now) {
    Followed followed = followed(request.id());
    followed.server = request.server();
    followed.sent = request.sentTime();
    followed.formed = request.joinTime();
    followed.start = request.joinTime();
    followed.firstToken = request.firstTokenTime();
    followed.done = now;
    followed.released = now;
    leave(followed, now);
    tell();
  }

  @Override
  public void interrupted(ServedRequest request, boolean retry, double now) {
    followed(request.id()).gone = !retry;
    tell();
  }

  /** Who is still there was never served. */
  @Override
  public void ended(RequestCounts counts) {
    for (Followed followed : open.subList(told, open.size())) {
      followed.gone = true;
    }
    tell();
  }

  private static void leave(Followed followed, double end) {
    followed.end = end;
    followed.gone = true;
  }

  private Followed followed(long id) {
    return open.get((int) (id - firstOpen));
  }

  private void tell() {
    while (told < open.size() && open.get(told).gone) {
      rows.accept(row(open.get(told)));
      told++;
    }
    // What has been told of is taken out in one piece, once it is half of what is kept.
    if (2 * told > open.size()) {
      open.subList(0, told).clear();
      firstOpen += told;
      told = 0;
    }
  }

  private RequestRow row(Followed followed) {
    Request request = followed.request;
    Kinship kinship = request.kinship();
    return new RequestRow(
        request.number(),
        request.intendedTime(),
        followed.sent,
        followed.bin,
        followed.batch,
        followed.server,
        followed.formed,
        followed.start,
        followed.firstToken,
        followed.done,
        followed.end,
        followed.released,
        request.promptTokens(),
        request.length(),
        predictsLengths ? request.predictedLength() : Double.NaN,
        followed.gaveUp,
        followed.tries,
        kinship == null || kinship.blocks() != null ? -1 : kinship.family(),
        followed.measured);
  }
}
