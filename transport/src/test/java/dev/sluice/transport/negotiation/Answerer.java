package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.Direction;
import dev.sluice.transport.sdp.MediaSection;
import dev.sluice.transport.sdp.MediaSectionBuilder;
import dev.sluice.transport.sdp.SdpException;
import dev.sluice.transport.sdp.SessionDescription;
import dev.sluice.transport.sdp.Setup;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A client that answers offers as a browser does, but for the sections it is told to reject. */
final class Answerer {
  private final Set<String> rejectedMids = new HashSet<>();
  private boolean takesRtx = true;

  Answerer rejecting(String mid) {
    rejectedMids.add(mid);
    return this;
  }

  Answerer withoutRtx() {
    takesRtx = false;
    return this;
  }

  String answer(String offerSdp) throws SdpException {
    SessionDescription offer = SessionDescription.parse(offerSdp);
    LocalSections sections = new LocalSections(Locals.LOCAL, Setup.ACTIVE);
    List<MediaSection> answered =
        offer.media().stream().map(section -> answer(section, sections)).toList();
    List<String> bundle =
        answered.stream().filter(part -> !part.rejected()).map(MediaSection::mid).toList();
    return new SessionDescription(offer.origin(), false, true, bundle, answered).write();
  }

  private MediaSection answer(MediaSection offer, LocalSections sections) {
    if (offer.rejected() || rejectedMids.contains(offer.mid())) {
      return LocalSections.rejected(offer.media(), offer.protocol(), offer.mid(), offer.formats())
          .build();
    }
    MediaSectionBuilder answer =
        sections
            .bundled(offer.media(), offer.protocol(), offer.mid())
            .direction(offer.direction().sends() ? Direction.RECVONLY : Direction.INACTIVE);
    offer.extensions().forEach(answer::extension);
    offer.codecs().stream()
        .filter(codec -> takesRtx || !codec.name().equals("rtx"))
        .forEach(answer::offeredCodec);
    return answer.build();
  }
}
