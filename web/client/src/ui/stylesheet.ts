const CSS = `
.OT_root {
  position: relative; overflow: hidden; box-sizing: border-box; background: #14171c; color: #fff;
  font: 400 14px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
.OT_root *, .OT_root *::before, .OT_root *::after { box-sizing: border-box; }
.OT_root .OT_widget-container { position: absolute; inset: 0; background: #14171c; }
.OT_root .OT_video-element { position: absolute; inset: 0; display: block; width: 100%; height: 100%; border: 0; }
.OT_root.OT_fit-mode-cover .OT_video-element { object-fit: cover; }
.OT_root.OT_fit-mode-contain .OT_video-element { object-fit: contain; }
.OT_mirrored .OT_video-element { transform: scaleX(-1); }
.OT_loading .OT_video-element, .OT_audio-only .OT_video-element { opacity: 0; }

.OT_root .OT_video-loading { position: absolute; inset: 0; display: none; place-items: center; }
.OT_root.OT_loading:not(.OT_failed) .OT_video-loading { display: grid; }
.OT_root .OT_video-loading::after {
  content: ""; width: 32px; height: 32px; border-radius: 50%;
  border: 3px solid rgb(255 255 255 / .22); border-top-color: #fff; animation: OT_spin .9s linear infinite;
}
@keyframes OT_spin { to { transform: rotate(1turn); } }

.OT_root .OT_video-poster {
  position: absolute; inset: 0; display: none; place-items: center; container-type: size;
  background: radial-gradient(circle at 50% 40%, #323a46, #181c22) center / cover no-repeat; color: #aeb8c6;
}
.OT_root.OT_audio-only:not(.OT_loading) .OT_video-poster { display: grid; }
.OT_root .OT_video-poster svg { width: min(45cqw, 45cqh); fill: currentColor; }
.OT_root .OT_video-poster .OT_initials {
  display: grid; place-items: center; width: min(46cqw, 46cqh); aspect-ratio: 1; border-radius: 50%;
  background: #2f6fde; color: #fff; font-weight: 600; font-size: min(18cqw, 18cqh); text-transform: uppercase;
}
.OT_root .OT_video-poster.OT_with-background > * { display: none; }

.OT_root .OT_edge-bar-item { z-index: 1; transition: opacity .2s, transform .2s; }
.OT_root .OT_bar {
  position: absolute; inset: 0 0 auto 0; height: 56px; pointer-events: none;
  background: linear-gradient(rgb(0 0 0 / .6), transparent);
}
.OT_root .OT_name {
  position: absolute; inset: 0 48px auto 0; margin: 0; padding: 9px 12px; overflow: hidden; color: #fff;
  font: inherit; font-weight: 600; line-height: 20px; text-align: start; text-overflow: ellipsis; white-space: nowrap;
  text-shadow: 0 1px 2px rgb(0 0 0 / .7); pointer-events: none;
}
.OT_root .OT_mute {
  position: absolute; inset: auto 8px 8px auto; display: grid; place-items: center; width: 40px; height: 40px;
  margin: 0; padding: 0; border: 0; border-radius: 50%; background: rgb(12 15 20 / .72); color: #fff; cursor: pointer;
}
.OT_root .OT_mute:hover { background: rgb(38 45 56 / .9); }
.OT_root .OT_mute.OT_active { background: #c8263b; }
.OT_root .OT_mute.OT_active:hover { background: #a81d30; }
.OT_root .OT_mute svg { width: 22px; height: 22px; fill: currentColor; }
.OT_root .OT_mute:not(.OT_active) .OT_icon-slash { display: none; }

.OT_root .OT_edge-bar-item.OT_mode-off, .OT_root .OT_name:empty { display: none; }
.OT_root .OT_edge-bar-item.OT_mode-auto { opacity: 0; }
.OT_root:hover .OT_edge-bar-item.OT_mode-auto, .OT_root.OT_audio-only .OT_name.OT_mode-auto, .OT_root:focus-within .OT_edge-bar-item.OT_mode-auto,
.OT_root .OT_edge-bar-item.OT_mode-auto.OT_mode-on-hold, .OT_root .OT_mute.OT_active.OT_mode-auto { opacity: 1; }
.OT_root button:focus-visible { outline: 3px solid #8ab8ff; outline-offset: 2px; }

.OT_root .OT_audio-level-meter {
  position: absolute; inset: 0 0 auto auto; z-index: 1; display: none; width: 25%; min-width: 44px; max-width: 224px; aspect-ratio: 1;
  overflow: hidden; border-end-start-radius: 100%; pointer-events: none;
}
.OT_root .OT_audio-level-meter.OT_mode-on, .OT_root.OT_audio-only .OT_audio-level-meter.OT_mode-auto { display: block; }
.OT_root .OT_audio-level-meter__bar { position: absolute; inset: 0; background: rgb(12 15 20 / .45); }
.OT_root .OT_audio-level-meter__value {
  position: absolute; inset: 0 0 auto auto; width: 0; height: 0; border-radius: 50%; background: rgb(53 178 107 / .85);
  transform: translate(50%, -50%); transition: width .08s linear, height .08s linear;
}
.OT_root .OT_audio-level-meter__audio-only-img { position: absolute; inset: 10px 10px auto auto; display: grid; }
.OT_root .OT_audio-level-meter svg { width: 18px; height: 18px; fill: #fff; }

.OT_root .OT_archiving, .OT_root .OT_video-trouble {
  position: absolute; inset: auto auto 8px 8px; z-index: 1; display: flex; align-items: center; gap: 7px;
  max-width: calc(100% - 64px); min-height: 32px; margin: 0; padding: 5px 12px 5px 9px; border-radius: 16px;
  background: rgb(12 15 20 / .78); color: #fff; font: inherit; font-size: 13px; font-weight: 600; line-height: 18px;
}
.OT_root .OT_archiving-status, .OT_root .OT_video-trouble span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.OT_root .OT_archiving-light-box { display: grid; flex: none; place-items: center; width: 18px; height: 18px; }
.OT_root .OT_archiving-light { width: 10px; height: 10px; border-radius: 50%; background: #97a1af; }
.OT_root .OT_archiving-on .OT_archiving-light { background: #ff4d5e; animation: OT_pulse 2s ease-in-out infinite; }
@keyframes OT_pulse { 50% { opacity: .35; } }
.OT_root .OT_video-trouble:not(.OT_video-disabled, .OT_video-disabled-warning), .OT_root .OT_video-trouble.OT_mode-off { display: none; }
.OT_root .OT_archiving.OT_mode-on ~ .OT_video-trouble { bottom: 46px; }
.OT_root .OT_video-trouble svg { flex: none; width: 18px; height: 18px; fill: #ffc24b; }
.OT_root .OT_video-trouble.OT_video-disabled svg { fill: #ff8a95; }

.OT_root .OT_audio-blocked {
  position: absolute; inset: 0; z-index: 2; display: grid; place-items: center; align-content: center; gap: 8px;
  width: 100%; height: 100%; margin: 0; padding: 12px; border: 0; background: rgb(12 15 20 / .6); color: #fff;
  font: inherit; font-weight: 600; cursor: pointer;
}
.OT_root .OT_audio-blocked svg { width: 56px; height: 56px; padding: 10px; border-radius: 50%; background: #2f6fde; fill: #fff; }
.OT_root .OT_audio-blocked[hidden], .OT_root .OT_audio-blocked.OT_mode-off { display: none; }
.OT_root .OT_message {
  position: absolute; inset: 0; display: grid; place-items: center; margin: 0; padding: 16px; text-align: center;
  text-wrap: balance; overflow-wrap: anywhere;
}
.OT_root .OT_message svg { display: block; width: 32px; height: 32px; margin: 0 auto 10px; fill: #97a1af; }
.OT_root.OT_failed .OT_mute, .OT_root.OT_failed .OT_audio-level-meter { display: none; }
@media (hover: none) {
  .OT_root .OT_mute.OT_mode-auto { opacity: 1; }
}
@media (prefers-reduced-motion: reduce) {
  .OT_root .OT_edge-bar-item { transition: none; }
  .OT_root .OT_video-loading::after { animation-duration: 3s; }
  .OT_root .OT_archiving-on .OT_archiving-light { animation: none; }
}
`;

let injected = false;

/**
 * Puts the library's styles into the page, once. First in the head, so that an application's own rules for these classes win. Where a
 * content security policy blocks style elements, a constructed style sheet does it.
 */
export function injectStyles(): void {
  if (injected) return;
  injected = true;
  const style = document.createElement('style');
  style.textContent = CSS;
  document.head.prepend(style);
  if ((style.sheet?.cssRules.length ?? 0) > 0 || typeof CSSStyleSheet !== 'function') return;
  style.remove();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
