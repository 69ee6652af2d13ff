import { webcrypto } from 'node:crypto';

// Runtimes before Node 19 have it under this name only; the key wrapping library looks for it here.
if (!('crypto' in globalThis)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });
