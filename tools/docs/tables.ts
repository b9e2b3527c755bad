import type { Variable } from '../../support/config/variables'
import { settings } from '../../support/run/settings'
import { tags } from '../../support/run/tags'
import { services } from '../../support/services'
import type { ServiceDefinition } from '../../support/services/service'

/** One table of every variable that the suite reads, by service. */
export function variableTable(): string {
  const rows = services.flatMap((service) => service.variables.map((variable) => row(variable, service)))
  return [
    '| variable | of | required | means |',
    '| --- | --- | --- | --- |',
    ...settings.map((variable) => row(variable)),
    ...rows,
  ].join('\n')
}

function row({ name, means, role }: Variable, service?: ServiceDefinition): string {
  const fallback = role === 'address' && service?.address.variable === name ? service.address.fallback : undefined
  return `| \`${name}\` | ${service?.title ?? 'the suite'} | ${service ? requiredness(name, service) : 'no'} | ${means}${fallback ? ` (else \`${fallback}\`)` : ''} |`
}

function requiredness(name: string, { required }: ServiceDefinition): string {
  const needed = required.find((one) => (typeof one === 'string' ? one === name : one.includes(name)))
  if (needed === undefined) return 'no'
  return typeof needed === 'string' ? 'to run live' : 'one of these'
}

export function tagTable(): string {
  const rows = Object.entries(tags).map(([name, { means, opens }]) => `| \`${name}\` | ${means} | ${opens} |`)
  return ['| tag | means | open |', '| --- | --- | --- |', ...rows].join('\n')
}

/** What a live run cannot remove, per service. */
export function keptList(): string {
  const lines = services.flatMap(({ title, keeps = [] }) => keeps.map((kept) => `- ${title}: ${kept}`))
  return lines.length > 0 ? lines.join('\n') : 'Nothing so far.'
}

/** `.env.example`: every variable, commented out, with its meaning. */
export function environmentExample(): string {
  const part = (title: string, variables: readonly Variable[]): string[] => [
    `# ${title}`,
    ...variables.flatMap(({ name, means, example }) => [`# ${plain(means)}`, `#${name}=${example ?? ''}`]),
    '',
  ]
  const all = [
    ...part('The suite', settings),
    ...services.flatMap(({ title, name, variables }) => part(`${title}: docs/setup/${name}.md`, variables)),
  ]
  return `${['# Copy to .env and set what you have. An empty value counts as not set.', '', ...all].join('\n').trimEnd()}\n`
}

function plain(text: string): string {
  return text.replaceAll('`', '')
}
