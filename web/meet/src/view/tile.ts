import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { Tile, TileNote } from '../tiles.js';
import { networkWording } from '../wording.js';
import { microphoneOffIcon, weakNetworkIcon } from './icons.js';
import { avatar } from './parts.js';

/** A person or a shared screen. The video stays in the document while it is not seen: it carries the sound too. */
export function tileView(tile: Tile): TemplateResult {
  const classes = {
    tile: true,
    live: tile.hasVideo,
    speaking: tile.speaking,
    leading: tile.leading,
    screen: tile.kind === 'screen',
    interrupted: tile.note === 'interrupted',
  };
  const name = tile.self ? `${tile.name} (you)` : tile.name;
  return html`
    <article
      class=${classMap(classes)}
      data-testid="tile"
      data-name=${tile.name}
      data-self=${tile.self}
      data-video=${tile.hasVideo}
      data-audio=${tile.hasAudio}
      data-speaking=${tile.speaking}
      data-leading=${tile.leading}
      data-stage=${tile.stage}
      data-network=${tile.network}
      aria-label=${name}
    >
      <div class="video ${tile.self && tile.kind === 'camera' ? 'mirrored' : ''}">
        ${tile.video ?? nothing}
      </div>
      ${tile.hasVideo ? nothing : avatar(tile.name)}
      <div class="notes">${noteView(tile.note)} ${networkView(tile)}</div>
      <footer class="label">
        ${
          tile.hasAudio || tile.kind === 'screen'
            ? nothing
            : html`<span class="muted" role="img" aria-label="muted" data-testid="muted"
                >${microphoneOffIcon}</span
              >`
        }
        <span class="name">${name}</span>
      </footer>
    </article>
  `;
}

function noteView(note: TileNote): TemplateResult | typeof nothing {
  switch (note) {
    case 'none':
      return nothing;
    case 'connecting':
      return html`<p class="note"><span class="spinner"></span>Connecting…</p>`;
    case 'interrupted':
      return html`<p class="note"><span class="spinner"></span>Reconnecting…</p>`;
    case 'unsupportedVideo':
      return html`<p class="note">Your browser can’t show this video</p>`;
    case 'failed':
      return html`<p class="note">Can’t be received</p>`;
  }
}

function networkView({ network, self }: Tile): TemplateResult | typeof nothing {
  if (network === 'good') {
    return nothing;
  }
  const { brief, whole } = networkWording(network, self);
  return html`<p
    class="note network ${network === 'weak' ? 'slight' : ''}"
    role="img"
    aria-label=${whole}
    title=${whole}
    data-testid="network"
  >
    ${weakNetworkIcon}${
      brief === ''
        ? nothing
        : html`<span class="brief">${brief}</span><span class="whole">${whole}</span>`
    }
  </p>`;
}
