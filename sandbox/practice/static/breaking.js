// The menu “Break it”: what may go wrong around the bot, a press for each; a note says what to watch for then.

import { post } from './api.js';
import { el, fill } from './dom.js';
import { openMenu } from './menus.js';
import { announce } from './notices.js';
import { telegram } from './telegram.js';

export class Breaking {
  /** The row that the note is about, and what it says. */
  #id = null;
  #note = '';

  /** @param watch the line that says what to watch for. */
  constructor(watch) {
    this.watch = watch;
    this.count = el('span', { class: 'badge danger', 'aria-hidden': 'true' });
    this.button = el(
      'button', {
        type: 'button', class: 'quiet break', 'aria-haspopup': 'menu', title: 'Let something go wrong, and watch the bot',
        hidden: true, onclick: () => this.#open(),
      },
      el('span', { 'aria-hidden': 'true' }, '⚡\uFE0E'), el('span', { class: 'break-words' }, 'Break it'), this.count,
    );
  }

  /** Shows how everything stands now: the button, if anything can be broken here, and the note. */
  show() {
    const broken = this.#rows.filter((row) => row.isBroken);
    this.button.hidden = this.#rows.length === 0;
    this.count.hidden = broken.length === 0;
    this.count.textContent = String(broken.length);
    this.button.setAttribute('aria-label', ['Break it', broken.length && `${broken.length} broken`].filter(Boolean).join(', '));
    this.#id ??= broken[0]?.id ?? null;
    this.#showNote(this.#rows.find((row) => row.id === this.#id));
  }

  get #rows() {
    return telegram.breakages.flatMap(({ rows }) => rows);
  }

  #open() {
    openMenu(this.button, 'Break it', telegram.breakages.flatMap(({ title, rows }) => [title, ...rows.map((row) => this.#entry(row))]));
  }

  #entry(row) {
    const words = el(
      'span', { class: 'breakage' },
      el('span', { class: 'breakage-words' }, el('bdi', {}, row.title), el('small', { dir: 'auto' }, row.detail)),
      row.state ? el('span', { class: 'state' }, row.state) : null,
    );
    return [words, () => this.#press(row, !row.isBroken), row.canBeMended ? { isChecked: row.isBroken } : {}];
  }

  async #press({ id }, isBroken) {
    [this.#id, this.#note] = [id, ''];
    await post('/break', { id, is_broken: isBroken });
    this.show();
  }

  /** The note stays the node it is, for the focus may be on one of its buttons. */
  #showNote(row) {
    const words = row?.note ?? '';
    this.watch.hidden = words === '';
    if (!words) return;
    const key = `${words}/${row.isBroken}`;
    if (this.#note === key) return;
    const hadFocus = this.watch.contains(document.activeElement);
    this.#note = key;
    const mend = row.isBroken && row.canBeMended
      ? el('button', { type: 'button', class: 'quiet', onclick: () => this.#press(row, false) }, 'Mend it') : null;
    const close = el('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close this note', onclick: () => this.#close() }, '×');
    fill(this.watch, el('p', { dir: 'auto' }, words), mend, close);
    if (hadFocus) (mend ?? close).focus();
    announce(words);
  }

  #close() {
    this.#id = '';
    this.watch.hidden = true;
    this.button.focus();
  }
}
