// Each way to embed a resource: resolves to what a script could read of it, or to null when it was not loaded.
const PATIENCE = 5000;

function later(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** An element in the page, until its event; null for error, or when nothing came. */
async function element(name, properties, loaded = 'load') {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value !== undefined && value !== null) {
      made[key] = value;
    }
  }
  const event = new Promise(resolve => {
    made.addEventListener(loaded, () => resolve(made), {once: true});
    made.addEventListener('error', () => resolve(null), {once: true});
  });
  document.body.append(made);
  const result = await Promise.race([event, later(PATIENCE).then(() => null)]);
  return {made, result};
}

const attribute = crossorigin => crossorigin === 'none' ? undefined : crossorigin;
const credentials = crossorigin => crossorigin === 'use-credentials' ? 'include' : 'same-origin';

/** The messages of errors that scripts throw later, by the case that they name or hide. */
const errors = [];
addEventListener('error', event => { errors.push(event.message); });

function poll(condition, milliseconds = PATIENCE) {
  return new Promise(resolve => {
    const end = performance.now() + milliseconds;
    (function look() {
      const value = condition();
      if (value || performance.now() > end) {
        resolve(value);
      } else {
        setTimeout(look, 20);
      }
    })();
  });
}

/** What a script did and whether its error, thrown later, came through in full. */
async function ran(id) {
  if (!await poll(() => self[`ran${id}`])) {
    return [];
  }
  const full = await poll(() => errors.some(message => message.includes(`error${id}!`)), 600);
  return full ? ['effects', 'errors'] : ['effects'];
}

async function script(url, crossorigin, id, type) {
  const {result} = await element('script', {type, crossOrigin: attribute(crossorigin), src: url});
  return result && ran(id);
}

/** Whether the server has it, which is all that can be known of what nobody reads. */
async function arrived(url) {
  const name = new URL(url).pathname.split('/')[2];
  for (let i = 0; i < 30; i++) {
    if (await (await fetch(`/arrived?${name}`)).text() === 'yes') {
      return [];
    }
    await later(100);
  }
  return null;
}

async function applied(id) {
  const probe = document.createElement('p');
  probe.className = `styled${id}`;
  document.body.append(probe);
  return poll(() => getComputedStyle(probe).borderTopWidth === '7px', 800);
}

function rules(sheet) {
  try {
    return sheet.cssRules.length > 0 ? ['rules'] : [];
  } catch {
    return [];
  }
}

async function frame(name, properties, id) {
  let said = null;
  const listen = event => { said ??= event.data === `here${id}` ? event : null; };
  addEventListener('message', listen);
  const made = document.createElement(name);
  Object.assign(made, properties);
  document.body.append(made);
  await poll(() => said, PATIENCE);
  removeEventListener('message', listen);
  if (!said) {
    return null;
  }
  let same = false;
  try {
    same = Boolean(said.source.document);
  } catch {
    same = false;
  }
  made.remove();
  return same ? ['document', 'messages'] : ['messages'];
}

async function media(name, url, crossorigin) {
  const {made, result} = await element(
      name, {crossOrigin: attribute(crossorigin), preload: 'auto', src: url}, 'loadeddata');
  if (!result) {
    made.remove();
    return null;
  }
  const read = made.duration > 0 ? ['duration'] : [];
  // Elsewhere it is not there, or gives silence.
  if (navigator.userAgent.includes('Chrome')) {
    try {
      made.captureStream();
      read.unshift('samples');
    } catch {
      // Its samples are another origin's.
    }
  }
  made.remove();
  return read;
}

function preload(as) {
  return async (url, crossorigin) =>
      (await element('link', {rel: 'preload', as, crossOrigin: attribute(crossorigin), href: url})).result && [];
}

function worker(options) {
  return async (url, crossorigin, id) => {
    let made;
    try {
      made = new Worker(url, options);
    } catch {
      return null;
    }
    const events = [];
    made.onmessage = () => events.push('messages');
    made.onerror = event => events.push(event.message && event.message.includes(`error${id}!`) ? 'errors' : 'failed');
    await poll(() => events.length > 1 || events.includes('failed'), PATIENCE);
    made.terminate();
    return events.includes('messages') ? events.filter(event => event !== 'failed') : null;
  };
}

