// The line above the conversation: whose chat it is, what the bot is doing, the way back.

import { avatar, el, fill } from './dom.js';
import { openTopic } from './dialogs.js';
import { place } from './place.js';
import { telegram } from './telegram.js';

// Telegram shows an action for five seconds (Bot API: sendChatAction).
const ACTION_SECONDS = 5;
const ACTIONS = {
  typing: 'typing', upload_photo: 'sending a photo', upload_video: 'sending a video', record_video: 'recording a video',
  upload_document: 'sending a file', upload_voice: 'sending a voice message', record_voice: 'recording a voice message',
};

export class Header {
  /** When the bot's action in a chat is over, and its timer, by chat id. */
  #actions = new Map();

  /** @param beside a button that stands at the end of the line, whatever is shown. */
  constructor(node, beside) {
    this.node = node;
    this.beside = beside;
  }

  /** The bot shows that it is at work, or what it worked on has come. */
  act({ kind, chat, action, message }) {
    const id = kind === 'action' ? chat : message?.sender.isBot ? message.chat : null;
    if (id === null || id === undefined) return;
    clearTimeout(this.#actions.get(id)?.timer);
    this.#actions.delete(id);
    if (kind === 'action') {
      const timer = setTimeout(() => {
        this.#actions.delete(id);
        this.show();
      }, ACTION_SECONDS * 1000);
      this.#actions.set(id, { timer, words: ACTIONS[action] ?? action.replaceAll('_', ' ') });
    }
    this.show();
  }

  show() {
    const { chat, thread } = place;
    if (chat === null) {
      fill(this.node);
      return;
    }
    const face = telegram.faceOf(chat, place.person.id);
    const topic = chat.isForum ? chat.topics.find(({ id }) => id === thread)?.name ?? 'General' : '';
    const back = el('button', { type: 'button', class: 'icon-button back', 'aria-label': 'Back to the chats', onclick: () => place.go(place.person) }, '‹');
    const title = el('h1', { class: 'title' }, el('bdi', {}, topic ? `# ${topic}` : face.name));
    const isSame = this.node.querySelector('.title')?.textContent === title.textContent;
    if (!isSame) {
      fill(
        this.node, back, avatar(face, 'small'), el('div', { class: 'head-words' }, title, el('p', { class: 'subtitle' })),
        chat.isForum ? el('button', { type: 'button', class: 'quiet', onclick: openTopic }, '＋ Topic') : null, this.beside,
      );
    }
    this.#showSubtitle(chat, topic ? face.name : '');
  }

  #showSubtitle(chat, group) {
    const subtitle = this.node.querySelector('.subtitle');
    const action = this.#actions.get(chat.id);
    if (action && telegram.isUp) {
      const who = chat.isWithBot ? '' : `${telegram.bot.name} is `;
      subtitle.replaceChildren(`${who}${action.words}`, el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')));
      return;
    }
    const names = chat.members.map((id) => telegram.people.get(id)?.name).filter(Boolean);
    const all = [group, [...names, telegram.bot.name].join(', ')].filter(Boolean).join(' · ');
    if (!telegram.isUp && (chat.isWithBot || !chat.isPrivate)) {
      subtitle.replaceChildren(`${chat.isWithBot ? '' : `${telegram.bot.name} is `}starting, messages wait`);
      return;
    }
    subtitle.replaceChildren(chat.isWithBot ? 'bot' : chat.isPrivate ? 'a friend; the bot is not in this chat' : all);
  }
}
