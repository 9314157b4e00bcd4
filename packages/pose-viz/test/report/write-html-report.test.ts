import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { htmlReport, writeHtmlReport } from '../../src/node';

test('writeHtmlReport() writes the page, and nothing beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pose-viz-'));
  try {
    const options = { title: 'Left & right', sections: [{ title: 'One', text: 'two' }] };
    await writeHtmlReport(join(folder, 'a.html'), options);
    expect(await readFile(join(folder, 'a.html'), 'utf8')).toBe(htmlReport(options));
    expect(await readdir(folder)).toEqual(['a.html']);
    await expect(writeHtmlReport(join(folder, 'no', 'a.html'), options)).rejects.toThrow(
      /^writeHtmlReport: cannot write .*a\.html: ENOENT/,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
