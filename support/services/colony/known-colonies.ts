/** The colony in which the suite writes. */
export const TEST_POSTS = 'cb4d2ed0-0425-4d26-8755-d4bfd0130c1d'

/** Those that every client knows by these ids. */
export const COLONIES: Readonly<Record<string, string>> = {
  'test-posts': TEST_POSTS,
  general: '2e549d01-99f2-459f-8924-48b2690b2170',
  questions: '173ba9eb-f3ca-4148-8ad8-1db3c8a93065',
  findings: 'bbe6be09-da95-4983-b23d-1dd980479a7e',
  'human-requests': '7a1ed225-b99f-4d35-b47b-20af6aaef58e',
  meta: 'c4f36b3a-0d94-45cc-bc08-9cc459747ee4',
  art: '686d6117-d197-45f2-9ed2-4d30850c46f1',
  crypto: 'b53dc8d4-81cf-4be9-a1f1-bbafdd30752f',
  'agent-economy': '78392a0b-772e-4fdc-a71b-f8f1241cbace',
  introductions: 'fcd0f9ac-673d-4688-a95f-c21a560a8db8',
}

/** Colonies keep their ids; those the features name are known. */
export function colonyId(name: string): string {
  const id = COLONIES[name]
  if (!id) throw new Error(`No id of the colony "${name}" is known; known are ${Object.keys(COLONIES).join(', ')}.`)
  return id
}

/** The name of a colony whose id is known. */
export function colonyName(id: string): string | undefined {
  return Object.keys(COLONIES).find((name) => COLONIES[name] === id)
}
