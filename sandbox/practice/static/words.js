// Turns a message's text and its entities into DOM nodes (Bot API: MessageEntity).

import { el } from './dom.js';
import { copy } from './notices.js';

const PLAIN_TAGS = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's' };
const BLOCKS = new Set(['blockquote', 'expandable_blockquote', 'pre']);

/**
 * The words as nodes. `on.command(text)` is called for a tapped command, `on.link(url)` for a link; it returns true if
 * it has seen to the link itself.
 */
export function words(text, entities, on) {
  return build(text, 0, text.length, entities, on);
}

/** The nodes of a stretch; entities come ordered by offset, the longer one first. */
function build(text, start, end, entities, on) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || stop <= entity.offset) continue;
    const within = entities.slice(index + 1).filter((other) => other.offset < stop);
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    nodes.push(node(entity, text.slice(entity.offset, stop), build(text, entity.offset, stop, within, on), on));
    at = BLOCKS.has(entity.type) && text[stop] === '\n' ? stop + 1 : stop;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function node(entity, text, children, on) {
  switch (entity.type) {
    case 'bold': case 'italic': case 'underline': case 'strikethrough':
      return el(PLAIN_TAGS[entity.type], {}, children);
    case 'code':
      return copied('code', text);
    case 'pre':
      return copied('pre', text);
    case 'spoiler':
      return spoiler(children);
    case 'blockquote':
      return el('blockquote', { dir: 'auto' }, children);
    case 'expandable_blockquote':
      return expandable(children);
    case 'url':
      return link(text, children, on);
    case 'text_link':
      return entity.url.startsWith('tg://user') ? el('span', { class: 'tag' }, children) : link(entity.url, children, on);
    case 'bot_command':
      // Not a <button>: the line would break between it and the full stop after it.
      return tappable(el('span', { class: 'command' }, text), () => on.command(text));
    case 'mention': case 'text_mention': case 'hashtag':
      return el('span', { class: 'tag' }, text);
    default:
      return el('span', {}, children);
  }
}

/** Monospace words, which a tap copies. */
function copied(tag, text) {
  return tappable(el(tag, { class: 'copied', title: 'Copy' }, text), () => copy(text));
}

function spoiler(children) {
  const hidden = el('span', { class: 'spoiler', 'aria-label': 'Hidden words' }, el('span', {}, children));
  return tappable(hidden, () => {
    hidden.classList.add('told');
    hidden.removeAttribute('aria-label');
  });
}

function expandable(children) {
  const quote = el('blockquote', { class: 'folded', dir: 'auto' }, children);
  return tappable(quote, () => quote.classList.toggle('folded'));
}

function tappable(element, act) {
  element.tabIndex = 0;
  element.setAttribute('role', 'button');
  element.addEventListener('click', (event) => {
    event.stopPropagation();
    act();
  });
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  return element;
}

function link(url, children, on) {
  if (!isHarmless(url)) return el('span', {}, children);
  const anchor = el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, children);
  anchor.addEventListener('click', (event) => {
    if (on.link(url)) event.preventDefault();
  });
  return anchor;
}

/** Only addresses that open a page: a bot's link must not run in ours. */
export function isHarmless(url) {
  try {
    return ['http:', 'https:', 'tg:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
