// Puts the page together, and lets every part follow what changes.

import { post } from './api.js';
import { Breaking } from './breaking.js';
import { Composer } from './composer.js';
import { Header } from './header.js';
import { Log } from './log.js';
import { openMenu } from './menus.js';
import { copy, Notice } from './notices.js';
import { place } from './place.js';
import { Sidebar } from './sidebar.js';
import { startTheme } from './theme.js';
import { telegram } from './telegram.js';

const byId = (id) => document.getElementById(id);

const on = {
  send: (text) => composer.send(text),
  fill: (text) => composer.fill(text),
  command: (text) => composer.send(text),
  link: openLink,
  inline: (words, chat, thread = place.thread) => {
    composer.begin(place.person, chat, thread, `@${telegram.bot.username} ${words}`);
    place.go(place.person, chat, thread);
  },
  menu: (message, anchor) => openMenu(anchor, 'This message', entriesFor(message)),
};
const breaking = new Breaking(byId('watch'));
const header = new Header(byId('head'), breaking.button);
const log = new Log(byId('log'), byId('to-end'), on);
const composer = new Composer(byId('foot'), { focusLast: () => log.focusLast() });
const anew = new Notice(byId('anew'));
const sidebar = new Sidebar(byId('chats'), byId('speaker'));

function show() {
  byId('app').classList.toggle('in-chat', place.chat !== null);
  header.show();
  sidebar.show();
  log.show();
  composer.show();
  document.title = place.chat ? `${telegram.faceOf(place.chat, place.person.id).name} · practice chat` : 'Reelbot practice chat';
}

/** Links to the bot itself open here, with what they bring along (Bot features: deep linking). */
function openLink(url) {
  const { hostname, pathname, searchParams } = new URL(url);
  if (hostname !== 't.me' || pathname.slice(1).toLowerCase() !== telegram.bot.username.toLowerCase()) return false;
  const [own] = telegram.chatsOf(place.person.id).filter((chat) => chat.isWithBot);
  const payload = searchParams.get('start');
  place.go(place.person, own);
  if (payload) post('/say', { person: place.person.id, chat: own.id, text: `/start ${payload}` });
  return true;
}

function entriesFor(message) {
  const remove = () => post('/delete', { ...place.where, message_id: message.id });
  return [
    ['↩ Answer', () => composer.reply(message)],
    message.words && ['⧉ Copy the words', () => copy(message.words)],
    message.sender.id === place.person.id && message.words && ['✎ Change', () => composer.change(message)],
    ['🗑 Delete for everybody', remove, { isDangerous: true }],
  ].filter(Boolean);
}

place.addEventListener('move', show);
telegram.addEventListener('connection', ({ detail }) => { byId('lost').hidden = !detail.isLost; });
telegram.addEventListener('change', ({ detail }) => {
  if (detail.kind === 'message') log.tell(detail);
  if (detail.kind === 'snapshot' || detail.kind === 'around') breaking.show();
  if (detail.isAnew) {
    composer.beginAnew();
    anew.show();
  }
  header.act(detail);
  if (detail.kind === 'snapshot' || detail.kind === 'places') {
    const { typed } = composer;
    place.read();
    if (detail.isAnew && typed && !composer.typed && place.chat) composer.fill(typed);  // whoever typed it may be gone
    return;
  }
  if (detail.kind === 'action') return;
  show();
  composer.take(detail);
});
byId('skip').addEventListener('click', () => composer.focus());
startTheme(byId('theme'));
telegram.connect();