export const ways = {
  'fetch': async (url, crossorigin) => {
    const answer = await fetch(url, {credentials: credentials(crossorigin)});
    await answer.arrayBuffer();
    return ['body', 'head'];
  },
  'fetch-no-cors': async url => (await fetch(url, {mode: 'no-cors'})).type === 'opaque' ? [] : ['body', 'head'],
  'xhr': (url, crossorigin) => new Promise(resolve => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.withCredentials = crossorigin === 'use-credentials';
    request.onload = () => resolve(['body', 'head']);
    request.onerror = () => resolve(null);
    request.send();
  }),
  'eventsource': (url, crossorigin) => new Promise(resolve => {
    const source = new EventSource(url, {withCredentials: crossorigin === 'use-credentials'});
    source.onmessage = () => { source.close(); resolve(['messages']); };
    source.onerror = () => { source.close(); resolve(null); };
  }),
  'websocket': url => new Promise(resolve => {
    const socket = new WebSocket(url);
    socket.onmessage = () => { socket.close(); resolve(['messages']); };
    socket.onerror = () => resolve(null);
    socket.onclose = () => resolve(null);
  }),
  'beacon': async url => { navigator.sendBeacon(url, 'text'); return arrived(url); },
  'beacon-json': async url => {
    navigator.sendBeacon(url, new Blob(['{}'], {type: 'application/json'}));
    return arrived(url);
  },
  'ping': async url => {
    const link = Object.assign(document.createElement('a'), {ping: url, href: '#ping'});
    document.body.append(link);
    link.click();
    return arrived(url);
  },
  'img': async (url, crossorigin) => {
    const {result} = await element('img', {crossOrigin: attribute(crossorigin), src: url});
    if (!result) {
      return null;
    }
    const size = result.naturalWidth === 7 ? ['size'] : [];
    const brush = document.createElement('canvas').getContext('2d');
    brush.drawImage(result, 0, 0);
    try {
      brush.getImageData(0, 0, 1, 1);
      return ['pixels', ...size];
    } catch {
      return size;
    }
  },
  'css-image': async url => {
    const made = document.createElement('div');
    made.style.cssText = `content: url("${url}"); display: inline-block`;
    document.body.append(made);
    return await poll(() => made.getBoundingClientRect().width === 7, 1500) ? [] : null;
  },
  'css-shape': async url => {
    const box = document.createElement('div');
    box.innerHTML = '<i style="float:left;width:99px;height:99px"></i><b>x</b>';
    box.style.cssText = 'width: 500px; display: flow-root';
    box.firstChild.style.shapeOutside = `url("${url}")`;
    document.body.append(box);
    // The left part of the picture is opaque: so is that of the float's shape. Without a picture it is nothing or all of it.
    const shaped = () => {
      const left = box.lastChild.getBoundingClientRect().left - box.getBoundingClientRect().left;
      return left > 0 && left < 90;
    };
    return await poll(shaped, 3000) ? ['effects'] : null;
  },
  'script': (url, crossorigin, id) => script(url, crossorigin, id, 'text/javascript'),
  'module-script': (url, crossorigin, id) => script(url, crossorigin, id, 'module'),
  'import': async (url, crossorigin, id) => {
    const module = await import(url);
    return [...await ran(id), ...(module.value === 7 ? ['exports'] : [])];
  },
  'json-module': async url => (await import(url, {with: {type: 'json'}})).default.value === 7 ? ['exports'] : [],
  'import-scripts': async (url, crossorigin, id) => {
    const source = `
      const errors = [];
      self.onerror = message => { errors.push(message); };
      try {
        importScripts(${JSON.stringify(url)});
        setTimeout(() => postMessage(errors.some(m => m.includes('error${id}!')) ? ['effects', 'errors'] : ['effects']), 300);
      } catch {
        postMessage(null);
      }`;
    const made = new Worker(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})));
    const read = await new Promise(resolve => {
      made.onmessage = event => resolve(event.data);
      later(PATIENCE).then(() => resolve('silent'));
    });
    made.terminate();
    return read;
  },
  'style': async (url, crossorigin, id) => {
    const {result} = await element('link', {rel: 'stylesheet', crossOrigin: attribute(crossorigin), href: url});
    if (!result) {
      return null;
    }
    return await applied(id) ? ['effects', ...rules(result.sheet)] : null;
  },
  'style-import': async (url, crossorigin, id) => {
    const style = document.createElement('style');
    style.textContent = `@import url("${url}");`;
    document.head.append(style);
    return await applied(id) ? ['effects', ...rules(style.sheet.cssRules[0].styleSheet)] : null;
  },
  'font': async (url, crossorigin, id) => {
    await new FontFace(`Lab${id}`, `url("${url}")`).load();
    return ['effects'];
  },
  'iframe': (url, crossorigin, id) => frame('iframe', {src: url}, id),
  'object': (url, crossorigin, id) => frame('object', {type: 'text/html', data: url}, id),
  'embed': (url, crossorigin, id) => frame('embed', {type: 'text/html', src: url}, id),
  'audio': (url, crossorigin) => media('audio', url, crossorigin),
  'video': (url, crossorigin) => media('video', url, crossorigin),
  'track': async (url, crossorigin) => {
    const video = document.createElement('video');
    video.crossOrigin = attribute(crossorigin) ?? null;
    document.body.append(video);
    const track = Object.assign(document.createElement('track'), {kind: 'metadata', default: true});
    const event = new Promise(resolve => {
      track.onload = () => resolve(track.track.cues.length > 0 ? ['cues'] : []);
      track.onerror = () => resolve(null);
    });
    track.src = url;
    video.append(track);
    track.track.mode = 'hidden';
    return Promise.race([event, later(PATIENCE).then(() => null)]);
  },
  'worker': worker({}),
  'module-worker': worker({type: 'module'}),
  'shared-worker': async url => {
    let made;
    try {
      made = new SharedWorker(url);
    } catch {
      return null;
    }
    return new Promise(resolve => {
      made.port.onmessage = () => resolve(['messages']);
      made.onerror = () => resolve(null);
      later(PATIENCE).then(() => resolve(null));
    });
  },
  'service-worker': async url => {
    const registration = await navigator.serviceWorker.register(url);
    await registration.unregister();
    return ['messages'];
  },
  'audio-worklet': async (url, crossorigin) => {
    await new OfflineAudioContext(1, 1, 8000).audioWorklet.addModule(url, {credentials: credentials(crossorigin)});
    return ['messages'];
  },
  'preload-image': preload('image'),
  'preload-script': preload('script'),
  'preload-style': preload('style'),
  'preload-font': preload('font'),
  'preload-fetch': preload('fetch'),
  'modulepreload': async (url, crossorigin) =>
      (await element('link', {rel: 'modulepreload', crossOrigin: attribute(crossorigin), href: url})).result && [],
  'prefetch': async (url, crossorigin) =>
      (await element('link', {rel: 'prefetch', crossOrigin: attribute(crossorigin), href: url})).result && [],
};
