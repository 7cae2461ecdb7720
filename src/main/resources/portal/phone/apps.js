// Shows for each phone app and provider which screen to open and what to paste there, filled in with this device's own.
import {element} from './lists.js';
import {text} from './texts.js';

const KEY_NAMES = {'android-sms-gateway': 'key', 'sms-forwarder': 'secret', textbee: 'secret', httpsms: 'key',
  'incoming-sms-webhook': 'secret', smssync: 'secret'};

function values(paired) {
  const {adapter, url, signingKey} = paired;
  const all = [['paste.url', url]];
  if (signingKey) {
    all.push(['paste.' + (KEY_NAMES[adapter] ?? 'key'), signingKey]);
  }
  if (adapter === 'android-sms-gateway') {
    const body = JSON.stringify({url, event: 'sms:received'});
    all.push(['paste.command', "curl -u sms:PASSWORD http://PHONE:8080/webhooks -H 'Content-Type: application/json' -d '"
      + body + "'"]);
  } else if (adapter === 'kannel') {
    all[0] = ['paste.line', 'get-url = "' + url + '?from=%p&to=%P&text=%b&id=%I&time=%T&coding=%c&charset=%C"'];
  }
  return all;
}

function paste([name, value]) {
  const code = element('code', '', value);
  const button = element('button', '', text('paste.copy', {what: text(name)}));
  button.type = 'button';
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(value);
      button.textContent = text('paste.copied');
    } catch {
      getSelection().selectAllChildren(code); // no permission, or no secure connection: to be copied by hand
    }
  });
  return element('div', 'paste', element('h4', '', text(name)), code, button);
}

export function show(paired, {name, steps, pastes}) {
  name.textContent = text('app.title', {app: paired.adapter});
  const told = text('app.' + paired.adapter);
  const lines = Array.isArray(told) ? told : text('app.other');
  steps.replaceChildren(...lines.map(line => element('li', '', line)));
  pastes.replaceChildren(...values(paired).map(paste));
}
