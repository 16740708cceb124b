package io.github.batchq.policy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Constructor;
import java.util.HashSet;
import java.util.Set;

/** The test classes that are batteries of policies. */
public final class PolicyBatteries {
  private PolicyBatteries() {}

  /** The types of the policies that pass one. */
  public static Set<Class<?>> types() {
    Set<Class<?>> tested = new HashSet<>();
    for (JavaClass found :
        new ClassFileImporter().importPackages(PolicyBatteries.class.getPackageName())) {
      if (!found.isInterface() && found.isAssignableTo(PolicyBattery.class)) {
        ((PolicyBattery) create(found)).specs().forEach(test -> tested.add(test.spec().getClass()));
      } else if (!found.isInterface() && found.isAssignableTo(StepPolicyBattery.class)) {
        ((StepPolicyBattery) create(found))
            .specs()
            .forEach(test -> tested.add(test.spec().getClass()));
      }
    }
    return tested;
  }

  private static Object create(JavaClass test) {
    try {
      Constructor<?> constructor = test.reflect().getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
