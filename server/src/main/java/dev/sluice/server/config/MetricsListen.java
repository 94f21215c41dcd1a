package dev.sluice.server.config;

/** Where metrics and the detailed health are served, if anywhere. */
public sealed interface MetricsListen {
  MetricsListen DEFAULT = new At("127.0.0.1", 9464);

  /** Nowhere. */
  record Off() implements MetricsListen {
    @Override
    public String toString() {
      return "off";
    }
  }

  /**
   * On a TCP port of its own.
   *
   * @param port 1 to 65535
   */
  record At(String host, int port) implements MetricsListen {
    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * Reads {@code HOST:PORT}, {@code [IPV6]:PORT} or {@code off}.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static MetricsListen parse(String text) {
    if (text.equals("off")) {
      return new Off();
    }
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(text);
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    int port = Integer.parseInt(text, colon + 1, text.length(), 10);
    if (port < 1 || port > 65_535 || (!bracketed && host.contains(":"))) {
      throw new IllegalArgumentException(text);
    }
    return new At(bracketed ? host.substring(1, host.length() - 1) : host, port);
  }
}
