import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoxList } from '../../core/geometry/box-list.ts';
import { boxes } from './arbitraries.ts';

const some = fc.array(boxes, { minLength: 1, maxLength: 30 });

describe('a list of boxes', () => {
  it('gives back what was put in, to the last digit', () => {
    fc.assert(
      fc.property(some, some, boxes, fc.integer({ min: 0, max: 40 }), (list, others, box, end) => {
        const kept = BoxList.of(list);
        expect(kept.toArray()).toEqual(list);
        expect([kept.length, kept.first, kept.last]).toEqual([list.length, list[0], list.at(-1)]);
        expect(kept.until(end).toArray()).toEqual(list.slice(0, end));
        expect(BoxList.join([kept, BoxList.of([]), BoxList.of(others)]).toArray()).toEqual([...list, ...others]);
        kept.prepend(others);
        kept.replaceLast(box);
        expect(kept.toArray()).toEqual([...others, ...list.slice(0, -1), box]);
      }),
    );
  });

  it('has nothing outside itself', () => {
    const list = BoxList.of([{ x: 1, y: 2, w: 3, h: 4 }]);
    expect([list.at(-1), list.at(0), list.at(1)]).toEqual([undefined, { x: 1, y: 2, w: 3, h: 4 }, undefined]);
  });
});
