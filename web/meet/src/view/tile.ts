import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { Tile, TileNote } from '../tiles.js';
import { microphoneOffIcon } from './icons.js';
import { avatar } from './parts.js';

/** A person or a shared screen. The video stays in the document while it is not seen: it carries the sound too. */
export function tileView(tile: Tile): TemplateResult {
  const classes = {
    tile: true,
    live: tile.hasVideo,
    speaking: tile.speaking,
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
      data-staged=${tile.staged}
      aria-label=${name}
    >
      <div class="video ${tile.self && tile.kind === 'camera' ? 'mirrored' : ''}">
        ${tile.video ?? nothing}
      </div>
      ${tile.hasVideo ? nothing : avatar(tile.name)} ${noteView(tile.note)}
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
    case 'weakNetwork':
      return html`<p class="note">Video paused: weak network</p>`;
    case 'unsupportedVideo':
      return html`<p class="note">Your browser can’t show this video</p>`;
    case 'failed':
      return html`<p class="note">Can’t be received</p>`;
  }
}
