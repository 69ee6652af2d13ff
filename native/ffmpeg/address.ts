declare const address: unique symbol;

/** What ffmpeg opens: a file by its name, or one that our own loopback server holds out. */
export type MediaAddress = string & { readonly [address]: true };

/** ffmpeg reads `name:` prefixes and leading dashes as something else than a file; `file:` ends that. */
export function fileAddress(path: string): MediaAddress {
  return `file:${path}` as MediaAddress;
}

export function loopbackAddress(port: number, token: string): MediaAddress {
  return `http://127.0.0.1:${port}/${token}` as MediaAddress;
}
