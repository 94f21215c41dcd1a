import { html, nothing, type TemplateResult } from 'lit';
import type { OwnMedia } from '../ownMedia.js';
import type { Page, Screen } from '../page.js';
import { mediaProblemWording } from '../wording.js';
import { mediaToggles } from './mediaToggles.js';
import { deviceChoice, meter } from './devices.js';
import { avatar, copyLinkButton, homeLink, nameField, problemNote } from './parts.js';

type Lobby = Extract<Screen, { kind: 'lobby' }>;

/** The screen before a meeting: see yourself, choose devices, say who you are. */
export function lobbyView(page: Page, screen: Lobby): TemplateResult {
  const { media } = screen;
  const join = (event: SubmitEvent): void => {
    event.preventDefault();
    void page.join();
  };
  const without = media.state.kind === 'unavailable';
  return html`
    <div class="lobby" data-screen="lobby">
      <header class="bar">${homeLink(page)}</header>
      <main>
        <section class="preview" aria-label="Preview">${preview(page, media)}</section>
        <section class="entry">
          <h1>Ready to join?</h1>
          <div class="invite">
            <code title=${page.link}>${shortLink(page.link)}</code>
            ${copyLinkButton(page, 'button small')}
          </div>
          <form novalidate @submit=${join}>
            ${nameField(page, true)} ${deviceChoice(media)}
            ${screen.problem === '' ? nothing : problemNote(screen.problem)}
            <button
              class="button primary wide"
              type="submit"
              data-testid="join"
              ?disabled=${screen.busy}
            >
              ${
                screen.busy
                  ? html`<span class="spinner"></span>Connecting…`
                  : without
                    ? 'Join without camera and mic'
                    : 'Join the meeting'
              }
            </button>
          </form>
        </section>
      </main>
    </div>
  `;
}

function preview(page: Page, media: OwnMedia): TemplateResult {
  const { state } = media;
  switch (state.kind) {
    case 'starting':
      return html`<div class="picture waiting">
        <span class="spinner"></span>
        <p>Waiting for your camera and microphone.<br />Your browser may ask for permission.</p>
      </div>`;
    case 'unavailable': {
      const { title, text } = mediaProblemWording(state.problem, window.location.origin);
      return html`<div class="picture waiting" data-testid="media-problem">
        <h2>${title}</h2>
        <p>${text}</p>
        ${
          state.problem.kind === 'insecureOrigin'
            ? nothing
            : html`<button
                class="button"
                type="button"
                data-testid="retry-media"
                @click=${() => {
                  page.retryMedia();
                }}
              >
                Try again
              </button>`
        }
      </div>`;
    }
    case 'on':
      return html`<div class="picture ${media.videoOn ? 'live' : ''}">
        <div class="video mirrored">${media.video ?? nothing}</div>
        ${media.videoOn ? nothing : avatar(page.name)}
        <div class="controls">
          ${meter(media)}
          ${mediaToggles(media, (text) => {
            page.say(text);
          })}
        </div>
      </div>`;
  }
}

function shortLink(link: string): string {
  return link.replace(/^https?:\/\//, '');
}
