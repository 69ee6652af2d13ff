import { createCipheriv, pbkdf2, randomBytes, randomInt } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * What FileSender's own page does before it uploads (its `crypto_app.js`, key version 3): AES-256-GCM, the key by
 * PBKDF2-SHA-256, and a 16-byte initial vector of 12 random bytes and the chunk's number.
 */
export const KEY_VERSION = 3;
const TAG = 16;
const FILE_IV = 12;
/** Bytes that a chunk grows by: its vector before it, its tag behind it. */
export const CHUNK_GROWS = 16 + TAG;

const LETTERS = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '-+=%'] as const;
const GROUPS = 5;

/** Can be read out over a telephone: no letters that look alike. About 107 bits; one of each kind at least. */
export function newPassword(): string {
  const pick = (letters: string) => letters[randomInt(letters.length)]!;
  const group = () => Array.from({ length: 4 }, () => pick(LETTERS[0] + LETTERS[1] + LETTERS[2])).join('');
  const groups = Array.from({ length: GROUPS - 1 }, group);
  return [...groups, LETTERS.map(pick).join('')].join('.');
}

export function newFileIv(): string {
  return randomBytes(FILE_IV).toString('base64');
}

/** Bound to each chunk, so that chunks of another file or number do not open; to the letter as its page writes it. */
export function aeadOf(size: number, chunk: number, iv: string): string {
  const count = Math.ceil(size / chunk);
  return `{"aeadversion":1,"chunkcount":${count},"chunksize":${chunk},"iv":"${iv}","aeadterminator":1}`;
}

export function keyOf(password: string, salt: string, rounds: number): Promise<Buffer> {
  return promisify(pbkdf2)(password, salt, rounds, 32, 'sha256');
}

/** @param index of the chunk, from 0 @param iv as {@link newFileIv} @returns vector, ciphertext, tag */
export function encryptChunk(key: Buffer, index: number, iv: string, aead: string, plain: Uint8Array): Buffer {
  const counter = Buffer.alloc(4);
  counter.writeUInt32LE(index);
  const vector = Buffer.concat([Buffer.from(iv, 'base64'), counter]);
  const cipher = createCipheriv('aes-256-gcm', key, vector, { authTagLength: TAG });
  cipher.setAAD(Buffer.from(aead, 'utf8'));
  return Buffer.concat([vector, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}
