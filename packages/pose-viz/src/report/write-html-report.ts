import { htmlReport, type HtmlReportOptions } from './html-report';
import { writeAtomically } from '../files/write-atomically';

/**
 * Writes `htmlReport` to a file, all or nothing, as `writePng` does.
 *
 * @param file  path; its folder must exist
 * @throws VizError as `htmlReport`, and when the file cannot be written (`cause` is the system's error)
 */
export async function writeHtmlReport(file: string, options: HtmlReportOptions): Promise<void> {
  await writeAtomically(file, htmlReport(options), 'writeHtmlReport');
}
