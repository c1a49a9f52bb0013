// What the page tries, one after the other. Each try does it for real and says what came of it:
// {seen: 'works' | 'blocked' | 'refused' | 'failed', said: nodes to show}.
import {element} from './dom.js';

const text = (...children) => element('p', {}, ...children);
const errorText = error => element('p', {class: 'said'}, String(error));
const json = value => element('pre', {class: 'json'}, JSON.stringify(value, null, 1).replace(/\n\s*/g, ' '));

const works = (...said) => ({seen: 'works', said});
const failed = (...said) => ({seen: 'failed', said});

/**
 * An error alone does not tell a call that was blocked from one that never arrived, and the browser gives the script no
 * more; the server's own record does.
 */
async function blockedIf(error, evidence, explanation) {
  return await evidence
    ? {seen: 'blocked', said: [text(explanation), errorText(error)]}
    : failed(text('The server did not see what it should have.'), errorText(error));
}

const isFrom = (server, method, path, status) => entry =>
  entry.server === server && entry.method === method && entry.target.split('?')[0] === path && entry.status === status;

let image;

async function imageEmbedded({api, run}) {
  image = new Image();
  image.alt = 'A peace sign for a sun, setting behind a wall with an open gate';
  image.src = `${api}/peace.svg?run=${run}`;
  await image.decode();
  return works(image);
}

async function imagePixels() {
  const canvas = element('canvas', {width: 2, height: 2});
  const brush = canvas.getContext('2d');
  brush.drawImage(image, 0, 0, 2, 2);
  try {
    return works(text(`The first pixel is ${brush.getImageData(0, 0, 1, 1).data.join(', ')}.`));
  } catch (error) {
    return error.name === 'SecurityError'
      ? {seen: 'blocked', said: [text('The canvas is tainted: the picture came from another origin.'), errorText(error)]}
      : failed(errorText(error));
  }
}

async function readDirect({api, find}) {
  try {
    const answer = await fetch(`${api}/photos`);
    return works(json(await answer.json()));
  } catch (error) {
    return blockedIf(error, find(isFrom('api', 'GET', '/photos', 200)),
      'The API answered 200, with the photos. All the script is told:');
  }
}

async function readGateway({gateway}) {
  const answer = await fetch(`${gateway}/photos`);
  const photos = await answer.json();
  return works(text(`${answer.status}, ${photos.length} photos:`), json(photos));
}

async function font(origin, run, name) {
  const family = `${name} ${run}`;
  const face = new FontFace(family, `url(${origin}/wall.ttf?run=${run})`);
  await face.load();
  document.fonts.add(face);
  return family;
}

const specimen = (family, fallen) => {
  const made = element('p', {class: fallen ? 'specimen fallen' : 'specimen'}, 'Sallyport');
  made.style.fontFamily = `"${family}", sans-serif`;
  return made;
};

async function fontDirect({api, run, find}) {
  try {
    return works(specimen(await font(api, run, 'Wall direct')));
  } catch (error) {
    const outcome = await blockedIf(error, find(isFrom('api', 'GET', '/wall.ttf', 200)), 'Fell back to the system’s font.');
    return {seen: outcome.seen, said: [specimen('none', true), ...outcome.said]};
  }
}

async function fontGateway({gateway, run}) {
  return works(specimen(await font(gateway, run, 'Wall gateway')), text('The font called Sallyport Wall: every letter a stone.'));
}

const titles = ['Peace', 'Evening at the gate', 'The wall at dusk', 'A door for friends', 'Out by the small gate'];

const put = (origin, title) => fetch(`${origin}/photos/1`, {
  method: 'PUT',
  headers: {'content-type': 'application/json'},
  body: JSON.stringify({title}),
});

/** A preflight as it went over the wire, without the lines that have no part in it. */
function asSent(preflight) {
  const lines = headers => headers.filter(([name]) => /^(origin|access-control-|allow$)/i.test(name))
    .map(([name, value]) => `  ${name}: ${value}`);
  const exchange = [
    `${preflight.method} ${preflight.target}`, ...lines(preflight.request),
    `→ ${preflight.status}`, ...lines(preflight.response)];
  return element('pre', {class: 'note'}, exchange.join('\n'));
}

