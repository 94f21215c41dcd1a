package dev.sluice.gateway;

import dev.sluice.gateway.http.ApiError;
import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpMethod;
import dev.sluice.gateway.http.HttpRoute;
import dev.sluice.session.store.StoreFailedException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets Javalin up: routes, what is tolerated and how errors look. */
final class HttpServer {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** A page on the same host may send large cookies of other applications. */
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /** A database that restarts is back in some seconds. */
  private static final String STORE_RETRY_SECONDS = "5";

  private final int maxBodyBytes;
  private final List<HttpRoute> routes;
  private final List<AddressRange> trustedProxies;

  HttpServer(int maxBodyBytes, List<HttpRoute> routes, List<AddressRange> trustedProxies) {
    this.maxBodyBytes = maxBodyBytes;
    this.routes = routes;
    this.trustedProxies = trustedProxies;
  }

  /**
   * @param more what comes after the routes
   */
  Javalin create(Listeners listeners, Consumer<JavalinConfig> more) {
    return Javalin.create(
        config -> {
          config.concurrency.useVirtualThreads = true;
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.router.treatMultipleSlashesAsSingleSlash = true;
          config.router.ignoreTrailingSlashes = true;
          config.jetty.modifyHttpConfiguration(this::configure);
          config.jetty.modifyServer(server -> server.setErrorHandler(new ErrorAnswers()));
          config.jetty.modifyServletContextHandler(
              context -> context.setErrorHandler(new ErrorAnswers()));
          listeners.addTo(config.jetty);
          addRoutes(config);
          more.accept(config);
          addErrors(config);
        });
  }

  private void configure(HttpConfiguration http) {
    http.addCustomizer(new TrustedProxies(trustedProxies));
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    // A base URL with a slash at its end makes SDKs ask for //session/create.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with("sluice", UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));
  }

  private void addRoutes(JavalinConfig config) {
    for (HttpRoute route : routes) {
      config.routes.addHttpHandler(
          type(route.method()),
          route.path(),
          context ->
              write(context, route.handler().handle(new JavalinCall(context, maxBodyBytes))));
    }
  }

  private static void addErrors(JavalinConfig config) {
    config.routes.exception(
        ApiErrorException.class, (e, context) -> write(context, e.error().answer()));
    config.routes.exception(
        HttpResponseException.class,
        (e, context) -> {
          int status = e.getStatus();
          ApiError error =
              status == 404
                  ? ApiError.notFound("There is nothing here")
                  : ApiError.of(status, String.valueOf(e.getMessage()));
          write(context, error.answer());
        });
    config.routes.exception(
        StoreFailedException.class, (e, context) -> write(context, storeFault(context, e)));
    config.routes.exception(
        Exception.class, (e, context) -> write(context, fault(context, e).answer()));
    config.router.javaLangErrorHandler(
        (response, error) -> {
          String id = UUID.randomUUID().toString();
          LOG.error("Request {} ended with an error of the JVM", id, error);
          writeFault(response, ApiError.internal(id).answer());
        });
  }

  private static ApiError fault(Context context, Exception e) {
    String id = UUID.randomUUID().toString();
    // The route, not the path: so all failures of one kind look alike, whoever asked for what.
    LOG.error("Request {} failed: {} {}", id, context.method(), context.endpoint().path, e);
    return ApiError.internal(id);
  }

  private static HttpAnswer storeFault(Context context, StoreFailedException e) {
    String id = UUID.randomUUID().toString();
    LOG.error(
        "Request {} failed in the store: {} {}", id, context.method(), context.endpoint().path, e);
    return ApiError.unavailable(id).answer().header("Retry-After", STORE_RETRY_SECONDS);
  }

  private static void writeFault(HttpServletResponse response, HttpAnswer answer) {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    try {
      response.getOutputStream().write(answer.body());
    } catch (IOException e) {
      LOG.debug("The client did not wait for its answer: {}", e.toString());
    }
  }

  static void write(Context context, HttpAnswer answer) {
    context.status(answer.status());
    answer.headers().forEach(context::header);
    if (answer.body().length > 0) {
      context.result(answer.body());
    } else if (!answer.headers().containsKey("Content-Type")) {
      // Javalin's default would replace the type of the copy that a 304 keeps (RFC 9111 §4.3.4),
      // and a browser refuses a script that has become text/plain.
      context.res().setContentType(null);
    }
  }

  private static HandlerType type(HttpMethod method) {
    return switch (method) {
      case GET -> HandlerType.GET;
      case POST -> HandlerType.POST;
      case PUT -> HandlerType.PUT;
      case PATCH -> HandlerType.PATCH;
      case DELETE -> HandlerType.DELETE;
      case OPTIONS -> HandlerType.OPTIONS;
    };
  }
}
