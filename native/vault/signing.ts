import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import canonicalize from 'canonicalize';
import type { ChainTools } from '../../core/audit/chain.ts';

/** RFC 8785. @throws TypeError for what JSON can not hold */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

export interface SigningPair {
  readonly privateKey: KeyObject;
  /** Raw, base64. */
  readonly verifyKey: string;
}

export function newSigningPair(): SigningPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, verifyKey: rawOf(publicKey) };
}

function rawOf(publicKey: KeyObject): string {
  const { x } = publicKey.export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url').toString('base64');
}

export function exportPrivate(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'der' }).toString('base64');
}

export function importPrivate(text: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(text, 'base64'), type: 'pkcs8', format: 'der' });
}

export function signText(key: KeyObject, text: string | Uint8Array): string {
  return sign(null, Buffer.from(text), key).toString('base64');
}

/** @param key raw Ed25519 key, base64; anything else verifies nothing */
export function verifyText(key: string, text: string | Uint8Array, signature: string): boolean {
  try {
    const x = Buffer.from(key, 'base64').toString('base64url');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** What the log's chain is computed with. */
export const CHAIN_TOOLS: ChainTools = {
  canonical,
  sha256,
  verify: (key, hash, signature) => verifyText(key, Buffer.from(hash, 'hex'), signature),
};
