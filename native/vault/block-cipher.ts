import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * A sealed file: a header of {@link HEADER_BYTES}, then blocks of AES-256-GCM, each with its tag.
 * The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) as in the age payload: the
 * nonce is the block's number and a flag for the last one, so blocks that are flipped, reordered,
 * left out or cut off at the end fail. Why not age itself: docs/adr/0005.
 */
export const BLOCK_BYTES = 1 << 17;
export const TAG_BYTES = 16;
export const HEADER_BYTES = 32;
const MAGIC = Buffer.from('OHKB\x01', 'latin1');
export const KEY_BYTES = 32;

/** A fresh header: magic, version, log2 of the block's size, and 26 random bytes that name the file. */
export function newHeader(): Buffer {
  return Buffer.concat([MAGIC, Buffer.of(Math.log2(BLOCK_BYTES)), randomBytes(HEADER_BYTES - MAGIC.length - 1)]);
}

export function isHeader(header: Uint8Array): boolean {
  return (
    header.length === HEADER_BYTES &&
    MAGIC.equals(header.subarray(0, MAGIC.length)) &&
    header[MAGIC.length] === Math.log2(BLOCK_BYTES)
  );
}

/**
 * Seals and opens the blocks of one file. The key belongs to this very file and to what it is for:
 * put in another file's place, even within one recording, it does not open.
 */
export class BlockCipher {
  private readonly key: Buffer;

  /** @param secret key of the recording, 32 bytes @param purpose what the file is, such as `original` */
  constructor(
    secret: Uint8Array,
    private readonly header: Uint8Array,
    purpose: string,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', secret, header, `onherkenbaar/file/1/${purpose}`, KEY_BYTES));
  }

  private nonce(index: number, last: boolean): Buffer {
    const nonce = Buffer.alloc(12);
    nonce.writeUIntBE(index, 5, 6);
    nonce[11] = last ? 1 : 0;
    return nonce;
  }

  seal(index: number, last: boolean, plain: Uint8Array): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.key, this.nonce(index, last));
    cipher.setAAD(this.header);
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** @returns undefined when the block is not what was sealed there */
  open(index: number, last: boolean, sealed: Uint8Array): Buffer | undefined {
    if (sealed.length < TAG_BYTES) return undefined;
    const split = sealed.length - TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', this.key, this.nonce(index, last));
    decipher.setAAD(this.header);
    decipher.setAuthTag(sealed.subarray(split));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, split)), decipher.final()]);
    } catch {
      return undefined;
    }
  }

  /** The key is gone from here; what the engine copied of it in between, nobody can promise. */
  forget(): void {
    this.key.fill(0);
  }
}
