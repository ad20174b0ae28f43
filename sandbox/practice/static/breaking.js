// The menu “Break it”: what may go wrong around the bot, a press for each; a line says what to watch for then.

import { post } from './api.js';
import { el } from './dom.js';
import { openMenu } from './menus.js';
import { announce } from './notices.js';

export class Breaking {
  #isAsking = false;

  /** @param watch the line that says what to watch for. */
  constructor(watch) {
    this.watch = watch;
    this.button = el(
      'button', {
        type: 'button', class: 'quiet break', 'aria-haspopup': 'menu', title: 'Let something go wrong, and watch the bot',
        hidden: true, onclick: () => this.#open(),
      },
      el('span', { 'aria-hidden': 'true' }, '⚡\uFE0E'), el('span', { class: 'break-words' }, 'Break it'),
    );
  }

  /** Shows the button, if anything can be broken here. */
  async start() {
    const listed = await post('/breakages', {});
    this.button.hidden = !listed?.groups.length;
  }

  async #open() {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const listed = await post('/breakages', {});
    this.#isAsking = false;
    if (listed) openMenu(this.button, 'Break it', listed.groups.flatMap(({ title, rows }) => [title, ...rows.map((row) => this.#entry(row))]));
  }

  #entry(row) {
    const words = el(
      'span', { class: 'breakage' },
      el('span', { class: 'breakage-words' }, el('bdi', {}, row.title), el('small', { dir: 'auto' }, row.detail)),
      el('span', { class: 'state' }, row.state),
    );
    return [words, () => this.#press(row), { isChecked: row.isBroken }];
  }

  async #press({ id, isBroken }) {
    const pressed = await post('/break', { id, is_broken: !isBroken });
    if (!pressed) return;
    const close = el('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close this note', onclick: () => this.#close() }, '×');
    this.watch.replaceChildren(el('p', { dir: 'auto' }, pressed.notice), close);
    this.watch.hidden = false;
    announce(pressed.notice);
  }

  #close() {
    this.watch.hidden = true;
    this.button.focus();
  }
}
