import { describe, expect, it } from 'vitest';
import { Base64 } from '../../core/vault/base64.ts';

describe('base64', () => {
  it('has one spelling for the same bytes', () => {
    for (const length of [1, 2, 3, 32, 64]) {
      const text = Buffer.alloc(length, 0x5a).toString('base64');
      expect(Base64.safeParse(text).success).toBe(true);
      const last = text.replace(/=*$/, '').length - 1;
      const others = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].filter((letter) => {
        const other = text.slice(0, last) + letter + text.slice(last + 1);
        return other !== text && Buffer.from(other, 'base64').equals(Buffer.from(text, 'base64'));
      });
      for (const letter of others)
        expect(Base64.safeParse(text.slice(0, last) + letter + text.slice(last + 1)).success).toBe(false);
      expect(others.length).toBe(length % 3 === 1 ? 15 : length % 3 === 2 ? 3 : 0);
    }
  });
});
