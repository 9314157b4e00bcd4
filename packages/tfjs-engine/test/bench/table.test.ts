import { table } from '../../src/bench/table';

test('table(headings, rows) puts columns of numbers to the right, texts to the left', () => {
  const rows = [
    ['wasm', '12.5', '7 MiB', '2 threads'],
    ['', '-', '', ''],
    ['PyTorch cpu', '100.0', '1024 MiB', 'torch 2.13'],
  ];
  expect(table(['engine', 'img/s', 'memory', 'from'], rows).split('\n')).toEqual([
    'engine        img/s     memory   from',
    '-----------   -----   --------   ----------',
    'wasm           12.5      7 MiB   2 threads',
    '                  -',
    'PyTorch cpu   100.0   1024 MiB   torch 2.13',
  ]);
});
