// Tells the person something beside the chat: a passing note, an alert to close, a word to screen readers.

import { el } from './dom.js';

const SECONDS_SHOWN = 4;

/** A note that passes by itself. */
export function toast(words) {
  const note = el('div', { class: 'toast', dir: 'auto' }, words);
  document.getElementById('notices').replaceChildren(note);
  setTimeout(() => note.remove(), SECONDS_SHOWN * 1000);
}

/** Words that stay until the person closes them. */
export function alertBox(title, words) {
  const close = el('button', { type: 'submit', class: 'primary', autofocus: true }, 'OK');
  const box = el(
    'dialog', { class: 'box', 'aria-label': title },
    el('form', { method: 'dialog' }, el('p', { class: 'box-words', dir: 'auto' }, words), el('div', { class: 'box-buttons' }, close)),
  );
  showBox(box);
}

/** A line that is there already, hidden until there is reason for it; a press closes it. */
export class Notice {
  constructor(node) {
    this.node = node;
    node.append(el('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close this note', onclick: () => { node.hidden = true; } }, '×'));
  }

  show() {
    this.node.hidden = false;
    announce(this.node.querySelector('p').textContent);
  }
}

/** Opens a dialog over everything; it is gone from the page once it is closed, and the focus goes back. */
export function showBox(box) {
  const before = document.activeElement;
  box.addEventListener('close', () => {
    box.remove();
    before?.focus?.();
  });
  box.querySelector('.close')?.addEventListener('click', () => box.close());
  box.addEventListener('click', (event) => {
    if (event.target === box) box.close();
  });
  document.body.append(box);
  box.showModal();
}

/** Says something to screen readers only. */
export function announce(words) {
  document.getElementById('live').textContent = words;
}

export async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    toast('Copied.');
  } catch {
    toast('The browser does not let this page copy.');
  }
}
