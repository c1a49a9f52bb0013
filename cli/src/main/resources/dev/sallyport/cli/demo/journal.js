// What the servers saw: fetched from the page's own server, which the gateway's tap, the API and the gateway's log write to.
import {element} from './dom.js';

const names = {gateway: 'Gateway', api: 'API', log: 'Gateway’s log'};

/** Headers by which browsers and servers settle who may read what. */
const matters = name => /^(access-control-.*|origin|vary|cookie|set-cookie|sec-fetch-(site|mode)|content-type)$/i.test(name);

let last = 0;
const entries = [];

async function fetchNew() {
  const answer = await fetch(`/journal?since=${last}`, {cache: 'no-store'});
  for (const entry of await answer.json()) {
    if (entry.seq > last) {
      last = entry.seq;
      entries.push(entry);
      list(entry);
    }
  }
}

/** Where the journal stands, so that what follows can be told from what was before. */
export async function mark() {
  await fetchNew();
  return last;
}

/** Everything after a mark. */
export async function since(mark) {
  await fetchNew();
  return entries.filter(entry => entry.seq > mark);
}

/** The first entry after a mark that passes the test; undefined when none comes within two seconds. */
export async function find(mark, test) {
  for (const end = performance.now() + 2000; performance.now() < end;) {
    const found = (await since(mark)).find(test);
    if (found) {
      return found;
    }
    await new Promise(resolve => setTimeout(resolve, 40));
  }
  return undefined;
}

function headers(title, lines, all) {
  const shown = all ? lines : lines.filter(([name]) => matters(name));
  const rows = shown.flatMap(([name, value]) => [
    element('dt', matters(name) ? {class: 'matters'} : {}, name),
    element('dd', matters(name) ? {class: 'matters'} : {}, value),
  ]);
  const none = element('dd', {class: 'part'}, title === 'asked' ? 'no header that matters here' : 'no word of CORS');
  return [element('dt', {class: 'part'}, title), ...(rows.length ? rows : [none])];
}

function head(entry) {
  return [
    element('span', {class: `tag ${entry.server}`}, names[entry.server]),
    element('span', {}, `${entry.method} ${entry.target}`),
    element('span', {class: 'status'}, String(entry.status)),
  ];
}

/** One exchange with its headers: all of them, or those that matter. */
function exchange(entry, all) {
  return element('div', {class: 'exchange'},
    ...(all ? [] : [element('div', {class: 'head'}, ...head(entry))]),
    element('dl', {}, ...headers('asked', entry.request, all), ...headers('answered', entry.response, all)));
}

function logLine(entry) {
  return element('div', {class: 'exchange line'}, element('span', {class: 'tag log'}, names.log), ' ', entry.line);
}

/** As they were asked, not as they were answered: what the gateway relayed stands after its own. */
function inOrderOfAsking(exchanges) {
  const ordered = [];
  for (const entry of exchanges) {
    const inner = ordered.at(-1);
    const relayed = entry.server === 'gateway' && inner?.server === 'api' && inner.method === entry.method && inner.target === entry.target;
    ordered.splice(relayed ? -1 : ordered.length, 0, entry);
  }
  return ordered;
}

/** What reached the servers because of one try, for its card. */
export function trail(entries) {
  const exchanges = inOrderOfAsking(entries.filter(entry => entry.server !== 'log'));
  const summary = exchanges.length
    ? 'On the wire: ' + exchanges.map(entry => `${names[entry.server]} ${entry.method} ${entry.status}`).join(' · ')
    : 'On the wire: nothing';
  return element('details', {class: 'trail'},
    element('summary', {}, summary),
    element('ol', {},
      ...exchanges.map(entry => element('li', {}, exchange(entry, false))),
      ...entries.filter(entry => entry.server === 'log').map(entry => element('li', {}, logLine(entry)))));
}

const journal = document.getElementById('journal');
let filter = 'all';

function list(entry) {
  const time = element('time', {}, entry.time);
  const row = entry.server === 'log'
    ? element('div', {class: 'exchange line'}, time, ' ', element('span', {class: 'tag log'}, names.log), ' ', entry.line)
    : element('details', {}, element('summary', {}, element('div', {class: 'exchange'},
        element('div', {class: 'head'}, time, ...head(entry)))), exchange(entry, true));
  row.dataset.server = entry.server;
  row.hidden = filter !== 'all' && filter !== entry.server;
  journal.prepend(row);
}

for (const button of document.querySelectorAll('[data-filter]')) {
  button.addEventListener('click', () => {
    filter = button.dataset.filter;
    for (const other of document.querySelectorAll('[data-filter]')) {
      other.setAttribute('aria-pressed', String(other === button));
    }
    for (const row of journal.children) {
      row.hidden = filter !== 'all' && filter !== row.dataset.server;
    }
  });
}
