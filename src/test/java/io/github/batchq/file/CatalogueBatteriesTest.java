package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.batchq.agreement.ClosedTrafficTest;
import io.github.batchq.agreement.ConversationTrafficTest;
import io.github.batchq.agreement.GroupTrafficTest;
import io.github.batchq.file.trace.TraceFormatBatteryTest;
import io.github.batchq.file.trace.TraceSamplesTest;
import io.github.batchq.policy.PolicyBatteries;
import io.github.batchq.policy.PolicyBattery;
import io.github.batchq.random.LawBatteryTest;
import io.github.batchq.service.ServiceModelBatteryTest;
import io.github.batchq.workload.ArrivalProcessesTest;
import io.github.batchq.workload.PredictorsTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No kind of the catalogue, of any sort, is without a battery of tests. */
class CatalogueBatteriesTest {
  /** A battery, for messages, and the kinds that it has cases of. */
  private record Battery(Class<?> tests, Set<String> kinds) {}

  private static final Map<Catalogue<?>, Battery> BATTERIES =
      Map.of(
          Catalogue.POLICIES,
          new Battery(PolicyBattery.class, names(Catalogue.POLICIES, PolicyBatteries.types())),
          Catalogue.LAWS,
          new Battery(
              LawBatteryTest.class,
              // A law prints as the call that denotes it.
              LawBatteryTest.laws()
                  .map(law -> law.toString().replaceAll("\\(.*", ""))
                  .collect(Collectors.toSet())),
          Catalogue.SERVICES,
          new Battery(
              ServiceModelBatteryTest.class,
              names(
                  Catalogue.SERVICES,
                  ServiceModelBatteryTest.cases()
                      .map(tested -> tested.spec().getClass())
                      .collect(Collectors.toSet()))),
          Catalogue.ARRIVALS,
          new Battery(
              ArrivalProcessesTest.class,
              names(
                  Catalogue.ARRIVALS,
                  Stream.concat(
                          ArrivalProcessesTest.cases().map(tested -> tested.spec().getClass()),
                          Stream.concat(
                              ClosedTrafficTest.specs().stream(),
                              Stream.concat(
                                  ConversationTrafficTest.specs().stream(),
                                  GroupTrafficTest.specs().stream())))
                      .collect(Collectors.toSet()))),
          Catalogue.TRACES,
          new Battery(
              TraceSamplesTest.class,
              Stream.concat(
                      TraceSamplesTest.names(),
                      TraceFormatBatteryTest.cases().map(TraceFormatBatteryTest.Case::name))
                  .collect(Collectors.toSet())),
          Catalogue.PREDICTORS,
          new Battery(
              PredictorsTest.class,
              names(
                  Catalogue.PREDICTORS,
                  PredictorsTest.specs().map(Object::getClass).collect(Collectors.toSet()))));

  private static Set<String> names(Catalogue<?> catalogue, Set<? extends Class<?>> types) {
    return catalogue.kinds().stream()
        .filter(kind -> types.contains(kind.type()))
        .map(Catalogue.Kind::name)
        .collect(Collectors.toSet());
  }

  static List<Catalogue<?>> catalogues() {
    return Catalogue.ALL;
  }

  @ParameterizedTest
  @MethodSource("catalogues")
  void everyKindIsInItsBattery(Catalogue<?> catalogue) {
    Battery battery =
        Objects.requireNonNull(
            BATTERIES.get(catalogue), () -> "there is no battery for a " + catalogue.what());
    assertEquals(
        List.of(),
        catalogue.names().stream().filter(name -> !battery.kinds().contains(name)).toList(),
        "a "
            + catalogue.what()
            + " of the catalogue is not tested by "
            + battery.tests().getName());
  }
}
