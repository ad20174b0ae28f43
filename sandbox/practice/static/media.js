// Shows what a message carries: photos and albums, videos, animations, files.

import { fileAddress } from './api.js';
import { el, isCalm } from './dom.js';
import { showBox } from './notices.js';

const WIDEST = 380;
const HIGHEST = 480;
// So much of the window's height one picture may take.
const SHARE = 0.58;

const NAMES = {
  photo: '🖼 Photo', video: '🎬 Video', animation: '🎞 GIF', document: '📎 File', voice: '🎤 Voice message', sticker: '😀 Sticker',
  location: '📍 Location',
};

/** The node of one message's media. */
export function media(shown) {
  switch (shown.kind) {
    case 'photo':
      return fitted(photo(shown), shown);
    case 'video':
      return fitted(video(shown, { controls: true, preload: 'metadata' }), shown);
    case 'animation':
      if (shown.type.startsWith('image/')) return fitted(el('img', { src: fileAddress(shown), alt: 'GIF' }), shown);
      return fitted(video(shown, { controls: true, loop: true, muted: true, autoplay: !isCalm() }), shown);
    case 'voice':
      return el('audio', { class: 'voice', src: fileAddress(shown), controls: true, 'aria-label': mediaName('voice') });
    case 'sticker':
      return el('img', { class: 'sticker', src: fileAddress(shown), alt: 'Sticker', width: 160, height: 160, draggable: false });
    case 'location':
      return el('p', { class: 'location' }, '📍 ', `${shown.latitude}, ${shown.longitude}`);
    default:
      return file(shown);
  }
}

/** Several photos as one picture: two beside each other, the first large where the number is odd. */
export function album(all) {
  return el('div', { class: `album of-${Math.min(all.length, 4)}` }, all.map(photo));
}

export function seconds(number) {
  return `${Math.floor(number / 60)}:${String(Math.floor(number % 60)).padStart(2, '0')}`;
}

/** What stands for media where there is room for words only. */
export function mediaName(kind) {
  return NAMES[kind] ?? '';
}

function photo(shown) {
  const picture = el('img', {
    src: fileAddress(shown), alt: 'Photo', width: shown.width, height: shown.height, draggable: false,
  });
  return el('button', { type: 'button', class: 'photo', 'aria-label': 'Enlarge the photo', onclick: () => enlarge(shown) }, picture);
}

function video(shown, how) {
  return el('video', {
    src: fileAddress(shown),
    poster: shown.thumbnail ? fileAddress(shown.thumbnail) : null,
    width: shown.width,
    height: shown.height,
    playsInline: true,
    'aria-label': `${mediaName(shown.kind)}, ${seconds(shown.seconds)}`,
    ...how,
  });
}

/** In the shape it has, so that nothing jumps when it is loaded. */
function fitted(node, { width, height }) {
  const scale = Math.min(WIDEST / width, Math.min(HIGHEST, innerHeight * SHARE) / height, 1);
  const frame = el('div', { class: 'media' }, node);
  frame.style.width = `${Math.max(120, Math.round(width * scale))}px`;
  frame.style.aspectRatio = `${width} / ${height}`;
  return frame;
}

function file(shown) {
  const name = shown.name ?? 'file';
  const sign = shown.thumbnail
    ? el('img', { class: 'file-sign', src: fileAddress(shown.thumbnail), alt: '' })
    : el('span', { class: 'file-sign', 'aria-hidden': 'true' }, '📎');
  return el(
    'a', { class: 'file', href: fileAddress(shown, name), download: name },
    sign, el('span', { class: 'file-name' }, el('bdi', {}, name), el('small', {}, size(shown.size))),
  );
}

function size(bytes) {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function enlarge(shown) {
  const box = el(
    'dialog', { class: 'enlarged', 'aria-label': 'Photo' },
    el('button', { type: 'button', class: 'plain', 'aria-label': 'Close', onclick: () => box.close() },
      el('img', { src: fileAddress(shown), alt: 'Photo' })),
  );
  showBox(box);
}
