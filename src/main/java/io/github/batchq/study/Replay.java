package io.github.batchq.study;

import io.github.batchq.random.StreamSource;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Replication;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import io.github.batchq.sim.SimulationListener;

/**
 * Listens to one run of a scenario and keeps when each request had its tokens. Where a batch is
 * served whole, its requests get all of their tokens when they leave, and no time passes between
 * tokens.
 */
final class Replay implements SimulationListener {
  private final RequestTimes times;

  private Replay(int requests) {
    times = RequestTimes.unknown(requests);
  }

  /** The times of the requests of a run. */
  static RequestTimes of(PreparedScenario scenario, StreamSource streams, int replication) {
    Replay replay = new Replay(Math.toIntExact(scenario.requests()));
    new Replication(scenario, streams, replication).simulate(replay);
    return replay.times;
  }

  @Override
  public long nextArrival(long from) {
    return Long.MAX_VALUE;
  }

  @Override
  public boolean readsMembers() {
    return true;
  }

  @Override
  public void arrived(long id, double now) {}

  @Override
  public void dispatched(ServedBatch batch) {}

  @Override
  public void completed(ServedBatch batch, double now) {
    for (int i = 0; i < batch.size(); i++) {
      int id = (int) batch.id(i);
      times.arrivals()[id] = batch.arrivalTime(i);
      times.firsts()[id] = batch.departureTime(i);
      times.ends()[id] = batch.departureTime(i);
      times.tokens()[id] = Math.ceil(batch.length(i));
    }
  }

  @Override
  public void left(ServedRequest request, double now) {
    int id = (int) request.id();
    times.arrivals()[id] = request.arrivalTime();
    times.firsts()[id] = request.firstTokenTime();
    times.ends()[id] = now;
    times.tokens()[id] = request.tokens();
  }
}
