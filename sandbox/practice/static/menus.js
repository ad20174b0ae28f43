// Small menus that open beside what was pressed.

import { el } from './dom.js';

/**
 * Opens a menu below the anchor; Esc, Tab or a press elsewhere closes it. Its entries are `[words, act, looks]`, where
 * `looks` may say `isDangerous`, or of what can be switched `isChecked`; a text alone is the heading of those after it.
 */
export function openMenu(anchor, label, entries) {
  const before = document.activeElement;
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': label, popover: 'auto' });
  const close = () => menu.hidePopover();
  let group = menu;
  for (const entry of entries) {
    if (typeof entry === 'string') menu.append(group = headed(entry));
    else group.append(item(entry, close));
  }
  menu.addEventListener('keydown', (event) => onKey(event, menu, close));
  menu.addEventListener('toggle', (event) => {
    if (event.newState !== 'closed') return;
    const hadFocus = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    if (hadFocus) (before?.isConnected ? before : anchor).focus({ preventScroll: true });
  });
  document.body.append(menu);
  menu.showPopover();
  put(menu, anchor.getBoundingClientRect());
  menu.querySelector('button')?.focus();
}

function headed(heading) {
  return el('div', { role: 'group', 'aria-label': heading }, el('div', { class: 'menu-heading', 'aria-hidden': 'true' }, heading));
}

function item([words, act, { isDangerous = false, isChecked = null } = {}], close) {
  return el('button', {
    type: 'button', role: isChecked === null ? 'menuitem' : 'menuitemcheckbox', 'aria-checked': isChecked === null ? null : String(isChecked),
    class: isDangerous ? 'dangerous' : '',
    onclick: () => {
      close();
      act();
    },
  }, typeof words === 'string' ? el('span', { dir: 'auto' }, words) : words);
}

function onKey(event, menu, close) {
  const items = [...menu.querySelectorAll('button')];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === 'Tab') close();
  if (to === undefined) return;
  event.preventDefault();
  items[(to + items.length) % items.length].focus();
}

/** Beside the anchor where there is more room, and inside the window; what is longer than that scrolls. */
function put(menu, anchor) {
  const { width, height } = menu.getBoundingClientRect();
  const [above, below] = [anchor.top - 12, innerHeight - anchor.bottom - 12];
  const isBelow = height <= below || below >= above;
  const shown = Math.min(height, isBelow ? below : above);
  menu.style.maxHeight = `${shown}px`;
  menu.style.left = `${Math.max(8, Math.min(anchor.left, innerWidth - width - 8))}px`;
  menu.style.top = `${isBelow ? anchor.bottom + 4 : anchor.top - 4 - shown}px`;
}
