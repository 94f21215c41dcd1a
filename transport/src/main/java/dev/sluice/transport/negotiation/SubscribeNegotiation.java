package dev.sluice.transport.negotiation;

import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.RemoteParameters;
import dev.sluice.transport.sdp.HeaderExtension;
import dev.sluice.transport.sdp.MediaSection;
import dev.sluice.transport.sdp.MediaType;
import dev.sluice.transport.sdp.Origin;
import dev.sluice.transport.sdp.SdpException;
import dev.sluice.transport.sdp.SessionDescription;
import dev.sluice.transport.sdp.Setup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The client's subscribe PeerConnection: we offer, it answers. At most one offer is outstanding;
 * what changes meanwhile goes in the next one. Sections whose track ended go inactive and are used
 * again.
 *
 * <p>The first section is one of audio, if need be an inactive one: the transport stands on it (RFC
 * 9143 §7.2.1), so it must be one that no client rejects. Firefox has no H.264 and would not begin
 * with ICE; where the first section changes hands later, it begins anew with ICE and DTLS. Not
 * thread-safe: one owner.
 *
 * @param <K> the caller's name for a track
 */
public final class SubscribeNegotiation<K> {
  /** What a description may have (see {@link SessionDescription#parse}). */
  public static final int MAX_TRACKS = 512;

  private record Outstanding<K>(int revision, List<MediaSection> sections, List<SlotUse<K>> uses) {}

  private final MediaCapabilities capabilities;
  private final long sdpSessionId;
  private final IntSupplier randomSsrc;
  private final List<Slot<K>> slots = new ArrayList<>();
  private final Map<K, Slot<K>> sending = new HashMap<>();
  private final Set<Integer> ssrcs = new HashSet<>();
  private LocalParameters local;
  private int nextMid;
  private int revision;
  private boolean dirty;
  private @Nullable Outstanding<K> outstanding;

  /**
   * @param sdpSessionId of the o= line, 0 to 2^63-1
   * @param randomSsrc asked for one or two SSRCs per track; asked again where it repeats one
   */
  public SubscribeNegotiation(
      MediaCapabilities capabilities,
      LocalParameters local,
      long sdpSessionId,
      IntSupplier randomSsrc) {
    this.capabilities = capabilities;
    this.local = local;
    this.sdpSessionId = sdpSessionId;
    this.randomSsrc = randomSsrc;
  }

  /**
   * Adds a track; the next offer has it.
   *
   * @throws IllegalArgumentException when the key is in use
   * @throws IllegalStateException when {@link #MAX_TRACKS} sections are in use
   */
  public SentTrack<K> add(K key, SupportedCodec codec, TrackLabel label) {
    if (sending.containsKey(key)) {
      throw new IllegalArgumentException("track %s is there already".formatted(key));
    }
    if (slots.isEmpty() && codec.type() != MediaType.AUDIO) {
      slots.add(new Slot<>(Integer.toString(nextMid++), capabilities.preferred(MediaType.AUDIO)));
    }
    String newMid = Integer.toString(nextMid);
    Optional<Slot<K>> reused = reusable(codec.type(), newMid);
    if (reused.isEmpty() && slots.size() == MAX_TRACKS) {
      throw new IllegalStateException("%d m-sections are in use".formatted(MAX_TRACKS));
    }
    String mid = reused.flatMap(slot -> slot.midFor(codec.type(), newMid)).orElse(newMid);
    if (mid.equals(newMid)) {
      nextMid++;
    }
    OptionalInt rtxSsrc =
        codec.rtxPayloadType().isPresent() ? OptionalInt.of(newSsrc()) : OptionalInt.empty();
    SentTrack<K> track = new SentTrack<>(key, mid, codec, label, newSsrc(), rtxSsrc);
    Slot<K> slot = reused.orElseGet(() -> appended(mid, codec));
    slot.take(track);
    sending.put(key, slot);
    dirty = true;
    return track;
  }

