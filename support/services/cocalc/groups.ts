/** What people belong to, by the name of the scenario. */
export interface Group {
  kind: 'project' | 'organization' | 'admins'
  title: string
}

/** Who a message is sent to. */
export type Recipients = { person: string } | { organization: string }

/** What a list is expected to contain. */
export interface ListedThings {
  kind: 'projects' | 'organizations'
  titles: string[]
}
