import { VizError } from '../../src';
import { encodePng, htmlReport } from '../../src/node';
import type { Image } from '../../src';

const picture: Image = { data: new Uint8Array(3 * 6).fill(9), width: 3, height: 2, channels: 3 };
const EVIL = `<script>alert("a&b's")</script>`;
const SAFE = '&lt;script&gt;alert(&quot;a&amp;b&#39;s&quot;)&lt;/script&gt;';

test('htmlReport() escapes text wherever it stands', () => {
  const html = htmlReport({
    title: EVIL,
    summary: [[EVIL, EVIL]],
    tables: [{ title: EVIL, columns: [EVIL], rows: [[EVIL]] }],
    figures: [{ title: EVIL, caption: EVIL, png: picture }],
    sections: [{ title: EVIL, text: EVIL, tables: [], figures: [{ title: 'plain', png: picture }] }],
  });
  expect(html).not.toContain('<script');
  // <title>, h1; dt, dd; caption, th, td; h3, alt, figcaption; h2, p
  expect(html.split(SAFE).length - 1).toBe(12);
});

test('htmlReport() embeds images and PNG files alike, with their size', () => {
  const png = encodePng(picture);
  const padded = new Uint8Array(png.length + 3);
  padded.set(png, 3);
  const figures = [picture, png, padded.subarray(3)].map((p) =>
    htmlReport({ title: 't', figures: [{ title: 'f', png: p }] }),
  );
  expect(figures[0]).toContain(
    `<img width="3" height="2" alt="f" src="data:image/png;base64,${Buffer.from(png).toString('base64')}">`,
  );
  expect(figures[1]).toBe(figures[0]);
  expect(figures[2]).toBe(figures[0]);
});

test('htmlReport() refers to nothing outside itself', () => {
  const html = htmlReport({ title: 't', figures: [{ title: 'f', png: picture }] });
  expect(html).toContain(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`);
  expect(html).not.toMatch(/https?:|url\(|@import|<link|<script/);
  expect(html).toContain('prefers-color-scheme: dark');
});

test('htmlReport() closes every element that it opens, in order', () => {
  const html = htmlReport({
    title: 't',
    summary: [['AP', 0.5]],
    tables: [{ columns: ['a', 'b'], rows: [['x', 1], ['y', null]] }], // prettier-ignore
    sections: [{ title: 's', text: 'text', figures: [{ title: 'f', caption: 'c', png: picture }] }, { title: 'empty' }],
  });
  const open: string[] = [];
  for (const [, slash, name] of html.replace(/<style>[^<]*/, '<style>').matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (['meta', 'img'].includes(name)) continue;
    if (slash === '') open.push(name);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
  expect(html.startsWith('<!doctype html>\n<html lang="en">')).toBe(true);
});

test('htmlReport() sets columns of numbers to the right, and a missing value as a dash', () => {
  const rows = [['x', 1], ['y', null]]; // prettier-ignore
  const html = htmlReport({ title: 't', tables: [{ columns: ['a', 'b'], rows }] });
  expect(html).toContain('<tr><th scope="col">a</th><th scope="col" class="number">b</th></tr>');
  expect(html).toContain('<tr><td>y</td><td class="number">–</td></tr>');
});

test('htmlReport() throws on ragged tables and on bytes that are not a PNG file', () => {
  expect(() => htmlReport({ title: 't', tables: [{ title: 'AP', columns: ['a'], rows: [['x'], ['x', 1]] }] })).toThrow(
    new VizError("htmlReport: expected 1 values in row 1 of table 'AP', found 2"),
  );
  const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]);
  expect(() => htmlReport({ title: 't', figures: [{ title: 'f', png: jpeg }] })).toThrow(
    "expected an image or a PNG file for figure 'f', found 4 bytes that start with 0xffd8ffe0",
  );
});
