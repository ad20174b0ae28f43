// One message as a bubble, or several as an album's; it changes in place, part by part, so that a playing video plays on.

import { arrange, avatar, colour, el } from './dom.js';
import { keyboard } from './keyboard.js';
import { album, media, mediaName } from './media.js';
import { place } from './place.js';
import { words } from './words.js';

/** What stands in its bubble as words do, and does not fill it. */
const IN_BUBBLE = new Set(['document', 'voice', 'location']);
const STOPS = 'a, button, video, audio, [role="button"]';

export class Bubble {
  isOpen = false;

  /** @param on what happens on a command, a link, an inline button, the menu, a tapped quote. */
  constructor(on) {
    this.on = on;
    this.parts = new Map();
    this.body = el('div', { class: 'bubble' });
    this.frame = el('div', { class: 'bubble-frame' }, this.body);
    this.node = el('article', { class: 'message', tabIndex: -1 }, this.frame);
    this.more = el('button', {
      type: 'button', class: 'more', 'aria-label': 'What to do with this message', 'aria-haspopup': 'menu',
      onclick: (event) => this.on.menu(this.messages[0], event.currentTarget),
    }, '⋯');
    this.node.addEventListener('contextmenu', (event) => {
      if (event.target.closest('a, video, button, .copied')) return;
      event.preventDefault();
      this.on.menu(this.messages[0], this.more);
    });
  }

  /** Shows these messages, an album's or one; `isFirst` and `isLast` are of a row by the same sender. */
  show(messages, { isFirst, isLast }) {
    const [message] = messages;
    this.messages = messages;
    queueMicrotask(() => this.#setStops());
    const isOwn = message.sender.id === place.person.id;
    const isAlone = message.media && !message.words && !message.reply && !message.via && !IN_BUBBLE.has(message.media.kind);
    this.node.dataset.id = message.id;
    this.node.className = ['message', isOwn ? 'own' : 'other', isFirst && 'first', isLast && 'last',
      isAlone && 'bare', message.media?.kind === 'sticker' && 'loose', message.media && 'with-media', message.service && 'service', !place.chat.isPrivate && 'in-group'].filter(Boolean).join(' ');
    this.node.setAttribute('aria-label', spoken(message));
    if (message.service) {
      this.#fill(this.body, [['service', message.service, () => el('span', { dir: 'auto' }, message.service)]]);
      this.#fill(this.frame, [['body', '', () => this.body]]);
      return;
    }
    this.#fill(this.body, this.#content(messages, isOwn, isFirst));
    const sender = !place.chat.isPrivate && !isOwn && isLast ? message.sender : null;
    this.#fill(this.node, [
      sender && ['avatar', sender.id, () => avatar(sender, 'small')],
      ['frame', '', () => this.frame],
    ]);
    this.#fill(this.frame, [
      ['body', '', () => this.body],
      ['more', '', () => this.more],
      message.buttons.length && ['keyboard', message.buttons, () => keyboard(message, this.on)],
    ]);
  }

  /** Lets Tab reach what is in the message, or not. */
  setOpen(isOpen) {
    if (this.isOpen === isOpen) return;
    this.isOpen = isOpen;
    this.#setStops();
  }

  #setStops() {
    for (const inside of this.node.querySelectorAll(STOPS)) inside.tabIndex = this.isOpen ? 0 : -1;
  }

  #content(messages, isOwn, isFirst) {
    const [message] = messages;
    const showsName = !place.chat.isPrivate && !isOwn && isFirst;
    const shown = messages.map((each) => each.media);
    return [
      showsName && ['name', message.sender, () => name(message.sender)],
      message.via && ['via', message.via, () => el('div', { class: 'via' }, `via @${message.via}`)],
      message.reply && ['reply', message.reply, () => quote(message.reply, this.on)],
      message.media && ['media', shown, () => (shown.length > 1 ? album(shown) : media(shown[0]))],
      message.words
        ? ['words', [message.words, message.entities, message.date, message.isEdited, message.reactions], () => (
          el('div', { class: 'words', dir: 'auto' }, words(message.words, message.entities, this.on), meta(message)))]
        : ['meta', [message.date, message.isEdited, message.reactions], () => meta(message)],
    ];
  }

  /** Puts the parts into the node in their order; those that are as before stay the nodes they are. */
  #fill(parent, wanted) {
    const kept = wanted.filter(Boolean).map(([key, value, make]) => {
      const state = JSON.stringify(value);
      const old = this.parts.get(key);
      if (old?.state === state) return old.node;
      const node = make();
      const hadFocus = old?.node.contains(document.activeElement);
      this.parts.set(key, { state, node });
      if (hadFocus) queueMicrotask(() => (node.querySelector('button') ?? this.node).focus({ preventScroll: true }));
      return node;
    });
    arrange(parent, kept);
  }
}

function name(sender) {
  return el('div', { class: `name ${colour(sender.id, sender.isBot)}` }, el('bdi', {}, sender.name));
}

function quote(reply, on) {
  const said = reply.isDeleted ? 'Deleted message' : [mediaName(reply.kind), reply.words].filter(Boolean).join(' · ');
  return el(
    'button', { type: 'button', class: 'quote', 'aria-label': `Answers ${reply.name}: ${said}`, onclick: () => on.quote(reply.id) },
    el('strong', {}, el('bdi', {}, reply.name)), el('span', { dir: 'auto' }, said),
  );
}

function meta(message) {
  const date = new Date(message.date);
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return el(
    'div', { class: 'meta' },
    message.reactions.map((emoji) => el('span', { class: 'reaction', 'aria-label': `Reelbot reacted with ${emoji}` }, emoji)),
    el('span', { class: 'time' }, message.isEdited ? 'edited ' : '',
      el('time', { dateTime: message.date, title: date.toLocaleString() }, time)),
  );
}

/** The message in words, for screen readers. */
export function spoken(message) {
  if (message.service) return message.service;
  return `${message.sender.name}: ${[message.media && mediaName(message.media.kind), message.words].filter(Boolean).join(' ')}`;
}
