import type { Box } from './box.ts';

/** Numbers a box: x, y, w, h. */
const WIDTH = 4;

/**
 * Boxes one after the other, as bare numbers at full precision. As objects, whose every number is an object
 * again, they take five times the memory, and twenty minutes of a full classroom are some 400 000 of them.
 */
export class BoxList {
  private constructor(private numbers: number[]) {}

  static of(boxes: Iterable<Box>): BoxList {
    const list = new BoxList([]);
    for (const box of boxes) list.push(box);
    return list;
  }

  static join(lists: readonly BoxList[]): BoxList {
    return new BoxList(new Array<number>().concat(...lists.map(({ numbers }) => numbers)));
  }

  get length(): number {
    return this.numbers.length / WIDTH;
  }

  get first(): Box {
    return this.read(0);
  }

  get last(): Box {
    return this.read(this.numbers.length - WIDTH);
  }

  /** Undefined outside the list. */
  at(index: number): Box | undefined {
    return index >= 0 && index < this.length ? this.read(index * WIDTH) : undefined;
  }

  private read(from: number): Box {
    const { numbers } = this;
    return { x: numbers[from]!, y: numbers[from + 1]!, w: numbers[from + 2]!, h: numbers[from + 3]! };
  }

  toArray(): Box[] {
    return Array.from({ length: this.length }, (_, index) => this.read(index * WIDTH));
  }

  push({ x, y, w, h }: Box): void {
    this.numbers.push(x, y, w, h);
  }

  replaceLast(box: Box): void {
    this.numbers.length -= WIDTH;
    this.push(box);
  }

  /** Puts others before these. */
  prepend(boxes: Iterable<Box>): void {
    this.numbers = BoxList.join([BoxList.of(boxes), this]).numbers;
  }

  /** The boxes before `end`. */
  until(end: number): BoxList {
    return new BoxList(this.numbers.slice(0, end * WIDTH));
  }
}
