import { fatal } from '../errors'
import { isRecord, own } from '../values'

const COMPARISON = /^(==?|!=|<>|[<>]=?|IS( NOT)?|(NOT )?I?LIKE|ANY|MINLEN|MAXLEN)$/

const UNITS: Readonly<Record<string, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3_600,
  days: 86_400,
  weeks: 604_800,
  months: 2_592_000,
  years: 31_536_000,
}

/** Collects the comparisons of a WHERE clause; values are bound parameters. */
export class Conditions {
  readonly values: unknown[] = []
  private readonly parts: string[] = []

  bind(value: unknown): string {
    return `$${this.values.push(isRecord(value) ? JSON.stringify(value) : value)}`
  }

  add(sql: string): void {
    this.parts.push(sql)
  }

  get sql(): string {
    return this.parts.length > 0 ? this.parts.map((part) => `(${part})`).join(' AND ') : 'true'
  }

  /** One field of a query: null requests it, a value must be equal, an object contains comparisons. */
  field(column: string, wanted: unknown): void {
    const comparisons = isRecord(wanted) ? wanted : wanted === null ? {} : { '=': wanted }
    for (const [operator, value] of Object.entries(comparisons)) this.add(this.comparison(column, operator, operand(value)))
  }

  private comparison(column: string, operator: string, value: unknown): string {
    if (!COMPARISON.test(operator)) throw fatal(`unknown comparison '${operator}'`)
    if (operator === 'MINLEN' || operator === 'MAXLEN')
      return `length(${column}::text) ${operator === 'MINLEN' ? '>=' : '<='} ${this.bind(value)}`
    if (operator === 'ANY' && Array.isArray(value)) return `${column} = ANY(${this.bind(value)})`
    if (operator === 'ANY') return `${this.bind(value)} = ANY(${column})`
    if (operator.startsWith('IS')) return `${column} ${operator} ${literal(value)}`
    return `${column} ${operator === '==' ? '=' : operator} ${this.bind(value)}`
  }
}

/** `{relative_time: n, unit: "hours"}` is a time relative to now. */
function operand(value: unknown): unknown {
  if (!isRecord(value) || value.relative_time === undefined) return value
  const seconds = Number(value.relative_time) * (own(UNITS, String(value.unit ?? 'seconds')) ?? 1)
  return new Date(Date.now() + seconds * 1_000).toISOString()
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  return value === true || value === 'true' || value === 'TRUE' ? 'TRUE' : 'FALSE'
}