  /** Ends a track; does nothing when there is none with this key. */
  public void remove(K key) {
    Slot<K> slot = sending.remove(key);
    if (slot != null) {
      release(slot);
      dirty = true;
    }
  }

  /**
   * Restarts ICE (RFC 8839 §4.4.1.1): the next offer has these credentials of ours, whatever else
   * has changed. While an offer is outstanding that is the one after it.
   */
  public void restartIce(IceCredentials credentials) {
    local = local.with(credentials);
    // Without a section there is no transport yet, and nothing to say of it.
    dirty |= slots.stream().anyMatch(slot -> !(slot.use() instanceof SlotUse.Rejected<K>));
  }

  /** The next offer; empty while one is outstanding or nothing has changed since the last. */
  public Optional<SubscriptionOffer<K>> nextOffer() {
    if (!dirty || outstanding != null) {
      return Optional.empty();
    }
    dirty = false;
    revision++;
    LocalSections localSections = new LocalSections(local, Setup.ACTPASS);
    List<MediaSection> sections = new ArrayList<>();
    List<SlotUse<K>> uses = new ArrayList<>();
    List<SentTrack<K>> tracks = new ArrayList<>();
    for (Slot<K> slot : slots) {
      sections.add(slot.describe(localSections, capabilities.extensions()));
      uses.add(slot.use());
      if (slot.use() instanceof SlotUse.Sending<K>(SentTrack<K> track)) {
        tracks.add(track);
      }
    }
    outstanding = new Outstanding<>(revision, sections, uses);
    List<String> bundle =
        sections.stream().filter(part -> !part.rejected()).map(MediaSection::mid).toList();
    SessionDescription offer =
        new SessionDescription(new Origin(sdpSessionId, revision), true, true, bundle, sections);
    return Optional.of(new SubscriptionOffer<>(revision, offer.write(), tracks));
  }

  /**
   * Takes the answer to the outstanding offer. Afterwards {@link #nextOffer} may have another one.
   *
   * @throws NegotiationException with {@link Refusal.StaleRevision} or {@link Refusal.InvalidSdp};
   *     the offer then stays outstanding
   */
  public SubscriptionAnswer<K> acceptAnswer(int answeredRevision, String sdp)
      throws NegotiationException {
    Outstanding<K> offer = outstanding;
    if (offer == null || offer.revision() != answeredRevision) {
      throw new NegotiationException(
          new Refusal.StaleRevision(
              "an answer to revision %d, outstanding is %s"
                  .formatted(answeredRevision, offer == null ? "none" : offer.revision())));
    }
    SessionDescription answer;
    try {
      answer = SessionDescription.parse(sdp);
    } catch (SdpException unreadable) {
      throw new NegotiationException(unreadable);
    }
    checkSections(offer.sections(), answer.media());
    Optional<RemoteParameters> remote = RemoteTransport.of(answer);
    boolean anyAccepted = answer.media().stream().anyMatch(section -> !section.rejected());
    if (remote.isEmpty() && anyAccepted) {
      throw NegotiationException.invalid("the accepted m-sections are in no BUNDLE group");
    }
    outstanding = null;
    List<AcceptedTrack<K>> accepted = new ArrayList<>();
    List<SentTrack<K>> refused = new ArrayList<>();
    for (int i = 0; i < offer.uses().size(); i++) {
      settle(slots.get(i), offer.uses().get(i), answer.media().get(i), accepted, refused);
    }
    return new SubscriptionAnswer<>(remote, accepted, refused);
  }

