export { encodeJpeg, type JpegOptions } from './files/encode-jpeg';
export { encodePng } from './files/encode-png';
export { writeImage } from './files/write-image';
export { writeJpeg } from './files/write-jpeg';
export { writePng } from './files/write-png';
export {
  htmlReport,
  type HtmlReportOptions,
  type ReportFigure,
  type ReportSection,
  type ReportTable,
  type ReportValue,
} from './report/html-report';
export { writeHtmlReport } from './report/write-html-report';
