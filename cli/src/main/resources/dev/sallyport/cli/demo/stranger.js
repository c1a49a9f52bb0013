// The page of an origin that the gateway's policy does not allow. It does what the page around it asks, and tells how it went.
const says = document.getElementById('says');
document.getElementById('origin').textContent = location.origin;

const attempts = {
  read: gateway => fetch(`${gateway}/photos`),
  post: gateway => fetch(`${gateway}/likes`, {method: 'POST', body: 'like=1', headers: {'content-type': 'text/plain'}}),
};

addEventListener('message', async event => {
  const {attempt, gateway} = event.data;
  let outcome;
  try {
    const answer = await attempts[attempt](gateway);
    outcome = {attempt, read: true, status: answer.status, text: await answer.text()};
  } catch (error) {
    outcome = {attempt, read: false, error: String(error)};
  }
  says.textContent = outcome.read ? 'I could read the answer!' : `No luck: ${outcome.error}`;
  event.source.postMessage(outcome, event.origin);
});

parent.postMessage({ready: true}, '*');
