// The inline keyboard under a message: what each kind of button does when it is pressed.

import { post } from './api.js';
import { el } from './dom.js';
import { chooseChat } from './dialogs.js';
import { alertBox, copy, toast } from './notices.js';
import { place } from './place.js';
import { telegram } from './telegram.js';
import { isHarmless } from './words.js';

// With the sign that keeps them from being drawn as emoji.
const SIGNS = { url: '↗\uFE0E', copy_text: '⧉\uFE0E', switch_inline_query: '↪\uFE0E', switch_inline_query_chosen_chat: '↪\uFE0E' };

/** The rows of buttons. `on.link(url)` may see to a link; `on.inline(words, chat)` opens the inline picker. */
export function keyboard(message, on) {
  return el('div', { class: 'keyboard', role: 'group', 'aria-label': 'Buttons' }, message.buttons.map((row) => (
    el('div', { class: 'keyboard-row' }, row.map((button) => one(message, button, on)))
  )));
}

function one(message, button, on) {
  const sign = SIGNS[button.does];
  return el(
    'button', {
      type: 'button',
      class: `key ${button.style ?? ''}`,
      dataset: { key: `${message.id}/${button.text}` },
      onclick: (event) => act(event.currentTarget, message, button, on),
    },
    el('span', { dir: 'auto' }, button.text), sign ? el('span', { class: 'key-sign', 'aria-hidden': 'true' }, sign) : null,
  );
}

async function act(node, message, button, on) {
  switch (button.does) {
    case 'callback_data':
      await press(node, message, button.with, on);
      break;
    case 'url':
      open(button.with, on);
      break;
    case 'copy_text':
      await copy(button.with);
      break;
    case 'switch_inline_query_current_chat':
      on.inline(button.with, place.chat);
      break;
    case 'switch_inline_query':
      chooseChat((chat, thread) => on.inline(button.with, chat, thread));
      break;
    case 'switch_inline_query_chosen_chat':
      chooseChat((chat, thread) => on.inline(button.with.query ?? '', chat, thread), allowed(button.with));
      break;
    default:
      toast(`This page does not know buttons with ${button.does}.`);
  }
}

async function press(node, message, data, on) {
  if (node.getAttribute('aria-busy') === 'true') return;
  node.setAttribute('aria-busy', 'true');
  const answer = await post('/press', { ...place.where, message_id: message.id, data });
  node.removeAttribute('aria-busy');
  if (!answer) return;
  if (answer.url) open(answer.url, on);
  else if (answer.text && answer.isAlert) alertBox(`${telegram.bot.name} says`, answer.text);
  else if (answer.text) toast(answer.text);
}

function open(url, on) {
  if (on.link(url)) return;
  if (isHarmless(url)) window.open(url, '_blank', 'noopener,noreferrer');
}

/** Which chats the button lets one choose (Bot API: SwitchInlineQueryChosenChat). */
function allowed(rules) {
  return (chat) => {
    if (chat.isWithBot) return rules.allow_bot_chats;
    return chat.isPrivate ? rules.allow_user_chats : rules.allow_group_chats;
  };
}
