// The list above the input field: the bot's commands after a slash, the inline picker after its name.

import { el } from './dom.js';

let numbers = 0;

export class Suggestions {
  #items = [];
  #at = -1;

  /**
   * @param field the input field that keeps the focus.
   * @param sources each has `find(text)`, which gives `{ items, head, more }` or null if it has nothing to say to the
   * text; an item has a `node`, `pick()`, and `complete()` for Tab where there is one; `more()` gives more items.
   */
  constructor(field, sources) {
    this.field = field;
    this.sources = sources;
    this.list = el('div', { class: 'suggestions', role: 'listbox', id: 'suggestions', 'aria-label': 'Suggestions', hidden: true });
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-controls', 'suggestions');
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-expanded', 'false');
    this.list.addEventListener('scroll', () => this.#loadMore());
  }

  /** Shows what there is for the field's text; the answer to an older text is dropped. */
  async update() {
    const text = this.field.value;
    const source = this.sources.find((each) => each.takes(text));
    if (!source) {
      this.close();
      return;
    }
    this.asked = text;
    const found = await source.find(text);
    if (this.asked !== text || this.field.value !== text) return;
    if (found === null) this.close();
    else this.#show(found);
  }

  close() {
    this.asked = null;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.#items = [];
    this.#select(-1);
    this.field.setAttribute('aria-expanded', 'false');
  }

  /** Takes a key that moves in the list, picks from it or closes it; true if it did. */
  takeKey(event) {
    if (this.list.hidden) return false;
    const { length } = this.#items;
    switch (event.key) {
      case 'ArrowDown': case 'ArrowUp':
        if (length) this.#select((this.#at + (event.key === 'ArrowDown' ? 1 : -1) + length) % length);
        return true;
      case 'Enter':
        if (this.#at < 0) return false;
        this.#items[this.#at].pick();
        return true;
      case 'Tab':
        if (this.#at < 0 || event.shiftKey) return false;
        (this.#items[this.#at].complete ?? this.#items[this.#at].pick)();
        return true;
      case 'Escape':
        this.close();
        return true;
      default:
        return false;
    }
  }

  #show({ items, head = null, more = null }) {
    this.more = more;
    this.#items = [];
    this.list.replaceChildren(...(head ? [head] : []));
    this.list.scrollTop = 0;
    this.list.hidden = false;
    this.field.setAttribute('aria-expanded', 'true');
    this.#append(items);
    this.#select(items.length ? 0 : -1);
  }

  #append(items) {
    for (const item of items) {
      const at = this.#items.push(item) - 1;
      numbers += 1;
      const option = el('div', { class: 'suggestion', role: 'option', id: `suggestion-${numbers}`, 'aria-selected': 'false' }, item.node);
      // Not on click: the field must not lose the focus.
      option.addEventListener('mousedown', (event) => event.preventDefault());
      option.addEventListener('click', () => item.pick());
      option.addEventListener('mousemove', () => this.#select(at, { scrolls: false }));
      item.option = option;
      this.list.append(option);
    }
  }

  #select(at, { scrolls = true } = {}) {
    this.#items[this.#at]?.option.setAttribute('aria-selected', 'false');
    this.#at = at;
    const option = this.#items[at]?.option;
    option?.setAttribute('aria-selected', 'true');
    if (scrolls) option?.scrollIntoView({ block: 'nearest' });
    if (option) this.field.setAttribute('aria-activedescendant', option.id);
    else this.field.removeAttribute('aria-activedescendant');
    if (at >= 0 && at === this.#items.length - 1) this.#loadMore();
  }

  async #loadMore() {
    const isNearEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
    if (!this.more || !isNearEnd) return;
    const { more, asked } = this;
    this.more = null;
    const found = await more();
    if (found === null || this.asked !== asked) return;
    this.#append(found.items);
    this.more = found.more;
  }
}
