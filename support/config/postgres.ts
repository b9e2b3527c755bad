/**
 * For every client of PostgreSQL: keeps the user's PGSSLMODE and PGOPTIONS out, which are meant for other servers; what a URL says
 * about TLS still counts. An empty text of options would not override.
 */
export const OWN_SETTINGS = { ssl: false, options: ' ' } as const

/** `deadlock_detected`: PostgreSQL has rolled the transaction back, which may be tried again. */
const DEADLOCK = '40P01'
const ATTEMPTS = 3

/**
 * Repeats a transaction that the server ended because it and another one, such as that of the service itself, waited for each other.
 * @param transaction the whole of it, from its first statement
 */
export async function unlessDeadlocked<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction()
    } catch (error) {
      if (attempt === ATTEMPTS || (error as { code?: string }).code !== DEADLOCK) throw error
    }
  }
}
