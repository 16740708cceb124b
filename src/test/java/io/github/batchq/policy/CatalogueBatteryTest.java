package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.batchq.experiment.Catalogue;
import java.lang.reflect.Constructor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No policy of the catalogue is without a battery of tests. */
class CatalogueBatteryTest {
  @Test
  void everyPolicyOfTheCataloguePassesABattery() throws ReflectiveOperationException {
    Set<Class<?>> tested = new HashSet<>();
    for (JavaClass found :
        new ClassFileImporter().importPackages(CatalogueBatteryTest.class.getPackageName())) {
      if (!found.isInterface() && found.isAssignableTo(PolicyBattery.class)) {
        ((PolicyBattery) create(found)).specs().forEach(test -> tested.add(test.spec().getClass()));
      } else if (!found.isInterface() && found.isAssignableTo(StepPolicyBattery.class)) {
        ((StepPolicyBattery) create(found))
            .specs()
            .forEach(test -> tested.add(test.spec().getClass()));
      }
    }
    Set<String> forgotten = new TreeSet<>();
    for (Catalogue.Kind<? extends PolicySpec> kind : Catalogue.POLICIES.kinds()) {
      if (!tested.contains(kind.type())) {
        forgotten.add(kind.name());
      }
    }
    assertEquals(List.of(), List.copyOf(forgotten), "policies without a battery test");
  }

  private static Object create(JavaClass test) throws ReflectiveOperationException {
    Constructor<?> constructor = test.reflect().getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
