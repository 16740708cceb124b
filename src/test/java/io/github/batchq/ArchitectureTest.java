package io.github.batchq;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The package arrows: who may import whom. Anything that is not allowed here is forbidden. */
@AnalyzeClasses(packages = "io.github.batchq", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGE_ARROWS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("io.github.batchq.cli..")
          .layer("paper")
          .definedBy("io.github.batchq.paper..")
          .layer("validation")
          .definedBy("io.github.batchq.validation..")
          .layer("report")
          .definedBy("io.github.batchq.report..")
          .layer("check")
          .definedBy("io.github.batchq.check..")
          .layer("experiment")
          .definedBy("io.github.batchq.experiment..")
          .layer("metric")
          .definedBy("io.github.batchq.metric..")
          .layer("sim")
          .definedBy("io.github.batchq.sim..")
          .layer("policy")
          .definedBy("io.github.batchq.policy..")
          .layer("service")
          .definedBy("io.github.batchq.service..")
          .layer("workload")
          .definedBy("io.github.batchq.workload..")
          .layer("theory")
          .definedBy("io.github.batchq.theory..")
          .layer("model")
          .definedBy("io.github.batchq.model..")
          .layer("random")
          .definedBy("io.github.batchq.random..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("paper")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("validation")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("cli", "paper")
          .whereLayer("check")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("experiment")
          .mayOnlyBeAccessedByLayers("cli", "paper", "validation", "report", "check")
          .whereLayer("metric")
          .mayOnlyBeAccessedByLayers("cli", "paper", "validation", "report", "check", "experiment")
          .whereLayer("sim")
          .mayOnlyBeAccessedByLayers(
              "cli", "paper", "validation", "report", "check", "experiment", "metric")
          .whereLayer("policy")
          .mayOnlyBeAccessedByLayers(
              "cli", "paper", "validation", "report", "check", "experiment", "metric", "sim")
          .whereLayer("service")
          .mayOnlyBeAccessedByLayers(
              "cli", "paper", "validation", "report", "check", "experiment", "metric", "sim")
          .whereLayer("workload")
          .mayOnlyBeAccessedByLayers(
              "cli", "paper", "validation", "report", "check", "experiment", "metric", "sim")
          .whereLayer("theory")
          .mayOnlyBeAccessedByLayers("cli", "paper", "validation", "report", "check", "experiment")
          .whereLayer("random")
          .mayOnlyBeAccessedByLayers(
              "cli",
              "paper",
              "validation",
              "report",
              "check",
              "experiment",
              "metric",
              "sim",
              "policy",
              "service",
              "workload",
              "theory");

  @ArchTest
  static final ArchRule MODEL_IMPORTS_NOTHING_OF_OURS =
      noClasses()
          .that()
          .resideInAPackage("io.github.batchq.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.github.batchq.cli..",
              "io.github.batchq.paper..",
              "io.github.batchq.validation..",
              "io.github.batchq.report..",
              "io.github.batchq.check..",
              "io.github.batchq.experiment..",
              "io.github.batchq.metric..",
              "io.github.batchq.sim..",
              "io.github.batchq.policy..",
              "io.github.batchq.service..",
              "io.github.batchq.workload..",
              "io.github.batchq.theory..",
              "io.github.batchq.random..");

  @ArchTest
  static final ArchRule EVERY_CLASS_LIVES_IN_A_PACKAGE_OF_THE_DESIGN =
      classes()
          .should()
          .resideInAnyPackage(
              "io.github.batchq.cli",
              "io.github.batchq.paper",
              "io.github.batchq.validation",
              "io.github.batchq.validation",
              "io.github.batchq.report",
              "io.github.batchq.check",
              "io.github.batchq.experiment",
              "io.github.batchq.metric",
              "io.github.batchq.sim",
              "io.github.batchq.policy",
              "io.github.batchq.service",
              "io.github.batchq.workload",
              "io.github.batchq.theory",
              "io.github.batchq.random",
              "io.github.batchq.model");

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
