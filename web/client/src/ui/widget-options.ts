import { logWarning } from '../logging.js';
import type {
  DisplayMode,
  FitMode,
  InsertMode,
  PublisherStyle,
  SubscriberStyle,
} from '../options.js';

/** The style keys of both kinds of widget. */
export type AnyStyle = PublisherStyle & SubscriberStyle;

const DISPLAY_MODES: readonly DisplayMode[] = ['auto', 'on', 'off'];
const INSERT_MODES: readonly InsertMode[] = ['replace', 'after', 'before', 'append'];
const FIT_MODES: readonly FitMode[] = ['cover', 'contain'];

/** Which values each style key of a publisher or a subscriber takes; undefined: any text. */
const STYLES: Readonly<Record<keyof AnyStyle, readonly DisplayMode[] | undefined>> = {
  audioLevelDisplayMode: DISPLAY_MODES,
  backgroundImageURI: undefined,
  buttonDisplayMode: DISPLAY_MODES,
  nameDisplayMode: DISPLAY_MODES,
  videoDisabledDisplayMode: DISPLAY_MODES,
  archiveStatusDisplayMode: ['auto', 'off'],
  audioBlockedDisplayMode: DISPLAY_MODES,
};

/** The insert mode of an application's properties; `replace` for what is none. */
export function insertModeOf(value: unknown): InsertMode {
  return oneOf('insertMode', value, INSERT_MODES, 'replace');
}

/** The fit mode of an application's properties; `byDefault` for what is none. */
export function fitModeOf(value: unknown, byDefault: FitMode): FitMode {
  return oneOf('fitMode', value, FIT_MODES, byDefault);
}

/** What is usable of a style that came from plain JavaScript: how a tile looks is no reason to fail. */
export function usableStyle(style: unknown): AnyStyle {
  const usable: [string, unknown][] = Object.entries(style ?? {}).filter(
    ([key, value]: [string, unknown]) => {
      if (value === undefined || !(key in STYLES)) return false;
      const allowed: readonly unknown[] | undefined = STYLES[key as keyof AnyStyle];
      const good = allowed ? allowed.includes(value) : typeof value === 'string';
      if (!good) logWarning(`style.${key} is left as it was; it can't be`, value);
      return good;
    },
  );
  return Object.fromEntries(usable);
}

function oneOf<T extends string>(
  name: string,
  value: unknown,
  allowed: readonly T[],
  byDefault: T,
): T {
  if (value === undefined) return byDefault;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) {
    logWarning(`${name} is taken as ${byDefault}; it can't be`, value);
  }
  return found ?? byDefault;
}
