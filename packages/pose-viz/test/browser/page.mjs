// Runs in the browser.
import { drawBox, drawPeople, drawText, imageFromRgba, lineChart, personColor, putImage } from './index.mjs';

/** RGB bytes of a picture, a canvas and an OffscreenCanvas after the same calls. */
function drawAll({ size: [width, height], grey, people, skeleton }) {
  const draw = (target) => {
    drawPeople(
      target,
      people.map((person, i) => ({ ...person, color: personColor(i), label: `id ${i}` })),
      skeleton,
    );
    drawPeople(target, people, skeleton);
    drawBox(target, [200, 10.5, 80, 60], { label: 'box' });
    drawText(target, 'text', 20, 220, { scale: 2 });
  };
  const image = { data: new Uint8Array(3 * width * height).fill(grey), width, height, channels: 3 };
  draw(image);

  const element = Object.assign(globalThis.document.createElement('canvas'), { width, height });
  const canvases = [element, new globalThis.OffscreenCanvas(width, height)].map((canvas) => {
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.fillStyle = `rgb(${grey}, ${grey}, ${grey})`;
    context.fillRect(0, 0, width, height);
    draw(context);
    return Array.from(imageFromRgba(context.getImageData(0, 0, width, height)).data);
  });

  const chart = lineChart({ title: 'Loss', xLabel: 'epoch', yLabel: 'MSE', series: [{ name: 'a', points: [[0, 1], [1, 2]] }] }); // prettier-ignore
  const sheet = new globalThis.OffscreenCanvas(chart.width, chart.height).getContext('2d');
  putImage(sheet, chart);
  const back = imageFromRgba(sheet.getImageData(0, 0, chart.width, chart.height));
  return {
    picture: Array.from(image.data),
    element: canvases[0],
    offscreen: canvases[1],
    chartReturns: back.data.every((value, i) => value === chart.data[i]),
  };
}

Object.assign(globalThis, { drawAll });
