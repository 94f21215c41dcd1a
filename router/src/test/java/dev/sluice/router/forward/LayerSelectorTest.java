package dev.sluice.router.forward;

import static dev.sluice.router.forward.LayerSelector.Verdict.DROP;
import static dev.sluice.router.forward.LayerSelector.Verdict.FORWARD;
import static dev.sluice.router.forward.LayerSelector.Verdict.SWITCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.track.EconomySettings;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.LayerEconomy;
import dev.sluice.router.track.TestLayers;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LayerSelectorTest {
  private static final long MILLI = 1_000_000;

  private final List<Layer> layers = TestLayers.simulcast("q", "h", "f");
  private final Layer low = layers.get(0);
  private final Layer middle = layers.get(1);
  private final Layer high = layers.get(2);
  private final LayerSelector selector = new LayerSelector(layers);
  private int sequence;

  private void hear(long nowMillis, Layer... heard) {
    sequence++;
    for (Layer layer : heard) {
      TestLayers.hear(layer, sequence, nowMillis * MILLI);
    }
    selector.update(nowMillis * MILLI);
  }

  private LayerSelector.Verdict delta(Layer layer, long nowMillis) {
    return selector.onPacket(layer, false, nowMillis * MILLI);
  }

  private LayerSelector.Verdict key(Layer layer, long nowMillis) {
    return selector.onPacket(layer, true, nowMillis * MILLI);
  }

  @Test
  void nothing_is_wanted_before_a_layer_is_heard() {
    selector.update(0);
    assertThat(selector.keyframeWanted()).isNull();
    assertThat(selector.onPictureLoss()).isNull();
    assertThat(delta(low, 0)).isEqualTo(DROP);
  }

  @Test
  void the_best_active_layer_is_wanted_and_entered_at_its_key_frame() {
    hear(0, low, middle, high);
    assertThat(selector.keyframeWanted()).isSameAs(high);
    assertThat(delta(high, 1)).isEqualTo(DROP);
    assertThat(key(high, 2)).isEqualTo(SWITCH);
    assertThat(delta(high, 3)).isEqualTo(FORWARD);
    assertThat(delta(low, 3)).isEqualTo(DROP);
    assertThat(selector.keyframeWanted()).isNull();
  }

  @Test
  void any_key_frame_is_welcome_while_there_is_no_picture() {
    hear(0, low, middle, high);
    assertThat(key(low, 1)).isEqualTo(SWITCH);
    assertThat(selector.keyframeWanted()).isSameAs(high);
    assertThat(key(middle, 2)).as("not the one wanted").isEqualTo(DROP);
    assertThat(delta(low, 3)).isEqualTo(FORWARD);
    assertThat(key(high, 4)).isEqualTo(SWITCH);
    assertThat(delta(low, 5)).isEqualTo(DROP);
  }

  @Test
  void a_later_key_frame_of_the_current_layer_is_no_switch() {
    hear(0, high);
    assertThat(key(high, 1)).isEqualTo(SWITCH);
    assertThat(key(high, 2)).isEqualTo(FORWARD);
  }

  @Test
  void a_lower_cap_stops_the_layer_above_at_once() {
    hear(0, low, middle, high);
    key(high, 1);
    selector.setMaxLayer(1, 2 * MILLI);
    assertThat(selector.current()).isNull();
    assertThat(delta(high, 3)).isEqualTo(DROP);
    assertThat(key(high, 3)).isEqualTo(DROP);
    assertThat(selector.keyframeWanted()).isSameAs(middle);
    assertThat(key(middle, 4)).isEqualTo(SWITCH);
  }

  @Test
  void a_higher_cap_keeps_the_layer_below_until_the_key_frame() {
    selector.setMaxLayer(0, 0);
    hear(0, low, middle, high);
    key(low, 1);
    selector.setMaxLayer(LayerSelector.NO_CAP, 2 * MILLI);
    assertThat(delta(low, 3)).isEqualTo(FORWARD);
    assertThat(selector.keyframeWanted()).isSameAs(high);
    assertThat(key(high, 4)).isEqualTo(SWITCH);
  }

  @Test
  void a_cap_of_nothing_stops_video() {
    hear(0, low, high);
    key(high, 1);
    selector.setMaxLayer(LayerSelector.NOTHING, 2 * MILLI);
    assertThat(key(low, 3)).isEqualTo(DROP);
    assertThat(selector.keyframeWanted()).isNull();
  }

  @Test
  void a_layer_that_falls_silent_gives_way_to_the_best_below() {
    hear(0, low, middle, high);
    key(high, 1);
    hear(1_600, low, middle);
    assertThat(selector.current()).isNull();
    assertThat(selector.keyframeWanted()).isSameAs(middle);
    assertThat(key(middle, 1_601)).isEqualTo(SWITCH);
    hear(1_700, low, middle, high);
    assertThat(selector.keyframeWanted()).isSameAs(high);
  }

  @Test
  void a_track_that_falls_silent_goes_on_without_a_key_frame() {
    hear(0, low, high);
    key(high, 1);
    selector.update(60_000 * MILLI);
    assertThat(delta(high, 60_001)).isEqualTo(FORWARD);
  }

  @Test
  void video_that_was_held_back_waits_for_a_key_frame() {
    hear(0, high);
    key(high, 1);
    selector.setEnabled(false, 2 * MILLI);
    assertThat(key(high, 3)).isEqualTo(DROP);
    assertThat(selector.keyframeWanted()).isNull();
    selector.setEnabled(true, 4 * MILLI);
    assertThat(delta(high, 5)).isEqualTo(DROP);
    assertThat(selector.keyframeWanted()).isSameAs(high);
    assertThat(key(high, 6)).isEqualTo(SWITCH);
  }

  @Test
  void a_broken_picture_is_mended_by_the_layer_that_is_shown() {
    hear(0, low, high);
    assertThat(selector.onPictureLoss()).isSameAs(high);
    key(low, 1);
    assertThat(selector.onPictureLoss()).isSameAs(low);
  }

  @Test
  void new_layers_are_entered_at_a_key_frame() {
    hear(0, high);
    key(high, 1);
    List<Layer> others = TestLayers.simulcast("a", "b");
    selector.setLayers(others, 2 * MILLI);
    assertThat(delta(high, 3)).isEqualTo(DROP);
    hear(4, others.get(0), others.get(1));
    assertThat(selector.keyframeWanted()).isSameAs(others.get(1));
    assertThat(key(others.get(0), 5)).isEqualTo(SWITCH);
  }

  private void sizes(int lowWidth, int middleWidth, int highWidth) {
    sequence = 1;
    TestLayers.key(low, 1, lowWidth, lowWidth * 9 / 16, 0);
    TestLayers.key(middle, 1, middleWidth, middleWidth * 9 / 16, 0);
    TestLayers.key(high, 1, highWidth, highWidth * 9 / 16, 0);
    selector.update(0);
  }

  private Layer preferred(int width, int height) {
    selector.setPreference(new LayerPreference(width, height, 0), 0);
    return Objects.requireNonNull(selector.keyframeWanted());
  }

  @Test
  void the_smallest_layer_that_covers_the_preferred_size_is_wanted() {
    sizes(320, 640, 1280);
    assertThat(preferred(320, 180)).isSameAs(low);
    assertThat(preferred(321, 180)).isSameAs(middle);
    assertThat(preferred(300, 200)).as("by both sides").isSameAs(middle);
    assertThat(preferred(640, 0)).isSameAs(middle);
    assertThat(preferred(1, 1)).isSameAs(low);
    assertThat(preferred(1280, 720)).isSameAs(high);
    assertThat(preferred(4000, 2000)).as("none covers it").isSameAs(high);
    assertThat(preferred(0, 0)).isSameAs(high);
  }

  @Test
  void sizes_count_and_not_the_order_of_the_layers() {
    sizes(1280, 320, 640);
    assertThat(preferred(320, 180)).isSameAs(middle);
    assertThat(preferred(0, 0)).isSameAs(low);
  }

  @Test
  void a_size_that_is_not_known_is_taken_to_double_from_layer_to_layer() {
    hear(0, low, middle, high);
    assertThat(preferred(320, 180)).as("nothing is known").isSameAs(high);
    TestLayers.key(middle, 2, 640, 360, 0);
    selector.update(0);
    assertThat(preferred(320, 180)).isSameAs(low);
    assertThat(preferred(640, 360)).isSameAs(middle);
    assertThat(preferred(641, 360)).isSameAs(high);
  }

  @Test
  void a_layer_that_its_publisher_has_stopped_is_not_chosen_whatever_is_preferred() {
    sizes(320, 640, 1280);
    hear(1_600, middle, high);
    selector.setPreference(new LayerPreference(320, 180, 0), 1_600 * MILLI);
    assertThat(selector.keyframeWanted()).isSameAs(middle);
  }

  @Test
  void the_cap_holds_whatever_is_preferred() {
    sizes(320, 640, 1280);
    selector.setMaxLayer(1, 0);
    assertThat(preferred(1280, 720)).isSameAs(middle);
    assertThat(preferred(320, 180)).isSameAs(low);
  }

  @Test
  void a_smaller_preference_stops_the_layer_above_at_once_and_only_its_own_key_frame_is_taken() {
    sizes(320, 640, 1280);
    key(high, 1);
    selector.setPreference(new LayerPreference(320, 180, 0), 2 * MILLI);
    assertThat(delta(high, 3)).isEqualTo(DROP);
    assertThat(key(high, 3)).isEqualTo(DROP);
    assertThat(key(middle, 3)).isEqualTo(DROP);
    assertThat(selector.keyframeWanted()).isSameAs(low);
    assertThat(key(low, 4)).isEqualTo(SWITCH);
  }

  @Test
  void a_larger_preference_keeps_the_layer_below_until_the_key_frame() {
    sizes(320, 640, 1280);
    selector.setPreference(new LayerPreference(320, 180, 0), 0);
    key(low, 1);
    selector.setPreference(LayerPreference.NONE, 2 * MILLI);
    assertThat(delta(low, 3)).isEqualTo(FORWARD);
    assertThat(selector.keyframeWanted()).isSameAs(high);
    assertThat(key(high, 4)).isEqualTo(SWITCH);
  }

  /** Lets the publisher be spared all but the lowest layer. */
  private LayerEconomy economise() {
    LayerEconomy economy = new LayerEconomy(layers, EconomySettings.DEFAULTS);
    hear(0, low, middle, high);
    economy.update(_ -> false, 0);
    hear(5_000, low, middle, high);
    economy.update(_ -> false, 5_000 * MILLI);
    hear(7_000, low);
    assertThat(economy.rids()).containsExactly("q");
    return economy;
  }

  @Test
  void a_layer_that_is_switched_off_is_wanted_while_the_best_there_is_shown() {
    LayerEconomy economy = economise();
    assertThat(selector.wants(high)).isTrue();
    assertThat(selector.wants(middle)).isFalse();
    assertThat(selector.keyframeWanted()).as("of one that is sent").isSameAs(low);
    assertThat(key(low, 7_001)).isEqualTo(SWITCH);
    assertThat(selector.keyframeWanted()).isNull();
    economy.update(selector::wants, 7_100 * MILLI);
    hear(7_900, low, high);
    assertThat(delta(low, 7_901)).isEqualTo(FORWARD);
    assertThat(key(high, 7_902)).isEqualTo(SWITCH);
  }

  @Test
  void a_layer_that_does_not_come_when_it_is_wanted_gives_way_to_the_best_below() {
    LayerEconomy economy = economise();
    key(low, 7_001);
    for (int millis = 7_100; millis < 12_200; millis += 100) {
      hear(millis, low);
      economy.update(selector::wants, millis * MILLI);
    }
    hear(12_300, low);
    assertThat(selector.wants(high)).isFalse();
    assertThat(selector.wants(middle)).as("has not been tried").isTrue();
    assertThat(delta(low, 12_301)).isEqualTo(FORWARD);
  }

  @Test
  void a_layer_that_is_switched_off_is_no_choice_while_the_publisher_sends_nothing() {
    economise();
    selector.update(60_000 * MILLI);
    assertThat(selector.wants(high)).isFalse();
    assertThat(selector.choices(60_000 * MILLI)).isEmpty();
  }
}
