package dev.sluice.gateway;

import dev.sluice.gateway.http.ApiError;
import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpCall;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A request as Javalin has it. */
final class JavalinCall implements HttpCall {
  private final Context context;
  private final int maxBodyBytes;

  JavalinCall(Context context, int maxBodyBytes) {
    this.context = context;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public String pathParameter(String name) {
    return context.pathParam(name);
  }

  @Override
  public Optional<String> queryParameter(String name) {
    return Optional.ofNullable(context.queryParam(name));
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(context.header(name));
  }

  @Override
  public String clientAddress() {
    return context.ip();
  }

  @Override
  public byte[] body() throws ApiErrorException {
    // Not by Content-Length: a body may come without one.
    try (InputStream in = context.bodyInputStream()) {
      byte[] body = in.readNBytes(maxBodyBytes + 1);
      if (body.length > maxBodyBytes) {
        throw new ApiErrorException(
            ApiError.tooLarge("The body has more than " + maxBodyBytes + " bytes"));
      }
      return body;
    } catch (IOException e) {
      throw new ApiErrorException(ApiError.badRequest("The body ended early"));
    }
  }
}
