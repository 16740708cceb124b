package io.github.batchq.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The room of Spark: what it may use, and that nobody else knows Spark. */
@AnalyzeClasses(
    packages = "io.github.batchq",
    importOptions = SparkArchitectureTest.WithoutTests.class)
class SparkArchitectureTest {
  /** The profile's tests are not where others are. */
  static final class WithoutTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/");
    }
  }

  private static final String SPARK = "io.github.batchq.spark";

  @ArchTest
  static final ArchRule NOBODY_ELSE_KNOWS_SPARK =
      noClasses()
          .that()
          .resideOutsideOfPackage(SPARK)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SPARK, "org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule IT_MAKES_RUNS_AND_READS_NO_FILES =
      classes()
          .that()
          .resideInAPackage(SPARK)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              SPARK,
              "io.github.batchq.model",
              "io.github.batchq.metric",
              "io.github.batchq.scenario",
              "io.github.batchq.experiment",
              "io.github.batchq.engine",
              "io.github.batchq.results",
              "org.apache.spark..",
              "org.apache.logging.log4j..",
              "scala..",
              "java..",
              "org.jspecify.annotations");
}
