package dev.sluice.server.config;

import dev.sluice.gateway.AddressRange;
import dev.sluice.gateway.GatewaySettings;
import dev.sluice.gateway.tls.TlsFiles;
import dev.sluice.router.RouterSettings;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.server.ServerSettings;
import dev.sluice.store.StoreSettings;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every key but the limits, which are in {@link LimitKeys}, and the constants of {@link
 * AdaptationKeys}; docs/configuration.md explains them.
 */
final class Keys {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_POOL = 1000;
  private static final Duration SECOND = Duration.ofSeconds(1);

  static final Key<String> HTTP_HOST = Key.of("http.host", ValueType.text(), "localhost");
  static final Key<Integer> HTTP_PORT =
      Key.of("http.port", ValueType.integer(1, MAX_PORT), GatewaySettings.DEFAULT.port());
  static final Key<URI> HTTP_PUBLIC_URL =
      Key.optional(
          "http.public-url",
          ValueType.parsed(
              "a URL of scheme, host and perhaps port, as in \"https://video.example.com\"",
              Origins::parse));
  static final Key<Path> TLS_CERTIFICATE = Key.optional("http.tls.certificate", ValueType.file());
  static final Key<Path> TLS_KEY = Key.optional("http.tls.key", ValueType.file());
  static final Key<Duration> TLS_CHECK_INTERVAL =
      Key.of(
          "http.tls.check-interval",
          Quantities.duration(SECOND, Duration.ofDays(1)),
          TlsFiles.CHECK_INTERVAL);
  static final Key<List<AddressRange>> TRUSTED_PROXIES =
      Key.of(
          "http.trusted-proxies",
          ValueType.listOf(
              ValueType.parsed("", AddressRange::parse),
              "a list of IP addresses and ranges, as in [\"10.0.0.0/8\", \"::1\"]"),
          List.of());
  static final Key<List<URI>> ALLOWED_ORIGINS =
      Key.of(
          "http.allowed-origins",
          ValueType.listOf(
              ValueType.parsed("", Origins::parse),
              "a list of origins, as in [\"https://app.example.com\"]"),
          List.of());

  static final Key<Integer> MEDIA_PORT =
      Key.of("media.port", ValueType.integer(1, MAX_PORT), ServerSettings.DEFAULT_MEDIA_PORT);
  static final Key<Integer> MEDIA_WORKERS =
      Key.of("media.workers", ValueType.integer(0, ServerSettings.MAX_WORKERS), 0);
  static final Key<List<InetAddress>> MEDIA_BIND = addresses("media.bind");
  static final Key<List<InetAddress>> MEDIA_ADVERTISE = addresses("media.advertise");
  static final Key<List<VideoCodec>> MEDIA_VIDEO_CODECS =
      Key.of(
          "media.video-codecs",
          ValueType.listOf(
              ValueType.choice(VideoCodec.class), "a list of some of vp8, vp9, h264, av1"),
          RouterSettings.EVERY_VIDEO_CODEC);

  static final Key<StoreKind> STORE_TYPE =
      Key.of("store.type", ValueType.choice(StoreKind.class), StoreKind.SQLITE);
  static final Key<Path> SQLITE_DIRECTORY =
      Key.of("store.sqlite.directory", ValueType.file(), Path.of("sluice-data"));
  static final Key<String> POSTGRESQL_URL =
      Key.optional(
          "store.postgresql.url",
          ValueType.parsed(
              "a URL as in \"jdbc:postgresql://localhost:5432/sluice\"", Keys::postgreSqlUrl));
  static final Key<String> POSTGRESQL_USER =
      Key.optional("store.postgresql.user", ValueType.text());
  static final Key<String> POSTGRESQL_PASSWORD = Key.secret("store.postgresql.password");
  static final Key<Integer> POSTGRESQL_POOL_SIZE =
      Key.of(
          "store.postgresql.pool-size",
          ValueType.integer(1, MAX_POOL),
          StoreSettings.PostgreSql.DEFAULT_POOL_SIZE);

  static final Key<MetricsListen> METRICS_LISTEN =
      Key.of(
          "metrics.listen",
          ValueType.parsed("\"HOST:PORT\", or \"off\"", MetricsListen::parse),
          MetricsListen.DEFAULT);

  static final Key<Integer> METRICS_TRACKS =
      Key.of("metrics.tracks", ValueType.integer(0, 100_000), 0);

  static final Key<LogLevel> LOG_LEVEL =
      Key.of("log.level", ValueType.choice(LogLevel.class), LogLevel.INFO);
  static final Key<Duration> SHUTDOWN_GRACE =
      Key.of(
          "shutdown-grace",
          Quantities.duration(Duration.ZERO, Duration.ofHours(24)),
          Duration.ZERO);

  static final List<Key<?>> ALL =
      Stream.concat(
              Stream.of(
                  HTTP_HOST,
                  HTTP_PORT,
                  HTTP_PUBLIC_URL,
                  TLS_CERTIFICATE,
                  TLS_KEY,
                  TLS_CHECK_INTERVAL,
                  TRUSTED_PROXIES,
                  ALLOWED_ORIGINS,
                  MEDIA_PORT,
                  MEDIA_WORKERS,
                  MEDIA_BIND,
                  MEDIA_ADVERTISE,
                  MEDIA_VIDEO_CODECS,
                  STORE_TYPE,
                  SQLITE_DIRECTORY,
                  POSTGRESQL_URL,
                  POSTGRESQL_USER,
                  POSTGRESQL_PASSWORD,
                  POSTGRESQL_POOL_SIZE,
                  METRICS_LISTEN,
                  METRICS_TRACKS,
                  LOG_LEVEL,
                  SHUTDOWN_GRACE),
              Stream.concat(LimitKeys.ALL.stream(), AdaptationKeys.ALL.stream()))
          .toList();

  /** Which database. */
  enum StoreKind {
    SQLITE,
    POSTGRESQL
  }

  private Keys() {}

  private static Key<List<InetAddress>> addresses(String path) {
    ValueType<InetAddress> address =
        new ValueType<>(
            "",
            raw -> ValueType.parsed("", InetAddress::ofLiteral).read(raw),
            value -> '"' + value.getHostAddress() + '"');
    return Key.of(
        path,
        ValueType.listOf(
            address, "a list of IP addresses, as in [\"192.0.2.10\", \"2001:db8::10\"]"),
        List.of());
  }

  private static String postgreSqlUrl(String text) {
    if (!text.startsWith(StoreSettings.PostgreSql.URL_PREFIX)) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
