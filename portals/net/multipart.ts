import { randomUUID } from 'node:crypto';

/** One part of a body with several: a field, or a file whose bytes come in pieces. */
export interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | { readonly size: number; readonly pieces: () => AsyncIterable<Uint8Array> };
}

export interface Multipart {
  readonly boundary: string;
  /** Of all of it, in bytes: without a length many servers take nothing. */
  readonly length: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Parts in the order given (RFC 2046, 7578). */
export function multipart(parts: readonly Part[]): Multipart {
  const boundary = `onherkenbaar-${randomUUID()}`;
  const heads = parts.map(({ headers }) =>
    Buffer.from(
      `--${boundary}\r\n${Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`,
    ),
  );
  const end = Buffer.from(`--${boundary}--\r\n`);
  const lineEnd = Buffer.from('\r\n');
  const sizes = parts.map(({ body }) => (typeof body === 'string' ? Buffer.byteLength(body) : body.size));
  const length = heads.reduce((sum, head, at) => sum + head.length + sizes[at]! + lineEnd.length, end.length);
  async function* body(): AsyncGenerator<Uint8Array> {
    for (const [at, part] of parts.entries()) {
      yield heads[at]!;
      if (typeof part.body === 'string') yield Buffer.from(part.body);
      else yield* part.body.pieces();
      yield lineEnd;
    }
    yield end;
  }
  return { boundary, length, body: body() };
}

/** A form field. Values that a server gave are handed back as they are. */
export function field(name: string, value: string): Part {
  return { headers: { 'Content-Disposition': `form-data; name="${quoted(name)}"` }, body: value };
}

function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
