import { describe, expect, it } from 'vitest';
import { DECODERS, type Outputs } from '../../native/onnx/heads.ts';

/** Heads of FaceBoxes over a picture of 256x128, all sure of nothing, with some values set. */
function faceboxes(set: { level: number; anchor: number; cell: number; deltas: readonly number[] }): Outputs {
  const outputs = new Map<string, { data: Float32Array; dims: number[] }>();
  [
    { rows: 4, columns: 8, anchors: 21 },
    { rows: 2, columns: 4, anchors: 1 },
    { rows: 1, columns: 2, anchors: 1 },
  ].forEach(({ rows, columns, anchors }, level) => {
    const cells = rows * columns;
    const classes = new Float32Array(anchors * 2 * cells);
    const boxes = new Float32Array(anchors * 4 * cells);
    for (let anchor = 0; anchor < anchors; anchor++) classes.fill(20, anchor * 2 * cells, (anchor * 2 + 1) * cells);
    if (level === set.level) {
      classes[(set.anchor * 2 + 1) * cells + set.cell] = 40;
      set.deltas.forEach((delta, index) => (boxes[(set.anchor * 4 + index) * cells + set.cell] = delta));
    }
    const name = (kind: string) => `prediction_layers/${kind}_predictor_${level}/BiasAdd`;
    outputs.set(name('class'), { data: classes, dims: [1, anchors * 2, rows, columns] });
    outputs.set(name('box_encoding'), { data: boxes, dims: [1, anchors * 4, rows, columns] });
  });
  return outputs;
}

describe('the heads of FaceBoxes', () => {
  const seen = { width: 256, height: 128 };

  it.each([
    // Cell (3, 1) has its middle at (112, 48); the second of sixteen lies 4 px above it and 12 to the left.
    { level: 0, anchor: 1, cell: 11, box: { x: 100 - 16, y: 44 - 16, w: 32, h: 32 } },
    // Four of 64 px lie 16 px off the middle; the second to the lower left.
    { level: 0, anchor: 17, cell: 11, box: { x: 96 - 32, y: 64 - 32, w: 64, h: 64 } },
    // 128 px around the middle, cut off at the upper edge.
    { level: 0, anchor: 20, cell: 11, box: { x: 112 - 64, y: 0, w: 128, h: 48 + 64 } },
    // 512 px around (64, 64): all that is left is the picture's height and what lies left of 320.
    { level: 2, anchor: 0, cell: 0, box: { x: 0, y: 0, w: 256, h: 128 } },
  ])('place anchor $anchor of head $level', ({ box, ...set }) => {
    const found = DECODERS.faceboxes(faceboxes({ ...set, deltas: [0, 0, 0, 0] }), seen, 0.5);
    expect(found).toEqual([{ ...box, score: expect.closeTo(1) }]);
  });

  it('move and stretch it: a tenth and a fifth, rows before columns', () => {
    const deltas = [1, -2, 5 * Math.log(2), 0];
    const [face] = DECODERS.faceboxes(faceboxes({ level: 0, anchor: 1, cell: 11, deltas }), seen, 0.5);
    const [cx, cy] = [100 - 0.2 * 32, 44 + 0.1 * 32];
    const box = { x: cx - 16, y: cy - 32, w: 32, h: 64 };
    for (const side of ['x', 'y', 'w', 'h'] as const) expect(face![side]).toBeCloseTo(box[side], 4);
  });
});
