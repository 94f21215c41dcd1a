package dev.sluice.gateway.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives each handshake the identity that holds when it begins. A handshake asks for certificate and
 * key one after the other by an alias, so the one before the last change is kept for those under
 * way. Any thread.
 */
final class CurrentIdentity extends X509ExtendedKeyManager {
  private record Named(String alias, ServerIdentity identity) {}

  private volatile List<Named> newestFirst;
  private int changes;

  CurrentIdentity(ServerIdentity first) {
    newestFirst = List.of(new Named("identity-0", first));
  }

  /** From one thread only. */
  void change(ServerIdentity next) {
    changes++;
    newestFirst = List.of(new Named("identity-" + changes, next), newestFirst.getFirst());
  }

  ServerIdentity identity() {
    return newestFirst.getFirst().identity();
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    Named newest = newestFirst.getFirst();
    return newest.identity().key().getAlgorithm().equals(keyType) ? newest.alias() : null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    ServerIdentity identity = find(alias);
    return identity == null ? null : identity.chain();
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    ServerIdentity identity = find(alias);
    return identity == null ? null : identity.key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    String alias = chooseEngineServerAlias(keyType, issuers, null);
    return alias == null ? null : new String[] {alias};
  }

  /** This side is never a client. */
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  /** This side is never a client. */
  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  private @Nullable ServerIdentity find(String alias) {
    for (Named named : newestFirst) {
      if (named.alias().equals(alias)) {
        return named.identity();
      }
    }
    return null;
  }
}
