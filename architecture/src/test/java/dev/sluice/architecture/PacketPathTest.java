package dev.sluice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;

/** What code that runs once per packet may not do: ask the time, log, block, start threads. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class PacketPathTest {
  private static final String[] PACKET_PATH = {
    "dev.sluice.rtp..",
    "dev.sluice.transport.stun..",
    "dev.sluice.transport.ice..",
    "dev.sluice.transport.srtp..",
    "dev.sluice.router.track..",
    "dev.sluice.router.forward..",
    "dev.sluice.router.estimate..",
    "dev.sluice.router.pace..",
    "dev.sluice.router.allocation..",
    "dev.sluice.router.fallback..",
    "dev.sluice.router.speaker..",
    "dev.sluice.router.live.."
  };

  @ArchTest
  static final ArchRule no_clock =
      noClasses()
          .that()
          .resideInAnyPackage(PACKET_PATH)
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule no_logging =
      noClasses()
          .that()
          .resideInAnyPackage(PACKET_PATH)
          .and()
          // It turns the log of the SRTP library off, once.
          .doNotHaveSimpleName("JitsiSrtpSession")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.slf4j..", "java.lang.System$Logger", "java.util.logging..");

  @ArchTest
  static final ArchRule no_threads_and_no_blocking =
      noClasses()
          .that()
          .resideInAnyPackage(PACKET_PATH)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Executors.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Lock.class);

  @ArchTest
  static final ArchRule no_io =
      noClasses()
          .that()
          .resideInAnyPackage(PACKET_PATH)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio.channels..", "java.nio.file..");
}
