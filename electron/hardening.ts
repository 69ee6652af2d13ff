import { app, type Session, type WebContents } from 'electron';

/** Of everything that the window shows. */
export const ORIGIN = 'app://ui';

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const UI_HEADERS = {
  'Content-Security-Policy': CSP,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

const LOCAL = new Set(['app:', 'devtools:', 'data:', 'blob:']);

/** Each with what it keeps from happening; set before the app is ready. */
const SWITCHES: readonly (readonly [name: string, value?: string])[] = [
  // Pictures of pupils in no cache.
  ['disable-http-cache'],
  ['disk-cache-size', '1'],
  ['disable-gpu-shader-disk-cache'],
  // A dump of the memory would hold pictures and keys.
  ['disable-breakpad'],
  // What Chromium would ask the network for by itself.
  ['no-pings'],
  ['disable-domain-reliability'],
  ['disable-background-networking'],
  ['disable-component-update'],
  // Whatever slips past the filter of a session still finds no way out.
  ['proxy-server', '127.0.0.1:9'],
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
];

/** By protocol and host: some versions give a scheme of our own the origin `null`. */
export function isOurs(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    return protocol === 'app:' && host === 'ui';
  } catch {
    return false;
  }
}

export function hardenApp(): void {
  for (const [name, value] of SWITCHES)
    if (value === undefined) app.commandLine.appendSwitch(name);
    else app.commandLine.appendSwitch(name, value);
  // As root, as in a container, this would undo `--no-sandbox`, and every child would die.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => hardenContents(contents));
  app.on('session-created', (session) => hardenSession(session));
}

function hardenContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event, url) => {
    if (!isOurs(url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    const { url } = details;
    const protocol = url.slice(0, url.indexOf(':') + 1);
    answer({ cancel: !LOCAL.has(protocol) });
  });
}
