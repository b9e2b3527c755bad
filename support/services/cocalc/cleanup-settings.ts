/** Address of the database on which the clean-up works. */
export interface DatabaseLogin {
  /** A name or address, or the folder of a Unix socket. */
  host: string
  port: number
  user: string
  database: string
  password?: string
}

/** Whether and how a run removes what it made from the database, since CoCalc's API only marks things as deleted. */
export type Cleanup = { kind: 'database'; login: DatabaseLogin } | { kind: 'off' } | { kind: 'nowhere' }

const PORT = 5432
const NAME = 'smc'

/** Off only where `COCALC_TESTS_CLEANUP` is `false`, in any case; `PGHOST` beginning with a slash is a socket's folder. */
export function cleanupFrom(setting: (name: string) => string | undefined): Cleanup {
  if (setting('COCALC_TESTS_CLEANUP')?.toLowerCase() === 'false') return { kind: 'off' }
  const host = setting('PGHOST')
  if (host === undefined) return { kind: 'nowhere' }
  const password = setting('PGPASSWORD')
  return {
    kind: 'database',
    login: {
      host,
      port: Number(setting('PGPORT') ?? PORT),
      user: setting('PGUSER') ?? NAME,
      database: setting('PGDATABASE') ?? NAME,
      ...(password === undefined ? {} : { password }),
    },
  }
}

/** Why something stays, and what would remove it. */
export function whyItStays(cleanup: Exclude<Cleanup, { kind: 'database' }>): string {
  return cleanup.kind === 'off'
    ? 'COCALC_TESTS_CLEANUP is false: its row stays until `npm run sweep` is run without it'
    : 'its row stays in the database: set PGHOST (and PGUSER, PGDATABASE, PGPORT, PGPASSWORD) and run `npm run sweep`'
}
