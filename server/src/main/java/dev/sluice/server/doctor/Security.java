package dev.sluice.server.doctor;

import dev.sluice.gateway.tls.ServerIdentity;
import dev.sluice.gateway.tls.TlsFiles;
import dev.sluice.gateway.tls.UnusableCertificateException;
import dev.sluice.server.ServerSettings;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The certificate, and what browsers think of the address. */
final class Security {
  private static final Duration SOON = Duration.ofDays(14);

  private Security() {}

  static Stream<Finding> examine(ServerSettings settings, Instant now) {
    List<Finding> findings = new ArrayList<>();
    settings
        .gateway()
        .tls()
        .ifPresent(files -> findings.add(certificate(files, settings.url(), now)));
    findings.add(secureContext(settings.url()));
    return findings.stream();
  }

  private static Finding certificate(TlsFiles files, URI url, Instant now) {
    ServerIdentity identity;
    try {
      identity = ServerIdentity.read(files);
    } catch (UnusableCertificateException e) {
      return Finding.fail("certificate", String.valueOf(e.getMessage()), "");
    }
    if (now.isAfter(identity.notAfter())) {
      return Finding.fail(
          "certificate", "it expired at " + identity.notAfter(), "renew it: browsers refuse it");
    }
    if (now.isBefore(identity.notBefore())) {
      return Finding.fail(
          "certificate",
          "it is good from %s on only".formatted(identity.notBefore()),
          "wait, or set this machine's clock right");
    }
    String host = withoutBrackets(url.getHost());
    if (identity.names().stream().noneMatch(name -> covers(name, host))) {
      return Finding.fail(
          "certificate",
          "it is for %s, and clients use %s".formatted(String.join(", ", identity.names()), host),
          "get one for %s, or set http.public-url to a name that it has".formatted(host));
    }
    if (identity.selfSigned()) {
      return Finding.warn(
          "certificate",
          "it vouches for itself: browsers warn, SDKs refuse",
          "get one from an authority, such as Let's Encrypt");
    }
    return now.plus(SOON).isAfter(identity.notAfter())
        ? Finding.warn("certificate", "it expires at " + identity.notAfter(), "renew it")
        : Finding.ok(
            "certificate",
            "for %s until %s".formatted(String.join(", ", identity.names()), identity.notAfter()));
  }

  /** A wildcard stands for one label (RFC 9525 §6.3). */
  static boolean covers(String name, String host) {
    String wanted = host.toLowerCase(Locale.ROOT);
    String has = name.toLowerCase(Locale.ROOT);
    if (has.startsWith("*.")) {
      int dot = wanted.indexOf('.');
      return dot > 0 && wanted.substring(dot).equals(has.substring(1));
    }
    return has.equals(wanted) || sameAddress(has, wanted);
  }

  private static boolean sameAddress(String one, String other) {
    try {
      return InetAddress.ofLiteral(one).equals(InetAddress.ofLiteral(other));
    } catch (IllegalArgumentException e) {
      // One of them is a name.
      return false;
    }
  }

  /** W3C Secure Contexts §3.1: HTTPS, or a loopback host. */
  private static Finding secureContext(URI url) {
    String host = withoutBrackets(url.getHost());
    boolean secure =
        "https".equals(url.getScheme())
            || host.equals("localhost")
            || host.endsWith(".localhost")
            || host.startsWith("127.")
            || host.equals("::1");
    return secure
        ? Finding.ok("secure context", url + ": browsers give camera and microphone")
        : Finding.fail(
            "secure context",
            url + ": browsers give camera and microphone to pages from HTTPS or localhost only",
            "set http.tls, or http.public-url to the https:// address of the proxy in front");
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
