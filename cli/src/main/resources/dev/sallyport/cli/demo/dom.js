/** Makes an element; children are nodes or text, so nothing that a server sent is ever read as HTML. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const icons = {
  busy: 'M8 1.8a6.2 6.2 0 1 0 6.2 6.2',
  works: 'M2.8 8.6l3.4 3.4 7-7.6',
  blocked: 'M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8',
  refused: 'M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8',
  odd: 'M8 3v6M8 12.4v.2',
};

/** The sign beside a verdict's words; colour and sign both say it. */
export function icon(state) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  const look = {d: icons[state], fill: 'none', stroke: 'currentColor', 'stroke-width': 2.4, 'stroke-linecap': 'round'};
  for (const [key, value] of Object.entries(look)) {
    path.setAttribute(key, value);
  }
  svg.append(path);
  return svg;
}
