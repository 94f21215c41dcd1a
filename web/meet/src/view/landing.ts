import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Page, Screen } from '../page.js';
import { nameField, problemNote } from './parts.js';
import { logo } from './icons.js';

type Landing = Extract<Screen, { kind: 'landing' }>;

/** The first screen: start a meeting, or enter one by its code or link. */
export function landingView(page: Page, screen: Landing): TemplateResult {
  const open = (event: SubmitEvent): void => {
    event.preventDefault();
    const code = new FormData(event.currentTarget as HTMLFormElement).get('code');
    page.open(typeof code === 'string' ? code : '');
  };
  return html`
    ${streams}
    <main class="landing" data-screen="landing">
      <section class="pitch">
        <div class="brand">${logo}<span>Sluice</span></div>
        <h1>Your meetings, on&nbsp;your&nbsp;own&nbsp;server.</h1>
        <p>
          Start a meeting and share its link. Everyone joins in the browser; there is nothing to
          install and no account to make.
        </p>
      </section>
      <section class="card start" aria-label="Start or join">
        ${nameField(page, false)}
        <button
          class="button primary wide"
          type="button"
          data-testid="start-meeting"
          ?disabled=${screen.busy}
          @click=${() => page.start()}
        >
          ${screen.busy ? html`<span class="spinner"></span>Starting…` : 'Start a meeting'}
        </button>
        ${screen.problem === '' ? nothing : problemNote(screen.problem)}
        <div class="or"><span>or join one</span></div>
        <form class="code-form" @submit=${open}>
          <label class="field">
            <span>Code or link</span>
            <input
              name="code"
              data-testid="code-input"
              autocomplete="off"
              autocapitalize="off"
              spellcheck="false"
              required
              placeholder="Paste it here"
            />
          </label>
          <button class="button" type="submit" data-testid="open-meeting">Continue</button>
        </form>
      </section>
    </main>
  `;
}

// The logo's stream, at large: water on two levels.
const streams = html`<svg
  class="streams"
  viewBox="0 0 1200 400"
  preserveAspectRatio="none"
  aria-hidden="true"
>
  ${[0, 1, 2, 3, 4].map(
    (line) =>
      svg`<path d="M0 ${90 + line * 46}h${330 - line * 26}c260 0 240 170 500 170h${370 + line * 26}" />`,
  )}
</svg>`;
