// The inline picker: results of the bot for the words after its name, chosen into this chat (Bot API: Inline mode).

import { fileAddress, post } from './api.js';
import { el } from './dom.js';
import { place } from './place.js';
import { telegram } from './telegram.js';

const PAUSE = 250;
const SIGNS = { video: '🎬', mpeg4_gif: '🎬', article: '💬' };

export class Inline {
  /** @param done is called when a result was chosen. */
  constructor({ done }) {
    this.done = done;
  }

  takes(text) {
    return telegram.bot !== null && text.toLowerCase().startsWith(`@${telegram.bot.username.toLowerCase()} `);
  }

  /** The results for the words, once the person has stopped typing for a moment. */
  async find(text) {
    const words = text.slice(telegram.bot.username.length + 2);
    this.newest = words;
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    return this.newest === words ? this.#page(words, '') : null;
  }

  async #page(words, offset) {
    const answer = await post('/ask-inline', { ...place.where, text: words, offset });
    if (answer === null) return null;
    return {
      items: answer.results.map((result) => this.#item(answer.id, result)),
      head: offset ? null : this.#head(answer),
      more: answer.nextOffset ? () => this.#page(words, answer.nextOffset) : null,
    };
  }

  #head({ results, button }) {
    if (button) {
      return el('button', { type: 'button', class: 'suggestion-head', onclick: () => this.#start(button.startParameter) }, button.text);
    }
    return results.length ? null : el('p', { class: 'suggestion-head' }, 'No results');
  }

  /** Takes the person to their chat with the bot (Bot API: InlineQueryResultsButton). */
  #start(payload) {
    const own = telegram.chatsOf(place.person.id).find((chat) => chat.isWithBot);
    this.done();
    place.go(place.person, own);
    post('/say', { person: place.person.id, chat: own.id, text: `/start ${payload}` });
  }

  #item(query, result) {
    const { thumbnail } = result;
    const sign = thumbnail
      ? el('img', { class: 'result-picture', src: fileAddress(thumbnail), alt: '' })
      : el('span', { class: 'result-picture', 'aria-hidden': 'true' }, SIGNS[result.kind] ?? '•');
    return {
      node: el('span', { class: 'result' }, sign, el('span', { class: 'result-words' },
        el('b', { dir: 'auto' }, result.title), el('span', { dir: 'auto' }, result.description))),
      pick: async () => {
        this.done();
        await post('/choose-inline', { ...place.where, query, result: result.id });
      },
    };
  }
}
