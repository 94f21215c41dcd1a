const SVG = 'http://www.w3.org/2000/svg';

/** Outlines on a 24 by 24 grid. Drawn as elements, not as images, so that a strict content security policy allows them. */
const PATHS = {
  microphone:
    'M12 15a3.5 3.5 0 0 0 3.5-3.5v-5a3.5 3.5 0 0 0-7 0v5A3.5 3.5 0 0 0 12 15Zm6-3.5a6 6 0 0 1-12 0H4.2a7.8 7.8 0 0 0 6.9 7.7V22h1.8v-2.8a7.8 7.8 0 0 0 6.9-7.7Z',
  speaker:
    'M4 9v6h4l5 4.5v-15L8 9Zm11.5-1.6v9.2a5 5 0 0 0 0-9.2Zm0-3.9v1.9a7 7 0 0 1 0 13.2v1.9a8.8 8.8 0 0 0 0-17Z',
  slash: 'M3.3 4.7 4.7 3.3 20.7 19.3 19.3 20.7Z',
  person:
    'M12 12.2a4.6 4.6 0 1 0 0-9.2 4.6 4.6 0 0 0 0 9.2Zm0 2.1c-4.6 0-8.6 2.4-8.6 5.6V21h17.2v-1.1c0-3.2-4-5.6-8.6-5.6Z',
  trouble: 'M12 2.6 1.2 21.4h21.6ZM10.9 9h2.2v6.4h-2.2Zm0 8h2.2v2.2h-2.2Z',
  play: 'M8 5v14l11-7Z',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon in the colour of the text around it, hidden from assistive technology. */
export function icon(...names: readonly IconName[]): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  for (const name of names) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', PATHS[name]);
    path.setAttribute('fill-rule', 'evenodd');
    path.setAttribute('class', `OT_icon-${name}`);
    svg.append(path);
  }
  return svg;
}
