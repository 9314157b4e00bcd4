// Predicts in headless Chromium, prints JSON: node predict-in-browser.mjs <chromium> <backend>
// A process of its own, because esbuild does not run in jest's realm.
import { fileURLToPath, URL } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const [executablePath, backend] = process.argv.slice(2);
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('./page.ts', import.meta.url))],
  bundle: true,
  platform: 'browser',
  format: 'iife',
  write: false,
  logLevel: 'error',
});
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'], // prettier-ignore
});
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error.message));
  await page.addScriptTag({ content: outputFiles[0].text });
  console.log(JSON.stringify(await page.evaluate((name) => globalThis.predictOnCanvas(name), backend)));
} finally {
  await browser.close();
}
