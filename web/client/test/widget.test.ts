import { describe, expect, it } from 'vitest';
import { exceptions } from '../src/exceptions.js';
import type { PublisherProperties } from '../src/options.js';
import { newPublisher } from './fakes/joined.js';
import { FakePlatform, settled } from './fakes/platform.js';

/** The structure of an element by tag and class names, one line each. */
function outline(element: Element, depth = 0): string {
  if (element.tagName.toLowerCase() === 'svg') return '';
  const name = [element.tagName.toLowerCase(), ...element.classList].join('.');
  const below = [...element.children].map((child) => outline(child, depth + 1)).join('');
  return `${'  '.repeat(depth)}${name}\n${below}`;
}

function page(html: string): HTMLElement {
  document.body.innerHTML = html;
  const target = document.getElementById('target');
  if (!target) throw new Error('the page has no target');
  return target;
}

async function show(properties: PublisherProperties = {}, target?: HTMLElement) {
  const publisher = newPublisher(new FakePlatform(), properties, target);
  await settled();
  return publisher;
}

const control = (root: Element | undefined, name: string): DOMTokenList | undefined =>
  root?.querySelector(`.${name}`)?.classList;

describe('a widget', () => {
  it('has the documented structure and class names', async () => {
    const { element } = await show({ name: 'Ada' }, page('<div id="target"></div>'));
    expect(element && outline(element)).toBe(
      [
        'div.OT_root.OT_publisher.OT_fit-mode-cover.OT_loading.OT_mirrored',
        '  div.OT_widget-container',
        '    div.OT_video-loading',
        '    div.OT_video-poster',
        '    video.OT_video-element',
        '  div.OT_bar.OT_edge-bar-item.OT_mode-auto',
        '  h1.OT_name.OT_edge-bar-item.OT_mode-auto',
        '  button.OT_mute.OT_edge-bar-item.OT_mode-auto',
        '  h1.OT_archiving.OT_edge-bar-item.OT_edge-bottom.OT_archiving-off.OT_mode-off',
        '    div.OT_archiving-light-box',
        '      div.OT_archiving-light',
        '    div.OT_archiving-status',
        '  div.OT_audio-level-meter.OT_mode-auto',
        '    div.OT_audio-level-meter__bar',
        '    div.OT_audio-level-meter__value',
        '    div.OT_audio-level-meter__audio-only-img',
        '  div.OT_video-trouble.OT_mode-auto',
        '    span',
        '',
      ].join('\n'),
    );
    expect(element?.querySelector('h1')?.textContent).toBe('Ada');
    const video = element?.querySelector('video');
    expect([video?.autoplay, video?.playsInline, video?.muted]).toEqual([true, true, true]);
  });

  it('loads until the first frame', async () => {
    const { element } = await show();
    expect(element?.classList.contains('OT_loading')).toBe(true);
    const video = element?.querySelector('video');
    video?.dispatchEvent(new Event('loadeddata'));
    expect(element?.classList.contains('OT_loading'), 'sound alone').toBe(true);
    Object.defineProperty(video, 'videoWidth', { value: 640 });
    video?.dispatchEvent(new Event('loadeddata'));
    expect(element?.classList.contains('OT_loading')).toBe(false);
  });

  it('replaces the target by becoming it, and leaves the page with the publisher', async () => {
    const target = page('<section><p id="target" class="mine"><b>old</b></p></section>');
    const publisher = await show({}, target);
    expect(publisher.element).toBe(target);
    expect(target.matches('p#target.mine.OT_root')).toBe(true);
    expect(target.querySelector('b')).toBeNull();
    publisher.destroy();
    expect(document.querySelector('section')?.children).toHaveLength(0);
  });

  it.each([
    ['append', ['target', 'target > new']],
    ['before', ['new', 'target']],
    ['after', ['target', 'new']],
  ] as const)('is put in mode %s', async (insertMode, order) => {
    const target = page('<div id="target"></div>');
    const { element } = await show({ insertMode }, target);
    expect(element?.id).toMatch(/^OT_/);
    expect(
      [...document.body.querySelectorAll('#target, .OT_root')].map((found) => {
        const name = found === target ? 'target' : 'new';
        return found.parentElement === target ? `target > ${name}` : name;
      }),
    ).toEqual(order);
  });

  it('goes to the end of the body without a target', async () => {
    const { element } = await show();
    expect(document.body.lastElementChild).toBe(element);
  });

  it('is 264 by 198 pixels unless told otherwise', async () => {
    const size = async (properties: PublisherProperties): Promise<unknown[]> => {
      const { element } = await show(properties);
      return [element?.style.width, element?.style.height];
    };
    expect(await size({})).toEqual(['264px', '198px']);
    expect(await size({ width: 320, height: '240' })).toEqual(['320px', '240px']);
    expect(await size({ width: '100%', height: '10rem' })).toEqual(['100%', '10rem']);
  });

  it('fits and mirrors the picture by its source, unless told otherwise', async () => {
    const classes = async (properties: PublisherProperties): Promise<unknown[]> => {
      const { element } = await show(properties);
      return ['OT_fit-mode-cover', 'OT_fit-mode-contain', 'OT_mirrored'].map((name) =>
        element?.classList.contains(name),
      );
    };
    expect(await classes({})).toEqual([true, false, true]);
    expect(await classes({ videoSource: 'screen' })).toEqual([false, true, false]);
    expect(await classes({ fitMode: 'contain', mirror: false })).toEqual([false, true, false]);
  });

  it('shows its controls as the style says, also later', async () => {
    const publisher = await show({ style: { buttonDisplayMode: 'off' } });
    const { element } = publisher;
    expect(control(element, 'OT_mute')?.contains('OT_mode-off')).toBe(true);
    expect(publisher.setStyle('nameDisplayMode', 'on')).toBe(publisher);
    expect(control(element, 'OT_name')?.contains('OT_mode-on')).toBe(true);
    expect(control(element, 'OT_name')?.contains('OT_mode-auto')).toBe(false);
    publisher.setStyle({ buttonDisplayMode: 'on', backgroundImageURI: 'https://x/me.png' });
    expect(publisher.getStyle()).toMatchObject({
      buttonDisplayMode: 'on',
      nameDisplayMode: 'on',
      audioLevelDisplayMode: 'auto',
      backgroundImageURI: 'https://x/me.png',
    });
    const poster = element?.querySelector<HTMLElement>('.OT_video-poster');
    expect(poster?.style.backgroundImage).toContain('https://x/me.png');
    publisher.setStyle('backgroundImageURI', 'aGVsbG8=');
    expect(poster?.style.backgroundImage).toContain('data:image/png;base64,aGVsbG8=');
  });

  it('has no controls with showControls false', async () => {
    const { element } = await show({ showControls: false });
    expect(
      element?.querySelector('.OT_edge-bar-item, .OT_audio-level-meter, .OT_video-trouble'),
    ).toBeNull();
  });

  it('is nothing with insertDefaultUI false; the video comes with an event', async () => {
    const platform = new FakePlatform();
    const publisher = newPublisher(platform, { insertDefaultUI: false });
    const video = await new Promise((resolve) => {
      publisher.on('videoElementCreated', (e) => {
        resolve(e.element);
      });
    });
    expect(video).toBeInstanceOf(HTMLVideoElement);
    expect(publisher.element).toBeUndefined();
    expect(document.body.children).toHaveLength(0);
    publisher.setStyle('nameDisplayMode', 'off').destroy();
  });

  it('shows initials while there is no picture', async () => {
    const { element } = await show({ initials: 'AL', videoSource: null });
    expect(element?.classList.contains('OT_audio-only')).toBe(true);
    expect(element?.classList.contains('OT_loading')).toBe(false);
    expect(element?.querySelector('.OT_video-poster')?.textContent).toBe('AL');
  });

  it('survives that the application removes it', async () => {
    const publisher = await show();
    publisher.element?.remove();
    document.body.replaceChildren();
    expect(publisher.destroy()).toBe(publisher);
  });

  it('brings its styles once, before those of the application', async () => {
    document.head.append(document.createElement('style'));
    await show();
    await show();
    const styles = [...document.head.querySelectorAll('style')];
    const ours = styles.filter((style) => style.textContent.includes('.OT_root'));
    expect(ours).toHaveLength(1);
    expect(styles[0]).toBe(ours[0]);
  });

  it('takes what is no option as its default', async () => {
    const { element } = await show({
      insertMode: 'inside' as 'append',
      fitMode: 'stretch' as 'cover',
      style: { nameDisplayMode: 'maybe' as 'on', buttonDisplayMode: 'on' },
    });
    expect(element?.classList.contains('OT_fit-mode-cover')).toBe(true);
    expect(control(element, 'OT_name')?.contains('OT_mode-auto')).toBe(true);
    expect(control(element, 'OT_mute')?.contains('OT_mode-on')).toBe(true);
  });

  it('keeps its style when it is told nonsense', async () => {
    const publisher = await show();
    const before = publisher.getStyle();
    publisher.setStyle({ nameDisplayMode: 7, other: 'x' } as object);
    expect(publisher.getStyle()).toEqual(before);
    expect(before).toMatchObject({
      videoDisabledDisplayMode: 'auto',
      archiveStatusDisplayMode: 'auto',
    });
  });

  it('shows that the session is recorded, and for a while that it no longer is', async () => {
    const platform = new FakePlatform();
    const publisher = newPublisher(platform);
    await settled();
    const sign = publisher.element?.querySelector('h1.OT_archiving');
    expect(sign?.matches('.OT_archiving-off.OT_mode-off')).toBe(true);
    publisher.archivingChanged(true);
    expect(sign?.matches('.OT_archiving-on.OT_mode-on')).toBe(true);
    expect(sign?.querySelector('.OT_archiving-status')?.textContent).toBe('Recording');
    publisher.archivingChanged(false);
    expect(sign?.matches('.OT_archiving-off.OT_mode-on')).toBe(true);
    platform.advance(5_000);
    expect(sign?.matches('.OT_archiving-off.OT_mode-off')).toBe(true);
    publisher.setStyle('archiveStatusDisplayMode', 'off').archivingChanged(true);
    expect(sign?.matches('.OT_archiving-on.OT_mode-off')).toBe(true);
  });

  it('has no picture to give before the first', async () => {
    expect((await show()).getImgData()).toBeNull();
  });

  it('reports a picture that can not be played', async () => {
    const { element } = await show();
    const raised: string[] = [];
    exceptions.once('exception', (e) => raised.push(e.message));
    const video = element?.querySelector('video');
    Object.defineProperty(video, 'error', { value: { code: 3, message: 'bad data' } });
    video?.dispatchEvent(new Event('error'));
    await settled();
    expect(raised).toEqual(['The video element stopped: bad data']);
  });
});
