/** Stops a timer. */
export type Cancel = () => void;

/** What the library needs of the browser: the network, capture, time and ids. Tests bring their own. */
export interface Platform {
  readonly mediaDevices: MediaDevices | undefined;
  openSocket(url: string, subprotocol: string): WebSocket;
  newPeerConnection(): RTCPeerConnection;
  newMediaStream(tracks: MediaStreamTrack[]): MediaStream;
  /** The shared audio graph that levels are measured in; undefined where the browser has none. */
  audioContext(): AudioContext | undefined;
  /** Whether the browser will ask before it opens a device; `prompt` where it doesn't tell. */
  permission(device: 'camera' | 'microphone'): Promise<PermissionState>;
  /** Tells at once, and again on every change, how many pixels of the screen an element takes; 0 by 0 while it is not shown. */
  observeSize(element: Element, changed: (width: number, height: number) => void): Cancel;
  /**
   * Tells soon, and again on every change, whether a person could see an element: it is in the page, not hidden or scrolled away, and the
   * page is on the screen. A video that plays in a window of its own can always be seen.
   */
  observeVisibility(element: Element, changed: (visible: boolean) => void): Cancel;
  every(intervalMs: number, run: () => void): Cancel;
  after(delayMs: number, run: () => void): Cancel;
  /** The time of day: milliseconds since 1970. */
  nowMs(): number;
  /** Milliseconds since the page began; setting the clock does not move it. */
  elapsedMs(): number;
  /** From 0 up to 1. */
  random(): number;
  /** Calls `changed` when the machine has come online or has another kind of network. */
  networkChanges(changed: () => void): Cancel;
  /** A random id in the form of a UUID. */
  newId(): string;
}

let sharedAudioContext: AudioContext | undefined;

/** The browser this page runs in. */
export const browser: Platform = {
  // Missing in an insecure context, whatever lib.dom says.
  get mediaDevices(): MediaDevices | undefined {
    return (navigator as Partial<Navigator>).mediaDevices;
  },

  openSocket: (url, subprotocol) => new WebSocket(url, subprotocol),

  newPeerConnection: () => new RTCPeerConnection({ bundlePolicy: 'max-bundle' }),

  newMediaStream: (tracks) => new MediaStream(tracks),

  audioContext() {
    if (!sharedAudioContext && typeof AudioContext === 'function') {
      sharedAudioContext = resumedByGesture(new AudioContext());
    }
    return sharedAudioContext;
  },

  async permission(device) {
    try {
      return (await navigator.permissions.query({ name: device })).state;
    } catch {
      // Browsers without these permission names (older Firefox) reject: assume that a dialog will show.
      return 'prompt';
    }
  },

  observeSize(element, changed) {
    const tell = (width: number, height: number): void => {
      const ratio = window.devicePixelRatio;
      changed(Math.round(width * ratio), Math.round(height * ratio));
    };
    // An observer tells for the first time only with the next frame on the screen.
    tell(element.clientWidth, element.clientHeight);
    const observer = new ResizeObserver((entries) => {
      const box = entries.at(-1)?.contentRect;
      if (box) tell(box.width, box.height);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  },

  observeVisibility(element, changed) {
    const page = element.ownerDocument;
    let inView: boolean | undefined;
    const tell = (): void => {
      if (inView === undefined) return;
      // The element may have moved to a window of its own, which can be seen while the page can't.
      const shown = inView && element.ownerDocument.visibilityState === 'visible';
      changed(shown || page.pictureInPictureElement === element);
    };
    const observer = new IntersectionObserver((entries) => {
      inView = entries.at(-1)?.isIntersecting ?? inView;
      tell();
    });
    observer.observe(element);
    const sources = [
      [page, 'visibilitychange'],
      [element, 'enterpictureinpicture'],
      [element, 'leavepictureinpicture'],
    ] as const;
    for (const [source, event] of sources) source.addEventListener(event, tell);
    return () => {
      observer.disconnect();
      for (const [source, event] of sources) source.removeEventListener(event, tell);
    };
  },

  every(intervalMs, run) {
    const timer = setInterval(run, intervalMs);
    return () => {
      clearInterval(timer);
    };
  },

  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },

  nowMs: () => Date.now(),

  elapsedMs: () => performance.now(),

  random: () => Math.random(),

  networkChanges(changed) {
    // The draft Network Information API: in Chromium only, and with a type only on phones. Its `change` also tells of measured speeds.
    const { connection } = navigator as { connection?: EventTarget & { type?: string } };
    let type = connection?.type;
    const typeChanged = (): void => {
      if (connection?.type === type) return;
      type = connection?.type;
      changed();
    };
    window.addEventListener('online', changed);
    connection?.addEventListener('change', typeChanged);
    return () => {
      window.removeEventListener('online', changed);
      connection?.removeEventListener('change', typeChanged);
    };
  },

  newId() {
    // crypto.randomUUID is missing in an insecure context; getRandomValues is not.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  },
};

/** Autoplay policies start an AudioContext suspended until the person has done something on the page. */
function resumedByGesture(context: AudioContext): AudioContext {
  const gestures = ['pointerdown', 'keydown'] as const;
  const resume = (): void => {
    void context.resume().then(() => {
      gestures.forEach((gesture) => {
        document.removeEventListener(gesture, resume, true);
      });
    });
  };
  if (context.state === 'suspended') {
    gestures.forEach((gesture) => {
      document.addEventListener(gesture, resume, true);
    });
  }
  return context;
}
