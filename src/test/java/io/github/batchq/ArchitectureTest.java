package io.github.batchq;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BoundaryRule;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.ExponentialBins;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;

/** The package arrows: who may import whom. Anything that is not allowed here is forbidden. */
@AnalyzeClasses(packages = "io.github.batchq", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** What a scenario may use, and with it all that use scenarios. */
  private static final List<String> SCENARIO =
      List.of("random", "policy", "service", "workload", "theory", "sim", "metric");

  /** What questions over many runs may use. */
  private static final List<String> STUDY =
      Stream.concat(
              SCENARIO.stream(),
              Stream.of("scenario", "expectation", "experiment", "file", "file.data", "file.trace"))
          .toList();

  /** Every room, and the rooms that it may use beside {@code model}. */
  private static final Map<String, List<String>> ROOMS =
      Map.ofEntries(
          room("model"),
          room("random"),
          room("policy"),
          room("service", "random"),
          room("workload", "random"),
          room("theory", "random"),
          room("sim", "random", "policy", "service", "workload"),
          room("metric", "random", "service", "sim"),
          room("scenario", SCENARIO),
          room("expectation", SCENARIO, "scenario"),
          room("experiment", SCENARIO, "scenario", "expectation"),
          room("engine", SCENARIO, "scenario", "experiment"),
          room("file.data", "random", "service"),
          room("file.trace", "random", "workload", "file.data"),
          room(
              "file", SCENARIO, "scenario", "expectation", "experiment", "file.data", "file.trace"),
          room("results", SCENARIO, "scenario", "experiment", "file", "file.data"),
          room("study", STUDY, "engine", "results"),
          room("study.plan", STUDY, "engine"),
          room("report", "random", "theory"),
          room("report.page", "report"),
          room("notebook", STUDY, "study", "report"),
          room("bench", STUDY, "engine", "study"),
          room("evidence", "report"),
          room("evidence.statements", STUDY, "engine", "report", "evidence"),
          room("evidence.figures", STUDY, "engine", "report", "evidence"),
          room("evidence.simulator", STUDY, "engine", "study", "study.plan", "evidence"),
          room(
              "cli",
              STUDY,
              "engine",
              "results",
              "study",
              "study.plan",
              "report",
              "report.page",
              "bench",
              "evidence",
              "evidence.statements",
              "evidence.figures",
              "evidence.simulator"));

  /**
   * The rooms of a slim library, which may run in a browser too: no files, no threads, no
   * reflection, no AWT. What they may use beside one another is listed, and all else forbidden.
   */
  private static final String[] PURE_ROOMS =
      packages(
          List.of(
              "model",
              "random",
              "policy",
              "service",
              "workload",
              "theory",
              "sim",
              "metric",
              "scenario"));

  private static final String[] PURE_LIBRARIES = {
    "java.lang",
    "java.lang.annotation",
    "java.math",
    "java.util",
    "java.util.function",
    "java.util.regex",
    "java.util.stream",
    "umontreal.ssj..",
    "org.apache.commons.math3..",
    "org.jspecify.annotations"
  };

  private static Map.Entry<String, List<String>> room(String name, Object... allowed) {
    List<String> rooms = new ArrayList<>(List.of(name, "model"));
    for (Object other : allowed) {
      if (other instanceof List<?> several) {
        several.forEach(one -> rooms.add(one.toString()));
      } else {
        rooms.add(other.toString());
      }
    }
    return Map.entry(name, rooms);
  }

  private static String[] packages(Collection<String> rooms) {
    return rooms.stream().map(room -> "io.github.batchq." + room).toArray(String[]::new);
  }

  @ArchTest
  static void everyRoomUsesOnlyWhatItMay(JavaClasses all) {
    ROOMS.forEach(
        (room, allowed) ->
            classes()
                .that()
                .resideInAPackage("io.github.batchq." + room)
                .should()
                .onlyDependOnClassesThat(
                    resideInAnyPackage(packages(allowed))
                        .or(resideOutsideOfPackage("io.github.batchq..")))
                .check(all));
  }

  /** Preparing a scenario needs boundaries and what a batch is, and no waits. */
  @ArchTest
  static final ArchRule A_SCENARIO_KNOWS_NO_WAITS =
      classes()
          .that()
          .resideInAPackage("io.github.batchq.scenario")
          .should()
          .onlyDependOnClassesThat(
              resideOutsideOfPackage("io.github.batchq.theory")
                  .or(
                      belongToAnyOf(
                          BatchSystem.class,
                          BatchTime.class,
                          BoundaryRule.class,
                          BoundaryRules.class,
                          ExponentialBins.class)));

  /** A result table writes its cells by Commons CSV, which knows when a cell needs quotes. */
  @ArchTest
  static final ArchRule PURE_ROOMS_NEED_NO_FILES_NO_THREADS_AND_NO_AWT =
      classes()
          .that()
          .resideInAnyPackage(PURE_ROOMS)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(PURE_ROOMS)
                  .or(
                      resideInAnyPackage(PURE_LIBRARIES)
                          .and(
                              not(
                                  belongToAnyOf(
                                      Thread.class,
                                      ThreadLocal.class,
                                      Runtime.class,
                                      Process.class,
                                      ProcessBuilder.class,
                                      ClassLoader.class,
                                      Timer.class))))
                  .or(belongToAnyOf(CSVFormat.class)));

  /** Nor by a class that is asked for others, nor by threads that streams and arrays hide. */
  @ArchTest
  static final ArchRule PURE_ROOMS_ASK_NO_CLASS_AND_DO_ONE_THING_AT_A_TIME =
      noClasses()
          .that()
          .resideInAnyPackage(PURE_ROOMS)
          .should()
          .callMethodWhere(target(owner(type(Class.class))))
          .orShould()
          .callMethodWhere(target(nameMatching("parallel.*")));

  @ArchTest
  static final ArchRule EVERY_CLASS_LIVES_IN_A_ROOM =
      classes()
          .that()
          .doNotHaveSimpleName("package-info")
          .should()
          .resideInAnyPackage(packages(ROOMS.keySet()));

  /** Whoever reads a name knows which class it is of. */
  @ArchTest
  static void noTwoClassesShareAName(JavaClasses all) {
    Map<String, List<String>> packages =
        all.stream()
            .filter(one -> one.isTopLevelClass() && !one.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    Collectors.mapping(JavaClass::getPackageName, Collectors.toList())));
    packages.values().removeIf(of -> of.size() == 1);
    assertEquals(Map.of(), packages);
  }

  @ArchTest
  static final ArchRule NO_MUTABLE_STATIC_STATE =
      noFields().that().areStatic().should().notHaveModifier(JavaModifier.FINAL);

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_EXITS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.github.batchq.cli..")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule NO_SHARED_SIMULATOR =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("umontreal.ssj.simevents.Sim")
          .orShould()
          .callConstructor(umontreal.ssj.simevents.Event.class);
}
