import { DefectError } from '../defect-error';

/** What becomes of the defects that checks come upon; a check throws a {@link DefectError}. */
export interface Findings {
  /** Runs a check whose failure makes the file unusable; undefined when it failed. */
  require<Result>(check: () => Result): Result | undefined;
  /** Runs a check whose failure is tolerated. */
  suspect(check: () => void): void;
}

/** For reading: the first error is thrown; what is tolerated is not even looked at. */
export const THROW_FIRST: Findings = {
  require: (check) => check(),
  suspect: () => {},
};

/** For listing: all checks are run, and `note` is told of those that fail. */
export function noteAll(note: (severity: 'error' | 'warning', defect: DefectError) => void): Findings {
  const attempt = <Result>(severity: 'error' | 'warning', check: () => Result): Result | undefined => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof DefectError)) throw error;
      note(severity, error);
      return undefined;
    }
  };
  return {
    require: (check) => attempt('error', check),
    suspect: (check) => attempt('warning', check),
  };
}
