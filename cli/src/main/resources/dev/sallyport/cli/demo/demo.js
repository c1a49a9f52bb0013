// Runs the tries one after the other, shows what came of each, and tells the page's server when it was asked to.
import {element, icon} from './dom.js';
import * as journal from './journal.js';
import {tries} from './tries.js';

const words = {
  busy: 'trying …',
  works: 'works',
  blocked: 'blocked by the browser',
  refused: 'refused by the gateway',
  odd: 'not as expected',
};

const demo = await (await fetch('/demo.json')).json();
const checking = new URLSearchParams(location.search).has('check');
const calm = checking || matchMedia('(prefers-reduced-motion: reduce)').matches;

const button = document.getElementById('run');
const tally = document.getElementById('tally');
const dots = document.getElementById('dots');
const stranger = document.getElementById('stranger');
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

for (const place of document.querySelectorAll('[data-address]')) {
  place.textContent = demo.addresses[place.dataset.address];
}
for (const line of demo.configuration.trim().split('\n')) {
  const [, key, rest, note] = line.match(/^([\s-]*[\w-]+:)?([^#]*)(#.*)?$/);
  document.getElementById('yaml').append(
    element('span', {class: 'key'}, key ?? ''), rest, element('span', {class: 'note'}, note ?? ''), '\n');
}

function nextMessage(test) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the stranger’s page did not answer')), 10_000);
    addEventListener('message', function hear(event) {
      if (event.origin === demo.addresses.stranger && test(event.data)) {
        clearTimeout(late);
        removeEventListener('message', hear);
        resolve(event.data);
      }
    });
  });
}

async function ask(attempt) {
  const outcome = nextMessage(data => data.attempt === attempt);
  stranger.contentWindow.postMessage({attempt, gateway: demo.addresses.gateway}, demo.addresses.stranger);
  return outcome;
}

function show(id, state, said, entries) {
  const box = document.querySelector(`[data-step="${id}"]`);
  box.dataset.state = state;
  box.querySelector('.verdict')?.remove();
  box.querySelector('header').append(element('span', {class: 'verdict'}, icon(state), words[state]));
  box.querySelector('.trail')?.remove();
  box.querySelector('[data-show]').replaceChildren(...said);
  if (entries) {
    box.append(journal.trail(entries));
  }
}

function light(lane, state) {
  for (const line of document.querySelectorAll(`[data-lane="${lane}"]`)) {
    line.dataset.state = state;
  }
}

async function attempt(step, run) {
  const mark = await journal.mark();
  const context = {
    ...demo.addresses,
    run,
    ask,
    since: () => journal.since(mark),
    find: test => journal.find(mark, test),
  };
  let outcome;
  try {
    outcome = await step.run(context);
  } catch (error) {
    outcome = {seen: 'failed', said: [element('p', {class: 'said'}, String(error))]};
  }
  return {...outcome, entries: await journal.since(mark)};
}

async function runAll(run) {
  button.disabled = true;
  dots.replaceChildren(...tries.map(() => element('li')));
  for (const step of tries) {
    light(step.lane, '');
    delete document.querySelector(`[data-step="${step.id}"]`).dataset.state;
  }
  let matching = 0;
  for (const [index, step] of tries.entries()) {
    const expected = demo.claims[step.id].expected;
    tally.textContent = `${index + 1} of ${tries.length}: ${demo.claims[step.id].claim} …`;
    show(step.id, 'busy', []);
    light(step.lane, 'busy');
    const [outcome] = await Promise.all([attempt(step, run), pause(calm ? 0 : 420)]);
    const matches = outcome.seen === expected;
    show(step.id, matches ? outcome.seen : 'odd', outcome.said, outcome.entries);
    light(step.lane, outcome.seen === 'works' ? 'works' : 'blocked');
    dots.children[index].dataset.matches = matches ? 'yes' : 'no';
    matching += matches ? 1 : 0;
    if (checking) {
      await report({claim: step.id, seen: outcome.seen, detail: outcome.said.map(node => node.textContent).join(' ')});
    }
  }
  tally.textContent = matching === tries.length
    ? `All ${matching} as they should be.`
    : `${matching} of ${tries.length} as they should be; look for the yellow ones.`;
  button.disabled = false;
}

const report = proof => fetch('/proof', {method: 'POST', body: JSON.stringify(proof)});

const ready = nextMessage(data => data.ready);
stranger.src = `${demo.addresses.stranger}/`;
await ready;
let run = Date.now();
button.addEventListener('click', () => runAll(++run));
await runAll(run);
