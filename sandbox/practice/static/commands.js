// Suggests the bot's commands, as it has set them for this chat and this person (Bot API: setMyCommands).

import { post } from './api.js';
import { el } from './dom.js';
import { place } from './place.js';
import { telegram } from './telegram.js';

export class Commands {
  /** @param send sends a command; `fill` puts it into the field, for words to follow. */
  constructor({ send, fill }) {
    this.send = send;
    this.fill = fill;
  }

  takes(text) {
    return /^\/[a-z0-9_]*$/i.test(text);
  }

  async find(text) {
    const asked = await post('/commands', place.where);
    const typed = text.slice(1).toLowerCase();
    const fitting = (asked?.commands ?? []).filter(({ command }) => command.startsWith(typed));
    return fitting.length ? { items: fitting.map((each) => this.#item(each)) } : null;
  }

  #item({ command, description }) {
    const whole = `/${command}${place.chat.isWithBot ? '' : `@${telegram.bot.username}`}`;
    return {
      node: el('span', { class: 'suggested-command' }, el('b', {}, `/${command}`), el('span', { dir: 'auto' }, description)),
      pick: () => this.send(whole),
      complete: () => this.fill(`${whole} `),
    };
  }
}
