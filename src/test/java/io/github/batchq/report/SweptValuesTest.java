package io.github.batchq.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whole parts as swept values, in short. */
class SweptValuesTest {
  @Test
  void whatTellsValuesApartStays() {
    assertEquals(
        List.of("standard(...)", "multi-bin(bins=2,...)", "multi-bin(bins=4,...)"),
        SweptValues.shortened(
            List.of(
                "standard(batchSize=8)",
                "multi-bin(bins=2, boundaries=equal-mass, batchSize=8)",
                "multi-bin(bins=4, boundaries=equal-mass, batchSize=8)")));
  }

  @Test
  void severalArgumentsStayWhereOneDoesNotDo() {
    assertEquals(
        List.of(
            "dynamic(batchSize=8, least=1,...)",
            "dynamic(batchSize=8, least=4,...)",
            "dynamic(batchSize=16, least=1,...)",
            "dynamic(batchSize=16, least=4,...)"),
        SweptValues.shortened(
            List.of(
                "dynamic(batchSize=8, least=1, ageing=1000)",
                "dynamic(batchSize=8, least=4, ageing=1000)",
                "dynamic(batchSize=16, least=1, ageing=1000)",
                "dynamic(batchSize=16, least=4, ageing=1000)")));
  }

  @Test
  void argumentsWithArgumentsStayWhole() {
    assertEquals(
        List.of("multi-bin(boundaries=[5,10],...)", "multi-bin(boundaries=rule(x=1, y=2),...)"),
        SweptValues.shortened(
            List.of(
                "multi-bin(boundaries=[5,10], batchSize=1024)",
                "multi-bin(boundaries=rule(x=1, y=2), batchSize=1024)")));
  }

  @Test
  void whatWouldNotBecomeShorterStays() {
    List<String> texts = List.of("1", "4 bins (half)", "standard", "standard(b=8)", "oracle");
    assertEquals(texts, SweptValues.shortened(texts));
  }

  @Test
  void differentValuesStayDifferentAndNoneBecomesLonger() {
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        List<String> arguments = new ArrayList<>();
        for (String key : List.of("bins", "batchSize", "rule", "window")) {
          if (random.nextInt(3) > 0) {
            arguments.add(key + "=" + random.nextInt(3));
          }
        }
        String head = random.nextBoolean() ? "multi-bin" : "adaptive";
        texts.add(arguments.isEmpty() ? head : head + "(" + String.join(", ", arguments) + ")");
      }
      List<String> shortened = SweptValues.shortened(texts);
      for (int i = 0; i < texts.size(); i++) {
        assertTrue(shortened.get(i).length() <= texts.get(i).length(), texts.toString());
        for (int j = 0; j < i; j++) {
          assertEquals(
              texts.get(i).equals(texts.get(j)),
              shortened.get(i).equals(shortened.get(j)),
              texts + " " + shortened);
        }
      }
    }
  }
}
