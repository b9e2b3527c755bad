import type { Envelope, GherkinDocument, TestRunFinished } from '@cucumber/messages'

/**
 * The messages of several parts of one run (shards, or one run per target) as those of a single one: begun once, ended once, each
 * feature read once. Each part read all features and gave their nodes ids of its own; scenarios are made to point at those that stay.
 */
export function mergedMessages(parts: readonly (readonly Envelope[])[]): Envelope[] {
  const [first] = parts
  if (first && parts.length === 1) return [...first]
  const documents = new Map<string, GherkinDocument>()
  const ids = new Map<string, string>()
  const merged = parts.flatMap((part, at) => part.flatMap((envelope) => mergeOne(envelope, at === 0, documents, ids)))
  const ends = parts.flatMap((part) => part.flatMap(({ testRunFinished }) => testRunFinished ?? []))
  return ends.length > 0 ? [...merged, { testRunFinished: mergedEnd(ends) }] : merged
}

function mergeOne(
  envelope: Envelope,
  isFirst: boolean,
  documents: Map<string, GherkinDocument>,
  ids: Map<string, string>,
): Envelope[] {
  const { gherkinDocument, pickle, source } = envelope
  if (envelope.testRunFinished) return []
  if ((envelope.meta || envelope.testRunStarted) && !isFirst) return []
  if (source) return isFirst || !documents.has(source.uri) ? [envelope] : []
  if (gherkinDocument) {
    const known = documents.get(gherkinDocument.uri ?? '')
    if (known && shapeOf(known) === shapeOf(gherkinDocument)) {
      const [kept, own] = [idsIn(known), idsIn(gherkinDocument)]
      for (const [at, id] of own.entries()) ids.set(id, kept[at] ?? id)
      return []
    }
    documents.set(gherkinDocument.uri ?? '', gherkinDocument)
    return [envelope]
  }
  if (!pickle || ids.size === 0) return [envelope]
  const mapped = (nodes: readonly string[]): string[] => nodes.map((id) => ids.get(id) ?? id)
  return [
    {
      pickle: {
        ...pickle,
        astNodeIds: mapped(pickle.astNodeIds),
        steps: pickle.steps.map((step) => ({ ...step, astNodeIds: mapped(step.astNodeIds) })),
        tags: pickle.tags.map((tag) => ({ ...tag, astNodeId: ids.get(tag.astNodeId) ?? tag.astNodeId })),
      },
    },
  ]
}

function mergedEnd(ends: readonly TestRunFinished[]): TestRunFinished {
  const last = ends.reduce((latest, end) => (end.timestamp.seconds > latest.timestamp.seconds ? end : latest))
  const exception = ends.find((end) => end.exception)?.exception
  return { ...last, success: ends.every(({ success }) => success), ...(exception ? { exception } : {}) }
}

function shapeOf(document: GherkinDocument): string {
  return JSON.stringify(document, (key, value) => (key === 'id' ? undefined : value))
}

function idsIn(document: GherkinDocument): string[] {
  const ids: string[] = []
  JSON.stringify(document, (key, value) => {
    if (key === 'id') ids.push(String(value))
    return value
  })
  return ids
}
