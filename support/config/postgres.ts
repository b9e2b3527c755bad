/**
 * For every client of PostgreSQL: keeps the user's PGSSLMODE and PGOPTIONS out, which are meant for other servers; what a URL says
 * about TLS still counts. An empty text of options would not override.
 */
export const OWN_SETTINGS = { ssl: false, options: ' ' } as const
