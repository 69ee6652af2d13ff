import { useEffect, useRef, useState, type RefCallback } from 'react';

export interface DrawingSize {
  /** In pixels of the style sheet. */
  readonly width: number;
  readonly height: number;
}

/** @param colours as the style sheet has them now */
export type Draw<Name extends string> = (
  context: CanvasRenderingContext2D,
  size: DrawingSize,
  colours: Readonly<Record<Name, string>>,
) => void;

/**
 * Keeps a canvas drawn: when `draw` is another one, when its size changes, and when the colours do.
 * @param palette names in the style sheet of the colours that it takes; the same object each time
 * @returns the canvas's `ref`
 */
export function useDrawing<Name extends string>(
  palette: Readonly<Record<Name, string>>,
  draw: Draw<Name>,
): RefCallback<HTMLCanvasElement> {
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const redraw = useRef(() => {});
  useEffect(() => {
    redraw.current = () => {
      const context = canvas?.getContext('2d');
      if (!canvas || !context) return;
      const { clientWidth: width, clientHeight: height } = canvas;
      const [across, down] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
      // Setting the size takes new memory, even where it is the same.
      if (canvas.width !== across) canvas.width = across;
      if (canvas.height !== down) canvas.height = down;
      context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
      draw(context, { width, height }, coloursOf(canvas, palette));
    };
    redraw.current();
  }, [canvas, palette, draw]);
  useEffect(() => {
    if (!canvas) return undefined;
    const again = () => redraw.current();
    const observer = new ResizeObserver(again);
    observer.observe(canvas);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', again);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', again);
    };
  }, [canvas]);
  return setCanvas;
}

function coloursOf<Name extends string>(element: Element, palette: Readonly<Record<Name, string>>) {
  const style = getComputedStyle(element);
  const colours: Record<Name, string> = { ...palette };
  for (const name in palette) colours[name] = style.getPropertyValue(palette[name]).trim();
  return colours;
}
