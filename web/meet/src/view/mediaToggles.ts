import { html, type TemplateResult } from 'lit';
import type { OwnMedia } from '../ownMedia.js';
import { cameraIcon, cameraOffIcon, microphoneIcon, microphoneOffIcon } from './icons.js';
import { controlButton } from './parts.js';

/** The microphone and the camera button. Without the device, a press says so. */
export function mediaToggles(
  media: OwnMedia | undefined,
  explain: (text: string) => void,
): TemplateResult {
  const state = media?.state;
  const hasMicrophone = state?.kind === 'on' && state.hasMicrophone;
  const hasCamera = state?.kind === 'on' && state.hasCamera;
  const audioOn = hasMicrophone && media?.audioOn === true;
  const videoOn = hasCamera && media?.videoOn === true;
  return html`
    ${controlButton({
      testId: 'toggle-audio',
      key: 'm',
      label: hasMicrophone ? (audioOn ? 'Mute' : 'Unmute') : 'No microphone',
      style: audioOn ? '' : 'off',
      content: audioOn ? microphoneIcon : microphoneOffIcon,
      disabled: !hasMicrophone,
      press: () => {
        if (hasMicrophone) {
          media?.toggleAudio();
        } else {
          explain('You joined without a microphone. Choose one under Devices.');
        }
      },
    })}
    ${controlButton({
      testId: 'toggle-video',
      key: 'v',
      label: hasCamera ? (videoOn ? 'Turn camera off' : 'Turn camera on') : 'No camera',
      style: videoOn ? '' : 'off',
      content: videoOn ? cameraIcon : cameraOffIcon,
      disabled: !hasCamera,
      press: () => {
        if (hasCamera) {
          media?.toggleVideo();
        } else {
          explain('You joined without a camera. Choose one under Devices.');
        }
      },
    })}
  `;
}
