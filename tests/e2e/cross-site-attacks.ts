/**
 * What a hostile page tries against Fanfare, as the source of a function that runs in the browser and
 * is given the address of Fanfare. Gives what each attempt led to.
 */
export const ATTACKS = `async (app) => {
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const watch = { type: 'watch', brand: 'maison', window: '1h' };
  const socket = (path, say) =>
    new Promise((resolve) => {
      const heard = [];
      let opened = false;
      const line = new WebSocket(app.replace('http', 'ws') + path);
      line.onopen = () => { opened = true; say(line, ''); };
      line.onmessage = ({ data }) => { heard.push(String(data)); say(line, String(data)); };
      line.onclose = () => resolve({ opened, heard });
      setTimeout(() => line.close(), 800);
      setTimeout(() => resolve({ opened, heard }), 1000);
    });
  const ask = (path, init = {}) =>
    fetch(app + path, { credentials: 'include', ...init }).then(
      async (answer) => answer.type === 'opaque' ? 'opaque' : init.method ? String(answer.status) : (await answer.text()).slice(0, 2000),
      () => 'refused',
    );
  const load = (tag, attribute, path) =>
    new Promise((resolve) => {
      const element = document.createElement(tag);
      element.onload = () => resolve('loaded');
      element.onerror = () => resolve('refused');
      if (tag === 'link') element.rel = 'stylesheet';
      element[attribute] = app + path;
      document.body.append(element);
      setTimeout(() => resolve('refused'), 1000);
    });
  const form = async (path, type, fields) => {
    const frame = document.createElement('iframe');
    frame.name = 'frame' + Math.random();
    const element = document.createElement('form');
    Object.assign(element, { method: 'post', action: app + path, enctype: type, target: frame.name });
    for (const [name, value] of Object.entries(fields)) {
      const input = document.createElement('input');
      Object.assign(input, { type: 'hidden', name, value });
      element.append(input);
    }
    document.body.append(frame, element);
    element.submit();
    await wait(500);
    return 'sent';
  };
  const framed = async (path) => {
    const frame = document.createElement('iframe');
    frame.src = app + path;
    document.body.append(frame);
    await wait(700);
    try { return frame.contentDocument?.title ? 'loaded' : 'refused'; } catch { return 'refused'; }
  };
  const all = async (list) =>
    Object.fromEntries(await Promise.all(Object.entries(list).map(async ([name, one]) => [name, await one])));
  const brand = (slug) => JSON.stringify({ slug, name: 'Evil' });
  const json = { 'content-type': 'application/json' };
  const [raw, socketio] = await Promise.all([
    socket('/api/v1/live', (line, heard) => heard === '' && line.send(JSON.stringify(watch))),
    socket('/socket.io/?EIO=4&transport=websocket', (line, heard) => {
      if (heard.startsWith('0{')) line.send('40');
      if (heard.startsWith('40{')) line.send('42' + JSON.stringify(['watch', watch]));
    }),
  ]);
  const reads = {};
  for (const path of ['/api/v1/session', '/api/v1/brands', '/api/v1/brands/maison/board', '/api/v1/tokens', '/team', '/b/maison', '/socket.io/?EIO=4&transport=polling'])
    reads['GET ' + path] = await ask(path);
  const empty = await fetch(app + '/api/v1/brands', { credentials: 'include', mode: 'no-cors' }).then((answer) => answer.text(), () => '');
  reads['without asking for permission'] = empty === '' ? 'refused' : empty;
  const writes = {
    'JSON with cookies': await ask('/api/v1/brands', { method: 'POST', headers: json, body: brand('evil-json') }),
    'JSON as text': await ask('/api/v1/brands', { method: 'POST', mode: 'no-cors', body: brand('evil-text') }),
    'a beacon': navigator.sendBeacon(app + '/api/v1/brands', new Blob([brand('evil-beacon')])) ? 'sent' : 'refused',
    'a deletion': await ask('/api/v1/brands/nowhere', { method: 'DELETE' }),
    'an invitation as text': await ask('/api/v1/invitations', { method: 'POST', mode: 'no-cors', body: JSON.stringify({ email: 'evil@evil.example', role: 'owner' }) }),
    'a sign-out as text': await ask('/api/auth/sign-out', { method: 'POST', mode: 'no-cors', body: '{}' }),
  };
  const isOurs = location.origin === app;
  const text = 'text/plain', plain = 'application/x-www-form-urlencoded', files = 'multipart/form-data';
  const [forms, loads] = isOurs ? [{}, {}] : await Promise.all([
    all({
      'a form for the API': form('/api/v1/brands', text, { '{"slug":"evil-form","name":"Evil","x':'":1}' }),
      'a form for a token': form('/api/v1/tokens', plain, { name: 'evil', scopes: 'admin' }),
      'a form for the team': form('/team?/invite', plain, { email: 'evil@evil.example', role: 'owner' }),
      'a form with files': form('/displays/approve?/approve', files, { name: 'evil', brand: 'maison' }),
      'a form that signs out': form('/account?/signOut', plain, {}),
    }),
    all({
      'an image of the API': load('img', 'src', '/api/v1/displays/codes/BBBB-BBBB/qr.svg'),
      'an image of a page': load('img', 'src', '/favicon.svg'),
      'a script of the API': load('script', 'src', '/api/v1/session'),
      'a style of the API': load('link', 'href', '/api/v1/session'),
      'a frame': framed('/team'),
    }),
  ]);
  return { sockets: { raw, socketio }, reads, writes: { ...writes, ...forms }, loads };
}`;
