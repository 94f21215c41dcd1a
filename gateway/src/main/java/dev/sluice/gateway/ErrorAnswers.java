package dev.sluice.gateway;

import dev.sluice.gateway.http.ApiError;
import dev.sluice.gateway.http.HttpAnswer;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers in JSON what the web server itself refuses: SDKs cannot digest its HTML pages. */
final class ErrorAnswers implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    HttpAnswer answer = ApiError.of(status, message(request, status)).answer();
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }

  private static String message(Request request, int status) {
    Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    // An exception's message, when it is our fault.
    if (message == null || status == HttpStatus.INTERNAL_SERVER_ERROR_500) {
      return HttpStatus.getMessage(status);
    }
    return message.toString();
  }
}
