import { html, type TemplateResult } from 'lit';
import type { Page } from '../page.js';
import { landingView } from './landing.js';
import { lobbyView } from './lobby.js';
import { endedView, notFoundView, unsupportedView } from './message.js';
import { roomView } from './room.js';
import './tileGrid.js';

/** The whole page. */
export function pageView(page: Page): TemplateResult {
  return html`${screenView(page)}
    <div class="notice" role="status" data-testid="notice">${page.notice}</div>`;
}

function screenView(page: Page): TemplateResult {
  const { screen } = page;
  switch (screen.kind) {
    case 'landing':
      return landingView(page, screen);
    case 'lobby':
      return lobbyView(page, screen);
    case 'room':
      return roomView(page, screen);
    case 'ended':
      return endedView(page, screen.reason);
    case 'notFound':
      return notFoundView(page);
    case 'unsupported':
      return unsupportedView();
  }
}

/** What the browser's tab says. */
export function titleOf(page: Page): string {
  const { screen } = page;
  if (screen.kind !== 'room') {
    return 'Sluice';
  }
  const { unread } = screen.room.chat;
  return unread === 0 ? 'Meeting · Sluice' : `(${unread}) Meeting · Sluice`;
}
