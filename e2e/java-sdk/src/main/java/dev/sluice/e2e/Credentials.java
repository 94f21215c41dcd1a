package dev.sluice.e2e;

import com.vonage.client.HttpConfig;
import com.vonage.client.VonageClient;
import com.vonage.client.video.VideoClient;

/**
 * Which server to ask, and as whom.
 *
 * @param url of the server, {@code http} or {@code https}
 * @param privateKey PEM
 */
record Credentials(String url, String applicationId, String privateKey) {
  private static final int TIMEOUT_MILLIS = 10_000;

  /** A client as the documentation tells the SDK's users to make one. */
  VideoClient newClient() {
    return VonageClient.builder()
        .applicationId(applicationId)
        .privateKeyContents(privateKey)
        .httpConfig(HttpConfig.builder().videoBaseUri(url).timeoutMillis(TIMEOUT_MILLIS).build())
        .build()
        .getVideoClient();
  }
}
