// Predicts in headless Chromium, prints JSON: node predict-in-browser.mjs <chromium> <folder with cases> <backend> <cases as JSON>
// A process of its own, because esbuild does not run in jest's realm.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const [executablePath, folder, backend, cases] = process.argv.slice(2);

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('./page.ts', import.meta.url))],
  bundle: true,
  platform: 'browser',
  format: 'iife',
  write: false,
  logLevel: 'error',
});

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, 'http://localhost').pathname);
  if (path === '/') return response.setHeader('Content-Type', 'text/html').end('<script src="page.js"></script>');
  if (path === '/page.js') return response.end(outputFiles[0].contents);
  readFile(join(folder, path)).then(
    (bytes) => response.end(bytes),
    () => response.writeHead(404).end(),
  );
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'], // prettier-ignore
});
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const results = await page.evaluate(
    ([name, list]) => globalThis.predictAll(name, list),
    [backend, JSON.parse(cases)],
  );
  console.log(JSON.stringify(results));
} finally {
  await browser.close();
  server.close();
}
