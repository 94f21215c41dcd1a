package dev.sluice.server.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a key takes. A value from the environment is always text, so whatever has another type is
 * read from text too.
 *
 * @param allowed completes the sentence "… is needed"
 * @param reading from what HOCON has: String, Number, Boolean, List or Map; empty when it does not
 *     fit
 * @param showing as one would write it in the file
 */
record ValueType<T>(
    String allowed, Function<Object, Optional<T>> reading, Function<T, String> showing) {
  Optional<T> read(Object raw) {
    return reading.apply(raw);
  }

  String show(T value) {
    return showing.apply(value);
  }

  static ValueType<String> text() {
    return new ValueType<>(
        "a text that is not empty", raw -> scalar(raw).filter(s -> !s.isBlank()), ValueType::quote);
  }

  /** Text that a parser understands; it throws IllegalArgumentException at any other. */
  static <T> ValueType<T> parsed(String allowed, Function<String, T> parser) {
    return new ValueType<>(
        allowed,
        raw -> scalar(raw).flatMap(text -> attempt(parser, text)),
        v -> quote(v.toString()));
  }

  static ValueType<Path> file() {
    return new ValueType<>(
        "a path",
        raw -> scalar(raw).filter(s -> !s.isBlank()).flatMap(text -> attempt(Path::of, text)),
        path -> quote(path.toString()));
  }

  static ValueType<Integer> integer(int min, int max) {
    return new ValueType<>(
        "a whole number from %d to %d".formatted(min, max),
        raw ->
            scalar(raw)
                .flatMap(text -> attempt(t -> new BigDecimal(t).intValueExact(), text))
                .filter(n -> n >= min && n <= max),
        String::valueOf);
  }

  static ValueType<Double> number(double min, double max) {
    return new ValueType<>(
        "a number from %s to %s".formatted(showNumber(min), showNumber(max)),
        raw ->
            scalar(raw)
                .flatMap(text -> attempt(t -> new BigDecimal(t).doubleValue(), text))
                .filter(n -> n >= min && n <= max),
        ValueType::showNumber);
  }

  private static String showNumber(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  static ValueType<Boolean> flag() {
    return new ValueType<>(
        "true or false",
        raw ->
            scalar(raw)
                .flatMap(
                    text ->
                        switch (text.toLowerCase(Locale.ROOT)) {
                          case "true", "yes", "on" -> Optional.of(true);
                          case "false", "no", "off" -> Optional.of(false);
                          default -> Optional.empty();
                        }),
        String::valueOf);
  }

  /** One of the constants, written in lower case with hyphens. */
  static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
    Map<String, E> byName =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toMap(ValueType::nameOf, Function.identity()));
    return new ValueType<>(
        "one of "
            + Arrays.stream(type.getEnumConstants())
                .map(ValueType::nameOf)
                .collect(Collectors.joining(", ")),
        raw ->
            scalar(raw)
                .flatMap(text -> Optional.ofNullable(byName.get(text.toLowerCase(Locale.ROOT)))),
        ValueType::nameOf);
  }

  /** A list, or one text with commas between its parts, which is what the environment can hold. */
  static <T> ValueType<List<T>> listOf(ValueType<T> element, String allowed) {
    return new ValueType<>(
        allowed,
        raw -> parts(raw).flatMap(parts -> readAll(element, parts)),
        values -> values.stream().map(element::show).collect(Collectors.joining(", ", "[", "]")));
  }

  private static Optional<List<?>> parts(Object raw) {
    if (raw instanceof List<?> list) {
      return Optional.of(list);
    }
    return scalar(raw)
        .map(
            text ->
                Stream.of(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList());
  }

  private static <T> Optional<List<T>> readAll(ValueType<T> element, List<?> parts) {
    List<T> values = new ArrayList<>(parts.size());
    for (Object part : parts) {
      Optional<T> value = part == null ? Optional.empty() : element.read(part);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(List.copyOf(values));
  }

  private static Optional<String> scalar(Object raw) {
    return switch (raw) {
      case String text -> Optional.of(text.strip());
      case Number number -> Optional.of(number.toString());
      case Boolean flag -> Optional.of(flag.toString());
      default -> Optional.empty();
    };
  }

  private static <T> Optional<T> attempt(Function<String, T> parser, String text) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException | ArithmeticException e) {
      // InvalidPathException and NumberFormatException are IllegalArgumentExceptions. What is
      // needed instead is told by allowed().
      return Optional.empty();
    }
  }

  private static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
