import { hueOf } from '../../src/names.js';

/** A video of a plain figure before a coloured wall, slowly swaying; the colours follow from the label. */
export function paintedVideo(label: string): HTMLVideoElement {
  const canvas = document.createElement('canvas');
  canvas.width = 960;
  canvas.height = 540;
  const pen = canvas.getContext('2d');
  if (pen === null) {
    throw new Error('no 2d canvas');
  }
  const hue = (hueOf(label) * 45 + label.length * 7) % 360;
  let frame = 0;
  const paint = (): void => {
    const sway = Math.sin(frame++ / 12) * 12;
    const wall = pen.createLinearGradient(0, 0, 960, 540);
    wall.addColorStop(0, `hsl(${hue} 30% 72%)`);
    wall.addColorStop(1, `hsl(${(hue + 50) % 360} 32% 46%)`);
    pen.fillStyle = wall;
    pen.fillRect(0, 0, 960, 540);
    pen.fillStyle = `hsl(${(hue + 180) % 360} 38% 34%)`;
    pen.beginPath();
    pen.ellipse(480 + sway, 560, 210, 190, 0, 0, Math.PI * 2);
    pen.fill();
    pen.fillStyle = `hsl(${20 + (hue % 20)} 45% ${45 + (hue % 35)}%)`;
    pen.beginPath();
    pen.ellipse(480 + sway, 270, 92, 118, 0, 0, Math.PI * 2);
    pen.fill();
  };
  paint();
  window.setInterval(paint, 66);
  const video = document.createElement('video');
  video.autoplay = true;
  video.muted = true;
  video.playsInline = true;
  video.srcObject = canvas.captureStream(15);
  return video;
}
