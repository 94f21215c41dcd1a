package dev.sluice.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.testing.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedIdentityTest {
  @TempDir private static Path made;
  @TempDir private Path directory;
  private WatchedIdentity watched;

  @BeforeAll
  static void make() {
    OpenSsl openssl = new OpenSsl(made);
    openssl.certificate("first", "rsa:2048");
    openssl.certificate("second", "rsa:2048");
  }

  @BeforeEach
  void open() throws Exception {
    copy("first.crt", "certificate");
    copy("first.key", "key");
    watched =
        WatchedIdentity.open(
            new TlsFiles(
                directory.resolve("certificate"),
                directory.resolve("key"),
                TlsFiles.CHECK_INTERVAL),
            InstantSource.system());
  }

  @Test
  void files_that_stay_leave_everything_as_it_is() {
    ServerIdentity before = watched.identity();
    watched.check();
    assertThat(watched.identity()).isSameAs(before);
  }

  @Test
  void a_new_pair_is_taken() throws IOException {
    copy("second.crt", "certificate");
    copy("second.key", "key");
    watched.check();
    assertThat(owner()).isEqualTo("CN=second");
  }

  @Test
  void a_new_certificate_without_its_key_leaves_the_old_pair_until_the_key_comes()
      throws IOException {
    copy("second.crt", "certificate");
    watched.check();
    assertThat(owner()).isEqualTo("CN=first");

    copy("second.key", "key");
    watched.check();
    assertThat(owner()).isEqualTo("CN=second");
  }

  @Test
  void files_that_are_gone_or_rubbish_leave_the_old_pair() throws IOException {
    Files.delete(directory.resolve("certificate"));
    watched.check();
    Files.writeString(directory.resolve("certificate"), "rubbish");
    watched.check();
    assertThat(owner()).isEqualTo("CN=first");
  }

  @Test
  void a_handshake_under_way_still_finds_the_key_that_it_began_with() throws IOException {
    CurrentIdentity current = new CurrentIdentity(watched.identity());
    String alias = String.valueOf(current.chooseEngineServerAlias("RSA", null, null));
    ServerIdentity first = watched.identity();
    copy("second.crt", "certificate");
    copy("second.key", "key");
    watched.check();
    current.change(watched.identity());

    assertThat(current.getPrivateKey(alias)).isEqualTo(first.key());
    assertThat(current.getCertificateChain(alias)).containsExactly(first.chain());
    assertThat(current.chooseEngineServerAlias("RSA", null, null)).isNotEqualTo(alias);
    assertThat(current.chooseEngineServerAlias("EC", null, null)).isNull();
  }

  private String owner() {
    return watched.identity().chain()[0].getSubjectX500Principal().getName();
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(made.resolve(from), directory.resolve(to), StandardCopyOption.REPLACE_EXISTING);
  }
}
