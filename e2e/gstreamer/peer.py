"""A WebRTC peer of GStreamer's webrtcbin, driven over standard input and output: one line of JSON each.

Every request has an "id" and a "do", every answer the same "id":
  {"do": "publish"}                -> {"sdp"}  an offer of one VP8 and one Opus track, from test sources
  {"do": "accept", "sdp": answer}  -> {}       takes the answer to that offer
  {"do": "answer", "sdp": offer}   -> {"sdp"}  receives what the offer has; also an offer that comes later
  {"do": "state"}                  -> {"connection", "video": [{"frames", "width", "height"}], "audio": [{"buffers", "peak"}]}
"frames" and "buffers" are decoded ones, "peak" is the loudest sample yet, 0 to 32768. A request that fails is answered with {"error"}.
The peer ends when standard input does.

"peer.py --check" tells whether everything is installed: the GObject introspection of GStreamer 1.22 or newer, and its plugins base,
good, bad and nice.
"""

import array
import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
gi.require_version("GstSdp", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

# One of each plugin.
ELEMENTS = (
    "webrtcbin nicesink dtlsenc srtpenc vp8enc opusenc rtpvp8pay rtpbin videotestsrc audiotestsrc audioconvert audioresample"
).split()

# The encoder makes a key frame only when it is asked for one: whoever joins later depends on that.
PUBLISHER = """
    webrtcbin name=webrtc bundle-policy=max-bundle
    videotestsrc is-live=true pattern=ball ! video/x-raw,width=640,height=360,framerate=15/1
    ! vp8enc deadline=1 cpu-used=8 target-bitrate=600000 keyframe-max-dist=100000
    ! rtpvp8pay picture-id-mode=15-bit mtu=1200
    ! application/x-rtp,media=video,encoding-name=VP8,payload=96,rtcp-fb-nack-pli=true ! webrtc.
    audiotestsrc is-live=true freq=440 volume=0.3 ! audioconvert ! audioresample ! opusenc
    ! rtpopuspay ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97 ! webrtc.
"""
VIDEO_SINK = "rtpvp8depay ! vp8dec ! fakesink name=sink sync=false signal-handoffs=true"
AUDIO_SINK = (
    "rtpopusdepay ! opusdec ! audioconvert ! audio/x-raw,format=S16LE"
    " ! fakesink name=sink sync=false signal-handoffs=true"
)


class Request:
    """One line of standard input; it is answered once, from any thread."""

    def __init__(self, line):
        self.fields = json.loads(line)

    def reply(self, fields):
        print(json.dumps({"id": self.fields["id"], **fields}), flush=True)

    def fail(self, reason):
        self.reply({"error": str(reason)})


class Peer:
    """One PeerConnection, either publishing or receiving. Requests come on the main loop's thread."""

    def __init__(self):
        self.pipeline = Gst.Pipeline()
        self.webrtc = None
        self.video = []
        self.audio = []
        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message", report)

    def handle(self, request):
        todo = {
            "publish": self.publish,
            "accept": self.accept,
            "answer": self.answer,
            "state": self.state,
        }
        todo[request.fields["do"]](request)

    def publish(self, request):
        self.pipeline.add(Gst.parse_bin_from_description(PUBLISHER, False))
        self.webrtc = self.pipeline.get_by_name("webrtc")
        index = 0
        while transceiver := self.webrtc.emit("get-transceiver", index):
            transceiver.set_property("direction", GstWebRTC.WebRTCRTPTransceiverDirection.SENDONLY)
            index += 1
        pads = self.webrtc.sinkpads
        offered = []

        # webrtcbin sends no MID, and names the SSRC of a track (a=ssrc) only once it has seen what the payloader makes.
        def offer():
            if not offered and all(pad.get_current_caps() is not None for pad in pads):
                offered.append(True)
                self.describe("offer", request)

        for pad in pads:
            pad.connect("notify::caps", lambda *_: GLib.idle_add(guarded, request, offer))
        self.pipeline.set_state(Gst.State.PLAYING)

    def accept(self, request):
        self.set_remote(GstWebRTC.WebRTCSDPType.ANSWER, request, lambda: request.reply({}))

    def answer(self, request):
        if self.webrtc is None:
            self.webrtc = Gst.ElementFactory.make("webrtcbin", "webrtc")
            self.webrtc.set_property("bundle-policy", GstWebRTC.WebRTCBundlePolicy.MAX_BUNDLE)
            self.webrtc.connect("pad-added", self.receive)
            self.pipeline.add(self.webrtc)
            self.pipeline.set_state(Gst.State.PLAYING)
        self.set_remote(
            GstWebRTC.WebRTCSDPType.OFFER, request, lambda: self.describe("answer", request)
        )

    def state(self, request):
        connection = "new"
        if self.webrtc is not None:
            connection = self.webrtc.get_property("connection-state").value_nick
        request.reply({"connection": connection, "video": self.video, "audio": self.audio})

    def set_remote(self, kind, request, done):
        result, message = GstSdp.SDPMessage.new_from_text(request.fields["sdp"])
        if result != GstSdp.SDPResult.OK:
            request.fail(f"not an SDP: {result}")
            return
        description = GstWebRTC.WebRTCSessionDescription.new(kind, message)
        self.ask("set-remote-description", description, request, lambda _: done())

    def describe(self, kind, request):
        """Makes an offer or an answer, takes it as the local description, replies with it."""

        def made(result):
            description = result.get_value(kind)
            sdp = description.sdp.as_text()
            self.ask(
                "set-local-description", description, request, lambda _: request.reply({"sdp": sdp})
            )

        self.ask(f"create-{kind}", None, request, made)

    def ask(self, action, argument, request, done):
        """Has webrtcbin do something, and goes on with `done` on the main loop."""

        def answered(promise, _data):
            result = promise.get_reply()
            if result is not None and result.has_field("error"):
                request.fail(f"{action}: {result.get_value('error').message}")
            else:
                GLib.idle_add(guarded, request, lambda: done(result))

        self.webrtc.emit(action, argument, Gst.Promise.new_with_change_func(answered, None))

    def receive(self, _webrtc, pad):
        """A track that the other side sends, on a thread of GStreamer's."""
        if pad.direction != Gst.PadDirection.SRC:
            return
        media = pad.get_current_caps().get_structure(0).get_string("media")
        if media == "video":
            track, count = {"frames": 0, "width": 0, "height": 0}, count_frame
            self.video.append(track)
        else:
            track, count = {"buffers": 0, "peak": 0}, count_sound
            self.audio.append(track)
        chain = Gst.parse_bin_from_description(VIDEO_SINK if media == "video" else AUDIO_SINK, True)
        chain.get_by_name("sink").connect("handoff", count, track)
        self.pipeline.add(chain)
        chain.sync_state_with_parent()
        pad.link(chain.get_static_pad("sink"))


def count_frame(_sink, _buffer, pad, track):
    picture = pad.get_current_caps().get_structure(0)
    track["frames"] += 1
    track["width"] = picture.get_value("width")
    track["height"] = picture.get_value("height")


def count_sound(_sink, buffer, _pad, track):
    track["buffers"] += 1
    samples = array.array("h", buffer.extract_dup(0, buffer.get_size()))
    track["peak"] = max(track["peak"], max(samples, default=0), -min(samples, default=0))


def report(_bus, message):
    if message.type == Gst.MessageType.ERROR:
        error, details = message.parse_error()
        print(f"{message.src.get_name()}: {error.message}: {details}", file=sys.stderr)


def guarded(request, work):
    """Runs `work` once on the main loop; what it cannot do is the answer to `request`."""
    try:
        work()
    except (ValueError, KeyError, TypeError, GLib.Error) as error:
        request.fail(repr(error))
    return GLib.SOURCE_REMOVE


def read(peer, loop):
    for line in sys.stdin:
        request = Request(line)
        GLib.idle_add(guarded, request, lambda request=request: peer.handle(request))
    GLib.idle_add(loop.quit)


def main():
    Gst.init(None)
    missing = [name for name in ELEMENTS if Gst.ElementFactory.find(name) is None]
    if missing:
        sys.exit(f"GStreamer has no {', '.join(missing)}")
    if "--check" in sys.argv:
        return
    peer = Peer()
    loop = GLib.MainLoop()
    threading.Thread(target=read, args=(peer, loop), daemon=True).start()
    loop.run()
    peer.pipeline.set_state(Gst.State.NULL)


main()
