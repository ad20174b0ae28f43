// Who speaks, and which chat and topic is shown: the address after the #, so that reloading and going back work.

import { telegram } from './telegram.js';

class Place extends EventTarget {
  person = null;
  chat = null;
  thread = null;
  /** How many messages nobody has looked at, by `chat/topic`. */
  unread = new Map();

  constructor() {
    super();
    addEventListener('hashchange', () => this.read());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.person) this.read();
    });
    telegram.addEventListener('change', ({ detail }) => this.#count(detail));
  }

  /** Reads the address; what it does not say, or what is no more, is the first there is. */
  read() {
    const [person, chat, thread] = location.hash.slice(1).split('/').map(Number);
    this.person = telegram.people.get(person) ?? [...telegram.people.values()][0] ?? null;
    const theirs = this.person ? telegram.chatsOf(this.person.id) : [];
    this.chat = theirs.find((each) => each.id === chat) ?? (isNarrow() ? null : theirs[0] ?? null);
    this.thread = this.chat?.topics.some((topic) => topic.id === thread) ? thread : null;
    if (this.chat) this.unread.delete(this.key);
    this.dispatchEvent(new Event('move'));
  }

  get key() {
    return keyOf(this.chat.id, this.thread);
  }

  /** Where a request happens, as the server wants it. */
  get where() {
    return { person: this.person.id, chat: this.chat.id, thread: this.thread };
  }

  go(person, chat = null, thread = null) {
    const parts = [person.id, chat?.id, thread].filter((part) => part !== null && part !== undefined);
    const hash = `#${parts.join('/')}`;
    if (location.hash === hash) this.read();
    else location.hash = hash;
  }

  unreadOf(chat, thread) {
    return this.unread.get(keyOf(chat.id, thread)) ?? 0;
  }

  #count(change) {
    if (change.isAnew) this.unread.clear();
    if (change.kind !== 'message' || !change.isNew) return;
    const { chat, thread, sender } = change.message;
    const key = keyOf(chat, telegram.chats.get(chat)?.isForum ? thread : null);
    const isShown = this.chat && key === this.key && !document.hidden;
    if (!isShown && sender.id !== this.person?.id) this.unread.set(key, (this.unread.get(key) ?? 0) + 1);
  }
}

export function keyOf(chatId, thread) {
  return `${chatId}/${thread ?? ''}`;
}

/** Whether the list and the chat take turns, as on a phone. */
export function isNarrow() {
  return matchMedia('(max-width: 700px)').matches;
}

export const place = new Place();
