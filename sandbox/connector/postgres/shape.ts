/** In what one app on the SDK differs from another: all that the SDK leaves to the app and a form can see. */
export interface Shape {
  /** Names of its checks; a check that is undefined here is not made. Absent: all three under the older base handler's names. */
  checks?: { names?: string; tables?: string; version?: string }
  /** Whether it heeds `checks_to_run`; the SDK does not filter. */
  selectsChecks?: boolean
  /** Its verdict where a check fails: by how many fail, or one word whatever fails. */
  failedVerdict?: 'by count' | 'ready' | 'partial' | 'not_ready'
  /** Whether a refused login is returned as such, or raised as an error. */
  refuses?: 'returns' | 'raises'
  namesIdentities?: boolean
  /** Its entrypoints: both, the extraction alone (named or as the app's own run), or both with the queries as default. */
  entrypoints?: 'both' | 'extraction' | 'run' | 'queries first'
  hasManifest?: boolean
  hasForms?: boolean
}
