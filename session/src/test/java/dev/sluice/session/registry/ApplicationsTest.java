package dev.sluice.session.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.session.Application;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.LogLines;
import dev.sluice.session.RsaPem;
import dev.sluice.session.store.InMemoryApplicationRepository;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApplicationsTest {
  private static final UUID ID = new UUID(4, 2);

  private final InMemoryApplicationRepository repository = new InMemoryApplicationRepository();
  private final Applications applications =
      new Applications(
          repository, new SecureRandom(), InstantSource.fixed(Instant.EPOCH), () -> ID);

  @Test
  void a_new_application_is_stored_with_an_rsa_key_of_2048_bits() {
    Application application = applications.create("Doctors online").application();

    assertThat(application.id()).isEqualTo(new ApplicationId(ID));
    assertThat(application.name()).isEqualTo("Doctors online");
    assertThat(application.createdAt()).isEqualTo(Instant.EPOCH);
    assertThat(application.publicKey().getModulus().bitLength()).isEqualTo(2048);
    assertThat(applications.find(application.id())).contains(application);
    assertThat(applications.all()).containsExactly(application);
  }

  @Test
  void what_the_private_key_signs_the_stored_key_verifies() throws Exception {
    CreatedApplication created = applications.create("Doctors online");

    byte[] signature = signed("hello", RsaPem.readPrivateKey(created.privateKeyPem()));

    assertThat(verifies("hello", signature, repository.all().getFirst().publicKey())).isTrue();
    assertThat(verifies("hallo", signature, repository.all().getFirst().publicKey())).isFalse();
  }

  @Test
  void a_rotated_key_takes_the_place_of_the_old_one_and_nothing_else_changes() throws Exception {
    CreatedApplication before = applications.create("Doctors online");

    CreatedApplication after = applications.rotateKey(before.application().id()).orElseThrow();

    Application stored = applications.find(after.application().id()).orElseThrow();
    assertThat(stored.name()).isEqualTo("Doctors online");
    assertThat(stored.createdAt()).isEqualTo(before.application().createdAt());
    assertThat(
            verifies(
                "hello",
                signed("hello", RsaPem.readPrivateKey(after.privateKeyPem())),
                stored.publicKey()))
        .isTrue();
    assertThat(
            verifies(
                "hello",
                signed("hello", RsaPem.readPrivateKey(before.privateKeyPem())),
                stored.publicKey()))
        .isFalse();
  }

  @Test
  void the_key_of_an_unknown_application_is_not_rotated() {
    assertThat(applications.rotateKey(new ApplicationId(ID))).isEmpty();
  }

  @Test
  void the_private_key_is_in_no_log_line_and_in_no_printed_value() {
    try (LogLines log = new LogLines()) {
      CreatedApplication created = applications.create("Doctors online");
      String keyLine = created.privateKeyPem().lines().skip(1).findFirst().orElseThrow();

      assertThat(created.toString()).contains(ID.toString()).doesNotContain(keyLine);
      assertThat(log.lines()).noneMatch(line -> line.contains(keyLine));
    }
  }

  @Test
  void an_application_without_a_name_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> applications.create(" "));
    assertThat(applications.all()).isEmpty();
  }

  private static byte[] signed(String text, PrivateKey key) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return signature.sign();
  }

  private static boolean verifies(String text, byte[] signed, PublicKey key)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(key);
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return signature.verify(signed);
  }
}
