package dev.sluice.bench.fallback;

import dev.sluice.simulation.judge.Metric;
import dev.sluice.simulation.scenario.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report as one HTML page that needs nothing else: light or dark, wide or narrow. */
final class Page {
  private static final String LEGEND =
      """
      <ul class="legend">
      <li><i class="line" style="border-color:var(--capacity);border-top-style:dotted"></i>capacity</li>
      <li><i class="line" style="border-color:var(--sent)"></i>sent to the subscriber</li>
      <li><i class="line" style="border-color:var(--estimate)"></i>estimate</li>
      <li><i style="background:var(--warning)"></i>warned</li>
      <li><i style="background:var(--off)"></i>video off</li>
      <li><i style="background:var(--frozen);height:.3em"></i>picture frozen</li>
      <li><i class="line" style="border-color:var(--ink)"></i>layer shown: L1 to L3 are simulcast encodings, each in three steps of frame rate</li>
      <li><i style="background:var(--bad)"></i>sound lost, in percent</li>
      </ul>
      """;

  private final StringBuilder html = new StringBuilder();

  private Page() {}

  static String of(List<Examined> examined, int seeds) throws IOException {
    Page page = new Page();
    page.head(examined, seeds);
    page.summary(examined);
    page.html.append("<div class=\"cards\">");
    for (Examined each : examined) {
      page.card(each);
    }
    return page.html.append("</div>\n</body>\n</html>\n").toString();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String styles() throws IOException {
    try (InputStream styles = Page.class.getResourceAsStream("page.css")) {
      if (styles == null) {
        throw new IOException("page.css is missing from the jar");
      }
      return new String(styles.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void head(List<Examined> examined, int seeds) throws IOException {
    long gates = examined.stream().mapToLong(each -> each.verdicts().size()).sum();
    long passed =
        examined.stream().flatMap(each -> each.verdicts().stream()).filter(Verdict::passed).count();
    double hours =
        examined.stream().mapToLong(each -> each.scenario().seconds()).sum() * seeds / 3600.0;
    html.append(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Audio fallback and video recovery: simulation</title>
        <style>
        %s</style>
        </head>
        <body>
        <h1>Audio fallback and video recovery</h1>
        <p>The media router in virtual time: %d scenarios, %d seeds each, %.0f hours of network.
        <strong class="%s">%d of %d gates hold.</strong> Each drawing is the run of seed 1; gates and figures are of all seeds.</p>
        """
            .formatted(
                styles(),
                examined.size(),
                seeds,
                hours,
                passed == gates ? "passed" : "failed",
                passed,
                gates));
  }

  /** One line for each scenario, with the gates that fail. */
  private void summary(List<Examined> examined) {
    html.append("<section><h2>Scenarios</h2><div class=\"scroll\"><table>\n");
    html.append("<tr><th>name</th><th>what happens</th><th>gates</th></tr>\n");
    for (Examined each : examined) {
      String name = escaped(each.scenario().name());
      String failed =
          each.verdicts().stream()
              .filter(verdict -> !verdict.passed())
              .map(
                  verdict ->
                      "<br><span class=\"failed\">✗</span> %s: %s"
                          .formatted(escaped(verdict.gate().toString()), figure(verdict.value())))
              .collect(Collectors.joining());
      long held = each.verdicts().stream().filter(Verdict::passed).count();
      html.append(
          "<tr><td><a href=\"#%s\">%s</a></td><td>%s</td><td><span class=\"%s\">%d of %d hold</span>%s</td></tr>\n"
              .formatted(
                  name,
                  name,
                  escaped(each.scenario().title()),
                  each.passed() ? "passed" : "failed",
                  held,
                  each.verdicts().size(),
                  failed));
    }
    html.append("</table></div>").append(LEGEND).append("</section>\n");
  }

  private void card(Examined each) {
    String name = escaped(each.scenario().name());
    html.append(
        "<section id=\"%s\"><h2>%s <span class=\"%s\">%s</span></h2><p>%s</p><div class=\"scroll\">"
            .formatted(
                name,
                name,
                each.passed() ? "passed" : "failed",
                each.passed() ? "✓" : "✗",
                escaped(each.scenario().title())));
    html.append(Chart.of(each)).append("</div>");
    figures(each);
    html.append("</section>\n");
  }

  private void figures(Examined each) {
    html.append(
        "<details><summary>Gates and figures of all seeds</summary><div"
            + " class=\"scroll\"><table><tr><th>metric</th><th class=\"number\">median</th><th"
            + " class=\"number\">p95</th><th class=\"number\">largest</th><th>gates</th></tr>\n");
    for (Metric metric : Metric.values()) {
      double[] values = each.values(metric);
      if (values.length > 0) {
        html.append(
            "<tr><td>%s</td><td class=\"number\">%s</td><td class=\"number\">%s</td><td class=\"number\">%s %s</td><td>%s</td></tr>\n"
                .formatted(
                    metric.title(),
                    figure(values[(values.length - 1) / 2]),
                    figure(values[(int) Math.ceil(0.95 * values.length) - 1]),
                    figure(values[values.length - 1]),
                    metric.unit(),
                    gates(each, metric)));
      }
    }
    html.append("</table></div></details>");
  }

  private static String gates(Examined each, Metric metric) {
    return each.verdicts().stream()
        .filter(verdict -> verdict.gate().metric() == metric)
        .map(
            verdict ->
                "<span class=\"%s\">%s %s</span>"
                    .formatted(
                        verdict.passed() ? "passed" : "failed",
                        verdict.passed() ? "✓" : "✗",
                        escaped(verdict.gate().toString())))
        .collect(Collectors.joining("<br>"));
  }

  private static String figure(double value) {
    if (Double.isNaN(value)) {
      return "none";
    }
    return Double.isInfinite(value) ? "never" : String.format(Locale.ROOT, "%.2f", value);
  }
}
