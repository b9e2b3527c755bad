import { globSync, readFileSync } from 'node:fs'
import { services } from '../services'

/** Names that occur often in reports, in addition to the text of the features. */
const NAMES = ['PostgreSQL', 'RabbitMQ', 'MongoDB', 'Redis', 'sandbox', 'scenario', 'acceptance', 'passed', 'failed', 'skipped']
/** A value that could be one or two words; keys and tokens are not. */
const WORDS = /^[\p{L}\d][\p{L}\d _.-]{0,40}$/u

let vocabulary: string | undefined

/**
 * Whether a secret is also an ordinary text of this project: part of a feature's path or sentences, the name of a service or of a
 * server. Removing it everywhere would damage every report, so such a value is hidden only where it is used as a credential.
 */
export function isOrdinaryText(secret: string): boolean {
  if (!WORDS.test(secret)) return false
  vocabulary ??= readVocabulary().toLowerCase()
  return vocabulary.includes(secret.toLowerCase())
}

function readVocabulary(): string {
  const features = globSync('features/**/*.feature')
  const texts = features.map((path) => readFileSync(path, 'utf8'))
  return [...NAMES, ...services.flatMap(({ name, title }) => [name, title]), ...features, ...texts].join('\n')
}
