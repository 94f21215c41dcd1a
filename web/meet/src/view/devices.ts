import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { OwnMedia } from '../ownMedia.js';
import type { Device } from '../opentok.js';
import type { Page } from '../page.js';
import type { Room } from '../room.js';
import { mediaProblemWording } from '../wording.js';
import { closeIcon } from './icons.js';
import { controlButton, problemNote } from './parts.js';

/** The dialog in which one changes devices during a meeting. */
export function devicesDialog(page: Page, room: Room): TemplateResult | typeof nothing {
  if (!room.choosingDevices) {
    return nothing;
  }
  const close = (): void => {
    room.chooseDevices(false);
  };
  return html`<dialog
    class="devices-dialog"
    aria-label="Devices"
    data-testid="devices"
    @close=${close}
    @click=${(event: Event) => {
      // Only the backdrop is outside of the dialog's content.
      if (event.target === event.currentTarget) {
        close();
      }
    }}
    ${ref(showModal)}
  >
    <div class="card">
      <header>
        <h2>Devices</h2>
        ${controlButton({
          testId: 'devices-close',
          label: 'Close',
          style: 'plain',
          content: closeIcon,
          press: close,
        })}
      </header>
      ${content(page, room)}
    </div>
  </dialog>`;
}

// Lit tells of an element before it is in the document, where it can't be shown yet.
function showModal(element: Element | undefined): void {
  queueMicrotask(() => {
    if (element instanceof HTMLDialogElement && element.isConnected && !element.open) {
      element.showModal();
    }
  });
}

function content(page: Page, room: Room): TemplateResult {
  const { media } = room;
  if (media === undefined || media.state.kind === 'starting') {
    return html`<p><span class="spinner"></span> Waiting for your camera and microphone…</p>`;
  }
  if (media.state.kind === 'on') {
    return html`${deviceChoice(media)} ${meter(media)}`;
  }
  const { title, text } = mediaProblemWording(media.state.problem, window.location.origin);
  return html`<p><b>${title}.</b> ${text}</p>
    ${
      media.state.problem.kind === 'insecureOrigin'
        ? nothing
        : html`<button
            class="button"
            type="button"
            data-testid="use-media"
            @click=${() => {
              page.joinWithMedia(room);
            }}
          >
            Try again
          </button>`
    }`;
}

/** Which camera and microphone to use. */
export function deviceChoice(media: OwnMedia): TemplateResult | typeof nothing {
  if (media.state.kind !== 'on') {
    return nothing;
  }
  const microphones = media.devices.filter((device) => device.kind === 'audioInput');
  const cameras = media.devices.filter((device) => device.kind === 'videoInput');
  return html`
    <div class="devices">
      ${
        media.state.hasCamera
          ? chooser('Camera', 'camera-select', cameras, media.cameraId, (id) => media.useCamera(id))
          : nothing
      }
      ${
        media.state.hasMicrophone
          ? chooser('Microphone', 'microphone-select', microphones, media.microphoneId, (id) =>
              media.useMicrophone(id),
            )
          : nothing
      }
    </div>
    ${media.deviceFault === '' ? nothing : problemNote(media.deviceFault)}
  `;
}

function chooser(
  label: string,
  testId: string,
  devices: readonly Device[],
  current: string | undefined,
  choose: (deviceId: string) => Promise<void>,
): TemplateResult {
  return html`<label class="field">
    <span>${label}</span>
    <select
      data-testid=${testId}
      @change=${(event: Event) => choose((event.currentTarget as HTMLSelectElement).value)}
    >
      ${devices.map(
        (device, index) =>
          html`<option value=${device.deviceId} .selected=${device.deviceId === current}>
            ${device.label === '' ? `${label} ${index + 1}` : device.label}
          </option>`,
      )}
    </select>
  </label>`;
}

/** The bars of the level, so that a silent microphone is noticed before the others tell. */
export function meter(media: OwnMedia): TemplateResult {
  const lit = media.audioOn ? media.meter : 0;
  return html`<div class="meter" aria-hidden="true" data-testid="meter" data-level=${lit}>
    ${[1, 2, 3, 4, 5].map((bar) => html`<i class=${bar <= lit ? 'lit' : ''}></i>`)}
  </div>`;
}
