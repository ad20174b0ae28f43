// Where the person writes: the field, what it answers or changes, and how it is sent.

import { Attachments } from './attachments.js';
import { post } from './api.js';
import { Commands } from './commands.js';
import { el } from './dom.js';
import { Inline } from './inline.js';
import { mediaName } from './media.js';
import { keyOf, place } from './place.js';
import { Suggestions } from './suggestions.js';
import { telegram } from './telegram.js';

const WRITE = 'Message';

export class Composer {
  /** What was begun and not sent, by person and place. */
  #drafts = new Map();
  #key = null;
  #answers = null;
  #changes = null;

  constructor(foot, { focusLast }) {
    this.foot = foot;
    this.focusLast = focusLast;
    this.files = new Attachments({ onChange: () => this.#showSend(), sendSample: (kind) => this.#sendSample(kind) });
    this.field = el('textarea', { rows: 1, maxLength: 4096, dir: 'auto', enterKeyHint: 'send', 'aria-label': WRITE });
    this.suggestions = new Suggestions(this.field, [
      new Inline({ done: () => this.fill('') }),
      new Commands({ send: (text) => this.send(text), fill: (text) => this.fill(text) }),
    ]);
    this.bar = el('div', { class: 'bar', hidden: true });
    this.menu = el('button', { type: 'button', class: 'icon-button', 'aria-label': 'Commands', title: 'Commands', onclick: () => this.fill('/') }, '/');
    this.button = el('button', { type: 'submit', class: 'send', 'aria-label': 'Send', disabled: true }, '➤\uFE0E');
    this.form = el('form', { class: 'composer', onsubmit: (event) => this.#onSubmit(event) },
      this.suggestions.list, this.bar, this.files.node,
      el('div', { class: 'composer-row' }, this.files.button, this.files.input, this.menu, this.field, this.button));
    this.start = el('button', { type: 'button', class: 'start primary', onclick: () => this.send('/start') }, 'Start');
    this.#listen();
  }

  /** Shows the field, or Start where the person has not said anything yet. */
  show() {
    if (place.chat === null) return;
    const key = `${place.person.id}/${place.key}`;
    const isOther = key !== this.#key;
    const isNew = this.#isEmptyAt(key) && place.chat.isWithBot && !telegram.talk(place.chat, null).some(({ sender }) => sender.id === place.person.id);
    const wanted = isNew ? this.start : this.form;
    if (this.foot.firstChild !== wanted) this.foot.replaceChildren(wanted);
    else if (!isOther) return;
    if (isOther) this.#changePlace(key);
    if (matchMedia('(pointer: fine)').matches) (isNew ? this.start : this.field).focus({ preventScroll: true });
  }

  /** Goes to where the person writes, or begins. */
  focus() {
    (this.start.isConnected ? this.start : this.field).focus();
  }

  get typed() {
    return this.field.value;
  }

  /** Forgets what was answered or changed: its chat is gone. What was typed stays. */
  beginAnew() {
    this.#drafts.forEach((draft) => { draft.answers = null; });
    if (!this.#answers && !this.#changes) return;
    [this.#answers, this.#changes] = [null, null];
    this.#showBar();
  }

  /** Opens an answer by itself where the bot asks this person for one (Bot API: ForceReply). */
  take({ kind, isNew, message }) {
    if (kind !== 'message' || !isNew || !message.asksForReply || message.chat !== place.chat?.id) return;
    const asksMe = place.chat.isWithBot || this.#isMine(message);
    if (asksMe && (!place.chat.isForum || message.thread === place.thread)) this.reply(message);
  }

  reply(message) {
    this.#changes = null;
    this.#answers = message;
    this.#showBar();
    this.field.focus();
  }

  change(message) {
    this.#answers = null;
    this.#changes = message;
    this.fill(message.words);
    this.#showBar();
  }

  /** Puts words into the field, to be read before they are sent. */
  fill(text) {
    if (this.foot.firstChild !== this.form) this.foot.replaceChildren(this.form);
    this.field.value = text;
    this.#fit();
    this.field.focus();
    this.field.setSelectionRange(text.length, text.length);
    this.suggestions.update();
  }

  /** Leaves words in the field of another place, for when it is shown; shows them now if it is this one. */
  begin(person, chat, thread, text) {
    const key = `${person.id}/${keyOf(chat.id, thread)}`;
    if (key === this.#key) this.fill(text);
    else this.#drafts.set(key, { text, answers: null });
  }

  /** Sends words at once, whatever stands in the field. */
  async send(text) {
    this.suggestions.close();
    if (this.field.value.startsWith('/')) this.field.value = '';
    this.#fit();
    await post('/say', { ...place.where, text });
  }

  /** Whether nothing was begun in a place. */
  #isEmptyAt(key) {
    if (key === this.#key) return this.field.value === '' && this.files.isEmpty;
    return !this.#drafts.get(key)?.text;
  }

  #isMine(message) {
    const { id, username } = place.person;
    const asked = message.reply && telegram.message(message.chat, message.reply.id);
    const isNamed = message.entities.some((entity) => entity.url === `tg://user?id=${id}` || entity.user?.id === id);
    return isNamed || asked?.sender.id === id || (username && message.words.includes(`@${username}`));
  }

  #changePlace(key) {
    if (this.#key !== null) {
      this.#drafts.set(this.#key, { text: this.#changes ? '' : this.field.value, answers: this.#answers });
    }
    this.#key = key;
    const { text = '', answers = null } = this.#drafts.get(key) ?? {};
    this.#changes = null;
    this.#answers = answers;
    this.field.value = text;
    this.files.clear();
    this.suggestions.update();
    this.#fit();
    this.#showBar();
    const last = telegram.talk(place.chat, place.thread).at(-1);
    if (text === '' && answers === null && last) this.take({ kind: 'message', isNew: true, message: last });
  }

  async #onSubmit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    const [answers, changes] = [this.#answers?.id ?? null, this.#changes];
    if (!text && this.files.isEmpty) return;
    let sent;
    if (changes) sent = post('/edit', { ...place.where, message_id: changes.id, text });
    else if (!this.files.isEmpty) sent = post('/send', this.#parcel(text, answers));
    else sent = post('/say', { ...place.where, text, reply_to: answers });
    this.files.clear();
    this.#leave();
    if ((await sent) === null && this.field.value === '') this.fill(text);
  }

  #sendSample(kind) {
    const answers = this.#answers?.id ?? null;
    if (answers !== null) this.#leave();
    post('/send-sample', { ...place.where, kind, reply_to: answers });
  }

  #parcel(caption, answers) {
    const form = new FormData();
    const fields = { ...place.where, caption, reply_to: answers };
    for (const [name, value] of Object.entries(fields)) if (value !== null) form.append(name, value);
    this.files.fill(form);
    return form;
  }

  /** Empties the field, and stops to answer or to change anything. */
  #leave() {
    [this.#answers, this.#changes] = [null, null];
    this.field.value = '';
    this.suggestions.close();
    this.#fit();
    this.#showBar();
  }

  #listen() {
    this.field.addEventListener('input', () => {
      this.#fit();
      this.suggestions.update();
    });
    this.field.addEventListener('keydown', (event) => this.#onKey(event));
    this.field.addEventListener('paste', (event) => {
      if (event.clipboardData.files.length === 0) return;
      event.preventDefault();
      this.files.add(event.clipboardData.files);
    });
    const talk = document.getElementById('talk');
    talk.addEventListener('dragover', (event) => event.preventDefault());
    talk.addEventListener('drop', (event) => {
      event.preventDefault();
      if (this.form.isConnected) this.files.add(event.dataTransfer.files);
    });
  }

  #onKey(event) {
    if (event.isComposing) return;
    if (this.suggestions.takeKey(event)) {
      event.preventDefault();
      return;
    }
    const isEmpty = this.field.value === '' && this.files.isEmpty;
    // On a phone's keyboard Enter is the only way to a new line.
    const sends = event.key === 'Enter' && !event.shiftKey && matchMedia('(pointer: fine)').matches;
    if (sends) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === 'Escape' && (this.#answers || this.#changes || !this.files.isEmpty)) {
      if (this.#changes) this.field.value = '';
      [this.#answers, this.#changes] = [null, null];
      this.files.clear();
      this.#showBar();
    } else if (event.key === 'ArrowUp' && isEmpty) {
      event.preventDefault();
      this.focusLast();
    }
  }

  #showBar() {
    const about = this.#answers ?? this.#changes;
    this.bar.hidden = about === null;
    this.field.placeholder = this.#answers?.placeholder || WRITE;
    this.#showSend();
    if (about === null) return;
    const head = this.#changes ? 'Change your message' : `Answer ${about.sender.name}`;
    const said = [about.media && mediaName(about.media.kind), about.words].filter(Boolean).join(' · ');
    this.bar.replaceChildren(
      el('div', { class: 'bar-words' }, el('strong', { dir: 'auto' }, head), el('span', { dir: 'auto' }, said)),
      el('button', { type: 'button', class: 'icon-button', 'aria-label': 'Never mind', onclick: () => this.#leave() }, '×'),
    );
  }

  #showSend() {
    this.button.disabled = this.field.value.trim() === '' && this.files.isEmpty;
  }

  /** Lets the field grow with its words. */
  #fit() {
    this.field.style.height = 'auto';
    this.field.style.height = `${Math.min(this.field.scrollHeight, 180)}px`;
    this.#showSend();
  }
}
