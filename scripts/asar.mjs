import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

/** Block over which an archive's own integrity is computed, in bytes. */
const BLOCK = 4 << 20;

/**
 * Writes an asar archive: two length-prefixed records, the second with the list of files as JSON, then the
 * files one behind the other. The archiver of the field needs a newer Node than this project asks for.
 * @param {string} target
 * @param {Record<string, string>} texts small files by name
 */
export function writeAsar(target, texts) {
  const bodies = Object.values(texts).map((text) => Buffer.from(text));
  let offset = 0;
  const files = Object.keys(texts).map((name, index) => {
    const body = bodies[index];
    const hash = createHash('sha256').update(body).digest('hex');
    const integrity = { algorithm: 'SHA256', hash, blockSize: BLOCK, blocks: [hash] };
    const entry = { size: body.length, offset: String(offset), integrity };
    offset += body.length;
    return [name, entry];
  });
  const json = Buffer.from(JSON.stringify({ files: Object.fromEntries(files) }));
  const padded = Math.ceil(json.length / 4) * 4;
  const head = Buffer.alloc(16 + padded);
  head.writeUInt32LE(4, 0);
  head.writeUInt32LE(8 + padded, 4);
  head.writeUInt32LE(4 + padded, 8);
  head.writeUInt32LE(json.length, 12);
  json.copy(head, 16);
  writeFileSync(target, Buffer.concat([head, ...bodies]));
}
