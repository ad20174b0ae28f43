// What stands in a chat in which nothing was said yet: who the bot is, and what to do first.

import { avatar, el } from './dom.js';
import { place } from './place.js';
import { telegram } from './telegram.js';

const WITH_BOT = ['a cat surfing at sunset', 'paper boats on a rainy street, slow motion'];
const IN_GROUP = ['/video a lighthouse in a storm, oil painting'];

export function welcome(on) {
  if (place.chat.isWithBot) return ofBot(on);
  return place.chat.isPrivate ? ofFriend(on) : ofGroup(on);
}

function ofBot(on) {
  const description = telegram.descriptionFor(place.person);
  return el(
    'section', { class: 'welcome' },
    avatar({ ...telegram.bot, isBot: true }, 'large'),
    el('h2', {}, telegram.bot.name),
    description ? el('p', { class: 'welcome-words', dir: 'auto' }, description) : null,
    el('p', {}, 'Press Start, or send one of these:'),
    examples(WITH_BOT, (words) => on.send(words)),
    el('p', { class: 'hint' }, 'The bot is the real one. Telegram and the video API are practice copies on this computer: ',
      'the videos only draw your words, and nothing costs anything.'),
  );
}

function ofFriend(on) {
  return el(
    'section', { class: 'welcome' },
    el('h2', {}, el('bdi', {}, telegram.faceOf(place.chat, place.person.id).name)),
    el('p', {}, 'The bot is not in this chat. Its name and a few words let you show one of your videos here:'),
    examples([`@${telegram.bot.username} `], (words) => on.fill(words)),
  );
}

function ofGroup(on) {
  return el(
    'section', { class: 'welcome' },
    el('h2', {}, el('bdi', {}, place.chat.name)),
    el('p', {}, 'In groups the bot acts on its commands and on answers to its questions, and on nothing else. Try one:'),
    examples(IN_GROUP, (words) => on.send(words)),
    el('p', { class: 'hint' }, 'Speak as somebody else with the switch above the chats, and see what they may press.'),
  );
}

function examples(all, act) {
  return el('div', { class: 'examples' }, all.map((words) => el('button', { type: 'button', onclick: () => act(words) }, words)));
}
