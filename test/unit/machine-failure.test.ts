import { describe, expect, it } from 'vitest';
import { asDeliveryFailure } from '../../portals/folder/machine-failure.ts';

const thrown = (code: string) => asDeliveryFailure(Object.assign(new Error(code), { code }));

describe('what a system says of a folder', () => {
  it.each([
    ['ENOSPC', 'disk-full', false],
    ['EDQUOT', 'disk-full', false],
    ['EACCES', 'not-writable', false],
    ['EROFS', 'not-writable', false],
    ['ESTALE', 'unreachable', true],
    ['ENOENT', 'unreachable', true],
    ['ENOTEMPTY', 'unreachable', true],
  ])('%s: %s', (code, reason, again) => {
    expect(thrown(code)).toMatchObject({ name: 'DeliveryFailure', reason, again });
  });

  it('leaves a mistake of ours what it is', () => {
    const mistake = new TypeError('no');
    expect(asDeliveryFailure(mistake)).toBe(mistake);
    expect(thrown('EBADF')).not.toHaveProperty('reason');
  });
});
