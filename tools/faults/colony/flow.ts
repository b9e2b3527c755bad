/** One flow of The Colony: the calls that matter in it, and what is blamed when they break their promises. */
export interface Flow {
  flow: string
  /** What is asked for in it, and a field the answer promises. */
  read: string
  field: string
  /** What is written in it, and what is read to see that. */
  write?: string
  seenBy?: string
  others: Record<string, unknown>
  othersOn?: string
  blamesMissing: RegExp
  blamesOthers: RegExp
  blamesLost?: RegExp
  blamesStale?: RegExp
}
