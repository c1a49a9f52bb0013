// What a page's script can try, each told as a short text of what it saw.

async function text(answer) {
  return `${answer.type} ${answer.status} ${await answer.text()}`.trim();
}

/** The type, status and body of an answer, or "blocked". */
export async function read(url, init) {
  try {
    return await text(await fetch(url, init));
  } catch (error) {
    return error instanceof TypeError ? 'blocked' : `threw ${error}`;
  }
}

/** The same of an answer that is a problem: its status, type and code. */
export async function answered(url, init) {
  const answer = await fetch(url, init);
  const problem = await answer.json();
  return `${answer.status} ${answer.headers.get('content-type')} ${problem.code}`;
}

/** Which of the headers the script can see, with their values. */
export async function visible(url, names, init) {
  const answer = await fetch(url, init);
  return names.filter(name => answer.headers.has(name)).map(name => `${name}: ${answer.headers.get(name)}`).join(', ');
}

/** An image in the page, and whether its pixels can be read. */
export async function embed(url, crossOrigin) {
  const image = new Image();
  if (crossOrigin) {
    image.crossOrigin = crossOrigin;
  }
  image.src = url;
  try {
    await image.decode();
  } catch {
    return 'not shown';
  }
  const canvas = document.createElement('canvas');
  const brush = canvas.getContext('2d');
  brush.drawImage(image, 0, 0, 1, 1);
  try {
    brush.getImageData(0, 0, 1, 1);
    return 'shown, readable';
  } catch {
    return 'shown, not readable';
  }
}

/** Whether a web font loads. */
export async function font(url) {
  try {
    await new FontFace('Lab', `url(${url})`).load();
    return 'loaded';
  } catch {
    return 'not loaded';
  }
}

/** Sends a form into a frame, as a page does that wants nothing read, only done. */
export async function form(url) {
  const frame = document.createElement('iframe');
  frame.name = 'target';
  document.body.append(frame);
  const made = document.createElement('form');
  Object.assign(made, {action: url, method: 'post', target: 'target'});
  made.append(Object.assign(document.createElement('input'), {name: 'like', value: '1'}));
  document.body.append(made);
  const loaded = new Promise(resolve => frame.addEventListener('load', () => {
    try {
      // The frame's first, empty document is ours; an answer of another origin is not.
      frame.contentDocument?.location.href === 'about:blank' || resolve();
    } catch {
      resolve();
    }
  }));
  made.submit();
  await loaded;
  frame.remove();
  made.remove();
  return 'sent';
}

/** Reads from a sandboxed frame, whose origin is opaque. */
export async function sandboxed(url) {
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts';
  frame.srcdoc = `<script>
    fetch('${url}').then(answer => answer.text()).catch(error => 'blocked')
      .then(seen => parent.postMessage(self.origin + ' ' + seen, '*'));
  </script>`;
  const said = new Promise(resolve => addEventListener('message', event => resolve(event.data), {once: true}));
  document.body.append(frame);
  const seen = await said;
  frame.remove();
  return seen;
}

/** Reads the first piece of an answer, then has the rest sent: without streaming there would be no first piece. */
export async function stream(url, release) {
  const answer = await fetch(url);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  const first = (await reader.read()).value;
  await fetch(release);
  let rest = '';
  for (let piece; !(piece = await reader.read()).done;) {
    rest += piece.value;
  }
  return `${first} | ${rest}`;
}

/** The first so many events of a stream of them. */
export function events(url, count) {
  return new Promise((resolve, reject) => {
    const source = new EventSource(url);
    const all = [];
    source.onmessage = event => {
      if (all.push(event.data) === count) {
        source.close();
        resolve(all.join(', '));
      }
    };
    source.onerror = () => reject(new Error('no events'));
  });
}

/** Tries something again and again, one after the other. */
export async function repeat(times, run) {
  const all = [];
  for (let i = 0; i < times; i++) {
    all.push(await run());
  }
  return all.join(', ');
}
