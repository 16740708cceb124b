package io.github.batchq.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** Requests as a kernel pulls them. */
class RequestSourceTest {
  @Test
  void aSourceDeliversEachRequestOnceWithItsOwnNumbers() {
    RandomStreams streams = new RandomStreams(5, 1);
    int requests = 1_301;
    int[] predictions = {0};
    RequestSource source =
        new RequestSource(
            new RenewalProcess(new Exponential(2))
                .arrivalTimes(streams.stream(0, StreamName.ARRIVALS)),
            new Exponential(1).sampler(streams.stream(0, StreamName.SERVICE)),
            (length, promptTokens) -> {
              predictions[0]++;
              return 2 * length;
            },
            null,
            requests);
    DoubleSupplier times =
        new RenewalProcess(new Exponential(2)).arrivalTimes(streams.stream(0, StreamName.ARRIVALS));
    DoubleSupplier lengths = new Exponential(1).sampler(streams.stream(0, StreamName.SERVICE));
    for (int id = 0; id < requests; id++) {
      Request request = source.next();
      if (request == null) {
        throw new AssertionError("the source ended at " + id);
      }
      assertEquals(id, request.id());
      assertEquals(times.getAsDouble(), request.arrivalTime());
      assertEquals(lengths.getAsDouble(), request.length());
      assertEquals(2 * request.length(), request.predictedLength());
    }
    assertNull(source.next());
    assertEquals(requests, predictions[0]);
  }
}
