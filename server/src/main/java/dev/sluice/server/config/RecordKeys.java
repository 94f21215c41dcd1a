package dev.sluice.server.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A section of the file that has a key for each component of a record of constants. {@code
 * holdMillis} is a time with the key {@code hold-time}, {@code startBps} a bitrate with the key
 * {@code start-rate}; a {@code Duration} and other numbers have their name, and a record is a
 * section within. There are too many of them to repeat each name, type and default by hand.
 *
 * @param path of the section
 * @param defaults what holds where nothing is written
 */
record RecordKeys<R extends Record>(String path, R defaults) {
  private static final Pattern MILLIS = Pattern.compile("[mM]illis$");
  private static final Pattern BPS = Pattern.compile("[bB]ps$");
  private static final ValueType<Duration> TIME =
      Quantities.duration(Duration.ofMillis(1), Duration.ofHours(1));
  private static final ValueType<Long> BITRATE = Quantities.bitrate(1, 10_000_000_000L);
  private static final ValueType<Integer> COUNT = ValueType.integer(1, 10_000_000);
  private static final ValueType<Double> DECIMAL = ValueType.number(0, 100);

  /** What is read for a component of the record. */
  private sealed interface Part {
    record Time(Key<Duration> key) implements Part {}

    record Bitrate(Key<Long> key) implements Part {}

    record Count(Key<Integer> key) implements Part {}

    record Decimal(Key<Double> key) implements Part {}

    record Section(RecordKeys<?> keys) implements Part {}
  }

  /** Every key of the section and of those within it, in the order of the components. */
  List<Key<?>> keys() {
    return components().map(this::part).flatMap(RecordKeys::keys).toList();
  }

  private static Stream<Key<?>> keys(Part part) {
    return switch (part) {
      case Part.Time(Key<Duration> key) -> Stream.of(key);
      case Part.Bitrate(Key<Long> key) -> Stream.of(key);
      case Part.Count(Key<Integer> key) -> Stream.of(key);
      case Part.Decimal(Key<Double> key) -> Stream.of(key);
      case Part.Section(RecordKeys<?> section) -> section.keys().stream();
    };
  }

  /**
   * The constants as they are written; the defaults when the record refuses them, which is a
   * problem of the section.
   */
  R read(Values values) {
    Class<?>[] types = components().map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] arguments = components().map(component -> argument(component, values)).toArray();
    try {
      @SuppressWarnings("unchecked") // The class of an R.
      Class<R> type = (Class<R>) defaults.getClass();
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        refuse(values, refused);
        return defaults;
      }
      throw new IllegalStateException("the constants of " + path, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the constants of " + path, e);
    }
  }

  private Object argument(RecordComponent component, Values values) {
    return switch (part(component)) {
      case Part.Time(Key<Duration> key) when component.getType() == Duration.class ->
          values.get(key);
      case Part.Time(Key<Duration> key) -> whole(component, values.get(key).toMillis());
      case Part.Bitrate(Key<Long> key) -> whole(component, values.get(key));
      case Part.Count(Key<Integer> key) -> whole(component, values.get(key));
      case Part.Decimal(Key<Double> key) -> values.get(key);
      case Part.Section(RecordKeys<?> section) -> section.read(values);
    };
  }

  private static Object whole(RecordComponent component, long value) {
    if (component.getType() == int.class) {
      return Math.toIntExact(value);
    }
    return value;
  }

  private void refuse(Values values, IllegalArgumentException refused) {
    List<Key<?>> written = keys().stream().filter(values::has).toList();
    values.refuse(
        written.getFirst(),
        "does not go with the rest of %s: %s. Change %s"
            .formatted(
                path,
                refused.getMessage(),
                written.stream().map(Key::path).collect(Collectors.joining(" or "))));
  }

  private Part part(RecordComponent component) {
    String name = component.getName();
    Object value = value(component);
    return switch (value) {
      case Duration time -> new Part.Time(Key.of(path(name), TIME, time));
      case Record section -> new Part.Section(new RecordKeys<>(path(name), section));
      case Double number -> new Part.Decimal(Key.of(path(name), DECIMAL, number));
      case Number number when MILLIS.matcher(name).find() ->
          new Part.Time(
              Key.of(
                  path(MILLIS.matcher(name).replaceFirst("Time")),
                  TIME,
                  Duration.ofMillis(number.longValue())));
      case Number number when BPS.matcher(name).find() ->
          new Part.Bitrate(
              Key.of(path(BPS.matcher(name).replaceFirst("Rate")), BITRATE, number.longValue()));
      case Number number -> new Part.Count(Key.of(path(name), COUNT, number.intValue()));
      default -> throw new IllegalStateException("%s of %s: %s".formatted(name, path, value));
    };
  }

  private String path(String name) {
    String hyphenated = name.replaceAll("(?<=.)([A-Z])", "-$1");
    return path + "." + hyphenated.toLowerCase(Locale.ROOT);
  }

  private Stream<RecordComponent> components() {
    return Arrays.stream(defaults.getClass().getRecordComponents());
  }

  private Object value(RecordComponent component) {
    try {
      return component.getAccessor().invoke(defaults);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("%s of %s".formatted(component.getName(), path), e);
    }
  }
}
