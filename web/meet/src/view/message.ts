import { html, type TemplateResult } from 'lit';
import type { Page } from '../page.js';
import type { EndReason } from '../room.js';
import { endWording } from '../wording.js';
import { logo } from './icons.js';

/** After a meeting. */
export function endedView(page: Page, reason: EndReason): TemplateResult {
  const { title, text } = endWording(reason);
  return message(
    `ended-${reason}`,
    title,
    text,
    html`
      <button
        class="button primary"
        type="button"
        data-testid="rejoin"
        @click=${() => {
          page.rejoin();
        }}
      >
        Rejoin
      </button>
      ${homeButton(page)}
    `,
  );
}

export function notFoundView(page: Page): TemplateResult {
  return message(
    'notFound',
    'There is no such meeting',
    'The link may be cut short or mistyped, or the meeting belongs to another server. Ask for the link again, or start a meeting of your own.',
    homeButton(page),
  );
}

export function unsupportedView(): TemplateResult {
  return message(
    'unsupported',
    'This browser can’t join meetings',
    'It has no WebRTC, or has it switched off. A current Chrome, Edge, Firefox or Safari works.',
    html``,
  );
}

function homeButton(page: Page): TemplateResult {
  return html`<button
    class="button"
    type="button"
    data-testid="home"
    @click=${() => {
      page.home();
    }}
  >
    Back to the start page
  </button>`;
}

function message(
  screen: string,
  title: string,
  text: string,
  actions: TemplateResult,
): TemplateResult {
  return html`
    <main class="message" data-screen=${screen}>
      <div class="brand">${logo}</div>
      <h1>${title}</h1>
      <p>${text}</p>
      <div class="actions">${actions}</div>
    </main>
  `;
}