  private void settle(
      Slot<K> slot,
      SlotUse<K> offered,
      MediaSection answer,
      List<AcceptedTrack<K>> accepted,
      List<SentTrack<K>> refused) {
    switch (offered) {
      case SlotUse.Sending<K>(SentTrack<K> track) -> {
        Optional<AcceptedTrack<K>> taken = taken(track, answer);
        // A track that was removed meanwhile is neither: the next offer has the section inactive.
        boolean current = slot.use().equals(offered);
        if (current && taken.isPresent()) {
          accepted.add(taken.get());
        } else if (current) {
          refuse(slot, refused);
          // Both sides know that a rejected section is not in use: there is nothing to offer anew.
          dirty |= !answer.rejected();
        }
      }
      case SlotUse.Retiring<K> _ -> slot.become(new SlotUse.Free<>());
      case SlotUse.Free<K> _ -> {}
      case SlotUse.Rejected<K> _ -> {
        return;
      }
    }
    if (answer.rejected()) {
      refuse(slot, refused);
      slot.become(new SlotUse.Rejected<>());
    }
  }

  private void refuse(Slot<K> slot, List<SentTrack<K>> refused) {
    if (slot.use() instanceof SlotUse.Sending<K>(SentTrack<K> track)) {
      refused.add(track);
      sending.remove(track.key());
      release(slot);
    }
  }

  private Optional<AcceptedTrack<K>> taken(SentTrack<K> track, MediaSection answer) {
    SupportedCodec ours = track.codec();
    boolean hasCodec =
        answer.codecs().stream()
            .anyMatch(codec -> codec.payloadType() == ours.payloadType() && ours.matches(codec));
    if (answer.rejected() || !answer.direction().receives() || !hasCodec) {
      return Optional.empty();
    }
    boolean rtx =
        track.rtxSsrc().isPresent()
            && answer.codecs().stream().anyMatch(codec -> codec.retransmits(ours.payloadType()));
    boolean red =
        answer.codecs().stream()
            .filter(codec -> ours.redPayloadType().equals(OptionalInt.of(codec.payloadType())))
            .anyMatch(codec -> ours.isRed(codec, ours.payloadType()));
    Map<String, Integer> extensionIds = new HashMap<>();
    for (HeaderExtension extension : answer.extensions()) {
      if (capabilities.offers(extension)) {
        extensionIds.put(extension.uri(), extension.id());
      }
    }
    return Optional.of(new AcceptedTrack<>(track, rtx, red, extensionIds));
  }

  private static void checkSections(List<MediaSection> offer, List<MediaSection> answer)
      throws NegotiationException {
    if (answer.size() != offer.size()) {
      throw NegotiationException.invalid(
          "%d m-sections in answer to %d".formatted(answer.size(), offer.size()));
    }
    for (int i = 0; i < offer.size(); i++) {
      MediaSection ours = offer.get(i);
      MediaSection theirs = answer.get(i);
      boolean sameMid = theirs.mid().equals(ours.mid()) || theirs.rejected();
      if (!sameMid || !theirs.media().equals(ours.media())) {
        throw NegotiationException.invalid(
            "%s %s in answer to %s %s"
                .formatted(theirs.media(), theirs.mid(), ours.media(), ours.mid()));
      }
    }
  }

  private Optional<Slot<K>> reusable(MediaType type, String newMid) {
    return slots.stream().filter(slot -> slot.midFor(type, newMid).isPresent()).findFirst();
  }

  private Slot<K> appended(String mid, SupportedCodec codec) {
    Slot<K> slot = new Slot<>(mid, codec);
    slots.add(slot);
    return slot;
  }

  private void release(Slot<K> slot) {
    if (slot.use() instanceof SlotUse.Sending<K>(SentTrack<K> track)) {
      ssrcs.remove(track.ssrc());
      track.rtxSsrc().ifPresent(ssrcs::remove);
    }
    slot.become(new SlotUse.Retiring<>());
  }

  private int newSsrc() {
    while (true) {
      int ssrc = randomSsrc.getAsInt();
      // 0 is what tools and some receivers take for "not set".
      if (ssrc != 0 && ssrcs.add(ssrc)) {
        return ssrc;
      }
    }
  }
}
