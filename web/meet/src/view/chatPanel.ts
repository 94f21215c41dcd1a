import { html, nothing, type TemplateResult } from 'lit';
import type { ChatMessage } from '../chat.js';
import type { Page } from '../page.js';
import type { Room } from '../room.js';
import { closeIcon, sendIcon } from './icons.js';
import { controlButton } from './parts.js';

/** The messages of the meeting. Stays in the document while it is closed, and keeps its draft. */
export function chatPanel(page: Page, room: Room): TemplateResult {
  const { chat } = room;
  return html`
    <aside
      class="chat"
      aria-label="Chat"
      data-testid="chat"
      ?hidden=${!chat.open}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape') {
          toggleChat(room);
        }
      }}
    >
      <header>
        <h2>Chat</h2>
        ${controlButton({
          testId: 'chat-close',
          label: 'Close chat',
          style: 'plain',
          content: closeIcon,
          press: () => {
            toggleChat(room);
          },
        })}
      </header>
      <div class="scroll">
        <ol role="log" aria-live="polite">
          ${chat.messages.map((message, index) => messageView(message, chat.messages[index - 1]))}
        </ol>
      </div>
      ${
        chat.messages.length === 0
          ? html`<p class="empty">
              Messages go to everyone who is here now. Nothing is kept after the meeting.
            </p>`
          : nothing
      }
      ${draft(page)}
    </aside>
  `;
}

/** Opens or closes the panel, and takes the keyboard along. */
export function toggleChat(room: Room): void {
  room.toggleChat();
  const opened = room.chat.open;
  // On a touch screen the focus would bring up a keyboard over what one came to read.
  if (!opened || window.matchMedia('(hover: hover)').matches) {
    const next = opened ? 'chat-input' : 'chat-toggle';
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`[data-testid="${next}"]`)?.focus();
    });
  }
}

function draft(page: Page): TemplateResult {
  const send = async (form: HTMLFormElement): Promise<void> => {
    const field = form.elements.namedItem('text') as HTMLTextAreaElement;
    const text = field.value;
    if ((await page.sendChat(text)) && field.value === text) {
      field.value = '';
    }
    field.focus();
  };
  return html`
    <form
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        void send(event.currentTarget as HTMLFormElement);
      }}
    >
      <textarea
        name="text"
        rows="1"
        data-testid="chat-input"
        aria-label="Message to everyone"
        placeholder="Write to everyone"
        @keydown=${(event: KeyboardEvent) => {
          // While an input method composes a word, Enter belongs to it.
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            (event.currentTarget as HTMLTextAreaElement).form?.requestSubmit();
          }
        }}
      ></textarea>
      <button class="control send" type="submit" data-testid="chat-send" aria-label="Send">
        ${sendIcon}
      </button>
    </form>
  `;
}

function messageView(message: ChatMessage, before: ChatMessage | undefined): TemplateResult {
  const goesOn =
    before?.from === message.from &&
    before.own === message.own &&
    message.atMillis - before.atMillis < 120_000;
  const time = new Date(message.atMillis);
  return html`
    <li class=${message.own ? 'own' : ''} data-testid="chat-message">
      ${
        goesOn
          ? nothing
          : html`<div class="by">
              <b>${message.own ? 'You' : message.from}</b>
              <time datetime=${time.toISOString()}
                >${time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}</time
              >
            </div>`
      }
      <p>${message.text}</p>
    </li>
  `;
}
