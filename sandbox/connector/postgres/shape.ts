/** The differences between apps on the SDK: everything that the SDK leaves to the app and that a form can see. */
export interface Shape {
  /** Names of its checks; an undefined check is not run. Absent: all three under the older base handler's names. */
  checks?: { names?: string; tables?: string; version?: string }
  /** Whether it runs only `checks_to_run`; the SDK does not filter. */
  selectsChecks?: boolean
  /** Its verdict where a check fails: depending on how many fail, or one word in any case. */
  failedVerdict?: 'by count' | 'ready' | 'partial' | 'not_ready'
  /** Whether a failed login is returned as a result, or raised as an error. */
  refuses?: 'returns' | 'raises'
  /** Whether a failed login says why; the wording is the app's own. */
  givesReasons?: boolean
  namesIdentities?: boolean
  /** Whether it measures how long its checks take. */
  measuresChecks?: boolean
  /** Its entrypoints: both, the extraction alone (named or as the app's own run), or both with the queries as default. */
  entrypoints?: 'both' | 'extraction' | 'run' | 'queries first'
  /** Whether its deployment has a workflow engine and an object store. */
  hasEngine?: boolean
  hasStore?: boolean
  /** Whether its records are made by the SDK's own creators, which need the qualified name of a connection. */
  usesCreators?: boolean
  hasManifest?: boolean
  hasForms?: boolean
}
