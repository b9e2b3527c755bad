const SECOND = 1_000

/**
 * For every step that asks an app. How long a call or a run may take is for `CONNECTOR_TIMEOUT` and `CONNECTOR_RUN_TIMEOUT` to say: a
 * step must not give up before they do.
 */
export const PATIENT = { timeout: 3_600 * SECOND }
