import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'vitest';
import { picture, type RunningApp } from '../fixtures/app.ts';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** WCAG 2.1 A and AA, as far as a program can tell. @returns rule and place of each violation */
async function violations({ page }: RunningApp): Promise<string[]> {
  await page.evaluate(source);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
    const { violations: found } = await axe.run({ runOnly: { type: 'tag', values: tags } });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}

export async function expectAccessible(running: RunningApp, where: string): Promise<void> {
  expect(await violations(running), where).toEqual([]);
}

/** The judge itself can be trusted to find fault. */
export async function expectJudge(running: RunningApp): Promise<void> {
  await running.page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<button id="mute"></button>'));
  expect((await violations(running)).join()).toContain('button-name');
  await running.page.evaluate(() => document.getElementById('mute')?.remove());
}

/** Keeps a picture of a screen, and looks whether everybody can use it. */
export async function look(running: RunningApp, name: string): Promise<void> {
  await picture(running, name);
  await expectAccessible(running, name);
}

/** The window's inside in pixels of its own, and its colours; 1280x800 at 125 % is 1024x640. */
export async function show(
  { app, page }: RunningApp,
  width: number,
  height: number,
  colorScheme: 'light' | 'dark',
): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      const window = BrowserWindow.getAllWindows()[0]!;
      window.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await page.waitForTimeout(400);
}
