package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.workload.Request;
import org.junit.jupiter.api.Test;

class TrafficMeansTest {
  @Test
  void meansAreOfAllThatArrived() {
    TrafficMeans means = new TrafficMeans();
    assertTrue(Double.isNaN(means.meanGap()));
    assertTrue(Double.isNaN(means.meanLength()));
    means.arrived(new Request(0, 2, 0, 7, 7));
    means.arrived(new Request(1, 2.5, 0, 1, 100));
    means.arrived(new Request(2, 9, 0, 4, 0));
    assertEquals(3, means.meanGap());
    assertEquals(4, means.meanLength());
  }
}
