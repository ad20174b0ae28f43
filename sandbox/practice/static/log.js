// The conversation: messages in their order, days, rows by one sender, and where it is scrolled to.

import { Bubble, spoken } from './bubble.js';
import { arrange, el, isCalm } from './dom.js';
import { announce } from './notices.js';
import { place } from './place.js';
import { telegram } from './telegram.js';
import { welcome } from './welcome.js';

const ROW_MINUTES = 5;
const NEAR_END = 80;

export class Log {
  #bubbles = new Map();
  #key = null;

  constructor(node, toEnd, on) {
    this.node = node;
    this.toEnd = toEnd;
    this.on = { ...on, quote: (id) => this.reveal(id) };
    node.addEventListener('scroll', () => this.#showToEnd());
    node.addEventListener('keydown', (event) => this.#onKey(event));
    // What is in a message can be reached by Tab while the focus is there, or a long talk would be a hundred stops.
    node.addEventListener('focusin', ({ target }) => this.#open(target.closest('.message')));
    node.addEventListener('focusout', ({ relatedTarget }) => {
      this.#open(relatedTarget?.closest?.('.message') ?? null);
      if (!node.contains(relatedTarget)) queueMicrotask(() => roving([...node.children]));
    });
    // Pictures and videos that get their room late must not push the end out of sight.
    node.addEventListener('load', () => this.#stick(), true);
    new ResizeObserver(() => this.#stick()).observe(node);
    toEnd.addEventListener('click', () => this.#scrollToEnd());
  }

  /** Shows the place as it is now. */
  show() {
    if (place.chat === null) return;
    if (this.#key !== `${place.person.id}/${place.key}`) {
      this.#key = `${place.person.id}/${place.key}`;
      this.#bubbles.clear();
      this.isAtEnd = true;
    }
    const talk = telegram.talk(place.chat, place.thread);
    if (talk.length === 0) this.node.replaceChildren(welcome(this.on));
    else arrange(this.node, this.#nodes(talk));
    this.#stick();
  }

  /** Tells screen readers what came; of edits only those that bring something to watch, or progress would be told. */
  tell({ message, before }) {
    const isHere = message.chat === place.chat?.id && (!place.chat.isForum || message.thread === place.thread);
    if (!isHere) return;
    const isOwn = message.sender.id === place.person.id;
    if (isOwn && !before) this.isAtEnd = true;
    if (!isOwn && (!before || (message.media && !before.media))) announce(spoken(message));
  }

  /** Scrolls to a message and lights it up for a moment. */
  reveal(id) {
    const node = this.node.querySelector(`[data-id="${id}"]`);
    if (!node) return;
    node.scrollIntoView({ block: 'center', behavior: pace() });
    node.classList.add('lit');
    setTimeout(() => node.classList.remove('lit'), 1500);
  }

  focusLast() {
    const all = this.node.querySelectorAll('.message:not(.service)');
    all[all.length - 1]?.focus();
  }

  #open(node) {
    for (const bubble of this.#bubbles.values()) bubble.setOpen(bubble.node === node);
  }

  #nodes(talk) {
    const entries = together(talk);
    const nodes = [];
    let day = null;
    const kept = new Map();
    entries.forEach((messages, at) => {
      const [message] = messages;
      const today = new Date(message.date).toDateString();
      if (today !== day) nodes.push(this.#day(message.date, today));
      const bubble = this.#bubbles.get(message.id) ?? new Bubble(this.on);
      bubble.show(messages, {
        isFirst: today !== day || !isRow(entries[at - 1]?.[0], message),
        isLast: !isRow(message, entries[at + 1]?.[0]),
      });
      day = today;
      kept.set(message.id, bubble);
      nodes.push(bubble.node);
    });
    kept.forEach((bubble, id) => this.#bubbles.set(id, bubble));
    for (const id of this.#bubbles.keys()) if (!kept.has(id)) this.#bubbles.delete(id);
    if (nodes.length) roving(nodes);
    return nodes;
  }

  #day(date, key) {
    const known = this.node.querySelector(`[data-day="${key}"]`);
    const words = new Date(date).toLocaleDateString([], { day: 'numeric', month: 'long' });
    return known ?? el('div', { class: 'day', dataset: { day: key } }, el('span', {}, words));
  }

  #onKey(event) {
    const message = event.target.closest('.message');
    if (message === null || event.target !== message) return;
    const all = [...this.node.querySelectorAll('.message:not(.service)')];
    const at = all.indexOf(message);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Enter' || event.key === 'ContextMenu') {
      event.preventDefault();
      message.querySelector('.more')?.click();
    } else if (to !== undefined && all[to]) {
      event.preventDefault();
      all.forEach((each) => { each.tabIndex = -1; });
      all[to].tabIndex = 0;
      all[to].focus();
    }
  }

  #stick() {
    if (this.isAtEnd) this.node.scrollTop = this.node.scrollHeight;
    this.#showToEnd({ isScroll: false });
  }

  #scrollToEnd() {
    this.isAtEnd = true;
    this.node.scrollTo({ top: this.node.scrollHeight, behavior: pace() });
  }

  #showToEnd({ isScroll = true } = {}) {
    const left = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight;
    if (isScroll) this.isAtEnd = left < NEAR_END;
    this.toEnd.hidden = left < NEAR_END;
  }
}

function pace() {
  return isCalm() ? 'instant' : 'smooth';
}

/** Messages, those of an album together. */
function together(talk) {
  const entries = [];
  for (const message of talk) {
    const last = entries[entries.length - 1];
    if (message.album && last?.[0].album === message.album) last.push(message);
    else entries.push([message]);
  }
  return entries;
}

function isRow(one, next) {
  if (!one || !next || one.service || next.service || one.sender.id !== next.sender.id) return false;
  return new Date(next.date) - new Date(one.date) < ROW_MINUTES * 60_000;
}

/** One message at a time can be reached by Tab: the newest, unless another has the focus. */
function roving(nodes) {
  const messages = nodes.filter((node) => node.matches('.message:not(.service)'));
  if (messages.length === 0 || messages.some((node) => node.contains(document.activeElement))) return;
  messages.forEach((node) => { node.tabIndex = -1; });
  messages[messages.length - 1].tabIndex = 0;
}
