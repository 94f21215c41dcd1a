package dev.sluice.server.config;

import dev.sluice.gateway.tls.TlsFiles;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.store.StoreSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a {@link Configuration} of single values and checks that they fit each other. */
final class ConfigurationReader {
  private static final int MAX_PORT = 65_535;

  private final Values values;
  private final Path directory;
  private final int processors;

  ConfigurationReader(Values values, Path file, int processors) {
    this.values = values;
    Path parent = file.toAbsolutePath().getParent();
    this.directory = parent == null ? file.toAbsolutePath() : parent;
    this.processors = processors;
  }

  Configuration read() {
    return new Configuration(
        http(),
        media(),
        AdaptationKeys.read(values),
        store(),
        new Configuration.Limits(
            LimitKeys.session(values),
            LimitKeys.signalling(values),
            LimitKeys.timeouts(values),
            values.get(LimitKeys.BODY_SIZE)),
        new Configuration.Metrics(values.get(Keys.METRICS_LISTEN), values.get(Keys.METRICS_TRACKS)),
        values.get(Keys.LOG_LEVEL),
        values.get(Keys.SHUTDOWN_GRACE));
  }

  private Configuration.Http http() {
    return new Configuration.Http(
        values.get(Keys.HTTP_HOST),
        values.get(Keys.HTTP_PORT),
        values.find(Keys.HTTP_PUBLIC_URL),
        tls(),
        values.get(Keys.TRUSTED_PROXIES),
        values.get(Keys.ALLOWED_ORIGINS));
  }

  private Optional<TlsFiles> tls() {
    Optional<Path> certificate = values.find(Keys.TLS_CERTIFICATE).map(directory::resolve);
    Optional<Path> key = values.find(Keys.TLS_KEY).map(directory::resolve);
    if (certificate.isPresent() && key.isEmpty()) {
      values.refuse(Keys.TLS_KEY, "is missing beside " + Keys.TLS_CERTIFICATE.path());
    }
    if (key.isPresent() && certificate.isEmpty()) {
      values.refuse(Keys.TLS_CERTIFICATE, "is missing beside " + Keys.TLS_KEY.path());
    }
    return certificate.flatMap(
        chain -> key.map(k -> new TlsFiles(chain, k, values.get(Keys.TLS_CHECK_INTERVAL))));
  }

  private Configuration.Media media() {
    int port = values.get(Keys.MEDIA_PORT);
    int written = values.get(Keys.MEDIA_WORKERS);
    int workers = written == 0 ? processors : written;
    if (port + workers - 1 > MAX_PORT) {
      values.refuse(
          Keys.MEDIA_PORT,
          "%d leaves no room for %d workers below port 65536".formatted(port, workers));
    }
    List<InetAddress> bind = values.get(Keys.MEDIA_BIND);
    List<InetAddress> advertise = values.get(Keys.MEDIA_ADVERTISE);
    refuseUnusable(Keys.MEDIA_BIND, bind);
    refuseUnusable(Keys.MEDIA_ADVERTISE, advertise);
    if (!bind.isEmpty() && !advertise.isEmpty() && bind.size() != advertise.size()) {
      values.refuse(
          Keys.MEDIA_ADVERTISE,
          "has %d addresses and %s has %d: each bound address needs the one to advertise for it, in the same order"
              .formatted(advertise.size(), Keys.MEDIA_BIND.path(), bind.size()));
    }
    for (int i = 0; i < Math.min(bind.size(), advertise.size()); i++) {
      if (bind.get(i).getClass() != advertise.get(i).getClass()) {
        values.refuse(
            Keys.MEDIA_ADVERTISE,
            "%s cannot stand for %s: one is IPv4, the other IPv6"
                .formatted(advertise.get(i).getHostAddress(), bind.get(i).getHostAddress()));
      }
    }
    List<VideoCodec> videoCodecs = values.get(Keys.MEDIA_VIDEO_CODECS);
    if (videoCodecs.isEmpty() || Set.copyOf(videoCodecs).size() < videoCodecs.size()) {
      values.refuse(Keys.MEDIA_VIDEO_CODECS, "must name at least one codec, and each once");
    }
    return new Configuration.Media(port, workers, bind, advertise, videoCodecs);
  }

  private void refuseUnusable(Key<List<InetAddress>> key, List<InetAddress> addresses) {
    for (InetAddress address : addresses) {
      if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
        values.refuse(
            key,
            address.getHostAddress()
                + " is not the address of one machine: name the address itself, since replies must"
                + " come from it");
      }
    }
    if (new HashSet<>(addresses).size() < addresses.size()) {
      values.refuse(key, "names an address twice");
    }
  }

  private StoreSettings store() {
    return switch (values.get(Keys.STORE_TYPE)) {
      case SQLITE -> new StoreSettings.Sqlite(directory.resolve(values.get(Keys.SQLITE_DIRECTORY)));
      case POSTGRESQL ->
          new StoreSettings.PostgreSql(
              required(Keys.POSTGRESQL_URL, StoreSettings.PostgreSql.URL_PREFIX),
              required(Keys.POSTGRESQL_USER, ""),
              values.find(Keys.POSTGRESQL_PASSWORD).orElse(""),
              values.get(Keys.POSTGRESQL_POOL_SIZE));
    };
  }

  private String required(Key<String> key, String standIn) {
    Optional<String> value = values.find(key);
    if (value.isEmpty() && !values.has(key)) {
      values.refuse(key, "is missing: store.type = postgresql needs it");
    }
    return value.orElse(standIn);
  }
}
