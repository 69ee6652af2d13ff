import { closeSync, openSync, readSync } from 'node:fs';

/** Boxes of ISO/IEC 14496-12 on the way to the sample descriptions. */
const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);
/** Sample entries of Common Encryption, ISO/IEC 23001-7. */
const ENCRYPTED = new Set(['encv', 'enca']);
const BOX_HEADER = 8;
const STSD_HEADER = 16;

/**
 * Whether an MP4 carries encrypted samples. The prober shows such a stream under its original codec,
 * and the decoder makes garbage of it.
 */
export function isProtected(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    return search(file, 0, Number.MAX_SAFE_INTEGER);
  } finally {
    closeSync(file);
  }
}

function search(file: number, from: number, end: number): boolean {
  const header = Buffer.alloc(STSD_HEADER);
  for (let at = from; at + BOX_HEADER <= end;) {
    const read = readSync(file, header, 0, STSD_HEADER, at);
    if (read < BOX_HEADER) return false;
    const type = header.toString('latin1', 4, 8);
    const large = header.readUInt32BE(0) === 1;
    if (large && read < STSD_HEADER) return false;
    const size = large ? Number(header.readBigUInt64BE(BOX_HEADER)) : header.readUInt32BE(0);
    if (size < BOX_HEADER) return false;
    if (ENCRYPTED.has(type)) return true;
    if (CONTAINERS.has(type) && search(file, at + BOX_HEADER, at + size)) return true;
    if (type === 'stsd' && search(file, at + STSD_HEADER, at + size)) return true;
    at += size;
  }
  return false;
}
