package dev.sluice.store;

import java.nio.file.Path;

/** Where a server keeps what it keeps. */
public sealed interface StoreSettings {
  /**
   * The embedded database.
   *
   * @param directory the data directory; made when it is not there
   */
  record Sqlite(Path directory) implements StoreSettings {}

  /**
   * A PostgreSQL server, version 13 or newer.
   *
   * @param url {@code jdbc:postgresql://HOST[:PORT]/DATABASE[?…]}; what it says after the question
   *     mark (jdbc.postgresql.org/documentation/use) wins over our defaults
   * @param poolSize connections at most, 1 to 1000
   */
  record PostgreSql(String url, String user, String password, int poolSize)
      implements StoreSettings {
    public static final String URL_PREFIX = "jdbc:postgresql:";
    public static final int DEFAULT_POOL_SIZE = 10;

    public PostgreSql {
      if (!url.startsWith(URL_PREFIX)) {
        throw new IllegalArgumentException(
            "the database's URL must begin with " + URL_PREFIX + "//HOST/DATABASE");
      }
      if (poolSize < 1 || poolSize > 1000) {
        throw new IllegalArgumentException(
            "a pool of %d connections: 1 to 1000 are possible".formatted(poolSize));
      }
    }

    /** The URL without what may be secret in it. */
    String name() {
      int query = url.indexOf('?');
      return query < 0 ? url : url.substring(0, query);
    }

    /** Without the password: this text may end in a log. */
    @Override
    public String toString() {
      return "PostgreSql[" + name() + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
  }
}
