// Dialogs: choose a chat, bring a friend along, open a topic.

import { post } from './api.js';
import { avatar, el, moveByArrows } from './dom.js';
import { showBox } from './notices.js';
import { place } from './place.js';
import { telegram } from './telegram.js';

const LANGUAGES = {
  en: 'English', 'zh-hans': '简体中文', ru: 'Русский', es: 'Español', 'pt-br': 'Português (Brasil)', hi: 'हिन्दी',
  ar: 'العربية', id: 'Bahasa Indonesia', fr: 'Français', de: 'Deutsch', ja: '日本語', tr: 'Türkçe',
};

/** Lets the person choose one of their chats, or a topic of one, of those that are allowed. */
export function chooseChat(act, isAllowed = () => true) {
  const list = el('div', { class: 'box-list', role: 'listbox', 'aria-label': 'Chats' });
  const close = el('button', { type: 'button', class: 'icon-button close', 'aria-label': 'Close' }, '×');
  const box = el('dialog', { class: 'box', 'aria-label': 'Choose a chat' }, el('div', { class: 'box-head' }, el('h2', {}, 'Choose a chat'), close), list);
  for (const chat of telegram.chatsOf(place.person.id).filter(isAllowed)) {
    const places = chat.isForum ? [{ id: null, name: 'General' }, ...chat.topics] : [{ id: null, name: '' }];
    for (const topic of places) {
      const face = telegram.faceOf(chat, place.person.id);
      list.append(el('button', {
        type: 'button', role: 'option', onclick: () => {
          box.close();
          act(chat, topic.id);
        },
      }, avatar(face, 'small'), el('bdi', {}, topic.name ? `${face.name} › ${topic.name}` : face.name)));
    }
  }
  moveByArrows(list, 'button');
  showBox(box);
}

/** Adds a person with a language and speaks as them from then on. */
export function bringFriend() {
  const name = el('input', { name: 'name', required: true, maxLength: 64, autocomplete: 'off', dir: 'auto' });
  const language = el('select', { name: 'language' }, Object.entries(LANGUAGES).map(([code, words]) => el('option', { value: code }, words)));
  const form = [el('label', {}, 'Name', name), el('label', {}, 'Language of their Telegram', language)];
  askBox('Bring a friend along', form, 'Add', async () => {
    const brought = await post('/bring', { name: name.value.trim(), language: language.value });
    if (brought) place.go(brought);
  });
}

export function openTopic() {
  const name = el('input', { name: 'name', required: true, maxLength: 128, autocomplete: 'off', dir: 'auto' });
  askBox('Open a topic', [el('label', {}, 'Name', name)], 'Open', async () => {
    const { person, chat } = place;
    const opened = await post('/open-topic', { person: person.id, chat: chat.id, name: name.value.trim() });
    if (opened) place.go(person, chat, opened.id);
  });
}

function askBox(title, fields, yes, act) {
  const box = el('dialog', { class: 'box', 'aria-label': title });
  const form = el(
    'form', { method: 'dialog', onsubmit: act }, el('h2', {}, title), fields,
    el('div', { class: 'box-buttons' },
      el('button', { type: 'button', class: 'quiet', onclick: () => box.close() }, 'Cancel'),
      el('button', { type: 'submit', class: 'primary' }, yes)),
  );
  box.append(form);
  showBox(box);
}
