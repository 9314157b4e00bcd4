import path from 'node:path';
import { DatasetError } from '../src/dataset-error';
import { resolveImagePath } from '../src/resolve-image-path';

const folder = path.resolve('images');

test.each(['a.jpg', 'sub/a.jpg', './a.jpg', 'sub/../a.jpg', '..a.jpg', '...'])(
  'resolveImagePath(folder, %j) lies in the folder',
  (name) => {
    expect(resolveImagePath('images', name)).toBe(path.join(folder, name));
  },
);

test.each(['', '.', '..', '../a.jpg', 'sub/../../a.jpg', '/etc/passwd', '../images-2/a.jpg', 'sub/..'])(
  'resolveImagePath(folder, %j) is an error',
  (name) => {
    expect(() => resolveImagePath('images', name, 'x.json: image 7: file_name')).toThrow(
      new DatasetError(
        `x.json: image 7: file_name: expected a file in ${folder}, found ${JSON.stringify(name)}, which leads out of it`,
      ),
    );
  },
);

test('a null byte is an error', () => {
  expect(() => resolveImagePath('images', 'a\0.jpg')).toThrow('"a\\u0000.jpg", which no file can be called');
});
