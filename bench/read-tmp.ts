import { readCocoKeypoints } from '/tmp/wt/table/packages/coco-dataset/src/read-coco-keypoints';
const t=performance.now(); const coco = await readCocoKeypoints('/tmp/annot/big.json', (process.argv[2] ? JSON.parse(process.argv[2]) : {}) as never); const t1=performance.now();
console.log(coco.openedFrom, (t1-t).toFixed(0), 'ms', (process.resourceUsage().maxRSS/1024).toFixed(0), 'MB');
const n = coco.annotations.length; console.log(n, 'objects', (performance.now()-t1).toFixed(0), (process.resourceUsage().maxRSS/1024).toFixed(0), 'MB');
for (const [k, c] of Object.entries(coco.table.columns.annotations)) { const v = (c as any).values ?? c; console.log(k, v.constructor.name, v.byteLength, (c as any).ends?.byteLength); }
