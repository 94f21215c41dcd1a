package dev.sluice.transport.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A self-signed ECDSA P-256 certificate with its key (RFC 8827 §6.5), and the crypto to use it. */
public final class DtlsIdentity {
  /** Peers don't look at the dates: what counts is the fingerprint in the description. */
  private static final Duration VALIDITY = Duration.ofDays(365);

  private static final Duration CLOCK_SKEW = Duration.ofDays(1);

  private final BcTlsCrypto crypto;
  private final AsymmetricKeyParameter key;
  private final Certificate certificate;
  private final String fingerprint;

  private DtlsIdentity(BcTlsCrypto crypto, AsymmetricKeyParameter key, byte[] encoded)
      throws IOException {
    this.crypto = crypto;
    this.key = key;
    this.certificate = new Certificate(new TlsCertificate[] {crypto.createCertificate(encoded)});
    this.fingerprint = fingerprint(encoded);
  }

  /** Makes a new identity; takes some milliseconds. */
  public static DtlsIdentity generate(SecureRandom random, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      X500Name name = new X500Name("CN=sluice");
      X509CertificateHolder certificate =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(64, random),
                  Date.from(now.minus(CLOCK_SKEW)),
                  Date.from(now.plus(VALIDITY)),
                  name,
                  pair.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
      return new DtlsIdentity(
          new BcTlsCrypto(random),
          PrivateKeyFactory.createKey(pair.getPrivate().getEncoded()),
          certificate.getEncoded());
    } catch (GeneralSecurityException | OperatorCreationException | IOException everyJdkCan) {
      throw new IllegalStateException("no ECDSA P-256 certificate", everyJdkCan);
    }
  }

  /** SHA-256, upper-case hex pairs with colons. */
  public String fingerprint() {
    return fingerprint;
  }

  static String fingerprint(byte[] encodedCertificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(encodedCertificate);
      return HexFormat.ofDelimiter(":").formatHex(hash).toUpperCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  BcTlsCrypto crypto() {
    return crypto;
  }

  TlsCredentialedSigner credentials(TlsContext context) {
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        crypto,
        key,
        certificate,
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }
}
