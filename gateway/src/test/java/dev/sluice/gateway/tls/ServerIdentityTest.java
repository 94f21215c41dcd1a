package dev.sluice.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.testing.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerIdentityTest {
  @TempDir private static Path directory;

  @BeforeAll
  static void make() throws IOException {
    OpenSsl openssl = new OpenSsl(directory);
    openssl.certificate("rsa", "rsa:2048", "-days", "30");
    openssl.run("rsa", "-traditional", "-in", "rsa.key", "-out", "rsa-pkcs1.key");
    openssl.run(
        "rsa",
        "-traditional",
        "-in",
        "rsa.key",
        "-aes128",
        "-passout",
        "pass:x",
        "-out",
        "old.key");
    openssl.run("pkcs8", "-topk8", "-in", "rsa.key", "-passout", "pass:x", "-out", "new.key");
    openssl.run("ecparam", "-name", "prime256v1", "-genkey", "-out", "ec-sec1.key");
    openssl.run("pkcs8", "-topk8", "-nocrypt", "-in", "ec-sec1.key", "-out", "ec.key");
    openssl.run("req", "-x509", "-key", "ec.key", "-subj", "/CN=ec", "-out", "ec.crt");
    openssl.certificate("ed", "ed25519");
    openssl.certificate("other", "rsa:2048");
    Files.writeString(directory.resolve("empty"), "");
    Files.writeString(
        directory.resolve("rubbish"),
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    Files.writeString(
        directory.resolve("damaged"),
        "-----BEGIN EC PRIVATE KEY-----\nMHc=\n-----END EC PRIVATE KEY-----\n");
    Files.writeString(
        directory.resolve("no-base64"),
        "-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----\n");
    Files.writeString(
        directory.resolve("mixed.crt"),
        Files.readString(directory.resolve("rsa.crt"))
            + Files.readString(directory.resolve("other.crt")));
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.crt, rsa.key",
    "rsa.crt, rsa-pkcs1.key",
    "ec.crt, ec.key",
    "ec.crt, ec-sec1.key",
    "ed.crt, ed.key"
  })
  void every_form_of_key_that_openssl_writes_is_read(String certificate, String key)
      throws Exception {
    assertThat(ServerIdentity.read(files(certificate, key)).chain()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.crt, other.key, other.key is not the key of the certificate in",
    "rsa.crt, ec.key, ec.key is not the key of the certificate in",
    "rsa.crt, old.key, old.key is encrypted",
    "rsa.crt, new.key, new.key is encrypted",
    "rsa.crt, empty, has no private key",
    "rsa.crt, rsa.crt, has no private key",
    "rsa.crt, rubbish, holds no key that can be read",
    "rsa.crt, damaged, does not name its curve",
    "rsa.crt, no-base64, its key is not base64",
    "rsa.crt, missing, missing does not exist",
    "missing, rsa.key, missing does not exist",
    "empty, rsa.key, has no certificate",
    "rsa.key, rsa.key, no certificate",
    "mixed.crt, rsa.key, certificate 1 is not issued by certificate 2"
  })
  void what_cannot_be_used_is_told_by_file_and_reason(
      String certificate, String key, String message) {
    assertThatThrownBy(() -> ServerIdentity.read(files(certificate, key)))
        .isInstanceOf(UnusableCertificateException.class)
        .message()
        .contains(message)
        .doesNotContain("\n", "Exception");
  }

  @Test
  void it_tells_the_names_and_the_dates() throws Exception {
    ServerIdentity identity = ServerIdentity.read(files("rsa.crt", "rsa.key"));

    assertThat(identity.names()).containsExactly("localhost", "127.0.0.1");
    assertThat(Duration.between(identity.notBefore(), identity.notAfter()))
        .isEqualTo(Duration.ofDays(30));
    assertThat(identity.notBefore()).isBeforeOrEqualTo(Instant.now());
    assertThat(identity.selfSigned()).isTrue();
  }

  private static TlsFiles files(String certificate, String key) {
    return new TlsFiles(
        directory.resolve(certificate), directory.resolve(key), TlsFiles.CHECK_INTERVAL);
  }
}
