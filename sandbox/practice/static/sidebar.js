// The list of chats of whoever speaks, with topics below their group, and the switch between people.

import { avatar, el, fill, moveByArrows } from './dom.js';
import { bringFriend } from './dialogs.js';
import { mediaName } from './media.js';
import { openMenu } from './menus.js';
import { place } from './place.js';
import { telegram } from './telegram.js';

const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

export class Sidebar {
  constructor(list, speaker) {
    this.list = list;
    this.speaker = speaker;
    moveByArrows(list, '.chat');
    speaker.addEventListener('click', () => this.#choose());
  }

  show() {
    const { person } = place;
    if (person === null) return;
    document.getElementById('side').dir = RIGHT_TO_LEFT.includes(person.language?.slice(0, 2)) ? 'rtl' : 'ltr';
    const elsewhere = [...telegram.people.values()].some((other) => other !== person && unreadFor(other) > 0);
    fill(
      this.speaker, avatar(person, 'small'),
      el('span', { class: 'speaker-name' }, el('small', {}, 'You speak as'), el('bdi', {}, person.name)),
      elsewhere ? el('span', { class: 'dot', title: 'Somebody else has news' }) : null, el('span', { 'aria-hidden': 'true' }, '▾'),
    );
    this.speaker.setAttribute('aria-label', `You speak as ${person.name}. Speak as somebody else`);
    const focused = document.activeElement?.closest?.('.chat')?.dataset.key;
    this.list.replaceChildren(...telegram.chatsOf(person.id).flatMap((chat) => entries(chat)));
    if (!this.list.querySelector('.chat[tabindex="0"]')) this.list.querySelector('.chat')?.setAttribute('tabindex', '0');
    if (focused) this.list.querySelector(`[data-key="${focused}"]`)?.focus();
  }

  #choose() {
    const people = [...telegram.people.values()].map((person) => {
      const unread = unreadFor(person);
      const words = el(
        'span', { class: 'menu-person' }, avatar(person, 'small'), el('bdi', {}, person.name),
        el('small', { dir: 'ltr' }, [person.username && `@${person.username}`, person.language].filter(Boolean).join(' · ')), unread ? el('span', { class: 'badge' }, String(unread)) : null,
      );
      return [words, () => place.go(person)];
    });
    openMenu(this.speaker, 'Speak as', [...people, ['＋ Bring a friend along…', bringFriend]]);
  }
}

function unreadFor(person) {
  return telegram.chatsOf(person.id).filter((chat) => chat.isWithBot).reduce((sum, chat) => sum + place.unreadOf(chat, null), 0);
}

function entries(chat) {
  if (!chat.isForum) return [entry(chat, null, telegram.faceOf(chat, place.person.id).name)];
  const head = el('div', { class: 'forum', role: 'presentation' }, avatar(chat, 'small'), el('bdi', {}, chat.name));
  return [head, entry(chat, null, 'General'), ...chat.topics.map((topic) => entry(chat, topic.id, topic.name))];
}

function entry(chat, thread, name) {
  const isShown = place.chat?.id === chat.id && place.thread === thread;
  const last = telegram.talk(chat, thread).at(-1);
  const unread = place.unreadOf(chat, thread);
  return el(
    'button', {
      type: 'button', role: 'option', class: `chat ${chat.isForum ? 'topic' : ''}`, tabIndex: isShown ? 0 : -1,
      dataset: { key: `${chat.id}/${thread ?? ''}` }, 'aria-selected': String(isShown), onclick: () => place.go(place.person, chat, thread),
    },
    chat.isForum ? el('span', { class: 'hash', 'aria-hidden': 'true' }, '#') : avatar(telegram.faceOf(chat, place.person.id)),
    el('span', { class: 'chat-words' },
      el('span', { class: 'chat-name' }, el('bdi', {}, name), last ? el('time', {}, clock(last.date)) : null),
      el('span', { class: 'chat-last', dir: 'auto' }, last ? excerpt(last) : chat.isWithBot ? 'Press Start to begin' : 'Nothing yet')),
    unread ? el('span', { class: 'badge', 'aria-label': `${unread} unread` }, String(unread)) : null,
  );
}

function excerpt(message) {
  const words = message.words.replaceAll(/\s+/g, ' ').slice(0, 90);
  if (message.service) return message.service;
  const said = [message.media && mediaName(message.media.kind), words].filter(Boolean).join(' · ');
  return message.sender.id === place.person.id ? `You: ${said}` : said;
}

function clock(date) {
  return new Date(date).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