async function putDirect({api, find, since}) {
  try {
    const answer = await put(api, 'Written past the wall');
    return works(json(await answer.json()));
  } catch (error) {
    const preflight = await find(isFrom('api', 'OPTIONS', '/photos/1', 204));
    const outcome = await blockedIf(error, preflight, 'The browser asked, the answer was no yes, and the PUT was never sent:');
    if ((await since()).some(entry => entry.method === 'PUT')) {
      return failed(text('The PUT reached a server all the same.'), errorText(error));
    }
    return {...outcome, said: [...outcome.said, ...(preflight ? [asSent(preflight)] : [])]};
  }
}

async function putGateway({gateway, run, find, since}) {
  const title = titles[run % titles.length];
  const answer = await put(gateway, title);
  const photo = await answer.json();
  const preflight = await find(isFrom('gateway', 'OPTIONS', '/photos/1', 204));
  const relayed = (await since()).some(isFrom('api', 'OPTIONS', '/photos/1', 204));
  if (answer.status !== 200 || photo.title !== title || !preflight || relayed) {
    return failed(text(`${answer.status}; preflight ${preflight ? 'answered by the gateway' : 'not seen'}${relayed ? ', and relayed' : ''}.`));
  }
  return works(text('The gateway answered the preflight; the API saw only the PUT:'), json(photo), asSent(preflight));
}

async function cookieDirect({api, find}) {
  try {
    const answer = await fetch(`${api}/visits`, {credentials: 'include'});
    return works(json(await answer.json()));
  } catch (error) {
    return blockedIf(error, find(isFrom('api', 'GET', '/visits', 200)), 'Answered, and kept back:');
  }
}

async function cookieGateway({gateway}) {
  const visit = async () => (await (await fetch(`${gateway}/visits`, {credentials: 'include'})).json()).visit;
  const first = await visit();
  const second = await visit();
  return second === first + 1
    ? works(text(`“Visit number ${first}”, then “visit number ${second}”: the API set a cookie, and knew it again.`))
    : failed(text(`Visit ${first}, then visit ${second}: the cookie did not come along.`));
}

const denial = entry => entry.server === 'log' && /origin-not-allowed/.test(entry.line);
const noted = entry => [text('The gateway’s log:'), element('pre', {class: 'note'}, entry.line)];

async function strangerRead({ask, find}) {
  const attempt = await ask('read');
  const note = await find(denial);
  if (attempt.read) {
    return works(text(`It read: ${attempt.text}`));
  }
  return note
    ? {seen: 'blocked', said: [element('p', {class: 'said'}, attempt.error), ...noted(note)]}
    : failed(text('The gateway did not note the denial.'), element('p', {class: 'said'}, attempt.error));
}

async function strangerPost({ask, find, since}) {
  const attempt = await ask('post');
  const refusal = await find(isFrom('gateway', 'POST', '/likes', 403));
  const note = await find(denial);
  const arrived = (await since()).some(entry => entry.server === 'api' && entry.method === 'POST');
  return refusal && note && !arrived && !attempt.read
    ? {seen: 'refused', said: [text('403 from the gateway; the API never saw it.'), ...noted(note)]}
    : failed(text(arrived ? 'It reached the API.' : 'The gateway did not refuse it.'));
}

async function errorReadable({gateway}) {
  const answer = await fetch(`${gateway}/asleep`);
  const type = answer.headers.get('content-type');
  const problem = await answer.json();
  return answer.status === 502 && type.startsWith('application/problem+json')
    ? works(text(`${answer.status}, ${type}:`), json(problem))
    : failed(text(`${answer.status}, ${type}`), json(problem));
}

/** The tries in order; the lane is the line of the picture that lights up. */
export const tries = [
  {id: 'image-embedded', lane: 'embed', run: imageEmbedded},
  {id: 'image-pixels', run: imagePixels},
  {id: 'read-direct', lane: 'direct', run: readDirect},
  {id: 'read-gateway', lane: 'gateway', run: readGateway},
  {id: 'font-direct', lane: 'direct', run: fontDirect},
  {id: 'font-gateway', lane: 'gateway', run: fontGateway},
  {id: 'put-direct', lane: 'direct', run: putDirect},
  {id: 'put-gateway', lane: 'gateway', run: putGateway},
  {id: 'cookie-direct', lane: 'direct', run: cookieDirect},
  {id: 'cookie-gateway', lane: 'gateway', run: cookieGateway},
  {id: 'stranger-read', lane: 'stranger', run: strangerRead},
  {id: 'stranger-post', lane: 'stranger', run: strangerPost},
  {id: 'error-readable', lane: 'gateway', run: errorReadable},
];
