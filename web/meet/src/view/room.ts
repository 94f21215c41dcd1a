import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Page, Screen } from '../page.js';
import type { Room } from '../room.js';
import { chatPanel, toggleChat } from './chatPanel.js';
import { devicesDialog } from './devices.js';
import { chatIcon, devicesIcon, leaveIcon, logo, peopleIcon, screenIcon } from './icons.js';
import { mediaToggles } from './mediaToggles.js';
import { controlButton, copyLinkButton } from './parts.js';
import { tileView } from './tile.js';

type InRoom = Extract<Screen, { kind: 'room' }>;

/** The meeting. */
export function roomView(page: Page, { room }: InRoom): TemplateResult {
  const { tiles, headcount } = room;
  return html`
    <div
      class="room ${room.chat.open ? 'with-chat' : ''} ${room.reconnecting ? 'away' : ''}"
      data-screen="room"
    >
      <header class="bar">
        <div class="brand">${logo}<span>Sluice</span></div>
        <span
          class="count"
          role="img"
          aria-label="${headcount} in the meeting"
          data-testid="headcount"
          >${peopleIcon}${headcount}</span
        >
        ${copyLinkButton(page, 'button small')}
      </header>
      ${banners(room)}
      <main class="stage">
        <tile-grid>${repeat(tiles, (tile) => tile.key, tileView)}</tile-grid>
        ${
          headcount === 1
            ? html`<p class="alone">Nobody else is here yet. Share the link to bring people in.</p>`
            : nothing
        }
      </main>
      ${chatPanel(page, room)} ${controls(page, room)} ${devicesDialog(page, room)}
    </div>
  `;
}

function banners(room: Room): TemplateResult {
  return html`<div class="banners" role="status">
    ${
      room.reconnecting
        ? html`<p class="banner calm" data-testid="reconnecting">
            <span class="spinner"></span
            ><span><b>Reconnecting…</b> Your network was lost. You come back in by yourself.</span>
          </p>`
        : nothing
    }
    ${
      room.screenShare.on
        ? html`<p class="banner sharing" data-testid="sharing">
            <span>Everyone sees your screen.</span>
            <button
              class="button small"
              type="button"
              data-testid="stop-sharing"
              @click=${() => {
                room.screenShare.stop();
              }}
            >
              Stop sharing
            </button>
          </p>`
        : nothing
    }
    ${
      room.publishFault === ''
        ? nothing
        : html`<p class="banner" data-testid="publish-fault">
            Others can’t see or hear you: ${room.publishFault}
          </p>`
    }
    ${
      room.media?.deviceFault
        ? html`<p class="banner" data-testid="device-fault">${room.media.deviceFault}</p>`
        : nothing
    }
    ${
      room.soundBlocked
        ? html`<p class="banner">
            Your browser blocked the sound.
            <button class="button small" type="button" @click=${() => room.allowSound()}>
              Turn it on
            </button>
          </p>`
        : nothing
    }
  </div>`;
}

function controls(page: Page, room: Room): TemplateResult {
  const { open, unread } = room.chat;
  const news = unread === 0 ? '' : `, ${unread} unread`;
  return html`<nav class="controls" aria-label="Meeting controls">
    ${mediaToggles(room.media, (text) => {
      page.say(text);
    })}
    ${
      page.canShareScreen
        ? controlButton({
            testId: 'toggle-screen',
            key: 's',
            label: room.screenShare.on ? 'Stop sharing' : 'Share your screen',
            style: room.screenShare.on ? 'active' : '',
            content: screenIcon,
            press: () => {
              room.screenShare.toggle();
            },
          })
        : nothing
    }
    ${controlButton({
      testId: 'devices-toggle',
      label: 'Devices',
      style: '',
      content: devicesIcon,
      expanded: room.choosingDevices,
      press: () => {
        room.chooseDevices(true);
      },
    })}
    ${controlButton({
      testId: 'chat-toggle',
      label: (open ? 'Close chat' : 'Chat') + news,
      style: open ? 'active' : '',
      content: html`${chatIcon}${
        unread === 0
          ? nothing
          : html`<span class="badge" data-testid="chat-unread"
              >${unread > 99 ? '99+' : unread}</span
            >`
      }`,
      expanded: open,
      press: () => {
        toggleChat(room);
      },
    })}
    ${controlButton({
      testId: 'leave',
      label: 'Leave the meeting',
      style: 'leave',
      content: html`${leaveIcon}<span>Leave</span>`,
      press: () => {
        room.leave();
      },
    })}
  </nav>`;
}
