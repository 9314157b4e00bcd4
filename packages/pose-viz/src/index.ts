export { barChart, type BarChartOptions, type BarSeries } from './charts/bar-chart';
export { denormalize, type DenormalizeOptions } from './picture/denormalize';
export { drawBox } from './draw/draw-box';
export { drawPolygon, type OutlineOptions } from './draw/draw-polygon';
export { drawPose, type DrawPoseOptions } from './draw/draw-pose';
export { drawText, type DrawTextOptions } from './draw/draw-text';
export { encodePng } from './files/encode-png';
export { fieldPanel, type FieldPanelOptions } from './panels/field-panel';
export { heatmapPanel, type HeatmapPanelOptions } from './panels/heatmap-panel';
export {
  htmlReport,
  type HtmlReportOptions,
  type ReportFigure,
  type ReportSection,
  type ReportTable,
  type ReportValue,
} from './report/html-report';
export type { Color, Image, Size } from './picture/image';
export { lineChart, type ChartPoint, type ChartSeries, type LineChartOptions } from './charts/line-chart';
export { mosaic, type MosaicOptions } from './arrange/mosaic';
export { resizeImage } from './picture/resize-image';
export type { Skeleton } from './draw/skeleton-colors';
export { VizError } from './viz-error';
export { writeHtmlReport } from './report/write-html-report';
export { writePng } from './files/write-png';
