export { barChart, type BarChartOptions, type BarSeries } from './bar-chart';
export { denormalize, type DenormalizeOptions } from './denormalize';
export { drawBox } from './draw-box';
export { drawPolygon, type OutlineOptions } from './draw-polygon';
export { drawPose, type DrawPoseOptions } from './draw-pose';
export { drawText, type DrawTextOptions } from './draw-text';
export { encodePng } from './encode-png';
export { fieldPanel, type FieldPanelOptions } from './field-panel';
export { heatmapPanel, type HeatmapPanelOptions } from './heatmap-panel';
export {
  htmlReport,
  type HtmlReportOptions,
  type ReportFigure,
  type ReportSection,
  type ReportTable,
  type ReportValue,
} from './html-report';
export type { Color, Image, Size } from './image';
export { lineChart, type ChartPoint, type ChartSeries, type LineChartOptions } from './line-chart';
export { mosaic, type MosaicOptions } from './mosaic';
export { resizeImage } from './resize-image';
export type { Skeleton } from './skeleton-colors';
export { VizError } from './viz-error';
export { writeHtmlReport } from './write-html-report';
export { writePng } from './write-png';
