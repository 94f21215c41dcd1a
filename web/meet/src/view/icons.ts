import { svg, html, type TemplateResult } from 'lit';

/** Icons are drawn on a 24 by 24 field with strokes of the text's colour, and say nothing to a screen reader: their button has the words. */
function icon(content: TemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${content}
  </svg>`;
}

const SLASH = svg`<path class="slash" d="M4 4l16 16" />`;
const MICROPHONE = svg`<rect x="9" y="3" width="6" height="11" rx="3" /><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />`;
const CAMERA = svg`<rect x="3" y="6.5" width="12" height="11" rx="2.5" /><path d="M15 11l6-3.5v9L15 13" />`;

export const microphoneIcon = icon(MICROPHONE);
export const microphoneOffIcon = icon(svg`${MICROPHONE}${SLASH}`);
export const cameraIcon = icon(CAMERA);
export const cameraOffIcon = icon(svg`${CAMERA}${SLASH}`);
export const chatIcon = icon(
  svg`<path d="M5 4.5h14A1.5 1.5 0 0 1 20.5 6v9a1.5 1.5 0 0 1-1.5 1.5h-7L7.5 20v-3.5H5A1.5 1.5 0 0 1 3.5 15V6A1.5 1.5 0 0 1 5 4.5z" />`,
);
export const leaveIcon = icon(
  svg`<path d="M14 4.5H6.5A1.5 1.5 0 0 0 5 6v12a1.5 1.5 0 0 0 1.5 1.5H14M10 12h10M16.5 8.5L20 12l-3.5 3.5" />`,
);
export const linkIcon = icon(
  svg`<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1" />`,
);
export const screenIcon = icon(
  svg`<rect x="3" y="4.5" width="18" height="12" rx="2" /><path d="M8.5 20h7M12 13.5V8M9.5 10L12 7.5l2.5 2.5" />`,
);
export const devicesIcon = icon(
  svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9" /><circle cx="15" cy="7" r="2" /><circle cx="9" cy="17" r="2" />`,
);
export const weakNetworkIcon = icon(
  svg`<path d="M5 18v-2.5" /><path class="faint" d="M10 18v-5.5M15 18V9M20 18V5.5" />`,
);
export const closeIcon = icon(svg`<path d="M6 6l12 12M18 6L6 18" />`);
export const sendIcon = icon(svg`<path d="M4 12l16-7.5-5 15.5-3.5-6z" />`);
export const peopleIcon = icon(
  svg`<circle cx="9" cy="8.5" r="3.5" /><path d="M2.5 19.5a6.5 6.5 0 0 1 13 0M15.5 5.2a3.5 3.5 0 0 1 0 6.6M18 14.2a6.5 6.5 0 0 1 3.5 5.3" />`,
);

/** A stream that runs under a raised gate from the upper level to the lower. */
export const logo = html`<svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
  <rect class="logo-ground" width="32" height="32" rx="9" />
  <path class="logo-gate" d="M16 5.5v6" />
  <path class="logo-stream" d="M5 11.5h4.5c7 0 6 9.5 13 9.5H27" />
  <path class="logo-stream faint" d="M5 17h3c6 0 6 9.5 12 9.5h2" />
</svg>`;
