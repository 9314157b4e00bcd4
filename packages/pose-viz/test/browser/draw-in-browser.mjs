// Draws in headless Chromium, prints JSON: node draw-in-browser.mjs <chromium> <scene as JSON>
// A process of its own, because playwright does not run in jest's realm. The page imports dist/index.mjs as it is.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { chromium } from 'playwright-core';

const [executablePath, scene] = process.argv.slice(2);
const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname === '/') {
    return response.setHeader('Content-Type', 'text/html').end('<script type="module" src="page.mjs"></script>');
  }
  const name = basename(pathname);
  readFile(join(name === 'page.mjs' ? here : dist, name)).then(
    (bytes) => response.setHeader('Content-Type', 'text/javascript').end(bytes),
    () => response.writeHead(404).end(),
  );
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => 'drawAll' in globalThis);
  console.log(JSON.stringify(await page.evaluate((input) => globalThis.drawAll(input), JSON.parse(scene))));
} finally {
  await browser.close();
  server.close();
}
