// The files that are to be sent: chosen, dropped or pasted, shown before they go.

import { el } from './dom.js';
import { openMenu } from './menus.js';

const PICTURES = ['image/jpeg', 'image/png', 'image/webp'];

/** What few people have at hand here: the server has one of each. */
const SAMPLES = [
  ['video', '🎬 A video'], ['gif', '🎞 A GIF'], ['voice', '🎤 A voice message'], ['sticker', '😀 A sticker'], ['location', '📍 A location'],
];

export class Attachments {
  #files = [];
  #addresses = [];

  /** @param onChange called when files come or go; `sendSample(kind)` sends what is ready-made. */
  constructor({ onChange, sendSample }) {
    [this.onChange, this.sendSample] = [onChange, sendSample];
    this.asFiles = el('input', { type: 'checkbox', onchange: () => this.#show() });
    this.shelf = el('ul', { class: 'shelf', 'aria-label': 'Files to send' });
    this.node = el('div', { class: 'attachments', hidden: true }, this.shelf,
      el('label', { class: 'as-files' }, this.asFiles, 'Send as files, not as photos'));
    this.input = el('input', {
      type: 'file', multiple: true, hidden: true, 'aria-label': 'Files',
      onchange: () => {
        this.add(this.input.files);
        this.input.value = '';
      },
    });
    this.button = el('button', {
      type: 'button', class: 'icon-button', 'aria-label': 'Attach', title: 'Attach', 'aria-haspopup': 'menu',
      onclick: () => this.#choose(),
    }, '📎');
  }

  #choose() {
    openMenu(this.button, 'Attach', [
      ['🖼 Photos, videos or files…', () => this.input.click()], 'Ready-made',
      ...SAMPLES.map(([kind, words]) => [words, () => this.sendSample(kind)]),
    ]);
  }

  get isEmpty() {
    return this.#files.length === 0;
  }

  add(files) {
    this.#files.push(...files);
    this.#show();
  }

  clear() {
    this.#files = [];
    this.asFiles.checked = false;
    this.#show();
  }

  /** Puts the files into the form that the server takes. */
  fill(form) {
    for (const file of this.#files) form.append('file', file, file.name);
    form.append('as_files', String(this.asFiles.checked));
  }

  #show() {
    this.#addresses.forEach((address) => URL.revokeObjectURL(address));
    this.#addresses = [];
    this.shelf.replaceChildren(...this.#files.map((file) => this.#tile(file)));
    this.node.hidden = this.isEmpty;
    this.onChange();
  }

  #tile(file) {
    const remove = el('button', {
      type: 'button', class: 'remove', 'aria-label': `Do not send ${file.name}`,
      onclick: () => {
        this.#files = this.#files.filter((other) => other !== file);
        this.#show();
      },
    }, '×');
    return el('li', { class: 'tile', title: file.name }, this.#face(file), remove);
  }

  #face(file) {
    if (!PICTURES.includes(file.type) || this.asFiles.checked) {
      return el('span', { class: 'tile-file' }, '📎', el('bdi', {}, file.name));
    }
    const address = URL.createObjectURL(file);
    this.#addresses.push(address);
    return el('img', { src: address, alt: file.name });
  }
}
