import { html, nothing, type TemplateResult } from 'lit';
import { hueOf, initials } from '../names.js';
import type { Page } from '../page.js';
import { linkIcon, logo } from './icons.js';

export function nameField(page: Page, required: boolean): TemplateResult {
  return html`
    <label class="field">
      <span>Your name</span>
      <input
        data-testid="name-input"
        autocomplete="name"
        maxlength="60"
        placeholder="How others will see you"
        ?required=${required}
        .value=${page.name}
        @input=${(event: InputEvent) => {
          page.typeName((event.currentTarget as HTMLInputElement).value);
        }}
      />
    </label>
  `;
}

export function problemNote(text: string): TemplateResult {
  return html`<p class="problem" role="alert" data-testid="problem">${text}</p>`;
}

export function copyLinkButton(page: Page, style: string): TemplateResult {
  return html`
    <button class=${style} type="button" data-testid="copy-link" @click=${() => page.copyLink()}>
      ${linkIcon}<span>Copy link</span>
    </button>
  `;
}

export function homeLink(page: Page): TemplateResult {
  const home = (event: Event): void => {
    event.preventDefault();
    page.home();
  };
  return html`<a class="brand" href="./" aria-label="Sluice, start page" @click=${home}
    >${logo}<span>Sluice</span></a
  >`;
}

/** Stands in for a face. */
export function avatar(name: string): TemplateResult {
  return html`<div class="avatar hue-${hueOf(name)}" aria-hidden="true">
    <span>${initials(name)}</span>
  </div>`;
}

/** A round button with a tooltip. The label says what a press does. */
export function controlButton(button: {
  readonly testId: string;
  readonly label: string;
  readonly style: string;
  readonly content: TemplateResult;
  /** The key that does the same. */
  readonly key?: string;
  readonly expanded?: boolean;
  readonly disabled?: boolean;
  readonly press: () => void;
}): TemplateResult {
  return html`
    <button
      class="control ${button.style}"
      type="button"
      data-testid=${button.testId}
      data-tip=${button.key === undefined ? button.label : `${button.label} (${button.key.toUpperCase()})`}
      aria-keyshortcuts=${button.key ?? nothing}
      aria-label=${button.label}
      aria-disabled=${button.disabled ?? false}
      aria-expanded=${button.expanded ?? nothing}
      @click=${button.press}
    >
      ${button.content}
    </button>
  `;
}
