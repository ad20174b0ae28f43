// What the page knows of Telegram: people, chats and messages, kept up to date by the server's events.

const RECONNECTS = [0, 250, 500, 1000, 2000];

class Telegram extends EventTarget {
  bot = null;
  people = new Map();
  chats = new Map();
  /** Messages by chat id, then by message id. */
  messages = new Map();
  /** Whether the bot works right now. */
  isUp = true;
  /** What can be broken around it: groups of rows. */
  breakages = [];
  #run = null;

  /** Follows Telegram from now on; tells `change` events with what changed, and `connection` ones. */
  connect(attempt = 0) {
    const source = new EventSource('/events');
    source.onmessage = (event) => {
      attempt = 0;
      this.#take(JSON.parse(event.data));
    };
    source.onopen = () => this.#tell('connection', { isLost: false });
    source.onerror = () => {
      // Not left to the browser, which gives up on a server that is gone for a while.
      source.close();
      this.#tell('connection', { isLost: true });
      setTimeout(() => this.connect(attempt + 1), RECONNECTS[Math.min(attempt, RECONNECTS.length - 1)]);
    };
  }

  /** The messages of a chat's topic, oldest first; without topics, of the chat. */
  talk(chat, thread) {
    const all = [...(this.messages.get(chat.id)?.values() ?? [])];
    return chat.isForum ? all.filter((message) => message.thread === thread) : all;
  }

  message(chatId, id) {
    return this.messages.get(chatId)?.get(id);
  }

  /** The chats that a person is in, their own with the bot first. */
  chatsOf(personId) {
    const theirs = [...this.chats.values()].filter((chat) => chat.members.includes(personId));
    return theirs.sort((one, other) => rank(other) - rank(one));
  }

  /** What the bot says of itself before anything was said, in the person's language if it has that. */
  descriptionFor({ language }) {
    return this.bot.descriptions[language?.slice(0, 2)] || this.bot.descriptions[''] || '';
  }

  /** What a chat is called for a person, and whose colour it has: of whom they talk to there, or its own. */
  faceOf(chat, personId) {
    if (chat.isWithBot) return { name: this.bot.name, id: this.bot.id, isBot: true };
    const other = this.people.get(chat.members.find((id) => id !== personId));
    return chat.isPrivate && other ? other : { name: chat.name, id: chat.id };
  }

  #take(change) {
    switch (change.kind) {
      case 'snapshot':
        change.isAnew = this.#run !== null && this.#run !== change.run;
        this.#run = change.run;
        this.messages.clear();
        this.#place(change);
        this.#surround(change);
        change.messages.forEach((message) => this.#keep(message));
        break;
      case 'places':
        this.#place(change);
        break;
      case 'around':
        this.#surround(change);
        break;
      case 'message':
        change.before = this.message(change.message.chat, change.message.id);
        change.isNew = change.before === undefined;
        this.#keep(change.message);
        break;
      case 'deleted':
        this.messages.get(change.chat)?.delete(change.id);
        break;
    }
    this.#tell('change', change);
  }

  #place({ bot, people, chats }) {
    this.bot = bot;
    this.people = new Map(people.map((person) => [person.id, person]));
    this.chats = new Map(chats.map((chat) => [chat.id, chat]));
  }

  #surround({ isUp, breakages }) {
    [this.isUp, this.breakages] = [isUp, breakages];
  }

  #keep(message) {
    if (!this.messages.has(message.chat)) this.messages.set(message.chat, new Map());
    this.messages.get(message.chat).set(message.id, message);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function rank(chat) {
  return Number(chat.isWithBot) * 2 + Number(chat.isPrivate);
}

export const telegram = new Telegram();
