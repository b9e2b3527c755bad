import { Client } from 'pg'

/** A login to a source, as the sandbox hands it out. */
export interface SourceLogin {
  host: string
  port: number
  user: string
  password: string
  database: string
}

export function loginOf(variables: Readonly<Record<string, string>>): SourceLogin {
  const read = (field: string): string => variables[`E2E_POSTGRES_${field}`] ?? ''
  const [host, user, password, database] = [read('HOST'), read('USERNAME'), read('PASSWORD'), read('DATABASE')]
  return { host, port: Number(read('PORT')), user, password, database }
}

const EVERYTHING = `
  SELECT n.nspname AS schema, obj_description(n.oid, 'pg_namespace') AS comment, c.oid, c.relname AS relation, c.relkind AS kind,
    pg_get_viewdef(CASE WHEN c.relkind = 'v' THEN c.oid END) AS definition,
    CASE WHEN c.relkind = 'r' THEN query_to_xml(format('SELECT * FROM %I.%I', n.nspname, c.relname), true, false, '')::text END AS rows
  FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid
  WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND n.nspname <> ALL ($1)
  ORDER BY 1, 4`

/** The database behind a connector, as its owner sees it. */
export class SourceDatabase {
  private constructor(private readonly client: Client) {}

  static async open(login: SourceLogin): Promise<SourceDatabase> {
    const client = new Client(login)
    await client.connect()
    return new SourceDatabase(client)
  }

  async run(...statements: string[]): Promise<void> {
    for (const statement of statements) await this.client.query(statement)
  }

  /** Every schema with its content, for comparison before and after. @param except schemas with locked tables, which would block */
  async everything(except: readonly string[] = []): Promise<unknown[]> {
    return (await this.client.query(EVERYTHING, [except])).rows
  }

  /** How many transactions wait for a lock on a relation. */
  async waiting(relation: string): Promise<number> {
    const locks = 'SELECT 1 FROM pg_locks WHERE NOT granted AND relation = to_regclass($1)'
    return (await this.client.query(locks, [relation])).rows.length
  }

  close(): Promise<void> {
    return this.client.end()
  }
}
