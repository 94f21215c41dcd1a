package dev.sluice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room may know which, and which library lives where. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  @ArchTest
  static final ArchRule rooms_know_only_those_beneath_them =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("rtp")
          .definedBy("dev.sluice.rtp..")
          .layer("transport")
          .definedBy("dev.sluice.transport..")
          .layer("router")
          .definedBy("dev.sluice.router..")
          .layer("session")
          .definedBy("dev.sluice.session..")
          .layer("store")
          .definedBy("dev.sluice.store..")
          .layer("gateway")
          .definedBy("dev.sluice.gateway..")
          .layer("server")
          .definedBy("dev.sluice.server..")
          .layer("simulation")
          .definedBy("dev.sluice.simulation..")
          .whereLayer("rtp")
          .mayOnlyBeAccessedByLayers("transport", "router", "server", "simulation")
          .whereLayer("transport")
          .mayOnlyBeAccessedByLayers("router", "server", "simulation")
          .whereLayer("router")
          .mayOnlyBeAccessedByLayers("server", "simulation")
          .whereLayer("session")
          .mayOnlyBeAccessedByLayers("store", "gateway", "server")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("server")
          .whereLayer("gateway")
          .mayOnlyBeAccessedByLayers("server")
          .whereLayer("server")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("simulation")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("dev.sluice.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule javalin_and_jetty_stay_in_the_gateway =
      onlyIn("dev.sluice.gateway..", "io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule json_web_tokens_stay_in_the_gateway =
      onlyIn("dev.sluice.gateway..", "com.nimbusds..");

  @ArchTest
  static final ArchRule sql_stays_in_the_store =
      onlyIn(
          "dev.sluice.store..",
          "org.jdbi..",
          "java.sql..",
          "javax.sql..",
          "org.flywaydb..",
          "org.postgresql..",
          "com.zaxxer..");

  @ArchTest
  static final ArchRule dtls_and_srtp_stay_in_the_transport =
      onlyIn("dev.sluice.transport..", "org.bouncycastle..", "org.jitsi..");

  @ArchTest
  static final ArchRule metrics_stay_in_their_package =
      onlyIn("dev.sluice.server.metrics..", "io.micrometer..", "io.prometheus..");

  @ArchTest
  static final ArchRule hocon_stays_in_the_configuration =
      onlyIn("dev.sluice.server.config..", "com.typesafe..");

  @ArchTest
  static final ArchRule the_simulation_knows_no_clock_and_no_network =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.simulation..")
          // It prints how long the runs took.
          .and()
          .resideOutsideOfPackage("dev.sluice.simulation.report")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.channels..", "java.nio.file..");

  @ArchTest
  static final ArchRule the_domain_does_no_io =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.session..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.channels..", "java.nio.file..", "java.net..", "java.sql..");

  private static ArchRule onlyIn(String room, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }
}
