// Builds DOM nodes: text only ever becomes text, never markup.

/**
 * An element. Of `props`, `class`, `dataset` and `on…` listeners are special; what the element has as a property is set
 * as such, all else as an attribute; null and undefined are left out.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined) continue;
    if (name === 'class') node.className = value;
    else if (name === 'dataset') Object.assign(node.dataset, value);
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name in node && !name.startsWith('aria')) node[name] = value;
    else node.setAttribute(name, value);
  }
  fill(node, ...children);
  return node;
}

/** Makes these the node's children; what is null, undefined or false is left out. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

/** Makes these the children in this order, without taking those out that stay: they would lose the focus. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (parent.childNodes[at] !== node) parent.insertBefore(node, parent.childNodes[at] ?? null);
  });
}

const COLOURS = 8;

/** The class with somebody's own colour. */
export function colour(id, isBot) {
  return `colour-${isBot ? 'bot' : Math.abs(id) % COLOURS}`;
}

/** Whether the person wants nothing to move by itself. */
export function isCalm() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** A round picture of somebody: a colour of their own and their first letter, or the bot's sign. */
export function avatar({ name, id, isBot = false }, size = '') {
  const letter = isBot ? el('img', { src: 'icon.svg', alt: '' }) : [...name.trim()][0]?.toUpperCase() ?? '?';
  return el('span', { class: `avatar ${colour(id, isBot)} ${size}`, 'aria-hidden': 'true' }, letter);
}

/** Lets the arrow keys, Home and End move through the items of a list; one of them can be reached by Tab. */
export function moveByArrows(list, selector) {
  list.addEventListener('keydown', (event) => {
    const items = [...list.querySelectorAll(selector)];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (at < 0 || to === undefined || items[to] === undefined) return;
    event.preventDefault();
    items[to].focus();
  });
}
